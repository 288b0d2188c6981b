// A card whose figures are drawn, or written as the table they are drawn from; a screen reader has the table either way.
import { BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";

/** `urls`: the people that each of its figures counts; none where it counts nobody, or a rule cannot say them. */
export type FigureRow = { name: string; cells: readonly string[]; urls: readonly (string | null)[] };
type ChartOrTableProps = { title: string; rules: readonly string[]; lead: ReactNode; chart: ReactNode; columns: readonly string[]; rows: readonly FigureRow[]; action?: ReactNode };

export function ChartOrTable({ title, rules, lead, chart, columns, rows, action }: ChartOrTableProps) {
  const { t } = useTranslation();
  const [isTable, setTable] = useState(false);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{title}</Text>
          <InlineStack gap="300" blockAlign="center">
            <HowPopover title={title} rules={rules} />
            <Button variant="plain" onClick={() => setTable(!isTable)}>{t(isTable ? "analytics.trend.chart" : "analytics.trend.table")}</Button>
          </InlineStack>
        </InlineStack>
        {lead}
        {isTable ? (
          <NamedTable name={title} columns={columns} className="regulars-figures regulars-stacked">
            {rows.map(({ name, cells, urls }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, at) => <td key={columns[at + 1]} data-label={columns[at + 1]}><Figure name={name} cell={cell} url={urls[at] ?? null} /></td>)}
              </tr>
            ))}
          </NamedTable>
        ) : <>{chart}<Unseen title={title} columns={columns} rows={rows} /></>}
        {action !== undefined && <InlineStack>{action}</InlineStack>}
      </BlockStack>
    </Card>
  );
}

function Figure({ name, cell, url }: { name: string; cell: string; url: string | null }) {
  const { t } = useTranslation();
  return url === null ? cell : <Link url={url} accessibilityLabel={t("cohorts.rhythm.seePeople", { name, figure: cell })}>{cell}</Link>;
}

/** Without anything a key could lead to: what is not seen must not be stepped on. */
function Unseen({ title, columns, rows }: Pick<ChartOrTableProps, "title" | "columns" | "rows">) {
  return (
    <table className="regulars-hidden">
      <caption>{title}</caption>
      <thead><tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
      <tbody>{rows.map(({ name, cells }) => <tr key={name}><th scope="row">{name}</th>{cells.map((cell, at) => <td key={columns[at + 1]}>{cell}</td>)}</tr>)}</tbody>
    </table>
  );
}
