// A reward in two phases: points are held with the wish; Shopify makes it, outside any transaction; then it is issued, or the points come back.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../../platform/db.server.ts";
import { ShopifyRefused } from "../../../shopify/admin.server.ts";
import * as shopify from "../../../shopify/rewards.server.ts";
import { addDays, dayAt, lastSecondOf } from "../../../values/day.ts";
import { parseId, type CustomerId, type ShopId, type VariantId } from "../../../values/ids.ts";
import { readShop } from "../../shops/shops.server.ts";
import type { Shop } from "../../shops/model.ts";
import { RETURNABLE, type Redemption, type RedemptionState, type Refusal } from "../model/redemption.ts";
import { decideRedemption } from "../rules/redeeming.ts";
import * as facts from "../store.server/facts.server.ts";
import * as ledger from "../store.server/ledger.server.ts";
import * as programmes from "../store.server/programmes.server.ts";
import * as store from "../store.server/redemptions.server.ts";
import { codeFor } from "./codes.server.ts";
import { settleMembers } from "./settle.server.ts";

export type Shopper = { shopId: ShopId; customerId: CustomerId };
export type RedeemAnswer = { ok: true; redemption: Redemption } | { ok: false; reason: Refusal };

/** Phase one. The same id is the same wish; somebody else's says nothing about itself. Ring for `issueReward` after it. */
export async function redeem({ shopId, customerId }: Shopper, { requestId, rewardId, steps }: { requestId: string; rewardId: string; steps: number }): Promise<RedeemAnswer> {
  const shop = await readShop(shopId);
  return inTransaction(async (tx) => {
    const standing = (await settleMembers(tx, shop, [customerId])).get(customerId);
    const [program, version] = [await programmes.findProgramme(tx, shopId), (await programmes.listVersions(tx, shopId)).at(-1)];
    if (standing === undefined || program === null || version === undefined) return { ok: false, reason: "not_live" };
    const earlier = await store.findRedemption(tx, shopId, requestId);
    if (earlier !== null) return earlier.customerId === customerId ? { ok: true, redemption: earlier } : { ok: false, reason: "failed" };
    const reward = version.programme.rewards.find(({ id }) => id === rewardId);
    if (reward !== undefined && (reward.total !== null || reward.perCustomer !== null)) await store.takeTurn(tx, shopId, version.version);
    const decision = decideRedemption({ rewardId, steps }, {
      state: program.state, programme: version.programme, standing, taken: await store.countTaken(tx, shopId, { rewardId, customerId }),
      isMember: version.programme.enrolment === "everyone" || (await facts.listJoinedOn(tx, shopId, [customerId]))[0]?.joinedOn !== null,
    });
    if (!decision.ok) return decision;
    await store.addRedemption(tx, shopId, { id: requestId, customerId, rewardId, steps, version: version.version, points: decision.points, reward: decision.reward, heldAt: now() });
    await settleMembers(tx, shop, [customerId]);
    await ledger.noteChange(tx, shopId, [customerId]);
    return { ok: true, redemption: await found(tx, shopId, requestId) };
  });
}

async function found(tx: Tx, shopId: ShopId, id: string): Promise<Redemption> {
  const redemption = await store.findRedemption(tx, shopId, id);
  if (redemption === null) throw new Error("no such redemption");
  return redemption;
}

const LEASE_MS = 120_000; // longer than all that is asked of Shopify for one reward

/** Phase two, as often as needed: makes what is held, takes back what is to be returned, takes away what has ended. Whoever comes second finds it done, or somebody at it.
 *  Answers what waited for this, or what this waits for; ring for it next. */
export async function workOn(shopId: ShopId, id: string): Promise<string | null> {
  const shop = await readShop(shopId);
  if (shop.uninstalledAt !== null) return null; // nobody answers there
  const at = now();
  const isMine = await inTransaction((tx) => store.takeLease(tx, shopId, { id, states: ["held", "returning", "ending"], at, until: new Date(at.getTime() + LEASE_MS) }));
  const redemption = isMine ? await store.findRedemption(db(), shopId, id) : null;
  try {
    if (redemption?.state === "held") await issue(shop, redemption);
    if (redemption?.state === "returning") await takeBack(shop, redemption);
    if (redemption?.state === "ending") await takeAway(shop, redemption);
    return redemption?.reward.kind === "store_credit" ? await store.findHeldCredit(db(), shopId, redemption.customerId) : null;
  } catch (error) {
    await inTransaction((tx) => store.release(tx, shopId, id)); // whoever tries again need not wait for the lease
    throw error;
  }
}

