// When outstanding points end, month by month, as a chart and as a table.
import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { toMoney } from "../../capabilities/loyalty/rules/liability.ts";
import { MonthChart } from "../../ui/month-chart.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { writePoints } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { LiabilityView } from "./liability-view.ts";

export function ExpiryCard({ view: { schedule, endless, value } }: { view: LiabilityView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const money = (points: number): string => (value === null ? "–" : formats.money(toMoney(points, { ...value, rewardId: value.reward.id })));
  const columns = [t("loyalty.liability.months.month"), t("loyalty.members.columns.balance"), t("loyalty.liability.expiry.money")];
  const [, points = "", worth = ""] = columns;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("loyalty.liability.expiry.title")}</Text>
          <Text as="p" tone="subdued">{t(schedule.length === 0 ? "loyalty.liability.expiry.none" : "loyalty.liability.expiry.body")}</Text>
        </BlockStack>
        {schedule.length > 1 && <MonthChart name={t("loyalty.liability.expiry.title")} points={schedule.map((row) => ({ month: row.month, isComplete: true, value: row.points }))} write={(value) => writePoints(value, { t, formats })} writeShort={(value) => formats.count(value)} />}
        {schedule.length > 0 && (
          <NamedTable name={t("loyalty.liability.expiry.caption")} className="regulars-figures regulars-stacked" columns={columns}>
            {schedule.filter((row) => row.points > 0).map((row) => (
              <tr key={row.month}>
                <th scope="row">{formats.month(row.month)}</th>
                <td data-label={points}>{formats.count(row.points)}</td>
                <td data-label={worth}>{money(row.points)}</td>
              </tr>
            ))}
          </NamedTable>
        )}
        {endless > 0 && <Text as="p">{t("loyalty.liability.expiry.endless", { points: writePoints(endless, { t, formats }) })}</Text>}
      </BlockStack>
    </Card>
  );
}
