// Customers to see to, those with most at stake first; several can be dealt with at once.
import { IndexTable, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { IndexTableProps } from "@shopify/polaris";
import type { EntryKind } from "../../capabilities/followups/model.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { Contact, Step, Who, Why } from "./board-cells.tsx";
import type { RowView } from "./board-view.ts";

const COLUMNS = ["customer", "stake", "why", "step", "contact"] as const;

export type BoardTableProps = {
  rows: RowView[];
  chosen: readonly string[];
  kinds: readonly EntryKind[];
  onSelect: NonNullable<IndexTableProps["onSelectionChange"]>;
  onWish: (kind: EntryKind) => void;
};

export function BoardTable({ rows, chosen, kinds, onSelect, onWish }: BoardTableProps) {
  const { t } = useTranslation();
  const [first, ...others] = COLUMNS.map((column) => ({ title: t(`followups.board.columns.${column}`), ...(column === "stake" && { alignment: "end" as const }) }));
  if (first === undefined) return null;
  return (
    <IndexTable
      resourceName={{ singular: t("followups.board.customer"), plural: t("followups.board.customers") }}
      itemCount={rows.length}
      selectedItemsCount={chosen.length}
      onSelectionChange={onSelect}
      headings={[first, ...others]}
      promotedBulkActions={kinds.map((kind) => ({ content: t(`followups.actions.${kind}`), onAction: () => onWish(kind) }))}
    >
      {rows.map((row, index) => (
        <IndexTable.Row key={row.id} id={row.id} position={index} selected={chosen.includes(row.id)} accessibilityLabel={t("followups.board.select", { name: row.name || t("segments.list.nameless") })}>
          <WideRow row={row} />
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}

function WideRow({ row }: { row: RowView }) {
  const formats = useFormats();
  return (
    <>
      <IndexTable.Cell><Who row={row} /></IndexTable.Cell>
      <IndexTable.Cell><Text as="span" alignment="end" numeric fontWeight="semibold">{formats.money(row.stakeMinor)}</Text></IndexTable.Cell>
      <IndexTable.Cell><div className="regulars-why"><Why row={row} /></div></IndexTable.Cell>
      <IndexTable.Cell><div className="regulars-why"><Step row={row} /></div></IndexTable.Cell>
      <IndexTable.Cell><Contact row={row} /></IndexTable.Cell>
    </>
  );
}
