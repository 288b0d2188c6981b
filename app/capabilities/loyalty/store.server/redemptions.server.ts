// Redemptions as stored: each state is left once, and whoever works on one at Shopify holds a lease.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { env } from "../../../platform/env.server.ts";
import { decrypt, encrypt } from "../../../shopify/cipher.ts";
import { toDate, type Day } from "../../../values/day.ts";
import { parseId, type CustomerId, type OrderId, type ShopId } from "../../../values/ids.ts";
import { toJson } from "../../../values/json.ts";
import { rewardSchema } from "../model/programme.ts";
import { REDEMPTION_STATES, type Redemption, type RedemptionState } from "../model/redemption.ts";
import type { Taken } from "../rules/redeeming.ts";

type Row = Prisma.RedemptionGetPayload<object>;

export async function findRedemption(tx: Tx, shopId: ShopId, id: string): Promise<Redemption | null> {
  const row = await tx.redemption.findUnique({ where: { shopId_id: { shopId, id } } });
  return row && toRedemption(row);
}

export async function addRedemption(tx: Tx, shopId: ShopId, { id, customerId, rewardId, version, steps, points, reward, heldAt }: Pick<Redemption, "id" | "customerId" | "rewardId" | "version" | "steps" | "points" | "reward" | "heldAt">): Promise<void> {
  await tx.redemption.create({ data: { shopId, id, customerId, rewardId, version, steps, points, reward, heldAt, state: "held" } });
}

/** Newest first; every state. */
export async function listRedemptionsOf(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[], states: readonly RedemptionState[]): Promise<Redemption[]> {
  const rows = await tx.redemption.findMany({ where: { shopId, customerId: { in: [...customerIds] }, state: { in: [...states] } }, orderBy: [{ heldAt: "desc" }, { id: "asc" }] });
  return rows.map(toRedemption);
}

/** Redemptions of a reward that were neither given back nor impossible. */
export async function countTaken(tx: Tx, shopId: ShopId, { rewardId, customerId }: { rewardId: string; customerId: CustomerId }): Promise<Taken> {
  const rows = await tx.$queryRaw<Taken[]>`
    select count(*)::int as "byAll", (count(*) filter (where customer_id = ${customerId}::bigint))::int as "byCustomer"
      from redemption where shop_id = ${shopId}::bigint and reward_id = ${rewardId} and state not in ('void', 'returned')`;
  return rows[0] ?? { byAll: 0, byCustomer: 0 };
}

/** Whoever wants one of a limited number comes one at a time. */
export const takeTurn = (tx: Tx, shopId: ShopId, version: number): Promise<unknown> => tx.$queryRaw`select 1 from programme_version where shop_id = ${shopId}::bigint and version = ${version} for update`;

/** True for one of any number that ask: the others see that somebody is at it, or was. */
export async function takeLease(tx: Tx, shopId: ShopId, { id, states, at, until }: { id: string; states: readonly RedemptionState[]; at: Date; until: Date }): Promise<boolean> {
  const count = await tx.$executeRaw`
    update redemption set leased_until = ${until} where shop_id = ${shopId}::bigint and id = ${id}::uuid and state = any (${[...states]}::text[]) and (leased_until is null or leased_until <= ${at})`;
  return count === 1;
}

/** Somebody else may take it up. */
export const release = (tx: Tx, shopId: ShopId, id: string): Promise<unknown> => tx.redemption.updateMany({ where: { shopId, id }, data: { leasedUntil: null } });

/** From a state to the next; false: it was not in it any more. */
export async function moveRedemption(tx: Tx, shopId: ShopId, id: string, { from, to, ...facts }: {
  from: RedemptionState; to: RedemptionState; code?: string | null; shopifyId?: string | null; issuedAt?: Date; endsAt?: Date | null; returnedOn?: Day; refusal?: string;
}): Promise<boolean> {
  const { code, returnedOn, ...plain } = facts;
  const { count } = await tx.redemption.updateMany({
    where: { shopId, id, state: from },
    data: { ...plain, state: to, leasedUntil: null, ...(code === undefined ? {} : { code }), ...(returnedOn === undefined ? {} : { returnedOn: toDate(returnedOn) }) },
  });
  return count === 1;
}

/** Codes found on orders: whoever holds them has used them. */
export async function noteUsed(tx: Tx, shopId: ShopId, used: readonly { code: string; orderId: OrderId }[]): Promise<void> {
  if (used.length === 0) return;
  await tx.$executeRaw`
    update redemption t set state = 'used', used_order_id = r.order_id, leased_until = null
      from (select distinct on (upper(code)) upper(code) as code, order_id from json_to_recordset(${toJson(used.map(({ code, orderId }) => ({ code, order_id: orderId })))}::json) as r(code text, order_id bigint) order by upper(code), order_id) r
     where t.shop_id = ${shopId}::bigint and t.code = r.code and t.state in ('issued', 'returning', 'ended') and t.used_order_id is null`;
}

