// A page of members as a table, and on a phone as cards one below the other.
import { BlockStack, Box, IndexTable, InlineStack, Select, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { MEMBER_SORTS, MEMBERS_COUNTED_MAX, MEMBERS_PER_PAGE } from "../../capabilities/loyalty/model/books.ts";
import type { MemberList } from "../../ui/member-query.ts";
import { NobodyFound, PagedTable, PersonLink } from "../../ui/paged-table.tsx";
import { nameTier, writeBalance, writePoints, type TierName } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { MemberRow } from "./members-view.ts";
import { useShow } from "./use-show.ts";

const COLUMNS = ["member", "balance", "pending", "tier", "joined", "expiry"] as const;
const AT_THE_END: readonly string[] = ["balance", "pending"];

type MemberTableProps = { list: MemberList; rows: MemberRow[]; count: number; tiers: TierName[]; isLoading: boolean };

export function MemberTable({ list, rows, count, tiers, isLoading }: MemberTableProps) {
  const { t } = useTranslation();
  const show = useShow(list);
  const columns = COLUMNS.map((column) => ({
    title: t(`loyalty.members.columns.${column}`), isAtEnd: AT_THE_END.includes(column), sort: MEMBER_SORTS.find((sort) => sort === column) ?? null, hint: column === "member" ? null : t(`loyalty.members.hints.${column}`),
  }));
  return (
    <PagedTable
      name={{ singular: t("loyalty.members.member"), plural: t("loyalty.members.title"), title: t("loyalty.members.title") }}
      columns={columns} look={list} rows={rows} hasNext={list.page * MEMBERS_PER_PAGE < count && rows.length > 0} isLoading={isLoading} onShow={show} smallSort={<SortSelect list={list} />}
      count={count > MEMBERS_COUNTED_MAX ? t("loyalty.members.countMore", { count: MEMBERS_COUNTED_MAX }) : t("loyalty.members.count", { count })}
      empty={<NobodyFound title={t("loyalty.members.none")} isBeyond={list.page > 1} path="/app/loyalty/members" />}
      renderRow={(row, isSmall) => (isSmall ? <SmallRow row={row} tiers={tiers} /> : <WideRow row={row} tiers={tiers} />)}
    />
  );
}

/** A phone shows no headings to press. */
function SortSelect({ list }: { list: MemberList }) {
  const { t } = useTranslation();
  const show = useShow(list);
  const options = MEMBER_SORTS.flatMap((sort) => (["descending", "ascending"] as const).map((direction) => ({
    value: `${sort} ${direction}`, label: t("loyalty.members.sortedBy", { column: t(`loyalty.members.columns.${sort}`), direction: t(`segments.list.directions.${direction}`) }),
  })));
  return (
    <Box paddingBlockStart="200">
      <Select
        label={t("loyalty.members.sort")} labelInline options={options} value={`${list.sort} ${list.direction}`}
        onChange={(value) => show({ sort: MEMBER_SORTS.find((sort) => value.startsWith(`${sort} `)) ?? list.sort, direction: value.endsWith("ascending") ? "ascending" : "descending" })}
      />
    </Box>
  );
}

const Name = ({ row }: { row: MemberRow }) => <PersonLink person={row} path={`/app/loyalty/members/${row.id}`} />;

type RowProps = { row: MemberRow; tiers: TierName[] };

function WideRow({ row, tiers }: RowProps) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  return (
    <>
      <IndexTable.Cell><div className="regulars-name"><Name row={row} /></div></IndexTable.Cell>
      <IndexTable.Cell><Text as="span" alignment="end" numeric>{writeBalance(row.balance, { t, formats })}</Text></IndexTable.Cell>
      <IndexTable.Cell>
        <BlockStack gap="050">
          <Text as="span" alignment="end" numeric>{row.pending === 0 ? "–" : formats.count(row.pending)}</Text>
          {row.waiting > 0 && <Text as="span" alignment="end" tone="subdued" variant="bodySm">{t("loyalty.members.waits", { points: formats.count(row.waiting) })}</Text>}
        </BlockStack>
      </IndexTable.Cell>
      <IndexTable.Cell>{nameTier(row.tierId, tiers, i18n.language) ?? "–"}</IndexTable.Cell>
      <IndexTable.Cell>{row.joinedOn === null ? "–" : formats.day(row.joinedOn)}</IndexTable.Cell>
      <IndexTable.Cell>
        {row.nextExpiry === null ? "–" : (
          <BlockStack gap="050">
            <Text as="span">{formats.day(row.nextExpiry.on)}</Text>
            <Text as="span" tone="subdued" variant="bodySm">{writePoints(row.nextExpiry.points, { t, formats })}</Text>
          </BlockStack>
        )}
      </IndexTable.Cell>
    </>
  );
}

function SmallRow({ row, tiers }: RowProps) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const tier = nameTier(row.tierId, tiers, i18n.language);
  const facts = [
    ...(row.pending > 0 ? [t("loyalty.members.small.pending", { points: writePoints(row.pending, { t, formats }) })] : []),
    ...(row.waiting > 0 ? [t("loyalty.members.waits", { points: formats.count(row.waiting) })] : []),
    ...(tier === null ? [] : [tier]),
    ...(row.joinedOn === null ? [] : [t("loyalty.members.small.joined", { day: formats.day(row.joinedOn) })]),
    ...(row.nextExpiry === null ? [] : [t("loyalty.members.small.expiry", { points: writePoints(row.nextExpiry.points, { t, formats }), day: formats.day(row.nextExpiry.on) })]),
  ];
  return (
    <div className="regulars-small-row">
      <BlockStack gap="150">
        <InlineStack align="space-between" blockAlign="start" gap="200"><Name row={row} /><Text as="span" fontWeight="semibold" numeric>{writeBalance(row.balance, { t, formats })}</Text></InlineStack>
        <BlockStack gap="050">{facts.map((fact) => <Text key={fact} as="span" variant="bodySm" numeric>{fact}</Text>)}</BlockStack>
      </BlockStack>
    </div>
  );
}
