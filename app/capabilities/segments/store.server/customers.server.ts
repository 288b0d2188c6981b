// Lists of customers: any rule, a search, an order, a page. Whatever is asked, no more rows are read than are shown or counted.
import type { CustomerProfile } from "../../../../prisma/generated/client.ts";
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { PROFILE_COLUMNS, toProfile } from "../../profiles/profiles.server.ts";
import { COUNTED_MAX, type CustomerQuery, type ListedCustomer, type Sort } from "../model.ts";
import { predicateOf, sourceOf, type Standpoint } from "./predicates.server.ts";

const SORT_COLUMNS: Readonly<Record<Sort, string>> = { last_order: "last_order_on", revenue: "revenue_minor", stake: "stake_minor", chance_90: "chance_90", next_order: "next_order_on" };

type Row = CustomerProfile & { name: string; email: string | null; countryCode: string | null };

export async function listCustomers(tx: Tx, query: CustomerQuery, at: Standpoint, { limit, offset }: { limit: number; offset: number }): Promise<ListedCustomer[]> {
  const column = Prisma.raw(`p.${SORT_COLUMNS[query.sort]}`);
  const order = Prisma.raw(query.direction === "ascending" ? "asc, p.customer_id desc" : "desc, p.customer_id"); // each other backwards, so that one index serves both
  const part = (which: Prisma.Sql, place: number) => Prisma.sql`
    (select ${LISTED}, ${column} as sorted, ${place}::int as place from ${sourceOf(at.shopId)} where ${conditionsOf(query, at)} and ${column} ${which} order by ${column} ${order} limit ${limit + offset})`;
  const rows = await tx.$queryRaw<Row[]>`
    select * from (${part(Prisma.sql`is not null`, 0)} union all ${part(Prisma.sql`is null`, 1)}) p
     order by place, sorted ${Prisma.raw(query.direction === "ascending" ? 'asc, p."customerId" desc' : 'desc, p."customerId"')} limit ${limit} offset ${offset}`;
  return rows.map(toListed);
}

const toListed = ({ name, email, countryCode, ...row }: Row): ListedCustomer => ({ ...toProfile(row), name, email, countryCode });

/** Exact up to COUNTED_MAX; one more than that means more. */
export async function countCustomers(tx: Tx, query: Pick<CustomerQuery, "rule" | "segmentId" | "search">, at: Standpoint): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`select count(*)::int as count from (select 1 from ${sourceOf(at.shopId)} where ${conditionsOf(query, at)} limit ${COUNTED_MAX + 1}) x`;
  return row?.count ?? 0;
}

/** How many match a rule, all of them counted, and what they are worth together. */
export async function sumCustomers(tx: Tx, query: Pick<CustomerQuery, "rule" | "segmentId" | "search">, at: Standpoint): Promise<{ customers: number; revenueMinor: number; stakeMinor: number }> {
  const [row] = await tx.$queryRaw<{ customers: number; revenueMinor: number; stakeMinor: number }[]>`
    select count(*)::int as customers, coalesce(sum(p.revenue_minor), 0)::float8 as "revenueMinor", coalesce(sum(p.stake_minor), 0)::float8 as "stakeMinor" from ${sourceOf(at.shopId)} where ${conditionsOf(query, at)}`;
  return row ?? { customers: 0, revenueMinor: 0, stakeMinor: 0 };
}

/** For exports: the next customers by number. */
export async function listMatching(tx: Tx, query: Pick<CustomerQuery, "rule" | "segmentId" | "search">, at: Standpoint, { after, limit }: { after: bigint; limit: number }): Promise<ListedCustomer[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select ${LISTED} from ${sourceOf(at.shopId)} where ${conditionsOf(query, at)} and p.customer_id > ${after}::bigint order by p.customer_id limit ${limit}`;
  return rows.map(toListed);
}

function conditionsOf({ rule, segmentId, search }: Pick<CustomerQuery, "rule" | "segmentId" | "search">, at: Standpoint): Prisma.Sql {
  const shop = Prisma.sql`${at.shopId}::bigint`;
  const conditions = [
    Prisma.sql`p.shop_id = ${shop}`,
    ...(rule === null ? [] : [predicateOf(rule, at)]),
    ...(segmentId === null ? [] : [Prisma.sql`exists (select 1 from segment_member m where m.shop_id = ${shop} and m.segment_id = ${segmentId}::uuid and m.customer_id = p.customer_id)`]),
    ...search.toLowerCase().split(/\s+/u).filter((word) => word !== "").map((word) => Prisma.sql`p.search like ${`%${word.replaceAll(/[\\%_]/gu, "\\$&")}%`}`),
  ];
  return Prisma.join(conditions, " and ");
}

const LISTED = Prisma.sql`${PROFILE_COLUMNS}, coalesce(nullif(concat_ws(' ', c.first_name, c.last_name), ''), c.email, '') as name, c.email, c.country_code as "countryCode"`;
