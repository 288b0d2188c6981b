// Tiers whose perks are given at checkout, and friends who come by a member's code.
import { afterAll, beforeAll, expect, test } from "vitest";
import { followFriends, settleLoyalty } from "../../app/capabilities/loyalty/jobs.server.ts";
import * as loyalty from "../../app/capabilities/loyalty/loyalty.server.ts";
import type { Programme } from "../../app/capabilities/loyalty/model/programme.ts";
import { enqueue } from "../../app/platform/jobs.server.ts";
import { addDays, dayAt } from "../../app/values/day.ts";
import { parseId, type OrderId } from "../../app/values/ids.ts";
import { listCollections } from "../../sandbox/admin-api/resolvers/collections.ts";
import { eventually, readRows, settle } from "../support/app-database.ts";
import { openLoyaltyShop, PLAIN, type Known, type LoyaltyShop } from "../support/loyalty-shop.ts";

const START_TIMEOUT_MS = 180_000;
const level = { keep: 1, reenter: null, percent: 200, hasFreeShipping: true, percentOff: 10, giftPoints: 25 };
const programme: Programme = {
  ...PLAIN,
  tiers: { basis: "orders", period: "lifetime", graceDays: 0, levels: [{ ...level, id: "gold", title: { en: "Gold" }, entry: 1 }] },
  referral: { friend: { kind: "percentage", percent: 10 }, minOrderMinor: null, advocatePoints: 200, householdPoints: 0, monthlyMax: 5 },
};

let shop: LoyaltyShop;
let ann: Known;
beforeAll(async () => {
  shop = await openLoyaltyShop(programme);
  ann = await shop.openShopper("ann", { street: "1 Elm St", postcode: "97201", phone: "+15035550134" });
}, START_TIMEOUT_MS);
afterAll(() => shop.stop());

const RETURN_DAYS = 2;

const tagsOf = ({ id }: Known) => shop.app.state.getCustomer(String(id))?.tags ?? [];

test("entering a tier gives its gift, its tag, and at the next checkout its shipping and percent, without a code", { timeout: START_TIMEOUT_MS }, async () => {
  const first = await shop.buy(ann);
  expect(first.shippingMinor).toBeGreaterThan(0);
  const { customer } = await shop.ask(ann);
  expect(customer).toMatchObject({ tierId: "gold", balance: shop.earned + 25 });
  await eventually(() => expect(tagsOf(ann)).toContain("tier-gold"));
  await eventually(() => expect(shop.app.state.discounts.list().filter(({ code }) => code === null)).toHaveLength(2));
  const second = await shop.buy(ann);
  expect(second.shippingMinor).toBe(0);
  expect(second.totalMinor).toBeLessThan((first.totalMinor - first.shippingMinor) * 0.95);
  expect((await shop.ask(ann)).customer.balance).toBe(shop.earned * 3 + 25); // twice the points, of what it cost before the discount
});

test("a perk no longer promised is taken away, and one that stays is not made anew", { timeout: START_TIMEOUT_MS }, async () => {
  const [kept] = shop.app.state.discounts.list().filter(({ value }) => value.kind === "percentage");
  await loyalty.saveDraft(shop.shopId, { ...programme, pendingDays: RETURN_DAYS, tiers: programme.tiers && { ...programme.tiers, levels: [{ ...level, id: "gold", title: { en: "Gold" }, entry: 1, hasFreeShipping: false }] } });
  expect(await loyalty.publish(shop.shopId, { keptUntil: null })).toBe(true);
  await enqueue(settleLoyalty, { shopId: shop.shopId });
  await eventually(() => expect(shop.app.state.discounts.list().filter(({ code }) => code === null).map(({ id }) => id)).toEqual([kept?.id]));
});

type Panel = { ok: boolean; code: string | null; path: string; friends: { id: string; state: string; points: number; canAppeal: boolean }[] };
const panelOf = async (who: Known): Promise<Panel> => JSON.parse(JSON.stringify(await shop.ask(who, "/referral"))) as Panel; // as docs/storefront.md says

async function weighed(orderId: string): Promise<{ state: string; reasons: string[] }> {
  await enqueue(followFriends, { shopId: shop.shopId });
  return eventually(async () => {
    const [row] = await readRows(shop.app.databaseUrl, "select state, reasons, points, score from referral where order_id = $1 and score is not null", [orderId]);
    if (row === undefined) throw new Error("not looked at yet");
    return { state: String(row["state"]), reasons: JSON.parse(JSON.stringify(row["reasons"])) as string[] }; // RiskReason[]
  });
}

