// A page of customers as a table, and on a phone as cards one below the other.
import { useNavigate } from "@remix-run/react";
import { BlockStack, IndexTable, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { COUNTED_MAX, PAGE_SIZE, SORTS } from "../../capabilities/segments/model.ts";
import { useAddress } from "../../ui/address.ts";
import { toListParameters, type CustomerList } from "../../ui/customer-query.ts";
import { writeDaysAgo } from "../../ui/days-ago.ts";
import { NobodyFound, PagedTable, PersonLink } from "../../ui/paged-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { StageBadge } from "../../ui/stage-badge.tsx";
import { VipBadge } from "../../ui/vip-badge.tsx";
import type { CustomerRow } from "./customers-view.ts";

const COLUMNS = ["customer", "stage", "orders", "revenue", "last_order", "chance_90", "next_order", "stake"] as const;
const EXPLAINED = ["chance_90", "next_order", "stake"] as const;
const isExplained = (column: string): column is (typeof EXPLAINED)[number] => EXPLAINED.some((one) => one === column);
const AT_THE_END: readonly string[] = ["orders", "revenue", "chance_90", "stake"];

type CustomerTableProps = { list: CustomerList; rows: CustomerRow[]; count: number; isLoading: boolean };

export function CustomerTable({ list, rows, count, isLoading }: CustomerTableProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const show = (change: Partial<CustomerList>) => navigate(address("/app/customers", toListParameters({ ...list, page: 1, ...change })), { preventScrollReset: true });
  const columns = COLUMNS.map((column) => ({
    title: t(`segments.list.columns.${column}`), isAtEnd: AT_THE_END.includes(column), sort: SORTS.find((sort) => sort === column) ?? null, hint: isExplained(column) ? t(`segments.list.hints.${column}`) : null,
  }));
  return (
    <PagedTable
      name={{ singular: t("segments.list.customer"), plural: t("segments.list.customers"), title: t("segments.list.title") }}
      columns={columns} look={list} rows={rows} hasNext={list.page * PAGE_SIZE < count && rows.length > 0} isLoading={isLoading} onShow={show}
      count={count > COUNTED_MAX ? t("segments.list.countMore", { count: COUNTED_MAX }) : t("segments.list.count", { count })}
      empty={<NobodyFound title={t("segments.list.nobody.heading")} isBeyond={list.page > 1} path="/app/customers" />}
      renderRow={(row, isSmall) => (isSmall ? <SmallRow row={row} /> : <WideRow row={row} />)}
    />
  );
}

const Name = ({ row }: { row: CustomerRow }) => <PersonLink person={row} path={`/app/customers/${row.id}`} />;

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
