// A reward from wish to checkout, through the shop's own address, with answers that get lost and processes that are killed in between.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { issueReward } from "../../app/capabilities/loyalty/jobs.server.ts";
import * as loyalty from "../../app/capabilities/loyalty/loyalty.server.ts";
import type { Reward } from "../../app/capabilities/loyalty/model/programme.ts";
import type { CustomerDocument } from "../../app/capabilities/loyalty/rules/storefront.ts";
import { enqueue } from "../../app/platform/jobs.server.ts";
import { addDays, dayAt } from "../../app/values/day.ts";
import type { ShopId } from "../../app/values/ids.ts";
import { createShopper } from "../../sandbox/testing/shopper.ts";
import { readAppMetafields } from "../../sandbox/admin-api/storefront-metafields.ts";
import type { RunningApp } from "../support/app.ts";
import { eventually, readRows, settle } from "../support/app-database.ts";
import { openLoyaltyShop, PLAIN, type Answer, type Known, type LoyaltyShop } from "../support/loyalty-shop.ts";

const START_TIMEOUT_MS = 180_000;

const base = { isOn: true, title: null, minOrderMinor: null, validDays: 30, perCustomer: null, total: null, tierIds: [] };
const rewards: Reward[] = [
  { ...base, id: "five", kind: "amount_off", cost: 100, amountMinor: 500, maxSteps: 3 },
  { ...base, id: "ship", kind: "free_shipping", cost: 50 },
  { ...base, id: "credit", kind: "store_credit", cost: 100, amountMinor: 300, maxSteps: 1, validDays: null },
  { ...base, id: "card", kind: "gift_card", cost: 100, amountMinor: 400, maxSteps: 1 },
  { ...base, id: "early", kind: "early_access", cost: 10, tag: "early-bird" },
  { ...base, id: "tea", kind: "custom", cost: 10, title: { en: "Tea with the owner" } },
];

let app: RunningApp;
let shopId: ShopId;
let shop: LoyaltyShop;
let earned: number;
let ann: Known;
let bob: Known;
beforeAll(async () => {
  shop = await openLoyaltyShop({ ...PLAIN, rewards }, { extraScopes: ["read_store_credit_accounts", "write_store_credit_account_transactions", "write_gift_cards"] });
  ({ app, shopId, earned } = shop);
  ann = await shop.openShopper("ann");
  bob = await shop.openShopper("bob");
}, START_TIMEOUT_MS);
afterAll(() => shop.stop());
beforeEach(() => void app.sandbox.context.faults.clear());

const look = async (who: Known): Promise<CustomerDocument> => (await shop.ask(who)).customer;
const wish = (who: Known, body: object): Promise<Answer> => shop.wish(who, body);
const buy: LoyaltyShop["buy"] = (who, bought) => shop.buy(who, bought);
const redeem = (who: Known, rewardId: string, { requestId = randomUUID(), steps = 1 } = {}) => wish(who, { wish: "redeem", requestId, rewardId, steps });
const balance = async (who: Known): Promise<number> => (await look(who)).balance;

const couponOf = async (who: Known, id: string) => (await readRows(app.databaseUrl, "select state, code, refusal from redemption where id = $1 and customer_id = $2", [id, String(who.id)]))[0];
const issued = (who: Known, id: string) => eventually(async () => {
  const row = await couponOf(who, id);
  expect(row).toMatchObject({ state: "issued" });
  return row;
});

test("a shopper joins, buys, sees points, redeems, pays less, and a refund takes everything back to where it was", async () => {
  expect(await look(ann)).toMatchObject({ isMember: false, balance: 0 });
  expect(await wish(ann, { wish: "join" })).toMatchObject({ status: 200, customer: { isMember: true, balance: 50 } });
  await buy(ann);
  expect(await balance(ann)).toBe(50 + earned);
  const requestId = randomUUID();
  expect(await redeem(ann, "five", { requestId, steps: 2 })).toMatchObject({ status: 200, coupon: { id: requestId, rewardId: "five", steps: 2 }, customer: { balance: earned - 150 } });
  expect(await redeem(ann, "five", { requestId, steps: 2 })).toMatchObject({ status: 200, customer: { balance: earned - 150 } });
  const { code } = (await issued(ann, requestId)) ?? {};
  const full = (await buy(bob)).totalMinor;
  const { id, totalMinor } = await buy(ann, { code: String(code) });
  expect(full - totalMinor).toBeGreaterThanOrEqual(1_000);
  expect(await couponOf(ann, requestId)).toMatchObject({ state: "used" });
  expect(await balance(ann)).toBe(2 * earned - 150);
  await fetch(`${app.sandbox.url}/sandbox/orders/${id}/cancel`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ reason: "customer" }) });
  await settle(app);
  expect(await balance(ann)).toBe(50 + earned); // what it earned is gone, what it cost is back
  expect(JSON.stringify(app.state.recall(`metafields:gid://shopify/Customer/${ann.id}`))).toContain(String.raw`\"balance\":${50 + earned}`); // the theme reads it there
});

