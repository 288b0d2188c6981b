// Friends brought by members: a code each, every friend looked at, points once the friend's return window is over.
import { createHmac } from "node:crypto";
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import { env } from "../../../platform/env.server.ts";
import { readPair } from "../../../shopify/people.server.ts";
import { makeCode, type CodeValue } from "../../../shopify/rewards.server.ts";
import { dayAt } from "../../../values/day.ts";
import type { CustomerId, OrderId, ShopId } from "../../../values/ids.ts";
import type { PastOrder } from "../../orders/model.ts";
import { listOrderFacts } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import { readShop } from "../../shops/shops.server.ts";
import type { Programme } from "../model/programme.ts";
import type { Referral, ReferralState } from "../model/referral.ts";
import { decideReferral, identityOf, promisedSince, risksOf, scoreOf, type Hash } from "../rules/referrals.ts";
import * as events from "../store.server/events.server.ts";
import * as ledger from "../store.server/ledger.server.ts";
import * as programmes from "../store.server/programmes.server.ts";
import * as store from "../store.server/referrals.server.ts";
import { newCode } from "./codes.server.ts";
import type { Shopper } from "./redeem.server.ts";
import { settleMembers } from "./settle.server.ts";

export type Friend = { id: string; on: string; state: ReferralState; points: number; canAppeal: boolean };
export type ReferralPanel = { code: string | null; path: string | null; friends: Friend[] };

const FRIENDS_SHOWN = 50;

/** A member's own code, begun with the first question; `code` null until Shopify has made it: ring for `makeReferralCodes`. Null: nothing is given for friends. */
export async function readReferrals({ shopId, customerId }: Shopper): Promise<ReferralPanel | null> {
  const { timeZone } = await readShop(shopId);
  const stored = await programmes.findProgramme(db(), shopId);
  const since = promisedSince(await programmes.listVersions(db(), shopId));
  if (stored?.state !== "live" || since === null) return null;
  const findOwn = async () => (await store.listCodes(db(), shopId, customerId)).find(({ version }) => version >= since);
  if ((await findOwn()) === undefined) await inTransaction((tx) => store.addCode(tx, shopId, { customerId, code: newCode(), version: since, createdAt: now() }));
  const own = await findOwn();
  const code = own?.shopifyId == null ? null : own.code;
  const friends = await store.listOfAdvocate(db(), shopId, customerId, FRIENDS_SHOWN);
  return {
    code, path: code && `/discount/${code}?redirect=/`, // Shopify's own link: it works on any device, and so does the code typed by hand
    friends: friends.map(({ orderId, orderedAt, state, points, appealedAt, decidedBy }) => ({ id: String(orderId), on: dayAt(orderedAt, timeZone), state, points, canAppeal: state === "refused" && appealedAt === null && decidedBy === null })),
  };
}

/** At Shopify; its own key, so that asked twice it is one. */
export async function makeReferralCodes(shopId: ShopId, customerId: CustomerId): Promise<void> {
  const [shop, versions] = await Promise.all([readShop(shopId), programmes.listVersions(db(), shopId)]);
  for (const own of await store.listCodes(db(), shopId, customerId)) {
    const rule = versions.find(({ version }) => version === own.version)?.programme.referral ?? null;
    if (own.shopifyId === null && rule !== null) await makeCodeOf(shop, own, rule);
  }
}

async function makeCodeOf(shop: Shop, { customerId, code, createdAt }: store.ReferralCode, rule: NonNullable<Programme["referral"]>): Promise<void> {
  const { minOrderMinor } = rule;
  const made = await makeCode(shop.domain, {
    code, title: `Referral: ${code}`, customerId: null, value: friendsValue(rule, shop.currency),
    minOrder: minOrderMinor === null ? null : { minor: minOrderMinor, currency: shop.currency }, startsAt: createdAt, endsAt: null,
  });
  if (!made.ok) throw new Error(`a referral code was refused: ${made.what}`);
  await inTransaction(async (tx) => {
    await settleMembers(tx, shop, [customerId]);
    await store.noteMade(tx, shop.id, { code, shopifyId: made.id ?? code });
    await ledger.noteChange(tx, shop.id, [customerId]);
  });
}

function friendsValue({ friend }: NonNullable<Programme["referral"]>, currency: string): CodeValue {
  switch (friend.kind) {
    case "amount_off": return { kind: "amount", amount: { minor: friend.amountMinor, currency } };
    case "percentage": return { kind: "percentage", percent: friend.percent };
    case "free_shipping": return { kind: "shipping" };
  }
}

const BATCH = 50;
const PACE_MS = 30 * 86_400_000;

/** New friends are looked at, and those whose window is over count. Answers whether there is more. */
export async function followReferrals(shopId: ShopId): Promise<boolean> {
  const shop = await readShop(shopId);
  const fresh = await store.listUnweighed(db(), shopId, BATCH);
  for (const referral of fresh) await weigh(shop, referral);
  for (let waiting = 0, isMore = true; isMore; ) { // those that wait stay in the list, and must not keep others from their turn
    const page = await store.listRipe(db(), shopId, { before: now(), limit: BATCH, offset: waiting });
    for (const referral of page) waiting += (await ripen(shop, referral)) ? 0 : 1;
    isMore = page.length === BATCH;
  }
  return fresh.length === BATCH;
}

