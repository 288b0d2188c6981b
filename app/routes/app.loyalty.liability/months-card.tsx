// The books month by month, the newest first: opening, what happened, closing. A month that is over never changes.
import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { MOVES } from "../../capabilities/loyalty/model/books.ts";
import { Facts } from "../../ui/facts.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { writeMove } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { LiabilityView } from "./liability-view.ts";
import "./liability.css";

const COLUMNS = ["month", "opening", ...MOVES, "closing"] as const;
const EXPLAINED = ["opening", ...MOVES] as const;

export function MonthsCard({ months }: { months: LiabilityView["months"] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const signed = (points: number): string => (points < 0 ? writeMove(points, { formats }) : formats.count(points));
  const nameOf = (column: (typeof COLUMNS)[number]) => t(`loyalty.liability.months.${column}`);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="start" gap="200">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">{t("loyalty.liability.months.title")}</Text>
            <Text as="p" tone="subdued">{t(months.length === 0 ? "loyalty.liability.months.none" : "loyalty.liability.months.body")}</Text>
          </BlockStack>
          <HowPopover title={t("loyalty.liability.months.title")}>
            <Facts look="remarks" facts={EXPLAINED.map((column) => [nameOf(column), t(`loyalty.liability.months.hints.${column}`)] as const)} />
          </HowPopover>
        </InlineStack>
        {months.length > 0 && (
          <NamedTable name={t("loyalty.liability.months.caption")} className="regulars-figures regulars-stacked" columns={COLUMNS.map(nameOf)}>
            {months.map((row) => (
              <tr key={row.month}>
                <th scope="row"><span className="liability-month">{formats.month(row.month)}</span>{!row.isOver && <Text as="span" tone="subdued" variant="bodySm" fontWeight="regular"><br />{t("loyalty.liability.months.running")}</Text>}</th>
                <td data-label={nameOf("opening")}>{signed(row.opening)}</td>
                {MOVES.map((move) => <td key={move} data-label={nameOf(move)}>{row[move] === 0 ? "–" : writeMove(row[move], { formats })}</td>)}
                <td data-label={nameOf("closing")}><Text as="span" fontWeight="semibold">{signed(row.closing)}</Text></td>
              </tr>
            ))}
          </NamedTable>
        )}
      </BlockStack>
    </Card>
  );
}
