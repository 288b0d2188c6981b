// The profiles themselves: written in sets, read one by one, counted by score and stage.
import type { CustomerProfile as ProfileRow } from "../../../../prisma/generated/client.ts";
import { columnsOf, type Row } from "../../../platform/columns.server.ts";
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { dayOfDate } from "../../../values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../../values/ids.ts";
import { invariant } from "../../../values/invariant.ts";
import { personName, type NameParts } from "../../../values/person-name.ts";
import { RFM_GROUPS, STAGES, type Profile, type RfmGroup, type Stage } from "../model.ts";

const profile = columnsOf(
  { customer_id: "bigint" },
  {
    as_of: "date", order_count: "int", purchase_days: "int", revenue_minor: "bigint", average_order_minor: "bigint", margin_minor: "bigint", first_order_on: "date", last_order_on: "date", is_last_refunded: "boolean",
    recent_orders: "int", earlier_orders: "int", typical_gap_days: "int", lapse_days: "int", next_order_on: "date", chance_30: "float8", chance_60: "float8", chance_90: "float8",
    expected_orders_365: "float8", orders_low_365: "int", orders_high_365: "int", expected_value_365_minor: "bigint", value_low_365_minor: "bigint", value_high_365_minor: "bigint", stake_minor: "bigint",
    r: "int", f: "int", m: "int", rfm_group: "text", stage: "text", stage_since: "date", is_vip: "boolean", search: "text",
  },
);

/** Writes what differs, and removes those of `ids` who are gone. */
export async function saveProfiles(tx: Tx, shopId: ShopId, ids: readonly CustomerId[], profiles: readonly Profile[]): Promise<void> {
  const here = profiles.map(({ customerId }) => customerId);
  if (here.length < ids.length) await tx.$executeRaw`delete from customer_profile where shop_id = ${shopId}::bigint and customer_id = any (${[...ids]}::bigint[]) and not customer_id = any (${here}::bigint[])`;
  if (profiles.length === 0) return;
  await tx.$executeRaw`
    insert into customer_profile as t (shop_id, ${profile.names}) select ${shopId}::bigint, ${profile.names} from ${profile.from(profiles.map(toRow))} order by r.customer_id
    on conflict (shop_id, customer_id) do update set ${profile.assigned} where (${profile.factsOf("t")}) is distinct from (${profile.factsOf("excluded")})`;
}

const toRow = (known: Profile): Row => ({
  customer_id: String(known.customerId), as_of: known.asOf, order_count: known.orderCount, purchase_days: known.purchaseDays, revenue_minor: known.revenueMinor, average_order_minor: known.averageOrderMinor, margin_minor: known.marginMinor,
  first_order_on: known.firstOrderOn, last_order_on: known.lastOrderOn, is_last_refunded: known.isLastRefunded, recent_orders: known.recentOrders, earlier_orders: known.earlierOrders,
  typical_gap_days: known.typicalGapDays, lapse_days: known.lapseDays, next_order_on: known.nextOrderOn, chance_30: known.chance30, chance_60: known.chance60, chance_90: known.chance90,
  expected_orders_365: known.expectedOrders365, orders_low_365: known.ordersLow365, orders_high_365: known.ordersHigh365, expected_value_365_minor: known.expectedValue365Minor,
  value_low_365_minor: known.valueLow365Minor, value_high_365_minor: known.valueHigh365Minor, stake_minor: known.stakeMinor, r: known.scores?.r ?? null, f: known.scores?.f ?? null, m: known.scores?.m ?? null,
  rfm_group: known.rfmGroup, stage: known.stage, stage_since: known.stageSince, is_vip: known.isVip, search: known.search,
});

/** Profiles nobody is behind any more go; answers whose they were. */
export async function dropGone(tx: Tx, shopId: ShopId): Promise<CustomerId[]> {
  const rows = await tx.$queryRaw<{ id: CustomerId }[]>`
    delete from customer_profile p where p.shop_id = ${shopId}::bigint and not exists (select 1 from customer c where c.shop_id = ${shopId}::bigint and c.id = p.customer_id) returning p.customer_id as id`;
  return rows.map(({ id }) => id);
}

/** A profile `p` under the names of Prisma's client, for statements of other rooms that list customers. */
export const PROFILE_COLUMNS = Prisma.raw(
  Object.entries({
    customerId: "customer_id", asOf: "as_of", orderCount: "order_count", purchaseDays: "purchase_days", revenueMinor: "revenue_minor", averageOrderMinor: "average_order_minor", marginMinor: "margin_minor",
    firstOrderOn: "first_order_on", lastOrderOn: "last_order_on", isLastRefunded: "is_last_refunded", recentOrders: "recent_orders", earlierOrders: "earlier_orders", typicalGapDays: "typical_gap_days",
    lapseDays: "lapse_days", nextOrderOn: "next_order_on", chance30: "chance_30", chance60: "chance_60", chance90: "chance_90", expectedOrders365: "expected_orders_365", ordersLow365: "orders_low_365",
    ordersHigh365: "orders_high_365", expectedValue365Minor: "expected_value_365_minor", valueLow365Minor: "value_low_365_minor", valueHigh365Minor: "value_high_365_minor", stakeMinor: "stake_minor",
    r: "r", f: "f", m: "m", rfmGroup: "rfm_group", stage: "stage", stageSince: "stage_since", isVip: "is_vip", search: "search",
  } satisfies Record<Exclude<keyof ProfileRow, "shopId">, string>).map(([name, column]) => `p.${column} as "${name}"`).join(", "),
);