test("who is not logged in, a stranger's wish and nonsense end as they should, and change nothing", async () => {
  const nobody = { browser: createShopper(app.sandbox.url), id: ann.id };
  expect(await shop.ask(nobody)).toMatchObject({ status: 200, customer: null });
  expect(await wish(nobody, { wish: "join" })).toMatchObject({ status: 401, reason: "not_logged_in" });
  const before = [await balance(ann), await balance(bob)];
  const requestId = randomUUID();
  await redeem(ann, "early", { requestId });
  expect(await redeem(bob, "early", { requestId })).toMatchObject({ status: 409, reason: "failed" });
  expect(await wish(bob, { wish: "return", requestId })).toMatchObject({ status: 409, reason: "not_returnable" });
  for (const [body, field] of [[{ wish: "redeem", requestId, rewardId: "five", steps: 0 }, "steps"], [{ wish: "redeem", requestId: "1", rewardId: "five" }, "requestId"], [{ wish: "fly" }, "wish"], [{ wish: "birthday", month: 2, day: 30 }, "day"]] as const) {
    expect(await wish(ann, body)).toMatchObject({ status: 400, reason: "bad_request", field });
  }
  const signed = await fetch(`${app.appUrl}/proxy/loyalty?shop=${app.sandbox.context.shopDomain}&timestamp=1&logged_in_customer_id=${ann.id}&signature=00`);
  expect(signed.status).toBe(401);
  expect([await balance(ann), await balance(bob)]).toEqual([(before[0] ?? 0) - 10, before[1]]);
});

test.each(["five", "ship", "card"])("%s: made twice by lost answers it is one, and given once", async (rewardId) => {
  const mutation = rewardId === "five" ? "discountCodeBasicCreate" : rewardId === "ship" ? "discountCodeFreeShippingCreate" : "giftCardCreate";
  app.sandbox.context.faults.change({ mutations: { [mutation]: { failAfter: 2 } } });
  const before = await balance(ann);
  const requestId = randomUUID();
  await redeem(ann, rewardId, { requestId });
  await issued(ann, requestId);
  expect(await balance(ann)).toBe(before - (rewardId === "ship" ? 50 : 100));
});

test("store credit whose answer got lost is found, not given again; two wishes of one shopper are two credits", async () => {
  await buy(ann);
  const credited = () => app.state.storeCredit.balanceOf(String(ann.id));
  const before = credited();
  app.sandbox.context.faults.change({ mutations: { storeCreditAccountCredit: { failAfter: 1 } } });
  const ids = [randomUUID(), randomUUID()];
  await Promise.all(ids.map((requestId) => redeem(ann, "credit", { requestId })));
  for (const id of ids) await issued(ann, id); // the second waits for the first
  expect(credited()).toBe(before + 600);
});

/** Wherever the process dies, what was wished for is made once or its points are back. */
test.each(["before it begins", "while Shopify is at it", "after Shopify did it", "after it was noted"])("SIGKILL %s leaves neither points nor code orphaned", { timeout: START_TIMEOUT_MS }, async (moment) => {
  await buy(ann);
  const before = await balance(ann);
  const codes = app.state.discounts.list().length;
  const requestId = randomUUID();
  if (moment === "before it begins") await app.end("worker", "SIGKILL");
  if (moment === "while Shopify is at it") app.sandbox.context.faults.change({ mutations: { discountCodeBasicCreate: { delayMs: 3_000 } } });
  if (moment === "after Shopify did it") app.sandbox.context.faults.change({ mutations: { discountCodeBasicCreate: { failAfter: 1_000 } } });
  expect(await redeem(ann, "five", { requestId })).toMatchObject({ status: 200 });
  if (moment === "while Shopify is at it") await eventually(async () => expect((await readRows(app.databaseUrl, "select 1 as it from redemption where id = $1 and leased_until is not null", [requestId]))[0]).toBeDefined());
  if (moment === "after Shopify did it") await eventually(() => expect(app.state.discounts.list()).toHaveLength(codes + 1));
  if (moment === "after it was noted") await issued(ann, requestId);
  await app.end("worker", "SIGKILL");
  app.sandbox.context.faults.clear();
  await readRows(app.databaseUrl, "update redemption set leased_until = null where id = $1 returning 1 as it", [requestId]); // two minutes pass
  await app.start("worker"); // its sweep runs at once
  const { code } = (await issued(ann, requestId)) ?? {};
  expect(app.state.discounts.list().map(({ code: made }) => made).filter((made) => made === code)).toHaveLength(1);
  expect(app.state.discounts.list()).toHaveLength(codes + 1);
  expect(await balance(ann)).toBe(before - 100);
  expect(await loyalty.checkLedger(shopId)).toBe(0);
});