test("a friend pays less by the link, on any device, and counts once nothing can be returned any more", { timeout: START_TIMEOUT_MS }, async () => {
  const { code, path } = await eventually(async () => {
    const panel = await panelOf(ann);
    if (panel.code === null) throw new Error("not made yet");
    return panel;
  });
  const friend = await shop.openShopper("kim", { street: "9 Oak St", postcode: "10001", phone: "+12125550100" });
  const plain = (await shop.buy(await shop.openShopper("lou"))).totalMinor;
  expect((await friend.browser.go(path)).status).toBe(302);
  const order = await shop.buy(friend);
  expect(order.totalMinor).toBeLessThan(plain);
  const before = (await shop.ask(ann)).customer.balance;
  expect(await weighed(order.id)).toEqual({ state: "pending", reasons: ["fast"] }); // a minute after the code was made
  expect((await shop.ask(ann)).customer.balance).toBe(before);
  await shop.app.advanceDays(RETURN_DAYS + 1);
  await enqueue(followFriends, { shopId: shop.shopId });
  await eventually(async () => expect((await panelOf(ann)).friends).toMatchObject([{ state: "counted", points: 200 }]));
  expect((await shop.ask(ann)).customer.balance).toBe(before + 200);
  const again = await shop.buy(friend, { code: String(code) }).catch(() => null); // once for each friend
  expect(again).toBeNull();
});

test("oneself under another address of mail is refused, may be appealed once, and a person decides", { timeout: START_TIMEOUT_MS }, async () => {
  const { code } = await panelOf(ann);
  const other = await shop.openShopper("ann2", { email: "ann+second@example.com", street: "77 Pine St", postcode: "60601" });
  const { id } = await shop.buy(other, { code: String(code) });
  expect(await weighed(id)).toEqual({ state: "refused", reasons: expect.arrayContaining(["same_alias"]) });
  expect((await panelOf(ann)).friends[0]).toMatchObject({ id, state: "refused", canAppeal: true });
  expect(await shop.wish(other, { wish: "appeal", friendId: id })).toMatchObject({ status: 409 }); // not theirs to appeal
  expect(await shop.wish(ann, { wish: "appeal", friendId: id })).toMatchObject({ status: 200 });
  expect(await shop.wish(ann, { wish: "appeal", friendId: id })).toMatchObject({ status: 409 });
  expect((await loyalty.readTasks(shop.shopId, { state: "refused", page: 0 })).appealCount).toBe(1);
  const before = (await shop.ask(ann)).customer.balance;
  expect(await loyalty.decideByHand(shop.shopId, { orderId: parseId<OrderId>(id), isGood: true, note: "sisters", staffId: null })).toBe(true);
  await shop.app.advanceDays(RETURN_DAYS + 1);
  await enqueue(followFriends, { shopId: shop.shopId });
  await eventually(async () => expect((await shop.ask(ann)).customer.balance).toBe(before + 200));
  await settle(shop.app);
  expect(await loyalty.checkLedger(shop.shopId)).toBe(0);
});

test("nothing a person wrote down is kept to compare them by", async () => {
  const rows = await readRows(shop.app.databaseUrl, "select hashes::text as hashes from referral");
  expect(rows.length).toBeGreaterThan(1);
  expect(JSON.stringify(rows)).not.toMatch(/elm|oak|pine|97201|example|555/i);
});

test("another reward for friends is another code, and what the old one promised stays", { timeout: START_TIMEOUT_MS }, async () => {
  const { code: old } = await panelOf(ann);
  const percentOf = (code: string | null) => shop.app.state.discounts.list().find((discount) => discount.code === code)?.value;
  expect(percentOf(old)).toMatchObject({ share: 0.1 });
  await loyalty.saveDraft(shop.shopId, { ...programme, referral: programme.referral && { ...programme.referral, friend: { kind: "percentage", percent: 25 } } });
  await loyalty.publish(shop.shopId, { keptUntil: null });
  expect((await shop.ask(ann)).customer).toMatchObject({ referralCode: null }); // 25 % is not what the old one gives
  const fresh = await eventually(async () => {
    const { code } = await panelOf(ann);
    return code ?? expect.fail("not made yet");
  });
  expect(fresh).not.toBe(old);
  expect([percentOf(fresh), percentOf(old)]).toMatchObject([{ share: 0.25 }, { share: 0.1 }]);
  await eventually(async () => expect((await shop.ask(ann)).customer).toMatchObject({ referralCode: fresh }));
});

