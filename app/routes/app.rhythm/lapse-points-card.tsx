// Lapse points of product types and products, and which number stages go by today.
import { BlockStack, Card, InlineStack, Link, Pagination, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TypeRhythm } from "../../capabilities/profiles/model.ts";
import type { ProductRhythm } from "../../capabilities/profiles/profiles.server.ts";
import { atRiskFrom } from "../../capabilities/profiles/rules/profile.ts";
import { useAddress } from "../../ui/address.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { peopleAt } from "../../ui/open-rows.ts";
import { ruleOfQuiet } from "../../ui/rhythm-query.ts";
import { useFormats } from "../../ui/shop-formats.tsx";

const RULES = ["gap", "people", "stages", "nightly", "few"] as const;
const GROUPS = ["type", "product"] as const;

type LapsePointsCardProps = { types: readonly TypeRhythm[]; products: { rows: ProductRhythm[]; count: number }; page: number; hasNext: boolean; ownDays: number | null; onTurn: (page: number) => void };

export function LapsePointsCard({ types, products, page, hasNext, ownDays, onTurn }: LapsePointsCardProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const days = (count: number): string => t("cohorts.rhythm.gaps.days", { count });
  const [chosen, setChosen] = useState<(typeof GROUPS)[number]>(types.length === 0 || page > 1 ? "product" : "type");
  const title = t("cohorts.rhythm.lapse.title");
  const rows = chosen === "type" ? types.map((type) => ({ ...type, goods: { field: "product_type" as const, value: type.productType }, name: type.productType })) : products.rows.map((product) => ({ ...product, goods: { field: "product" as const, value: product.productId }, name: product.title ?? t("segments.sentence.unknownProduct", { id: product.productId }) }));
  const columns = [t(`cohorts.rhythm.lapse.groups.${chosen}`), ...(["gaps", "usual", "risk", "lapse"] as const).map((column) => t(`cohorts.rhythm.lapse.columns.${column}`))];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{title}</Text>
          <HowPopover title={title} rules={RULES.map((rule) => t(`cohorts.rhythm.lapse.how.${rule}`))} />
        </InlineStack>
        <Text as="p">{ownDays === null ? t("cohorts.rhythm.lapse.automatic") : t("cohorts.rhythm.lapse.own", { count: ownDays })}</Text>
        <InlineStack><Select label={t("cohorts.rhythm.lapse.group")} labelInline options={GROUPS.map((value) => ({ value, label: t(`cohorts.rhythm.lapse.groups.${value}`) }))} value={chosen} onChange={(value) => setChosen(GROUPS.find((known) => known === value) ?? chosen)} /></InlineStack>
        {rows.length === 0 ? <Text as="p" tone="subdued">{t("cohorts.rhythm.lapse.none")}</Text> : (
          <NamedTable name={title} columns={columns} className="regulars-figures regulars-stacked">
            {rows.map(({ goods, name, gapCount, typicalDays, lapseDays }) => (
              <tr key={goods.value}>
                <th scope="row">{name}</th>
                <td data-label={columns[1]}>{formats.count(gapCount)}</td>
                <td data-label={columns[2]}>{days(Math.round(typicalDays))}</td>
                {[atRiskFrom(lapseDays), lapseDays].map((from, at) => (
                  <td key={columns[at + 3]} data-label={columns[at + 3]}><Link url={address(...peopleAt(ruleOfQuiet(goods, from)))} accessibilityLabel={t("cohorts.rhythm.lapse.seeQuiet", { name, days: days(from) })}>{days(from)}</Link></td>
                ))}
              </tr>
            ))}
          </NamedTable>
        )}
        {chosen === "product" && (page > 1 || hasNext) && <Pagination hasPrevious={page > 1} hasNext={hasNext} onPrevious={() => onTurn(page - 1)} onNext={() => onTurn(page + 1)} label={t("segments.list.page", { page })} accessibilityLabel={t("segments.list.pages")} />}
        <InlineStack><DownloadButton address="/app/reports/lapse_points.csv">{t("frame.downloadCsv")}</DownloadButton></InlineStack>
      </BlockStack>
    </Card>
  );
}