async function issue(shop: Shop, redemption: Redemption): Promise<void> {
  if (redemption.reward.kind === "store_credit" && (await store.findHeldCredit(db(), shop.id, redemption.customerId)) !== redemption.id) {
    await inTransaction((tx) => store.release(tx, shop.id, redemption.id));
    return; // the earlier one first
  }
  const made = await make(shop, redemption).catch(unlessGranted);
  await resolve(shop, redemption, made.ok
    ? { from: "held", to: "issued", shopifyId: made.id, issuedAt: now(), endsAt: endsAtOf(redemption, shop), code: made.code === null || redemption.reward.kind !== "gift_card" ? made.code : store.sealCode(shop.id, redemption.id, made.code) }
    : { from: "held", to: "void", refusal: made.what, returnedOn: dayAt(now(), shop.timeZone) });
}

/** Store credit and gift cards need what a merchant may take back. */
function unlessGranted(error: unknown): MadeReward {
  if (error instanceof ShopifyRefused && error.reason === "scope") return { ok: false, what: "scope" };
  throw error;
}

/** With the last day a shopper is told, whenever on the first day they asked. */
const endsAtOf = ({ heldAt, reward: { validDays } }: Redemption, { timeZone }: Shop): Date | null =>
  validDays === null ? null : lastSecondOf(addDays(dayAt(heldAt, timeZone), validDays), timeZone);

type MadeReward = { ok: true; id: string | null; code: string | null } | { ok: false; what: string };

async function make(shop: Shop, redemption: Redemption): Promise<MadeReward> {
  const { domain, currency } = shop;
  const { reward, customerId, steps, heldAt } = redemption;
  const code = codeFor(shop.id, redemption.id);
  const endsAt = endsAtOf(redemption, shop);
  const money = (minor: number) => ({ minor, currency });
  const asCode = async (value: shopify.CodeValue): Promise<MadeReward> => withCode(await shopify.makeCode(domain, {
    code, value, customerId, title: `Points: ${code}`, minOrder: reward.minOrderMinor === null ? null : money(reward.minOrderMinor), startsAt: heldAt, endsAt,
  }), code);
  switch (reward.kind) {
    case "amount_off": return asCode({ kind: "amount", amount: money(reward.amountMinor * steps) });
    case "percentage": return asCode({ kind: "percentage", percent: reward.percent });
    case "free_shipping": return asCode({ kind: "shipping" });
    case "free_product": return asCode({ kind: "product", variantId: parseId<VariantId>(reward.variantId), price: money(reward.priceMinor) });
    case "store_credit": return withCode(await credit(shop, redemption, { customerId, amount: money(reward.amountMinor * steps), endsAt }), null);
    case "gift_card": return withCode(await shopify.makeGiftCard(domain, { code, customerId, amount: money(reward.amountMinor * steps), endsOn: endsAt && dayAt(endsAt, shop.timeZone), note: "Points" }), code);
    case "early_access": return withCode(await shopify.addTag(domain, customerId, reward.tag), null);
    case "custom": return { ok: true, id: null, code: null };
  }
}

const withCode = (made: shopify.Made, code: string | null): MadeReward => (made.ok ? { ...made, code } : made);

/** Credit has no key of ours, so it is looked for first: an answer that got lost, a process that died. One at a time for each customer, or the
 *  transaction of one wish might be taken for another's. */
async function credit(shop: Shop, { heldAt }: Redemption, wish: shopify.CreditWish): Promise<shopify.Made> {
  const given = await shopify.listCredits(shop.domain, { ...wish, since: new Date(Math.floor(heldAt.getTime() / SECOND_MS) * SECOND_MS) });
  const taken = await store.listShopifyIds(db(), shop.id, given);
  const ours = given.find((id) => !taken.has(id));
  return ours === undefined ? shopify.giveCredit(shop.domain, wish) : { ok: true, id: ours };
}

