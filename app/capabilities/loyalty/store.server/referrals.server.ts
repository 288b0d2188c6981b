// Members' codes and the friends who came by them.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { parseId, type CustomerId, type OrderId, type ShopId } from "../../../values/ids.ts";
import { toJson } from "../../../values/json.ts";
import { REFERRAL_STATES, RISK_REASONS, type Identity, type Referral, type ReferralState, type RiskReason } from "../model/referral.ts";

export type ReferralCode = { customerId: CustomerId; code: string; shopifyId: string | null; version: number; createdAt: Date };

export const listCodes = async (tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<ReferralCode[]> =>
  (await tx.referralCode.findMany({ where: { shopId, customerId }, orderBy: { version: "asc" } })).map((row) => ({ ...row, customerId }));

/** The first one stays, whoever is faster. */
export const addCode = (tx: Tx, shopId: ShopId, { customerId, code, version, createdAt }: Omit<ReferralCode, "shopifyId">): Promise<unknown> =>
  tx.referralCode.createMany({ data: [{ shopId, customerId, code, version, createdAt }], skipDuplicates: true });

export const noteMade = (tx: Tx, shopId: ShopId, { code, shopifyId }: { code: string; shopifyId: string }): Promise<unknown> => tx.referralCode.updateMany({ where: { shopId, code }, data: { shopifyId } });

/** Codes Shopify was not asked for yet, or whose answer got lost. */
export async function listUnmade(tx: Tx, limit: number): Promise<{ shopId: ShopId; customerId: CustomerId }[]> {
  const rows = await tx.referralCode.findMany({ where: { shopifyId: null }, select: { shopId: true, customerId: true }, orderBy: [{ shopId: "asc" }, { createdAt: "asc" }], take: limit });
  return rows.map(({ shopId, customerId }) => ({ shopId: parseId<ShopId>(shopId), customerId: parseId<CustomerId>(customerId) }));
}

/** Orders placed with a member's code, each once; by the version in force when it was placed. */
export async function noteReferred(tx: Tx, shopId: ShopId, orders: readonly { orderId: OrderId; friendId: CustomerId; placedAt: Date; code: string }[]): Promise<void> {
  if (orders.length === 0) return;
  const rows = orders.map(({ orderId, friendId, placedAt, code }) => ({ order_id: orderId, friend_id: friendId, placed_at: placedAt, code }));
  await tx.$executeRaw`
    insert into referral (shop_id, order_id, advocate_id, friend_id, ordered_at, version, state, reasons, hashes, points)
    select ${shopId}::bigint, r.order_id, coalesce(a.kept_id, c.customer_id), r.friend_id, r.placed_at, v.version, 'pending', '[]', '{}', 0
      from json_to_recordset(${toJson(rows)}::json) as r(order_id bigint, friend_id bigint, placed_at timestamptz, code text)
      join referral_code c on c.shop_id = ${shopId}::bigint and c.code = upper(r.code)
      left join customer_alias a on a.shop_id = ${shopId}::bigint and a.id = c.customer_id
      join lateral (select version from programme_version where shop_id = ${shopId}::bigint and effective_at <= r.placed_at order by version desc limit 1) v on true
     order by r.order_id
    on conflict do nothing`;
}

/** Not looked at yet, the oldest first. */
export const listUnweighed = async (tx: Tx, shopId: ShopId, limit: number): Promise<Referral[]> =>
  (await tx.referral.findMany({ where: { shopId, score: null, state: "pending" }, orderBy: { orderedAt: "asc" }, take: limit })).map(toReferral);

/** Looked at, and placed so long ago that their return window may be over. */
export const listRipe = async (tx: Tx, shopId: ShopId, { before, limit, offset }: { before: Date; limit: number; offset: number }): Promise<Referral[]> =>
  (await tx.referral.findMany({ where: { shopId, score: { not: null }, state: "pending", orderedAt: { lte: before } }, orderBy: [{ orderedAt: "asc" }, { orderId: "asc" }], take: limit, skip: offset })).map(toReferral);

export async function findReferral(tx: Tx, shopId: ShopId, orderId: OrderId): Promise<Referral | null> {
  const row = await tx.referral.findUnique({ where: { shopId_orderId: { shopId, orderId } } });
  return row && toReferral(row);
}

/** Newest first. */
export const listOfAdvocate = async (tx: Tx, shopId: ShopId, advocateId: CustomerId, limit: number): Promise<Referral[]> =>
  (await tx.referral.findMany({ where: { shopId, advocateId }, orderBy: [{ orderedAt: "desc" }, { orderId: "desc" }], take: limit })).map(toReferral);

export type ReferralPage = { rows: Referral[]; counts: Record<ReferralState, number>; appealCount: number };

/** Those to be looked at first, appeals before others; else the newest first. */
export async function listReferrals(tx: Tx, shopId: ShopId, { state, limit, offset }: { state: ReferralState | null; limit: number; offset: number }): Promise<ReferralPage> {
  const rows = await tx.referral.findMany({ where: { shopId, ...(state && { state }) }, orderBy: [{ appealedAt: { sort: "desc", nulls: "last" } }, { orderedAt: "desc" }, { orderId: "desc" }], take: limit, skip: offset });
  const counted = await tx.referral.groupBy({ by: ["state"], where: { shopId }, _count: true });
  const countOf = (wanted: ReferralState) => counted.find((one) => one.state === wanted)?._count ?? 0;
  const appealCount = await tx.referral.count({ where: { shopId, state: "refused", appealedAt: { not: null } } });
  return { rows: rows.map(toReferral), counts: { pending: countOf("pending"), review: countOf("review"), counted: countOf("counted"), refused: countOf("refused") }, appealCount };
}

/** Identities of friends before an order, by whomever they came, that share a hash with one. */
export async function listSharing(tx: Tx, shopId: ShopId, { orderId, friend }: { orderId: OrderId; friend: Identity }): Promise<Identity[]> {
  const rows = await tx.$queryRaw<{ hashes: Identity }[]>`
    select hashes from referral where shop_id = ${shopId}::bigint and order_id <> ${orderId}::bigint and state <> 'refused'
       and (hashes ->> 'alias' = ${friend.alias ?? null} or hashes ->> 'phone' = ${friend.phone ?? null}) limit 5`;
  return rows.map((row) => row.hashes);
}

/** The advocate's friends before an order: how many in so many days, and when the last one ordered. */
export async function readPace(tx: Tx, shopId: ShopId, { advocateId, orderedAt }: Pick<Referral, "advocateId" | "orderedAt">, since: Date): Promise<{ count: number; lastAt: Date | null }> {
  const found = await tx.referral.aggregate({ where: { shopId, advocateId, orderedAt: { gte: since, lt: orderedAt }, state: { not: "refused" } }, _count: true, _max: { orderedAt: true } });
  return { count: found._count, lastAt: found._max.orderedAt };
}

export type Decided = { state: ReferralState; points: number; score?: number; reasons?: RiskReason[]; hashes?: Identity; decidedAt: Date | null; decidedBy?: string | null; note?: string | null };

/** From a state; false: somebody decided meanwhile. */
export async function moveReferral(tx: Tx, shopId: ShopId, orderId: OrderId, from: ReferralState, { hashes, reasons, ...decided }: Decided): Promise<boolean> {
  const { count } = await tx.referral.updateMany({ where: { shopId, orderId, state: from }, data: { ...decided, ...(reasons && { reasons }), ...(hashes && { hashes }) } });
  return count === 1;
}

export async function noteAppeal(tx: Tx, shopId: ShopId, { orderId, advocateId, at }: { orderId: OrderId; advocateId: CustomerId; at: Date }): Promise<boolean> {
  const { count } = await tx.referral.updateMany({ where: { shopId, orderId, advocateId, state: "refused", appealedAt: null, decidedBy: null }, data: { appealedAt: at } });
  return count === 1;
}

function toReferral({ orderId, advocateId, friendId, state, reasons, hashes: _, shopId: __, ...row }: Prisma.ReferralGetPayload<object>): Referral {
  const listed: unknown[] = Array.isArray(reasons) ? reasons : [];
  return {
    ...row, orderId: parseId<OrderId>(orderId), advocateId: parseId<CustomerId>(advocateId), friendId: friendId === null ? null : parseId<CustomerId>(friendId),
    state: REFERRAL_STATES.find((known) => known === state) ?? "review", reasons: RISK_REASONS.filter((reason) => listed.includes(reason)),
  };
}
