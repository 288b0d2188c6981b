// What a shopper is shown of their account, of many at once.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { Day } from "../../../values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../../values/ids.ts";
import type { ShownKind } from "../model/ledger.ts";
import type { Redemption, RedemptionState } from "../model/redemption.ts";
import { listRedemptionsOf } from "./redemptions.server.ts";

type Of<Row> = Row & { customerId: CustomerId };

/** All that is shown of an account, in one statement however many are asked for. `recent`: the newest entries, with what their orders are called. */
export type Account = Of<{
  member: { joinedOn: Day | null; birthday: string | null; balance: number; pending: number; waiting: number; tierId: string | null; tierValue: number; nextTierEntry: number | null; tierKeptUntil: Day | null; nextChange: Day | null } | null;
  nextExpiry: { on: Day; points: number } | null;
  referralCode: string | null;
  followed: string[];
  coupons: Redemption[];
  recent: { kind: ShownKind; points: number; on: Day; note: string }[];
}>;

const OPEN_STATES = ["held", "issued", "returning"] as const satisfies RedemptionState[];

export async function listAccounts(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[], { recentCount, codesOf }: { recentCount: number; /** the first version whose codes for friends are shown; null: none are */ codesOf: number | null }): Promise<Account[]> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const rows = await tx.$queryRaw<(Omit<Account, "coupons"> & { couponCount: number })[]>`
    select c.id as "customerId", x.expiry as "nextExpiry", r.code as "referralCode", f.followed, n.recent, k.count as "couponCount",
           case when m.customer_id is not null then json_build_object('joinedOn', m.joined_on, 'birthday', m.birthday, 'balance', m.balance, 'pending', m.pending, 'waiting', m.waiting, 'tierId', m.tier_id, 'tierValue', m.tier_value, 'nextTierEntry', m.next_tier_entry, 'tierKeptUntil', m.tier_kept_until, 'nextChange', m.next_change) end as member
      from unnest(${[...customerIds]}::bigint[]) as c(id)
      left join member m on m.shop_id = ${shop} and m.customer_id = c.id
      left join lateral (select code from referral_code r where r.shop_id = ${shop} and r.customer_id = c.id and r.version >= ${codesOf}::int and r.shopify_id is not null order by r.version limit 1) r on true
      left join lateral (select json_build_object('on', expires_on, 'points', sum(remaining)) as expiry from point_lot l where l.shop_id = ${shop} and l.customer_id = c.id and not l.is_pending and l.expires_on is not null group by l.expires_on order by l.expires_on limit 1) x on true
      cross join lateral (select coalesce(array_agg(e.rule_id order by e.rule_id), '{}') as followed from earn_event e where e.shop_id = ${shop} and e.customer_id = c.id and e.kind in ('follow', 'share') and e.revoked_on is null and e.rule_id is not null) f
      cross join lateral (select count(*)::int as count from redemption d where d.shop_id = ${shop} and d.customer_id = c.id and d.state = any (${[...OPEN_STATES]}::text[])) k
      cross join lateral (
        select coalesce(json_agg(json_build_object('kind', case when e.kind = 'give_back' and d.state = 'void' then 'not_made' else e.kind end, 'points', e.points, 'on', e.effective_on, 'note', coalesce(o.name, '')) order by e.id desc), '[]') as recent
          from (select * from ledger_entry where shop_id = ${shop} and customer_id = c.id order by id desc limit ${recentCount}) e
          left join redemption d on d.shop_id = ${shop} and d.id = (e.detail ->> 'redemptionId')::uuid
          left join orders o on o.shop_id = ${shop} and o.id = (e.detail ->> 'orderId')::bigint) n`;
  const withCoupons = rows.filter(({ couponCount }) => couponCount > 0).map(({ customerId }) => customerId);
  const coupons = withCoupons.length === 0 ? [] : await listRedemptionsOf(tx, shopId, withCoupons, OPEN_STATES);
  return rows.map(({ couponCount: _, ...row }) => ({ ...row, coupons: coupons.filter(({ customerId }) => customerId === row.customerId) }));
}

/** Who is to be told Shopify, and up to which change. */
export async function listToTell(tx: Tx, shopId: ShopId, limit: number): Promise<Of<{ change: number; tierId: string | null; toldTierId: string | null }>[]> {
  const rows = await tx.member.findMany({ where: { shopId, isToTell: true }, select: { customerId: true, change: true, tierId: true, toldTierId: true }, orderBy: { customerId: "asc" }, take: limit });
  return rows.map((row) => ({ ...row, customerId: parseId<CustomerId>(row.customerId) }));
}

/** Whatever changed meanwhile is told with the next. */
export async function noteTold(tx: Tx, shopId: ShopId, { customerId, change, tierId }: { customerId: CustomerId; change: number; tierId: string | null }): Promise<void> {
  await tx.member.updateMany({ where: { shopId, customerId }, data: { toldTierId: tierId } });
  await tx.member.updateMany({ where: { shopId, customerId, change }, data: { isToTell: false } });
}

export const listShopsToTell = (tx: Tx): Promise<{ shop_id: ShopId }[]> => tx.$queryRaw`
  select shop_id from programme p where state <> 'draft' and (exists (select 1 from member m where m.shop_id = p.shop_id and m.is_to_tell) or shown_version < (select max(version) from programme_version v where v.shop_id = p.shop_id))`;
