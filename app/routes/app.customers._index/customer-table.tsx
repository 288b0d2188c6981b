// A page of customers as a table, and on a phone as cards one below the other.
import { useNavigate } from "@remix-run/react";
import { BlockStack, Box, EmptySearchResult, IndexTable, InlineStack, Link, Text, useBreakpoints } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { COUNTED_MAX, PAGE_SIZE, SORTS, type Sort } from "../../capabilities/segments/model.ts";
import { useAddress } from "../../ui/address.ts";
import { toListParameters, type CustomerList } from "../../ui/customer-query.ts";
import { writeDaysAgo } from "../../ui/days-ago.ts";
import { Facts } from "../../ui/facts.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { StageBadge } from "../../ui/stage-badge.tsx";
import { VipBadge } from "../../ui/vip-badge.tsx";
import type { CustomerRow } from "./customers-view.ts";

const COLUMNS = ["customer", "stage", "orders", "revenue", "last_order", "chance_90", "next_order", "stake"] as const;
const EXPLAINED = ["chance_90", "next_order", "stake"] as const;
const isSort = (column: string): column is Sort => SORTS.some((sort) => sort === column);
const AT_THE_END: readonly string[] = ["orders", "revenue", "chance_90", "stake"];

type CustomerTableProps = { list: CustomerList; rows: CustomerRow[]; count: number; isLoading: boolean };

export function CustomerTable({ list, rows, count, isLoading }: CustomerTableProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const { smDown } = useBreakpoints();
  const show = (change: Partial<CustomerList>) => navigate(address("/app/customers", toListParameters({ ...list, page: 1, ...change })), { preventScrollReset: true });
  const hasNext = list.page * PAGE_SIZE < count && rows.length > 0;
  const [first, ...others] = COLUMNS.map((column) => ({ title: t(`segments.list.columns.${column}`), alignment: AT_THE_END.includes(column) ? "end" as const : "start" as const }));
  if (first === undefined) return null;
  return (
    <>
      <Box paddingInline="300" paddingBlock="200">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="p" tone="subdued"><span role="status">{count > COUNTED_MAX ? t("segments.list.countMore", { count: COUNTED_MAX }) : t("segments.list.count", { count })}</span></Text>
          <HowPopover title={t("segments.list.title")}>
            <Facts look="remarks" facts={EXPLAINED.map((column) => [t(`segments.list.columns.${column}`), t(`segments.list.hints.${column}`)] as const)} />
          </HowPopover>
        </InlineStack>
      </Box>
      <div aria-busy={isLoading} className={isLoading ? "regulars-stale" : ""}>
        <IndexTable
          resourceName={{ singular: t("segments.list.customer"), plural: t("segments.list.customers") }}
          itemCount={rows.length}
          selectable={false}
          condensed={smDown}
          headings={[first, ...others]}
          sortable={COLUMNS.map(isSort)}
          sortColumnIndex={COLUMNS.indexOf(list.sort)}
          sortDirection={list.direction}
          onSort={(index, direction) => {
            const sort = COLUMNS[index];
            if (sort !== undefined && isSort(sort)) show({ sort, direction });
          }}
          emptyState={<Nobody isBeyond={list.page > 1} />}
          {...((list.page > 1 || hasNext) && {
            pagination: {
              hasPrevious: list.page > 1, hasNext, onPrevious: () => show({ page: list.page - 1 }), onNext: () => show({ page: list.page + 1 }),
              label: t("segments.list.page", { page: list.page }), accessibilityLabel: t("segments.list.pages"),
            },
          })}
        >
          {rows.map((row, index) => (
            <IndexTable.Row key={row.id} id={row.id} position={index}>{smDown ? <SmallRow row={row} /> : <WideRow row={row} />}</IndexTable.Row>
          ))}
        </IndexTable>
      </div>
    </>
  );
}

