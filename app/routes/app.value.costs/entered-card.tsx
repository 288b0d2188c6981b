// All that was entered, month by month, and what a new customer of the month cost by it.
import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Cost, Purpose } from "../../capabilities/cohorts/model.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { OpenFigure } from "../../ui/open-figure.tsx";
import { newCustomersAt } from "../../ui/open-rows.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { firstDayOf, lastDayOf, type Month } from "../../values/day.ts";
import { useChannelName } from "./use-channel-name.ts";

const MONTHS_MAX = 36; // that a person can read; the file has all

type EnteredProps = { costs: readonly Cost[]; newCustomers: readonly { month: Month; size: number }[]; thisMonth: Month };

export function EnteredCard({ costs, newCustomers, thisMonth }: EnteredProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const months = [...Map.groupBy(costs, ({ month }) => month)];
  const columns = [t("cohorts.costs.columns.month"), t("cohorts.costs.purposes.acquire"), t("cohorts.costs.purposes.keep"), t("cohorts.costs.columns.customers"), t("cohorts.value.cost")];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{t("cohorts.costs.entered.title")}</Text>
          <DownloadButton address="/app/reports/acquisition_costs.csv">{t("frame.downloadCsv")}</DownloadButton>
        </InlineStack>
        <NamedTable name={t("cohorts.costs.entered.title")} columns={columns} className="regulars-figures regulars-stacked">
          {months.slice(0, MONTHS_MAX).map(([month, own]) => {
            const size = newCustomers.find((one) => one.month === month)?.size ?? 0;
            const acquire = own.filter(({ purpose }) => purpose === "acquire");
            const each = acquire.length === 0 || size === 0 || month >= thisMonth ? null : acquire.reduce((sum, { amountMinor }) => sum + amountMinor, 0) / size;
            return (
              <tr key={month}>
                <th scope="row">{formats.month(month)}</th>
                {(["acquire", "keep"] as const).map((purpose, at) => <td key={purpose} data-label={columns[1 + at]}><Spent costs={own} purpose={purpose} /></td>)}
                <td data-label={columns[3]}><OpenFigure rows={size === 0 ? null : newCustomersAt({ from: firstDayOf(month), to: lastDayOf(month) })} of={`${formats.month(month)}, ${columns[3] ?? ""}`}>{formats.count(size)}</OpenFigure></td>
                <td data-label={columns[4]}>{each === null ? "–" : formats.money(Math.round(each))}</td>
              </tr>
            );
          })}
        </NamedTable>
        {months.length > MONTHS_MAX && <Text as="p" tone="subdued">{t("cohorts.grid.newest", { count: MONTHS_MAX })}</Text>}
      </BlockStack>
    </Card>
  );
}

/** The sum, and below it what it is made of where that is more than one. */
function Spent({ costs, purpose }: { costs: readonly Cost[]; purpose: Purpose }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = useChannelName();
  const own = costs.filter((cost) => cost.purpose === purpose);
  if (own.length === 0) return "–";
  return (
    <span className="cost-sum">
      <span>{formats.money(own.reduce((sum, { amountMinor }) => sum + amountMinor, 0))}</span>
      {(own.length > 1 || own[0]?.channel !== "") && own.map(({ channel, amountMinor }) => <Text key={channel} as="span" tone="subdued" variant="bodySm">{t("cohorts.costs.entered.part", { channel: nameOf(channel), money: formats.money(amountMinor) })}</Text>)}
    </span>
  );
}
