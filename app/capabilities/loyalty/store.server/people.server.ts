// What is known of people in this room: shown, joined, erased.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { Day } from "../../../values/day.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";

const PERSON_TABLES = { member: "member", ledger_entry: "ledgerEntries", point_lot: "pointLots", tier_period: "tierPeriods", earn_event: "earnEvents", redemption: "redemptions", referral_code: "referralCodes" } as const;

export async function readPerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Record<string, unknown>> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const person: Record<string, unknown> = {};
  for (const [table, name] of Object.entries(PERSON_TABLES)) {
    const [row] = await tx.$queryRaw<{ rows: unknown }[]>`select coalesce(jsonb_agg(to_jsonb(t) - 'shop_id'), '[]') as rows from ${Prisma.raw(table)} t where t.shop_id = ${shop} and t.customer_id = ${customerId}::bigint`;
    person[name] = row?.rows ?? [];
  }
  const [row] = await tx.$queryRaw<{ rows: unknown }[]>`select coalesce(jsonb_agg(to_jsonb(t) - 'shop_id' - 'hashes'), '[]') as rows from referral t where t.shop_id = ${shop} and (t.advocate_id = ${customerId}::bigint or t.friend_id = ${customerId}::bigint)`;
  return { loyalty: { ...person, referrals: row?.rows ?? [] } };
}

/**
 * The account is closed by a last line, and its lines then belong to nobody, so that the books still add up. `surrogateId` leads nowhere.
 * Answers false when there was none.
 */
export async function erasePerson(tx: Tx, shopId: ShopId, customerId: CustomerId, { surrogateId, today, at }: { surrogateId: bigint; today: Day; at: Date }): Promise<void> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const who = Prisma.sql`shop_id = ${shop} and customer_id = ${customerId}::bigint`;
  await tx.$executeRaw`select set_config('regulars.erasing', 'on', true)`;
  await tx.$executeRaw`
    insert into ledger_entry (shop_id, customer_id, key, sequence, kind, points, effective_on, written_at, balance_after, detail)
    select ${shop}, ${customerId}::bigint, 'close', 1, 'close', -sum(points)::int, ${today}::date, ${at}::timestamptz, 0, '{}' from ledger_entry where ${who} having sum(points) <> 0
    on conflict do nothing`;
  await tx.$executeRaw`update ledger_entry set customer_id = ${surrogateId}::bigint, key = 'erased:' || id, sequence = 1, detail = detail - 'eventId' - 'redemptionId' - 'grantKey' where ${who}`;
  await tx.$executeRaw`select set_config('regulars.erasing', 'off', true)`;
  for (const table of ["member", "point_lot", "tier_period", "earn_event", "redemption", "referral_code"]) await tx.$executeRaw`delete from ${Prisma.raw(table)} where ${who}`;
  await tx.$executeRaw`delete from referral where shop_id = ${shop} and advocate_id = ${customerId}::bigint`;
  await tx.$executeRaw`update referral set friend_id = null, hashes = '{}' where shop_id = ${shop} and friend_id = ${customerId}::bigint`;
}

const TABLES = ["member", "ledger_entry", "point_lot", "tier_period", "earn_event", "order_percent", "redemption", "referral_code", "referral", "tier_perk", "dry_run", "month_value", "point_import", "api_key", "programme_version", "programme"] as const;

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.$executeRaw`select set_config('regulars.erasing', 'on', true)`;
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint`;
  await tx.$executeRaw`select set_config('regulars.erasing', 'off', true)`;
}
