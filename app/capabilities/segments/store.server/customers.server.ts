// Lists of customers: any rule, a search, an order, a page. Whatever is asked, no more rows are read than are shown or counted.
import type { CustomerProfile } from "../../../../prisma/generated/client.ts";
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { PERSON_COLUMNS, PROFILE_COLUMNS, toPerson, toProfile, type PersonRow } from "../../profiles/profiles.server.ts";
import { COUNTED_MAX, type CustomerQuery, type ListedCustomer, type Sort } from "../model.ts";
import { sourceOf, whereOf, type Standpoint } from "./predicates.server.ts";

const SORT_COLUMNS: Readonly<Record<Sort, { name: string; isAlwaysKnown: boolean }>> = {
  last_order: { name: "last_order_on", isAlwaysKnown: false }, revenue: { name: "revenue_minor", isAlwaysKnown: true }, stake: { name: "stake_minor", isAlwaysKnown: true },
  chance_90: { name: "chance_90", isAlwaysKnown: false }, next_order: { name: "next_order_on", isAlwaysKnown: false },
};

type Row = CustomerProfile & PersonRow & { countryCode: string | null };
type Filter = Pick<CustomerQuery, "rule" | "segmentId" | "search">;
type Window = { limit: number; offset: number };

export type Listed = { customers: ListedCustomer[]; count: number };

/** `count` is exact up to COUNTED_MAX; one more than that means more. Few are found and sorted in one look at everybody; where many match,
 *  the index of the order meets a page of them soon. The planner cannot know which, as conditions hang together, so it is told. */
export async function listCustomers(tx: Tx, query: CustomerQuery, at: Standpoint, window: Window): Promise<Listed> {
  const isEverybody = query.rule === null && query.segmentId === null && query.search === "";
  const few = isEverybody ? null : await listFew(tx, query, at, window);
  if (few !== null) return few;
  return { customers: await listByIndex(tx, query, at, window), count: isEverybody ? await countCustomers(tx, query, at) : COUNTED_MAX + 1 };
}

/** null: there are more than COUNTED_MAX. */
async function listFew(tx: Tx, query: CustomerQuery, at: Standpoint, { limit, offset }: Window): Promise<Listed | null> {
  const order = Prisma.raw(query.direction === "ascending" ? "asc nulls last, customer_id desc" : "desc nulls last, customer_id");
  const rows = await tx.$queryRaw<(Row & { total: number })[]>`
    with matched as materialized (select p.customer_id, ${Prisma.raw(`p.${SORT_COLUMNS[query.sort].name}`)} as sorted from ${sourceOf(at.shopId)} where ${conditionsOf(query, at)} limit ${COUNTED_MAX + 1}),
    page as (select * from matched order by sorted ${order} limit ${limit} offset ${offset})
    select ${LISTED}, (select count(*)::int from matched) as total from page m join customer_profile p on p.shop_id = ${at.shopId}::bigint and p.customer_id = m.customer_id
      join customer c on c.shop_id = ${at.shopId}::bigint and c.id = m.customer_id
     order by m.sorted ${Prisma.raw(query.direction === "ascending" ? "asc nulls last, m.customer_id desc" : "desc nulls last, m.customer_id")}`;
  const count = rows[0]?.total ?? (offset === 0 ? 0 : await countCustomers(tx, query, at));
  return count > COUNTED_MAX ? null : { customers: rows.map(({ total: _total, ...row }) => toListed(row)), count };
}