/** What waits for Shopify and nobody is at: a process died, or Shopify was away. */
export async function listWaiting(tx: Tx, at: Date, limit: number): Promise<{ shopId: ShopId; id: string }[]> {
  const rows = await tx.redemption.findMany({ where: { state: { in: ["held", "returning", "ending"] }, OR: [{ leasedUntil: null }, { leasedUntil: { lte: at } }] }, select: { shopId: true, id: true }, orderBy: [{ shopId: "asc" }, { heldAt: "asc" }], take: limit });
  return rows.map(({ shopId, id }) => ({ shopId: parseId<ShopId>(shopId), id }));
}

/** Perks a person has to hand over, the longest waiting first. */
export async function listToHandOver(tx: Tx, shopId: ShopId, limit: number): Promise<Redemption[]> {
  const rows = await tx.redemption.findMany({ where: { shopId, state: "issued", reward: { path: ["kind"], equals: "custom" } }, orderBy: [{ issuedAt: "asc" }, { id: "asc" }], take: limit });
  return rows.map(toRedemption);
}

/** What a wish became, of the customer's own. */
export async function findState(tx: Tx, shopId: ShopId, customerId: CustomerId, id: string): Promise<RedemptionState | null> {
  const row = await tx.redemption.findFirst({ where: { shopId, id, customerId }, select: { state: true } });
  return row && stateOf(row.state);
}

/** Of these, the ones that could not be made. */
export async function listNotMade(tx: Tx, shopId: ShopId, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.redemption.findMany({ where: { shopId, id: { in: [...ids] }, state: "void" }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/** Whether a redemption of theirs gives that tag, or is about to. */
export async function givesTag(tx: Tx, shopId: ShopId, customerId: CustomerId, tag: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from redemption where shop_id = ${shopId}::bigint and customer_id = ${customerId}::bigint and state in ('held', 'issued') and reward ->> 'kind' = 'early_access' and lower(reward ->> 'tag') = lower(${tag}) limit 1`;
  return rows.length > 0;
}

/** Whose time is over; answers whose they are. Early access has a tag to be taken away first. */
export async function endOverdue(tx: Tx, shopId: ShopId, at: Date): Promise<CustomerId[]> {
  const rows = await tx.$queryRaw<{ customer_id: CustomerId }[]>`
    update redemption set state = case when reward ->> 'kind' = 'early_access' then 'ending' else 'ended' end
     where shop_id = ${shopId}::bigint and state = 'issued' and ends_at <= ${at} returning customer_id`;
  return rows.map((row) => row.customer_id);
}

/** The first of a customer's wishes for credit that is not made yet: one at a time, or whose credit is whose could not be told. */
export async function findHeldCredit(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id::text from redemption where shop_id = ${shopId}::bigint and customer_id = ${customerId}::bigint and state = 'held' and reward ->> 'kind' = 'store_credit' order by held_at, id limit 1`;
  return rows[0]?.id ?? null;
}

export async function listShopifyIds(tx: Tx, shopId: ShopId, shopifyIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.redemption.findMany({ where: { shopId, shopifyId: { in: [...shopifyIds] } }, select: { shopifyId: true } });
  return new Set(rows.flatMap(({ shopifyId }) => shopifyId ?? []));
}

const lockOf = (shopId: ShopId, id: string) => ({ key: Buffer.from(env.TOKEN_KEY, "base64"), place: `redemption/${shopId}/${id}` });

/** A gift card is money: whoever reads the table cannot spend it. */
export const sealCode = (shopId: ShopId, id: string, code: string): string => encrypt(code, lockOf(shopId, id)).toString("base64");

function toRedemption({ shopId, customerId, reward, state, usedOrderId, code, ...row }: Row): Redemption {
  const read = rewardSchema.parse(reward);
  const open = code !== null && read.kind === "gift_card" ? decrypt(Buffer.from(code, "base64"), lockOf(parseId<ShopId>(shopId), row.id)) : code;
  return { ...row, customerId: parseId<CustomerId>(customerId), reward: read, state: stateOf(state), usedOrderId: usedOrderId === null ? null : parseId<OrderId>(usedOrderId), code: open };
}

function stateOf(text: string): RedemptionState {
  const state = REDEMPTION_STATES.find((known) => known === text);
  if (state === undefined) throw new Error(`no state ${text}`);
  return state;
}