test("what is in an excluded collection earns nothing, and what was earned before stays", { timeout: START_TIMEOUT_MS }, async () => {
  const product = shop.app.state.listProducts({}, { sortKey: "ID", first: 1 })[0];
  const id = listCollections(shop.app).find(({ title }) => title === product?.productType)?.id ?? "";
  const before = (await shop.ask(ann)).customer.balance;
  await loyalty.saveDraft(shop.shopId, { ...programme, tiers: null, order: { ...programme.order, excluded: { productIds: [], collectionIds: [id], productTypes: [], tags: [] } } });
  await loyalty.publish(shop.shopId, { keptUntil: null });
  await enqueue(settleLoyalty, { shopId: shop.shopId });
  await eventually(async () => expect(await readRows(shop.app.databaseUrl, "select 1 as it from collection_product where collection_id = $1", [id])).not.toEqual([]));
  await eventually(async () => expect(await readRows(shop.app.databaseUrl, "select 1 as it from programme where settled_at is not null")).not.toEqual([]));
  await eventually(async () => expect(await readRows(shop.app.databaseUrl, "select 1 as it from programme where shown_version = (select max(version) from programme_version)")).not.toEqual([])); // tiers went, and their discounts with them: not while somebody pays
  expect(await promiseOf(ann)).toEqual([null, null]);
  await shop.buy(ann);
  expect((await shop.ask(ann)).customer).toMatchObject({ balance: before, pending: 0 });
});

test("what product and cart promise on a bonus day at a rate of its own is what the order brings", { timeout: START_TIMEOUT_MS }, async () => {
  const today = dayAt(shop.app.sandbox.context.clock.now(), shop.app.state.shop().timeZone);
  const product = shop.app.state.listProducts({}, { sortKey: "ID", first: 1 })[0];
  const rate = { id: "rate", title: "Rate", percent: 300, filter: { productIds: [], collectionIds: [], productTypes: [product?.productType.toUpperCase() ?? ""], tags: [] } };
  const before = (await shop.ask(ann)).customer.balance;
  await loyalty.saveDraft(shop.shopId, { ...programme, tiers: null, windows: [{ id: "week", title: "Week", from: today, to: addDays(today, 6), percent: 200 }], order: { ...programme.order, rates: [rate] } });
  await loyalty.publish(shop.shopId, { keptUntil: null });
  await enqueue(settleLoyalty, { shopId: shop.shopId });
  await eventually(async () => expect(await readRows(shop.app.databaseUrl, "select 1 as it from programme where shown_version = (select max(version) from programme_version)")).not.toEqual([]));
  expect(await promiseOf(ann)).toEqual([expect.any(Number), 6 * shop.earned]);
  await shop.buy(ann);
  expect((await shop.ask(ann)).customer).toMatchObject({ balance: before + 6 * shop.earned });
});

/** Points said on the product's page and in the cart with one purchase of it in it, which is then emptied; null: none are. */
async function promiseOf({ browser }: Known): Promise<(number | null)[]> {
  const { files } = shop.app.sandbox.context.theme;
  files.saveBlock("product", "product-points", {});
  files.saveBlock("cart", "cart-nudge", {});
  const product = shop.app.state.listProducts({}, { sortKey: "ID", first: 1 })[0];
  const pieces = Math.round((shop.earned * 10) / (product?.variants[0]?.priceMinor ?? 1));
  await browser.post("/cart/add", { variantId: shop.variantId, quantity: String(pieces) });
  const read = async (path: string) => {
    const said = /(?:Earn|This order earns) ([\d,]+) points/.exec(await browser.read(path))?.[1];
    return said === undefined ? null : Number(said.replaceAll(",", ""));
  };
  const promises = [await read(`/products/${product?.handle}?locale=en`), await read("/cart?locale=en")];
  await browser.post("/cart/update", { variantId: shop.variantId, quantity: "0" });
  return promises;
}
