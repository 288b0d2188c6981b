// Bright spots: what is in the orders of loyal customers more often than in those of others.
import { BlockStack, Card, InlineStack, Link, Pagination, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { COMPARED_DAYS, LOYAL_ORDERS, type BrightSpot, type GroupSums, type SpotTotals } from "../../capabilities/cohorts/rules/bright-spots.ts";
import { JUDGED_MIN } from "../../capabilities/cohorts/rules/first-products.ts";
import type { Rule } from "../../capabilities/segments/model.ts";
import { useAddress } from "../../ui/address.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { peopleAt } from "../../ui/open-rows.ts";
import { VerdictBadge, writeProduct } from "../../ui/product-words.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { buyersOf } from "./view.ts";

const RULES = ["loyal", "fair", "window", "interval", "order", "cause"] as const;

type SpotsCardProps = { spots: readonly BrightSpot[]; totals: SpotTotals; measuredAt: string | null; hasNext: boolean; page: number; onShow: (page: number) => void };

export function SpotsCard({ spots, totals, measuredAt, hasNext, page, onShow }: SpotsCardProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const title = t("cohorts.spots.title");
  const told = { orders: formats.count(LOYAL_ORDERS), below: formats.count(LOYAL_ORDERS - 1), days: formats.count(COMPARED_DAYS), least: formats.count(JUDGED_MIN) };
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{title}</Text>
          <HowPopover title={title} rules={RULES.map((rule) => t(`cohorts.spots.how.${rule}`, told))} />
        </InlineStack>
        {totals.loyal.customers === 0 ? <Text as="p" tone="subdued">{t(measuredAt === null ? "cohorts.spots.notYet" : "cohorts.spots.nobody", told)}</Text> : (
          <>
            <Text as="p">{t("cohorts.spots.who", { ...told, loyal: formats.count(totals.loyal.customers), others: formats.count(totals.others.customers) })}</Text>
            <InlineStack gap="400">
              <Link url={address(...peopleAt({ field: "orders", operator: "at_least", value: LOYAL_ORDERS }))}>{t("cohorts.spots.people.loyal", { customers: formats.count(totals.loyal.customers) })}</Link>
              <Link url={address(...peopleAt({ field: "orders", operator: "between", value: { from: 1, to: LOYAL_ORDERS - 1 } }))}>{t("cohorts.spots.people.others", { customers: formats.count(totals.others.customers) })}</Link>
            </InlineStack>
            <SpotTable spots={spots} totals={totals} />
            <InlineStack align="space-between" blockAlign="center" gap="300">
              <Text as="p" tone="subdued">{measuredAt !== null && t("cohorts.products.measured", { at: formats.instant(measuredAt) })}</Text>
              <InlineStack gap="300" blockAlign="center">
                {(page > 1 || hasNext) && <Pagination hasPrevious={page > 1} hasNext={hasNext} onPrevious={() => onShow(page - 1)} onNext={() => onShow(page + 1)} label={t("segments.list.page", { page })} accessibilityLabel={title} />}
                <DownloadButton address="/app/reports/bright_spots.csv" variant="plain" accessibilityLabel={t("cohorts.spots.download")}>{t("frame.downloadCsv")}</DownloadButton>
              </InlineStack>
            </InlineStack>
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function SpotTable({ spots, totals }: Pick<SpotsCardProps, "spots" | "totals">) {
  const { t } = useTranslation();
  const formats = useFormats();
  const columns = (["product", "loyal", "others", "share", "ratio"] as const).map((column) => t(`cohorts.spots.columns.${column}`));
  const verdict = t("cohorts.compare.verdict");
  return (
    <NamedTable name={t("cohorts.spots.title")} columns={[...columns, verdict]} className="regulars-figures regulars-stacked">
      {spots.map((spot) => (
        <tr key={spot.productId}>
          <th scope="row">{writeProduct(t, spot)}</th>
          <td data-label={columns[1]}><Buyers group={spot.loyal} all={totals.loyal.customers} rule={buyersOf(spot.productId, { operator: "at_least", value: LOYAL_ORDERS })} /></td>
          <td data-label={columns[2]}><Buyers group={spot.others} all={totals.others.customers} rule={buyersOf(spot.productId, { operator: "at_most", value: LOYAL_ORDERS - 1 })} /></td>
          <td data-label={columns[3]}>{t("cohorts.spots.against", { loyal: formats.share(spot.loyalShare), others: formats.share(spot.othersShare) })}</td>
          <td data-label={columns[4]}><Times spot={spot} /></td>
          <td data-label={verdict}><VerdictBadge verdict={spot.verdict} /></td>
        </tr>
      ))}
    </NamedTable>
  );
}

function Buyers({ group: { buyers }, all, rule }: { group: GroupSums; all: number; rule: Rule }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  return <Link url={address(...peopleAt(rule))}>{t("cohorts.spots.buyers", { buyers: formats.count(buyers), share: formats.shareShort(all === 0 ? 0 : buyers / all) })}</Link>;
}

function Times({ spot: { ratio, verdict } }: { spot: BrightSpot }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (verdict === "few" || typeof ratio?.value !== "number") return "–";
  const range = ratio.high === null ? t("cohorts.spots.atLeast", { low: formats.decimal(ratio.low) }) : t("cohorts.compare.range", { low: formats.decimal(ratio.low), high: formats.decimal(ratio.high) });
  return <span>{t("cohorts.flow.times", { times: formats.decimal(ratio.value) })}<br /><Text as="span" tone="subdued" variant="bodySm">{range}</Text></span>;
}
