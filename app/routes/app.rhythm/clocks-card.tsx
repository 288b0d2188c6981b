// The clock of each first product that enough second orders followed.
import { BlockStack, Card, InlineStack, Link, Pagination, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ProductClock } from "../../capabilities/cohorts/cohorts.server.ts";
import { GAPS_MIN } from "../../capabilities/cohorts/rules/clock.ts";
import { useAddress } from "../../ui/address.ts";
import { withTitle, writeTraitValue, type TraitVoice } from "../../ui/cohort-words.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { peopleAt } from "../../ui/open-rows.ts";
import { ruleOfBegun, ruleOfCame, toRhythmParameters, type RhythmQuery } from "../../ui/rhythm-query.ts";
import { useFormats } from "../../ui/shop-formats.tsx";

const RULES = ["product", "half", "share", "few"] as const;

type ClocksCardProps = { clocks: { rows: ProductClock[]; all: number; known: number }; page: number; hasNext: boolean; voice: TraitVoice; onTurn: (page: number) => void };

export function ClocksCard({ clocks: { rows, all, known }, page, hasNext, voice, onTurn }: ClocksCardProps) {
  const { t } = useTranslation();
  const title = t("cohorts.rhythm.clocks.title");
  const columns = (["product", "customers", "came", "half", "write", "share"] as const).map((column) => t(`cohorts.rhythm.clocks.columns.${column}`));
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{title}</Text>
          <HowPopover title={title} rules={RULES.map((rule) => t(`cohorts.rhythm.clocks.how.${rule}`))} />
        </InlineStack>
        {rows.length === 0 ? <Text as="p" tone="subdued">{t("cohorts.rhythm.clocks.none", { needed: GAPS_MIN })}</Text> : (
          <NamedTable name={title} columns={columns} className="regulars-figures regulars-stacked">
            {rows.map((row) => <ClockRow key={row.productId} row={row} columns={columns} voice={voice} />)}
          </NamedTable>
        )}
        {rows.length > 0 && all > known && <Text as="p" tone="subdued">{t("cohorts.rhythm.clocks.others", { count: all - known, needed: GAPS_MIN })}</Text>}
        {(page > 1 || hasNext) && <Pagination hasPrevious={page > 1} hasNext={hasNext} onPrevious={() => onTurn(page - 1)} onNext={() => onTurn(page + 1)} label={t("segments.list.page", { page })} accessibilityLabel={t("segments.list.pages")} />}
        {rows.length > 0 && <InlineStack><DownloadButton address="/app/reports/second_order_clocks.csv">{t("frame.downloadCsv")}</DownloadButton></InlineStack>}
      </BlockStack>
    </Card>
  );
}

function ClockRow({ row: { productId, title, customers, cameLater, clock }, columns, voice }: { row: ProductClock; columns: readonly string[]; voice: TraitVoice }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const query: RhythmQuery = { step: "second", productId };
  const product = writeTraitValue({ kind: "product", value: productId }, withTitle(voice, { kind: "product", value: productId, title }));
  const day = (at: { day: number; low: number; high: number } | null | undefined) => (at ? (
    <>{t("cohorts.rhythm.day", { day: formats.count(at.day) })}<br /><Text as="span" tone="subdued" variant="bodySm">{t("cohorts.rhythm.range", { low: formats.count(at.low), high: formats.count(at.high) })}</Text></>
  ) : clock === null ? t("cohorts.rhythm.clocks.tooFew") : t("cohorts.rhythm.clocks.noMoment"));
  const people = (name: string, rule: Parameters<typeof peopleAt>[0]) => <Link url={address(...peopleAt(rule))} accessibilityLabel={t("cohorts.rhythm.seePeople", { name: product, figure: name })}>{name}</Link>;
  return (
    <tr>
      <th scope="row"><Link url={address("/app/rhythm", toRhythmParameters(query))}>{product}</Link></th>
      <td data-label={columns[1]}>{people(formats.count(customers), ruleOfBegun(productId))}</td>
      <td data-label={columns[2]}>{people(formats.count(cameLater), ruleOfCame(query, { from: 1, to: null }))}</td>
      <td data-label={columns[3]}><span>{day(clock?.half)}</span></td>
      <td data-label={columns[4]}><span>{day(clock?.moment)}</span></td>
      <td data-label={columns[5]}>{clock === null ? "–" : t("cohorts.rhythm.clocks.within", { share: formats.share(clock.share), days: formats.count(clock.horizonDays) })}</td>
    </tr>
  );
}
