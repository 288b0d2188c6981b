// What customers brought by age, and what the merchant spent on them.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { dayOfDate, firstDayOf, monthOf, parseDay, type Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { PURPOSES, type AgeSums, type Cost } from "../model.ts";

/** Of a trait, or "" and "" for everybody. */
export type Whose = { kind: string; value: string };

// Whole numbers far below 2^53, so that floats add them exactly; PostgreSQL adds bigints as numeric, four times slower.
const total = (column: string, over = ""): Prisma.Sql => Prisma.raw(`sum(${column}::float8)${over}`);

type AgeRow = { cohort: string; age: number; orders: number; revenue: number; margin: number; margin_orders: number };

/** Each age summed up to the first of `ages` that it does not exceed; older ones are left out. Of a trait only its milestones are known. */
export async function listAges(tx: Tx, shopId: ShopId, { kind, value }: Whose, ages: readonly number[]): Promise<AgeSums[]> {
  const rows = await tx.$queryRaw<AgeRow[]>`
    select to_char(cohort, 'YYYY-MM-DD') as cohort, a.age, orders, revenue, margin, margin_orders
      from (select cohort, width_bucket(age, ${ages.map((age) => age + 1)}::int[]) as place, sum(orders)::int as orders, ${total("revenue_minor")} as revenue, ${total("margin_minor")} as margin, sum(margin_orders)::int as margin_orders
              from cohort_age where shop_id = ${shopId}::bigint and kind = ${kind} and value = ${value} and age <= ${ages.at(-1) ?? 0} and orders <> 0 group by 1, 2) s
      join unnest(${[...ages]}::int[]) with ordinality as a(age, place) on a.place = s.place + 1 order by 1, 2`;
  return rows.map(({ cohort, age, orders, revenue, margin, margin_orders }) => ({ cohort: parseDay(cohort), age, orders, revenueMinor: revenue, marginMinor: margin, marginOrders: margin_orders }));
}

/** What a cohort must bring, and until which age to look. */
export type Debt = { cohort: Day; minor: number; until: number };
/** Ages when it had brought so much, null: not yet; `isMarginKnown`: of all orders until then. */
export type Paid = { cohort: Day; byRevenue: number | null; byMargin: number | null; isMarginKnown: boolean };

export async function listPaid(tx: Tx, shopId: ShopId, { kind, value }: Whose, debts: readonly Debt[]): Promise<Paid[]> {
  if (debts.length === 0) return [];
  const rows = await tx.$queryRaw<{ cohort: string; by_revenue: number | null; by_margin: number | null; is_known: boolean }[]>`
    select to_char(cohort, 'YYYY-MM-DD') as cohort, min(age) filter (where revenue >= minor) as by_revenue, min(age) filter (where margin >= minor and unknown = 0) as by_margin, max(unknown) = 0 as is_known
      from (select a.cohort, a.age, d.minor, ${total("a.revenue_minor", " over w")} as revenue, ${total("a.margin_minor", " over w")} as margin, sum(a.orders - a.margin_orders) over w as unknown
              from unnest(${debts.map(({ cohort }) => cohort)}::date[], ${debts.map(({ minor }) => minor)}::bigint[], ${debts.map(({ until }) => until)}::int[]) as d(cohort, minor, until)
              join cohort_age a on a.shop_id = ${shopId}::bigint and a.kind = ${kind} and a.value = ${value} and a.cohort = d.cohort and a.age <= d.until and a.orders <> 0
            window w as (partition by a.cohort order by a.age)) s group by cohort`;
  return rows.map(({ cohort, by_revenue, by_margin, is_known }) => ({ cohort: parseDay(cohort), byRevenue: by_revenue, byMargin: by_margin, isMarginKnown: is_known }));
}

export async function listCosts(tx: Tx, shopId: ShopId): Promise<Cost[]> {
  const rows = await tx.acquisitionCost.findMany({ where: { shopId }, orderBy: [{ month: "desc" }, { purpose: "asc" }, { channel: "asc" }] });
  return rows.flatMap(({ month, purpose, channel, amountMinor }) => PURPOSES.filter((known) => known === purpose).map((known) => ({ month: monthOf(dayOfDate(month)), purpose: known, channel, amountMinor: Number(amountMinor) })));
}

const columns = (costs: readonly Omit<Cost, "amountMinor">[]) => Prisma.sql`${costs.map(({ month }) => firstDayOf(month))}::date[], ${costs.map(({ purpose }) => purpose)}::text[], ${costs.map(({ channel }) => channel)}::text[]`;

/** Each month, purpose and channel once. Answers how many rows were new or changed. */
export const saveCosts = (tx: Tx, shopId: ShopId, costs: readonly Cost[]): Promise<number> => tx.$executeRaw`
  insert into acquisition_cost as k (shop_id, month, purpose, channel, amount_minor)
  select ${shopId}::bigint, c.* from unnest(${columns(costs)}, ${costs.map(({ amountMinor }) => amountMinor)}::bigint[]) as c(month, purpose, channel, amount_minor) order by 2, 3, 4
  on conflict (shop_id, month, purpose, channel) do update set amount_minor = excluded.amount_minor where k.amount_minor <> excluded.amount_minor`;

export const dropCosts = (tx: Tx, shopId: ShopId, costs: readonly Omit<Cost, "amountMinor">[]): Promise<number> => tx.$executeRaw`
  delete from acquisition_cost k using unnest(${columns(costs)}) as c(month, purpose, channel)
   where k.shop_id = ${shopId}::bigint and k.month = c.month and k.purpose = c.purpose and k.channel = c.channel`;
