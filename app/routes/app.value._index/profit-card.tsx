// What a cohort has left so far: what it brought, less what winning and keeping its customers cost.
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PaidBack } from "../../capabilities/cohorts/model.ts";
import { totalOf } from "../../capabilities/cohorts/rules/value.ts";
import { useAddress } from "../../ui/address.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { monthOf, type Day } from "../../values/day.ts";
import { PeopleLink } from "./people-link.tsx";
import type { ShownValue } from "./shown-value.ts";

const RULES = ["form", "keep", "missing", "paid", "running"] as const;
const ROWS_MAX = 36; // that a person can read; the file has all

export function ProfitCard({ shown, report }: { shown: ShownValue; report: string }) {
  const { t } = useTranslation();
  const address = useAddress();
  const title = t("cohorts.value.profit.title");
  const missing = shown.costs === null ? "trait" : shown.hasCosts ? null : "costs";
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{title}</Text>
          <HowPopover title={title} rules={RULES.map((rule) => t(`cohorts.value.profit.how.${rule}`))} />
        </InlineStack>
        {missing === null ? <ProfitTable shown={shown} name={title} /> : <Text as="p">{t(`cohorts.value.profit.missing.${missing}`)}</Text>}
        <InlineStack gap="200">
          {missing !== "trait" && <Button url={address("/app/value/costs")} {...(missing === "costs" && { variant: "primary" as const })}>{t(missing === "costs" ? "cohorts.value.profit.enter" : "cohorts.value.toCosts")}</Button>}
          {missing === null && <DownloadButton address={report} accessibilityLabel={t("cohorts.value.profit.download")}>{t("frame.downloadCsv")}</DownloadButton>}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function ProfitTable({ shown, name }: { shown: ShownValue; name: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { table, basis, costs } = shown;
  const columns = [t("cohorts.grid.cohort"), t(`cohorts.value.profit.brought.${basis}`), t("cohorts.value.profit.acquire"), t("cohorts.value.profit.keep"), t("cohorts.value.profit.left"), t("cohorts.value.profit.each")];
  const known = table.rows.flatMap((row) => {
    const cost = costs?.get(row.cohort);
    return cost?.acquireMinor == null ? [] : [{ ...row, ...cost, acquireMinor: cost.acquireMinor, left: cost.profit[basis], brought: totalOf(row.toDate, basis) }];
  }).toReversed();
  if (known.length === 0) return <Text as="p" tone="subdued">{t("cohorts.value.profit.none")}</Text>;
  const money = (minor: number | null): string => (minor === null ? t("cohorts.value.unknown") : formats.money(minor));
  const open = (cohort: Day, at: number, figure: string) => <PeopleLink shown={shown} cohorts={[cohort]} of={`${formats.month(monthOf(cohort))}, ${columns[at] ?? ""}`}>{figure}</PeopleLink>;
  const beforePaid = (paid: PaidBack): string => (paid.basis === basis ? t("cohorts.value.profit.beforePaid.age") : t("cohorts.value.profit.beforePaid.margin"));
  const atMost = (minor: number | null, monthsMissing: number): string => (minor !== null && monthsMissing > 0 ? t("cohorts.value.profit.atMost", { money: money(minor) }) : money(minor));
  return (
    <>
      <NamedTable name={name} columns={columns} className="regulars-figures regulars-stacked">
        {known.slice(0, ROWS_MAX).map(({ cohort, size, brought, acquireMinor, keepMinor, keepMissing, paidBack, left }) => (
          <tr key={cohort}>
            <th scope="row">{formats.month(monthOf(cohort))}</th>
            <td data-label={columns[1]}>{open(cohort, 1, money(brought))}</td>
            <td data-label={columns[2]}>{formats.money(-acquireMinor)}</td>
            <td data-label={columns[3]}><Noted note={keepMinor !== null && keepMissing > 0 && t("cohorts.value.profit.missingMonths", { count: keepMissing })}>{keepMinor === null ? t("cohorts.value.noCost") : formats.money(-keepMinor)}</Noted></td>
            <td data-label={columns[4]}><Noted note={left !== null && left >= 0 && paidBack?.day === null && beforePaid(paidBack)}><Text as="span" fontWeight="semibold" {...(left !== null && left < 0 && { tone: "critical" as const })}>{open(cohort, 4, atMost(left, keepMissing))}</Text></Noted></td>
            <td data-label={columns[5]}>{open(cohort, 5, atMost(left === null ? null : Math.round(left / size), keepMissing))}</td>
          </tr>
        ))}
      </NamedTable>
      {known.length > ROWS_MAX && <Text as="p" tone="subdued">{t("cohorts.grid.newest", { count: ROWS_MAX })}</Text>}
    </>
  );
}

function Noted({ note, children }: { note: string | false; children: ReactNode }) {
  return <span className="value-cell"><span>{children}</span>{note !== false && <Text as="span" tone="subdued" variant="bodySm">{note}</Text>}</span>;
}