/** The person behind a profile, customer `c`, for the same statements. */
export const PERSON_COLUMNS = Prisma.raw('c.first_name as "firstName", c.last_name as "lastName", c.email, c.locale');
export type PersonRow = NameParts & { email: string | null; locale: string | null };

/** A name for lists: the address where there is none, or nothing. */
export const toPerson = ({ firstName, lastName, email, locale }: PersonRow): { name: string; email: string | null } => ({ name: personName({ firstName, lastName }, locale) ?? email ?? "", email });

/** A row as the rest of the house sees it. */
export function toProfile(row: Omit<ProfileRow, "shopId">): Profile {
  const stage = STAGES.find((known) => known === row.stage);
  const rfmGroup = RFM_GROUPS.find((known) => known === row.rfmGroup);
  invariant(stage !== undefined && rfmGroup !== undefined);
  const dayOf = (date: Date | null) => date && dayOfDate(date);
  const money = (minor: bigint | null) => (minor === null ? null : Number(minor));
  return {
    customerId: parseId<CustomerId>(row.customerId), asOf: dayOfDate(row.asOf), orderCount: row.orderCount, purchaseDays: row.purchaseDays, revenueMinor: Number(row.revenueMinor), averageOrderMinor: money(row.averageOrderMinor), marginMinor: money(row.marginMinor),
    firstOrderOn: dayOf(row.firstOrderOn), lastOrderOn: dayOf(row.lastOrderOn), isLastRefunded: row.isLastRefunded, recentOrders: row.recentOrders, earlierOrders: row.earlierOrders,
    typicalGapDays: row.typicalGapDays, lapseDays: row.lapseDays, nextOrderOn: dayOf(row.nextOrderOn), chance30: row.chance30, chance60: row.chance60, chance90: row.chance90,
    expectedOrders365: row.expectedOrders365, ordersLow365: row.ordersLow365, ordersHigh365: row.ordersHigh365, expectedValue365Minor: money(row.expectedValue365Minor),
    valueLow365Minor: money(row.valueLow365Minor), valueHigh365Minor: money(row.valueHigh365Minor), stakeMinor: Number(row.stakeMinor),
    scores: row.r !== null && row.f !== null && row.m !== null ? { r: row.r, f: row.f, m: row.m } : null,
    rfmGroup, stage, stageSince: dayOfDate(row.stageSince), isVip: row.isVip, search: row.search,
  };
}

export async function findProfile(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Profile | null> {
  const row = await tx.customerProfile.findUnique({ where: { shopId_customerId: { shopId, customerId } } });
  return row && toProfile(row);
}

export type StageCount = { stage: Stage; customers: number; revenueMinor: number; stakeMinor: number; expectedValue365Minor: number };

export async function countStages(tx: Tx, shopId: ShopId): Promise<StageCount[]> {
  const rows = await tx.$queryRaw<{ stage: string; customers: number; revenue: number; stake: number; expected: number }[]>`
    select stage, count(*)::int as customers, sum(revenue_minor)::float8 as revenue, sum(stake_minor)::float8 as stake, coalesce(sum(expected_value_365_minor), 0)::float8 as expected
      from customer_profile where shop_id = ${shopId}::bigint group by stage`;
  return STAGES.map((stage) => {
    const row = rows.find((found) => found.stage === stage);
    return { stage, customers: row?.customers ?? 0, revenueMinor: row?.revenue ?? 0, stakeMinor: row?.stake ?? 0, expectedValue365Minor: row?.expected ?? 0 };
  });
}

export type RfmCell = { r: number; fm: number; customers: number; revenueMinor: number };

/** Customers by recency and by frequency and money together; cells nobody is in are absent. */
export const countRfmCells = (tx: Tx, shopId: ShopId): Promise<RfmCell[]> => tx.$queryRaw`
  select r, (f + m + 1) / 2 as fm, count(*)::int as customers, sum(revenue_minor)::float8 as "revenueMinor"
    from customer_profile where shop_id = ${shopId}::bigint and r is not null group by 1, 2 order by 1, 2`;

export type GroupPair = { ours: RfmGroup; shopifys: string | null; customers: number };

/** Our group beside Shopify's own, as it was when the customer was last read. */
export async function countGroupPairs(tx: Tx, shopId: ShopId): Promise<GroupPair[]> {
  const rows = await tx.$queryRaw<{ ours: string; shopifys: string | null; customers: number }[]>`
    select p.rfm_group as ours, c.shopify_rfm_group as shopifys, count(*)::int as customers
      from customer_profile p join customer c on c.shop_id = ${shopId}::bigint and c.id = p.customer_id where p.shop_id = ${shopId}::bigint group by 1, 2 order by 1, 2`;
  return rows.flatMap((row) => {
    const ours = RFM_GROUPS.find((known) => known === row.ours);
    return ours === undefined ? [] : [{ ...row, ours }];
  });
}

/** Everything this room knows of one person. */
export async function readPerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Record<string, unknown>> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const [row] = await tx.$queryRaw<{ person: Record<string, unknown> }[]>`
    select jsonb_build_object(
      'profile', (select to_jsonb(t) - 'shop_id' from customer_profile t where t.shop_id = ${shop} and t.customer_id = ${customerId}::bigint),
      'contactPreference', (select to_jsonb(t) - 'shop_id' from contact_preference t where t.shop_id = ${shop} and t.customer_id = ${customerId}::bigint)) as person`;
  return row?.person ?? {};
}

export async function erasePerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<void> {
  await tx.customerProfile.deleteMany({ where: { shopId, customerId } });
  await tx.contactPreference.deleteMany({ where: { shopId, customerId } });
}

const TABLES = ["customer_profile", "profile_basis", "profile_setting", "product_rhythm", "stage_flow", "contact_preference"] as const;

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint`;
}
