// Fits, checks, and forecasts kept until they can be checked.
import { Prisma, type Tx } from "../../platform/db.server.ts";
import { dayOfDate, toDate, type Day } from "../../values/day.ts";
import type { CustomerId, ShopId } from "../../values/ids.ts";
import { checkResultSchema, HORIZONS, METHODS, storedFitSchema, type Check, type CheckResult, type Horizon, type Method, type ShopForecast } from "./model.ts";

/** The newest. */
export async function findFit(tx: Tx, shopId: ShopId): Promise<ShopForecast | null> {
  const row = await tx.forecastModel.findFirst({ where: { shopId }, orderBy: { asOf: "desc" } });
  return row && { asOf: dayOfDate(row.asOf), fittedAt: row.fittedAt, method: METHODS.find((known) => known === row.method) ?? "none", fit: storedFitSchema.parse(row.fit) };
}

export async function saveFit(tx: Tx, shopId: ShopId, { asOf, fittedAt, method, fit }: ShopForecast): Promise<void> {
  const row = { fittedAt, method, fit };
  await tx.forecastModel.upsert({ where: { shopId_asOf: { shopId, asOf: toDate(asOf) } }, create: { shopId, asOf: toDate(asOf), ...row }, update: row });
}

/** Of the months before, the last one stays; this keeps the nights of today's month and the one before. */
export async function thinFits(tx: Tx, shopId: ShopId, today: Day): Promise<void> {
  await tx.$executeRaw`
    delete from forecast_model f where f.shop_id = ${shopId}::bigint and f.as_of < date_trunc('month', ${today}::date - interval '1 month')
       and exists (select 1 from forecast_model l where l.shop_id = f.shop_id and l.as_of > f.as_of and date_trunc('month', l.as_of) = date_trunc('month', f.as_of))`;
}

/** Newest first. */
export async function listChecks(tx: Tx, shopId: ShopId): Promise<Check[]> {
  const rows = await tx.forecastCheck.findMany({ where: { shopId, checkedAt: { not: null } }, orderBy: [{ cutOn: "desc" }, { horizon: "asc" }] });
  return rows.flatMap(({ cutOn, horizon, isKept, checkedAt, result }) => {
    const known = HORIZONS.find((days) => days === horizon);
    return known === undefined || checkedAt === null || result === null ? [] : [{ cutOn: dayOfDate(cutOn), horizon: known, isKept, checkedAt, result: checkResultSchema.parse(result) }];
  });
}

export async function saveCheck(tx: Tx, shopId: ShopId, check: { cutOn: Day; horizon: Horizon; isKept: boolean; checkedAt: Date; result: CheckResult | null }): Promise<void> {
  const { cutOn, horizon, isKept, checkedAt } = check;
  const key = { shopId, cutOn: toDate(cutOn), horizon, isKept };
  const data = { checkedAt, result: check.result ?? Prisma.DbNull };
  await tx.forecastCheck.upsert({ where: { shopId_cutOn_horizon_isKept: key }, create: { ...key, ...data }, update: data });
}

/** Days computed afterwards that have been looked at since `builtAt`, whether or not there was anything to check. */
export async function listLookedBack(tx: Tx, shopId: ShopId, builtAt: Date): Promise<Set<Day>> {
  const rows = await tx.forecastCheck.findMany({ where: { shopId, isKept: false, checkedAt: { gte: builtAt } }, select: { cutOn: true } });
  return new Set(rows.map(({ cutOn }) => dayOfDate(cutOn)));
}

/** Once a month everybody's chances are put away as they are shown; nothing happens when this month's have been. */
export async function keepForecasts(tx: Tx, shopId: ShopId, today: Day, horizon: Horizon): Promise<void> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const added = await tx.$executeRaw`
    insert into forecast_check (shop_id, cut_on, horizon, is_kept, method) select ${shop}, ${today}::date, ${horizon}, true, (select method from forecast_model where shop_id = ${shop} order by as_of desc limit 1)
     where not exists (select 1 from forecast_check where shop_id = ${shop} and is_kept and date_trunc('month', cut_on) = date_trunc('month', ${today}::date))
    on conflict do nothing`;
  if (added === 0) return;
  await tx.$executeRaw`
    insert into kept_forecast (shop_id, cut_on, customer_id, chance_90, recency_days)
    select ${shop}, ${today}::date, customer_id, round(chance_90 * 1000000)::int, ${today}::date - last_order_on from customer_profile
     where shop_id = ${shop} and chance_90 is not null and last_order_on is not null order by customer_id
    on conflict do nothing`;
}

/** Kept forecasts whose days are over. */
export async function listKeptToCheck(tx: Tx, shopId: ShopId, today: Day): Promise<{ cutOn: Day; horizon: Horizon; method: Method | null }[]> {
  const rows = await tx.$queryRaw<{ cut_on: Date; horizon: number; method: string | null }[]>`
    select cut_on, horizon, method from forecast_check where shop_id = ${shopId}::bigint and is_kept and checked_at is null and cut_on + horizon < ${today}::date order by 1`;
  return rows.flatMap((row) => {
    const horizon = HORIZONS.find((days) => days === row.horizon);
    return horizon === undefined ? [] : [{ cutOn: dayOfDate(row.cut_on), horizon, method: METHODS.find((known) => known === row.method) ?? null }];
  });
}

/** The day on which the next kept forecast will have come true or not; null: none is kept. */
export async function findNextCheckOn(tx: Tx, shopId: ShopId): Promise<Day | null> {
  const [row] = await tx.$queryRaw<{ day: Date | null }[]>`select min(cut_on + horizon + 1) as day from forecast_check where shop_id = ${shopId}::bigint and is_kept and checked_at is null`;
  return row?.day ? dayOfDate(row.day) : null;
}

/** Kind by kind: a chance in millionths, days away on that day, whether an order followed, and how many such customers. */
export const readKept = (tx: Tx, shopId: ShopId, { cutOn, horizon }: { cutOn: Day; horizon: Horizon }): Promise<{ chance: number; away: number; ordered: boolean; customers: number }[]> => tx.$queryRaw`
  select chance, away, ordered, count(*)::int as customers from (
    select k.chance_90 as chance, k.recency_days as away,
           exists (select 1 from counted_order o where o.shop_id = ${shopId}::bigint and o.buyer_id = k.customer_id and o.day > ${cutOn}::date and o.day <= ${cutOn}::date + ${horizon}::int) as ordered
      from kept_forecast k where k.shop_id = ${shopId}::bigint and k.cut_on = ${cutOn}::date) x
   group by 1, 2, 3 order by 1, 2, 3`;

export async function dropKept(tx: Tx, shopId: ShopId, cutOn: Day): Promise<void> {
  await tx.keptForecast.deleteMany({ where: { shopId, cutOn: toDate(cutOn) } });
}

/** Everything this room knows of one person. */
export async function readPerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Record<string, unknown>> {
  const [row] = await tx.$queryRaw<{ person: Record<string, unknown> }[]>`
    select jsonb_build_object('keptForecasts', (select coalesce(jsonb_agg(to_jsonb(t) - 'shop_id' order by t.cut_on), '[]') from kept_forecast t
       where t.shop_id = ${shopId}::bigint and t.customer_id = ${customerId}::bigint)) as person`;
  return row?.person ?? {};
}

export async function erasePerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<void> {
  await tx.keptForecast.deleteMany({ where: { shopId, customerId } });
}

const TABLES = ["forecast_model", "forecast_check", "kept_forecast"] as const;

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint`;
}