/** Who has no value to be sorted by comes last, either way round: they are asked for only where the others end, as the index serves the others. */
async function listByIndex(tx: Tx, query: CustomerQuery, at: Standpoint, { limit, offset }: Window): Promise<ListedCustomer[]> {
  const { name, isAlwaysKnown } = SORT_COLUMNS[query.sort];
  const column = Prisma.raw(`p.${name}`);
  const order = Prisma.raw(`p.${name} ${query.direction === "ascending" ? "asc, p.customer_id desc" : "desc, p.customer_id"}`); // each other backwards, so that one index serves both
  if (isAlwaysKnown) return listWhere(tx, query, at, { window: { limit, offset }, where: Prisma.sql`true`, order });
  const known = await listWhere(tx, query, at, { window: { limit, offset }, where: Prisma.sql`${column} is not null`, order });
  if (known.length === limit) return known;
  const knownCount = known.length > 0 || offset === 0 ? offset + known.length : await countWhere(tx, query, at, Prisma.sql`${column} is not null`);
  const rest = { limit: limit - known.length, offset: Math.max(0, offset - knownCount) };
  return [...known, ...(await listWhere(tx, query, at, { window: rest, where: Prisma.sql`${column} is null`, order: Prisma.raw(`p.customer_id${query.direction === "ascending" ? " desc" : ""}`) }))];
}

async function listWhere(tx: Tx, query: CustomerQuery, at: Standpoint, { window: { limit, offset }, where, order }: { window: Window; where: Prisma.Sql; order: Prisma.Sql }): Promise<ListedCustomer[]> {
  const rows = await tx.$queryRaw<Row[]>`select ${LISTED} from ${sourceOf(at.shopId)} where ${conditionsOf(query, at)} and ${where} order by ${order} limit ${limit} offset ${offset}`;
  return rows.map(toListed);
}

async function countWhere(tx: Tx, query: Filter, at: Standpoint, where: Prisma.Sql): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`select count(*)::int as count from ${sourceOf(at.shopId)} where ${conditionsOf(query, at)} and ${where}`;
  return row?.count ?? 0;
}

const toListed = ({ firstName, lastName, email, locale, countryCode, ...row }: Row): ListedCustomer => ({ ...toProfile(row), ...toPerson({ firstName, lastName, email, locale }), countryCode });

/** Exact up to COUNTED_MAX; one more than that means more. */
async function countCustomers(tx: Tx, query: Filter, at: Standpoint): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`select count(*)::int as count from (select 1 from ${sourceOf(at.shopId)} where ${conditionsOf(query, at)} limit ${COUNTED_MAX + 1}) x`;
  return row?.count ?? 0;
}

/** How many match a rule, all of them counted, and what they are worth together. */
export async function sumCustomers(tx: Tx, query: Filter, at: Standpoint): Promise<{ customers: number; revenueMinor: number; stakeMinor: number }> {
  const [row] = await tx.$queryRaw<{ customers: number; revenueMinor: number; stakeMinor: number }[]>`
    select count(*)::int as customers, coalesce(sum(p.revenue_minor), 0)::float8 as "revenueMinor", coalesce(sum(p.stake_minor), 0)::float8 as "stakeMinor" from ${sourceOf(at.shopId)} where ${conditionsOf(query, at)}`;
  return row ?? { customers: 0, revenueMinor: 0, stakeMinor: 0 };
}

/** For exports: the next customers by number. */
export async function listMatching(tx: Tx, query: Filter, at: Standpoint, { after, limit }: { after: bigint; limit: number }): Promise<ListedCustomer[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select ${LISTED} from ${sourceOf(at.shopId)} where ${conditionsOf(query, at)} and p.customer_id > ${after}::bigint order by p.customer_id limit ${limit}`;
  return rows.map(toListed);
}

function conditionsOf({ rule, segmentId, search }: Filter, at: Standpoint): Prisma.Sql {
  const shop = Prisma.sql`${at.shopId}::bigint`;
  const conditions = [
    Prisma.sql`p.shop_id = ${shop}`,
    ...(rule === null ? [] : [whereOf(rule, at)]),
    ...(segmentId === null ? [] : [Prisma.sql`exists (select 1 from segment_member m where m.shop_id = ${shop} and m.segment_id = ${segmentId}::uuid and m.customer_id = p.customer_id)`]),
    ...search.toLowerCase().split(/\s+/u).filter((word) => word !== "").map((word) => Prisma.sql`p.search like ${`%${word.replaceAll(/[\\%_]/gu, "\\$&")}%`}`),
  ];
  return Prisma.join(conditions, " and ");
}

const LISTED = Prisma.sql`${PROFILE_COLUMNS}, ${PERSON_COLUMNS}, c.country_code as "countryCode"`;