async function weigh(shop: Shop, referral: Referral): Promise<void> {
  const { orderId, advocateId, friendId, orderedAt } = referral;
  const rule = await ruleOf(shop.id, referral);
  const { customer, buyer } = await readPair(shop.domain, { customerId: advocateId, orderId });
  const hash = hashFor(shop.id);
  const [advocate, friend] = [customer ? identityOf(customer, hash) : {}, buyer ? identityOf(buyer, hash) : {}];
  const history = friendId === null ? [] : ((await listOrderFacts(db(), shop.id, [friendId])).get(friendId) ?? []);
  const [first] = await store.listCodes(db(), shop.id, advocateId);
  const pace = await store.readPace(db(), shop.id, referral, new Date(orderedAt.getTime() - PACE_MS));
  const since = pace.lastAt ?? first?.createdAt ?? null;
  const reasons = risksOf({
    isSelf: friendId === advocateId, isFirstOrder: firstOf(history)?.id === orderId, isUndone: isUndone(history.find(({ id }) => id === orderId)), advocate, friend,
    others: await store.listSharing(db(), shop.id, { orderId, friend }), minutesSince: since && (orderedAt.getTime() - since.getTime()) / 60_000,
    friendCount: pace.count + 1, monthlyMax: rule?.monthlyMax ?? 0,
  });
  const decided = decideReferral(reasons, rule ?? { advocatePoints: 0, householdPoints: 0 });
  await inTransaction((tx) => store.moveReferral(tx, shop.id, orderId, "pending", { ...decided, score: scoreOf(reasons), reasons, hashes: friend, decidedAt: decided.state === "refused" ? now() : null }));
}

/** The shop's own salt: the same person has another hash in another shop. */
function hashFor(shopId: ShopId): Hash {
  const salt = createHmac("sha256", Buffer.from(env.TOKEN_KEY, "base64")).update(`referral ${shopId}`).digest();
  return (text) => createHmac("sha256", salt).update(text).digest("base64url").slice(0, HASH_LENGTH);
}
const HASH_LENGTH = 22; // 132 bits

async function ruleOf(shopId: ShopId, { version }: Pick<Referral, "version">): Promise<Programme["referral"]> {
  return (await programmes.listVersions(db(), shopId)).find((one) => one.version === version)?.programme.referral ?? null;
}

const firstOf = (history: readonly PastOrder[]): PastOrder | undefined => history.find(({ isTest, cancelledAt, financialStatus }) => !isTest && cancelledAt === null && financialStatus !== "VOIDED");
const isUndone = (order: PastOrder | undefined): boolean => order !== undefined && (order.cancelledAt !== null || order.revenueMinor <= 0);

const DAY_MS = 86_400_000;

/** True: decided. The order must still stand when its window closes. */
async function ripen(shop: Shop, referral: Referral): Promise<boolean> {
  const { orderId, advocateId, friendId, orderedAt, version } = referral;
  const versions = await programmes.listVersions(db(), shop.id);
  const pendingDays = versions.find((one) => one.version === version)?.programme.pendingDays ?? 0;
  if (orderedAt.getTime() + pendingDays * DAY_MS > now().getTime()) return false;
  const order = friendId === null ? undefined : (await listOrderFacts(db(), shop.id, [friendId])).get(friendId)?.find(({ id }) => id === orderId);
  if (order !== undefined && !isUndone(order) && order.financialStatus !== "PAID" && order.financialStatus !== "PARTIALLY_REFUNDED") return false; // not paid yet
  return inTransaction(async (tx) => {
    if (order === undefined || isUndone(order)) return store.moveReferral(tx, shop.id, orderId, "pending", { state: "refused", points: 0, score: 100, reasons: ["undone"], decidedAt: now() });
    await settleMembers(tx, shop, [advocateId]);
    if (!(await store.moveReferral(tx, shop.id, orderId, "pending", { state: "counted", points: referral.points, decidedAt: now() }))) return false;
    const today = dayAt(now(), shop.timeZone);
    await events.addEvent(tx, shop.id, { id: `referral:${orderId}`, customerId: advocateId, kind: "referral", ruleId: null, points: referral.points, on: today, version: versions.at(-1)?.version ?? version, note: null, at: now() });
    await settleMembers(tx, shop, [advocateId]);
    return true;
  });
}

export const REFERRAL_PAGE_SIZE = 50;

/** What a member of the staff made of it: it counts when its window is over, or it does not. False: it was decided meanwhile, or counted. Ring for `followReferrals` after it. */
export async function decideByHand(shopId: ShopId, { orderId, isGood, note, staffId }: { orderId: OrderId; isGood: boolean; note: string; staffId: string | null }): Promise<boolean> {
  const referral = await store.findReferral(db(), shopId, orderId);
  if (referral === null || referral.state === "counted") return false;
  const rule = await ruleOf(shopId, referral);
  const points = isGood ? pointsFor(referral, rule) : 0;
  return inTransaction((tx) => store.moveReferral(tx, shopId, orderId, referral.state, {
    state: isGood ? "pending" : "refused", points, score: referral.score ?? 0, decidedAt: now(), decidedBy: staffId ?? "staff", note,
  }));
}

/** A household's own where the merchant has them; whoever approves one where nothing is given means the whole. */
function pointsFor({ reasons }: Referral, rule: Programme["referral"]): number {
  if (rule === null) return 0;
  return reasons.includes("household") && rule.householdPoints > 0 ? rule.householdPoints : rule.advocatePoints;
}

/** Once for each friend the rules refused. */
export const appeal = ({ shopId, customerId }: Shopper, orderId: OrderId): Promise<boolean> => inTransaction((tx) => store.noteAppeal(tx, shopId, { orderId, advocateId: customerId, at: now() }));

export const listReferralCodesToMake = (): Promise<{ shopId: ShopId; customerId: CustomerId }[]> => store.listUnmade(db(), BATCH);
