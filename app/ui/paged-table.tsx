// A page of a long list as a table: sorted by its columns, turned page by page, on a phone one card below the other. What is shown is in the address.
import { BlockStack, Box, EmptySearchResult, IndexTable, InlineStack, Link, Text, useBreakpoints } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAddress } from "./address.ts";
import { Facts } from "./facts.tsx";
import { HowPopover } from "./how-popover.tsx";

/** `sort`: what the list is sorted by when its heading is pressed; null: nothing. `hint`: how the figure is computed. */
export type Column<Sort> = { title: string; isAtEnd: boolean; sort: Sort | null; hint: string | null };
/** `page` counts from 1. */
type Look<Sort> = { sort: Sort; direction: "ascending" | "descending"; page: number };

type PagedTableProps<Sort extends string, Row extends { id: string }> = {
  name: { singular: string; plural: string; title: string };
  columns: readonly Column<Sort>[];
  look: Look<Sort>;
  rows: readonly Row[];
  hasNext: boolean;
  /** how many there are, in words */
  count: string;
  isLoading: boolean;
  /** beside the count on a phone, which shows no headings to press */
  smallSort?: ReactNode;
  empty: ReactNode;
  onShow: (change: Partial<Look<Sort>>) => void;
  renderRow: (row: Row, isSmall: boolean) => ReactNode;
};

export function PagedTable<Sort extends string, Row extends { id: string }>({ name, columns, look, rows, hasNext, count, isLoading, smallSort, empty, onShow, renderRow }: PagedTableProps<Sort, Row>) {
  const { t } = useTranslation();
  const { smDown } = useBreakpoints();
  const [first, ...others] = columns.map(({ title, isAtEnd }) => ({ title, alignment: isAtEnd ? "end" as const : "start" as const }));
  if (first === undefined) return null;
  return (
    <>
      <Box paddingInline="300" paddingBlock="200">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="p" tone="subdued"><span role="status">{count}</span></Text>
          <HowPopover title={name.title}><Facts look="remarks" facts={columns.flatMap(({ title, hint }) => (hint === null ? [] : [[title, hint] as const]))} /></HowPopover>
        </InlineStack>
        {smDown && smallSort}
      </Box>
      <div aria-busy={isLoading} className={isLoading ? "regulars-stale" : ""}>
        <IndexTable
          resourceName={name}
          itemCount={rows.length}
          selectable={false}
          condensed={smDown}
          headings={[first, ...others]}
          sortable={columns.map(({ sort }) => sort !== null)}
          sortColumnIndex={columns.findIndex(({ sort }) => sort === look.sort)}
          sortDirection={look.direction}
          defaultSortDirection="descending"
          onSort={(index, direction) => {
            const sort = columns[index]?.sort ?? null;
            if (sort !== null) onShow({ sort, direction });
          }}
          emptyState={empty}
          {...((look.page > 1 || hasNext) && {
            pagination: {
              hasPrevious: look.page > 1, hasNext, onPrevious: () => onShow({ page: look.page - 1 }), onNext: () => onShow({ page: look.page + 1 }),
              label: t("segments.list.page", { page: look.page }), accessibilityLabel: t("segments.list.pages"),
            },
          })}
        >
          {rows.map((row, index) => <IndexTable.Row key={row.id} id={row.id} position={index}>{renderRow(row, smDown)}</IndexTable.Row>)}
        </IndexTable>
      </div>
    </>
  );
}

/** Nobody is like that; `isBeyond`: the list is shorter than the page asked for. */
export function NobodyFound({ title, isBeyond, path }: { title: string; isBeyond: boolean; path: string }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <Box padding="400">
      <BlockStack gap="300" inlineAlign="center">
        <EmptySearchResult title={title} description={t(isBeyond ? "segments.list.nobody.beyond" : "segments.list.nobody.body")} />
        <Link url={address(path)}>{t("segments.list.nobody.clear")}</Link>
      </BlockStack>
    </Box>
  );
}

/** A person by name, and by address where that is another word. */
export function PersonLink({ person: { name, email }, path }: { person: { name: string | null; email: string | null }; path: string }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <BlockStack gap="050">
      <Link url={address(path)} dataPrimaryLink monochrome removeUnderline><Text as="span" fontWeight="semibold">{name || t("segments.list.nameless")}</Text></Link>
      {email !== null && email !== name && <Text as="span" tone="subdued" variant="bodySm">{email}</Text>}
    </BlockStack>
  );
}
