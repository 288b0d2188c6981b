// Month by month: the tenth called most likely, and how well customers were ranked, beside plain recency.
import { Badge, BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Horizon } from "../../capabilities/forecasts/model.ts";
import { ScrollRegion } from "../../ui/scroll-region.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { Day } from "../../values/day.ts";
import type { ShownCheck } from "./forecast-view.ts";
import { RankingChart } from "./ranking-chart.tsx";

export function MonthsCard({ checks, horizon, nextCheckOn, isAnyKept }: { checks: readonly ShownCheck[]; horizon: Horizon; nextCheckOn: Day | null; isAnyKept: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("forecasts.months.title", { count: horizon })}</Text>
        <Text as="p" tone="subdued">{t("forecasts.months.body")}</Text>
        {checks.length === 0 ? <Text as="p">{t("forecasts.calibration.none")}</Text> : (
          <>
            <RankingChart checks={checks} />
            <MonthsTable checks={checks} />
          </>
        )}
        {nextCheckOn !== null && <Text as="p">{t(isAnyKept ? "forecasts.months.nextKept" : "forecasts.months.firstKept", { day: formats.day(nextCheckOn) })}</Text>}
      </BlockStack>
    </Card>
  );
}

function MonthsTable({ checks }: { checks: readonly ShownCheck[] }) {
  const { t } = useTranslation();
  return (
    <ScrollRegion label={t("forecasts.months.caption")}>
      <table className="regulars-table regulars-figures forecast-months">
        <caption className="regulars-hidden">{t("forecasts.months.caption")}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>{t("forecasts.months.day")}</th>
            <th scope="col" rowSpan={2}>{t("segments.page.members")}</th>
            <th scope="col" rowSpan={2}>{t("forecasts.months.expected")}</th>
            <th scope="col" rowSpan={2}>{t("forecasts.months.ordered")}</th>
            <th scope="colgroup" colSpan={2}>{t("forecasts.months.topTenth")}</th>
            <th scope="colgroup" colSpan={2}>{t("forecasts.months.ranking")}</th>
          </tr>
          <tr>
            {["topTenth", "ranking"].flatMap((name) => [<th key={`${name} model`} scope="col">{t("forecasts.months.model")}</th>, <th key={`${name} recency`} scope="col">{t("forecasts.months.recency")}</th>])}
          </tr>
        </thead>
        <tbody>{checks.map((check) => <Row key={`${check.cutOn} ${String(check.isKept)}`} check={check} />)}</tbody>
      </table>
    </ScrollRegion>
  );
}

function Row({ check: { cutOn, isKept, result } }: { check: ShownCheck }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const share = (value: number | null | undefined): string => (value === null || value === undefined ? "–" : formats.share(value));
  return (
    <tr>
      <th scope="row">{formats.day(cutOn)} {isKept && <Badge tone="success">{t("forecasts.months.keptBadge")}</Badge>}</th>
      <td>{formats.count(result.customers)}</td>
      <td>{result.expected === null ? "–" : formats.count(result.expected)}</td>
      <td>{formats.count(result.ordered)}</td>
      <td>{share(result.topTenth.model)}</td>
      <td>{share(result.topTenth.recency)}</td>
      <td>{share(result.comparison?.model.area)}</td>
      <td>{share(result.comparison?.baseline.area)}</td>
    </tr>
  );
}