const SECOND_MS = 1_000; // Shopify dates transactions by whole seconds

type Outcome = Parameters<typeof store.moveRedemption>[3];

async function resolve(shop: Shop, { id, customerId }: Redemption, outcome: Outcome): Promise<void> {
  await inTransaction(async (tx) => {
    await settleMembers(tx, shop, [customerId]); // their account first: every writer locks in this order
    if (!(await store.moveRedemption(tx, shop.id, id, outcome))) return;
    await settleMembers(tx, shop, [customerId]);
    await ledger.noteChange(tx, shop.id, [customerId]);
  });
}

/** An unused code for its points. Ring for `issueReward` after it. */
export async function askReturn({ shopId, customerId }: Shopper, requestId: string): Promise<RedeemAnswer> {
  const shop = await readShop(shopId);
  return inTransaction(async (tx) => {
    await settleMembers(tx, shop, [customerId]);
    const redemption = await store.findRedemption(tx, shopId, requestId);
    if (redemption?.customerId !== customerId || !RETURNABLE.has(redemption.reward.kind)) return { ok: false, reason: "not_returnable" };
    if (redemption.state === "returning" || redemption.state === "returned") return { ok: true, redemption };
    const isAsked = (redemption.endsAt === null || redemption.endsAt > now()) && (await store.moveRedemption(tx, shopId, requestId, { from: "issued", to: "returning" }));
    if (!isAsked) return { ok: false, reason: "not_returnable" };
    await ledger.noteChange(tx, shopId, [customerId]);
    return { ok: true, redemption: await found(tx, shopId, requestId) };
  });
}

/** First nobody can use it any more, then it is seen whether somebody did. */
async function takeBack(shop: Shop, redemption: Redemption): Promise<void> {
  const usedCount = redemption.shopifyId === null ? null : await shopify.closeCode(shop.domain, redemption.shopifyId);
  await resolve(shop, redemption, (usedCount ?? 0) > 0 ? { from: "returning", to: "used" } : { from: "returning", to: "returned", returnedOn: dayAt(now(), shop.timeZone) });
}

/** Early access that is over, unless another redemption of theirs gives the same; one wished for meanwhile puts the tag back. */
async function takeAway(shop: Shop, redemption: Redemption): Promise<void> {
  const { reward, customerId } = redemption;
  if (reward.kind === "early_access" && !(await store.givesTag(db(), shop.id, customerId, reward.tag))) {
    await shopify.removeTag(shop.domain, customerId, reward.tag);
    if (await store.givesTag(db(), shop.id, customerId, reward.tag)) await shopify.addTag(shop.domain, customerId, reward.tag);
  }
  await resolve(shop, redemption, { from: "ending", to: "ended" });
}

/** What became of a shopper's own wish; null: they have no such. */
export const readRedemptionState = ({ shopId, customerId }: Shopper, requestId: string): Promise<RedemptionState | null> => store.findState(db(), shopId, customerId, requestId);

/** A custom perk that was handed over. */
export async function noteDelivered(shopId: ShopId, id: string): Promise<boolean> {
  const shop = await readShop(shopId);
  const redemption = await store.findRedemption(db(), shopId, id);
  if (redemption?.reward.kind !== "custom" || redemption.state !== "issued") return false;
  await resolve(shop, redemption, { from: "issued", to: "used" });
  return true;
}

/** What nobody is at though it waits for Shopify, and codes whose time is over. */
export async function sweepRedemptions(shopIds: readonly ShopId[]): Promise<{ shopId: ShopId; id: string }[]> {
  const at = now();
  for (const shopId of shopIds) {
    await inTransaction(async (tx) => {
      const ids = await store.endOverdue(tx, shopId, at);
      if (ids.length > 0) await ledger.noteChange(tx, shopId, ids);
    });
  }
  return (await store.listWaiting(db(), at, WAITING_MAX)).map(({ shopId, id }) => ({ shopId: parseId<ShopId>(shopId), id }));
}
const WAITING_MAX = 500; // rung for in one minute
