// A page of members as a table, and on a phone as cards one below the other.
import { BlockStack, Box, EmptySearchResult, IndexTable, InlineStack, Link, Select, Text, useBreakpoints } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { MEMBER_SORTS, MEMBERS_COUNTED_MAX, MEMBERS_PER_PAGE, type MemberSort } from "../../capabilities/loyalty/model/books.ts";
import { useAddress } from "../../ui/address.ts";
import { Facts } from "../../ui/facts.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import type { MemberList } from "../../ui/member-query.ts";
import { nameTier, writeBalance, writePoints, type TierName } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { MemberRow } from "./members-view.ts";
import { useShow } from "./use-show.ts";

const COLUMNS = ["member", "balance", "pending", "tier", "joined", "expiry"] as const;
const EXPLAINED = ["balance", "pending", "tier", "joined", "expiry"] as const;
const AT_THE_END: readonly string[] = ["balance", "pending"];
const isSort = (column: string): column is MemberSort => MEMBER_SORTS.some((sort) => sort === column);

type MemberTableProps = { list: MemberList; rows: MemberRow[]; count: number; tiers: TierName[]; isLoading: boolean };

export function MemberTable({ list, rows, count, tiers, isLoading }: MemberTableProps) {
  const { t } = useTranslation();
  const { smDown } = useBreakpoints();
  const show = useShow(list);
  const hasNext = list.page * MEMBERS_PER_PAGE < count && rows.length > 0;
  const [first, ...others] = COLUMNS.map((column) => ({ title: t(`loyalty.members.columns.${column}`), alignment: AT_THE_END.includes(column) ? "end" as const : "start" as const }));
  if (first === undefined) return null;
  return (
    <>
      <Box paddingInline="300" paddingBlock="200">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="p" tone="subdued"><span role="status">{count > MEMBERS_COUNTED_MAX ? t("loyalty.members.countMore", { count: MEMBERS_COUNTED_MAX }) : t("loyalty.members.count", { count })}</span></Text>
          <HowPopover title={t("loyalty.members.title")}>
            <Facts look="remarks" facts={EXPLAINED.map((column) => [t(`loyalty.members.columns.${column}`), t(`loyalty.members.hints.${column}`)] as const)} />
          </HowPopover>
        </InlineStack>
        {smDown && <SortSelect list={list} />}
      </Box>
      <div aria-busy={isLoading} className={isLoading ? "regulars-stale" : ""}>
        <IndexTable
          resourceName={{ singular: t("loyalty.members.member"), plural: t("loyalty.members.title") }}
          itemCount={rows.length}
          selectable={false}
          condensed={smDown}
          headings={[first, ...others]}
          sortable={COLUMNS.map(isSort)}
          sortColumnIndex={COLUMNS.indexOf(list.sort)}
          sortDirection={list.direction}
          defaultSortDirection="descending"
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
          {rows.map((row, index) => <IndexTable.Row key={row.id} id={row.id} position={index}>{smDown ? <SmallRow row={row} tiers={tiers} /> : <WideRow row={row} tiers={tiers} />}</IndexTable.Row>)}
        </IndexTable>
      </div>
    </>
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

function Nobody({ isBeyond }: { isBeyond: boolean }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <Box padding="400">
      <BlockStack gap="300" inlineAlign="center">
        <EmptySearchResult title={t("loyalty.members.none")} description={t(isBeyond ? "segments.list.nobody.beyond" : "segments.list.nobody.body")} />
        <Link url={address("/app/loyalty/members")}>{t("segments.list.nobody.clear")}</Link>
      </BlockStack>
    </Box>
  );
}

function Name({ row: { id, name, email } }: { row: MemberRow }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <BlockStack gap="050">
      <Link url={address(`/app/loyalty/members/${id}`)} dataPrimaryLink monochrome removeUnderline><Text as="span" fontWeight="semibold">{name || t("segments.list.nameless")}</Text></Link>
      {email !== null && email !== name && <Text as="span" tone="subdued" variant="bodySm">{email}</Text>}
    </BlockStack>
  );
}

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