test("an unused code is given back once, and is of no use to anybody after that; a used one is not given back", async () => {
  const before = await balance(ann);
  const requestId = randomUUID();
  await redeem(ann, "five", { requestId });
  const { code } = (await issued(ann, requestId)) ?? {};
  for (const _ of [1, 2]) expect(await wish(ann, { wish: "return", requestId })).toMatchObject({ status: 200 });
  await eventually(async () => expect(await couponOf(ann, requestId)).toMatchObject({ state: "returned" }));
  expect(await balance(ann)).toBe(before);
  expect(await shop.ask(ann, `?coupon=${requestId}`)).toMatchObject({ coupon: { id: requestId, state: "returned" } }); // as the panel asks
  expect(await shop.ask(bob, `?coupon=${requestId}`)).toMatchObject({ coupon: null });
  expect(await shop.ask(ann, "?coupon=1")).toMatchObject({ status: 400, field: "coupon" });
  await ann.browser.post("/cart/add", { variantId: shop.variantId, quantity: "1" });
  expect((await ann.browser.post("/checkout/code", { email: "x@example.com", firstName: "A", lastName: "B", countryCode: "US", code: String(code) })).status).toBe(422);
});

test("a perk by hand waits for its hand; a tag is there; what Shopify does not allow gives the points back", async () => {
  const [tea, early, card] = [randomUUID(), randomUUID(), randomUUID()];
  const before = await balance(ann);
  await redeem(ann, "tea", { requestId: tea });
  await redeem(ann, "early", { requestId: early });
  await issued(ann, tea);
  await issued(ann, early);
  expect(app.state.getCustomer(String(ann.id))?.tags).toContain("early-bird");
  expect(await loyalty.noteDelivered(shopId, tea)).toBe(true);
  expect(await loyalty.noteDelivered(shopId, tea)).toBe(false);
  const offered = () => [...(readAppMetafields(app.sandbox.context, "regulars")["loyalty"]?.value ?? "").matchAll(/"id":"(\w+)","kind"/g)].map(([, id]) => id);
  expect(offered()).toContain("card");
  app.sandbox.context.installation.changeScopes(["read_orders", "read_customers", "write_customers", "read_products", "write_discounts"]);
  await redeem(ann, "card", { requestId: card });
  await eventually(async () => expect(await couponOf(ann, card)).toMatchObject({ state: "void", refusal: "scope" }));
  expect(await balance(ann)).toBe(before - 20);
  await eventually(() => expect(offered()).toEqual(["five", "ship", "early", "tea"])); // and is offered no more
  const { entries } = await loyalty.readHistory({ shopId, customerId: ann.id }, null);
  expect([entries[0]?.kind, (await look(ann)).history[0]?.kind, entries.some(({ kind }) => kind === "give_back")]).toEqual(["not_made", "not_made", true]);
});

test("a coupon lasts to the end of the last day its shopper is told", async () => {
  const timeZone = app.state.shop().timeZone;
  const requestId = randomUUID();
  await redeem(ann, "five", { requestId });
  const { code } = (await issued(ann, requestId)) ?? {};
  const last = addDays(dayAt(app.sandbox.context.clock.now(), timeZone), base.validDays);
  expect((await look(ann)).coupons.find(({ id }) => id === requestId)?.endsOn).toBe(last);
  const endsAt = new Date(app.state.discounts.list().find((made) => made.code === code)?.endsAt ?? 0);
  expect([dayAt(endsAt, timeZone), dayAt(new Date(endsAt.getTime() + 1_000), timeZone)]).toEqual([last, addDays(last, 1)]);
});

test("early access ends with its days, once, unless another wish of theirs still gives it", async () => {
  await buy(bob);
  const ids = [randomUUID(), randomUUID()];
  const end = async (id: string) => {
    await readRows(app.databaseUrl, "update redemption set ends_at = now() - interval '1 second' where id = $1 returning 1 as it", [id]);
    for (const waiting of await loyalty.sweepRedemptions([shopId])) await enqueue(issueReward, { shopId: waiting.shopId, redemptionId: waiting.id });
    await eventually(async () => expect(await couponOf(bob, id)).toMatchObject({ state: "ended" }));
    return app.state.getCustomer(String(bob.id))?.tags;
  };
  for (const requestId of ids) await redeem(bob, "early", { requestId });
  for (const id of ids) await issued(bob, id);
  expect(await end(ids[0] ?? "")).toContain("early-bird");
  app.sandbox.context.faults.change({ mutations: { tagsRemove: { failAfter: 1 } } }); // done, and the answer lost
  expect(await end(ids[1] ?? "")).not.toContain("early-bird");
});