function Nobody({ isBeyond }: { isBeyond: boolean }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <Box padding="400">
      <BlockStack gap="300" inlineAlign="center">
        <EmptySearchResult title={t("segments.list.nobody.heading")} description={t(isBeyond ? "segments.list.nobody.beyond" : "segments.list.nobody.body")} />
        <Link url={address("/app/customers")}>{t("segments.list.nobody.clear")}</Link>
      </BlockStack>
    </Box>
  );
}

function Name({ row: { id, name, email } }: { row: CustomerRow }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <BlockStack gap="050">
      <Link url={address(`/app/customers/${id}`)} dataPrimaryLink monochrome removeUnderline><Text as="span" fontWeight="semibold">{name || t("segments.list.nameless")}</Text></Link>
      {email !== null && email !== name && <Text as="span" tone="subdued" variant="bodySm">{email}</Text>}
    </BlockStack>
  );
}

function Stage({ row: { stage, isVip } }: { row: CustomerRow }) {
  return <InlineStack gap="100"><StageBadge stage={stage} />{isVip && stage !== "vip" && <VipBadge />}</InlineStack>;
}

function WideRow({ row }: { row: CustomerRow }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const day = (value: CustomerRow["lastOrderOn"]) => (value === null ? "–" : formats.day(value));
  return (
    <>
      <IndexTable.Cell><div className="regulars-name"><Name row={row} /></div></IndexTable.Cell>
      <IndexTable.Cell><Stage row={row} /></IndexTable.Cell>
      <IndexTable.Cell><Text as="span" alignment="end" numeric>{formats.count(row.orderCount)}</Text></IndexTable.Cell>
      <IndexTable.Cell><Text as="span" alignment="end" numeric>{formats.money(row.revenueMinor)}</Text></IndexTable.Cell>
      <IndexTable.Cell>
        <BlockStack gap="050">
          <Text as="span">{day(row.lastOrderOn)}</Text>
          {row.daysSince !== null && <Text as="span" tone="subdued" variant="bodySm">{writeDaysAgo(t, row.daysSince)}</Text>}
        </BlockStack>
      </IndexTable.Cell>
      <IndexTable.Cell><Text as="span" alignment="end" numeric>{row.chance90 === null ? "–" : formats.shareShort(row.chance90)}</Text></IndexTable.Cell>
      <IndexTable.Cell>
        <BlockStack gap="050">
          <Text as="span">{day(row.nextOrderOn)}</Text>
          {row.isLate && <Text as="span" tone="subdued" variant="bodySm">{t("segments.list.late")}</Text>}
        </BlockStack>
      </IndexTable.Cell>
      <IndexTable.Cell><Text as="span" alignment="end" numeric>{formats.money(row.stakeMinor)}</Text></IndexTable.Cell>
    </>
  );
}

function SmallRow({ row }: { row: CustomerRow }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const facts = [
    t("segments.list.small.orders", { count: row.orderCount, revenue: formats.money(row.revenueMinor) }),
    ...(row.lastOrderOn === null || row.daysSince === null ? [] : [t("segments.list.small.lastOrder", { day: formats.day(row.lastOrderOn), ago: writeDaysAgo(t, row.daysSince) })]),
    ...(row.chance90 === null ? [] : [t("segments.list.small.chance", { chance: formats.shareShort(row.chance90) })]),
    ...(row.nextOrderOn === null ? [] : [t("segments.list.small.nextOrder", { day: formats.day(row.nextOrderOn) })]),
    ...(row.stakeMinor > 0 ? [t("segments.list.small.stake", { money: formats.money(row.stakeMinor) })] : []),
  ];
  return (
    <div className="regulars-small-row">
      <BlockStack gap="150">
        <InlineStack align="space-between" blockAlign="start" gap="200"><Name row={row} /><Stage row={row} /></InlineStack>
        <BlockStack gap="050">{facts.map((fact) => <Text key={fact} as="span" variant="bodySm" numeric>{fact}</Text>)}</BlockStack>
      </BlockStack>
    </div>
  );
}
