// What Shopify's own pages are told of a shopper's points: by the session token alone, their own account and orders only, and nothing without a live programme.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as loyalty from "../../app/capabilities/loyalty/loyalty.server.ts";
import type { Programme } from "../../app/capabilities/loyalty/model/programme.ts";
import { defaultProgramme } from "../../app/capabilities/loyalty/rules/defaults.ts";
import * as orders from "../../app/capabilities/orders/orders.server.ts";
import { addMonthsToDay } from "../../app/capabilities/loyalty/rules/tiers.ts";
import { closeShop } from "../../app/capabilities/shops/shops.server.ts";
import { inTransaction } from "../../app/platform/db.server.ts";
import { loader } from "../../app/routes/account.loyalty.ts";
import { addDays } from "../../app/values/day.ts";
import { encoded, seconds, tokenOf } from "../support/buyer-token.ts";
import { openClone } from "../support/database.ts";
import { anOrderOf, hear, openPointsShop, today, type PointsShop } from "../support/points-shop.ts";
import { aCustomer, aRefund } from "../support/snapshots.ts";

const PROGRAMME: Programme = {
  ...defaultProgramme({ currency: "USD", averageOrderMinor: 5_000 }), enrolment: "everyone", pointName: { en: "Leaves", ja: "茶葉" },
  order: { isOn: true, points: 2, perMinor: 100, includesTax: true, includesShipping: false, isBeforeDiscounts: false, only: null, excluded: null, rates: [] },
  firstOrder: { isOn: true, points: 25 }, pendingDays: 14, expiry: { kind: "per_grant", months: 2 }, rewards: [],
  tiers: { basis: "spend", period: "rolling", graceDays: 0, levels: [{ id: "gold", title: { en: "Gold", ja: "ゴールド" }, entry: 5_000, keep: 5_000, reenter: null, percent: 100, hasFreeShipping: false, percentOff: 0, giftPoints: 0 }] },
};

let close: () => Promise<void>;
let tea: Opened;
let cups: Opened;
beforeAll(async () => {
  close = await openClone();
  tea = await openShop();
  cups = await openShop();
  // Seven bought long ago and today, eight today only.
  await hear(tea.shopId, anOrderOf(1, 7, 6_000, 30), anOrderOf(2, 7, 4_000, 0), anOrderOf(3, 8, 1_000, 0));
});
afterAll(() => close());

type Opened = PointsShop;
/** With customers 7, 8 and 9. */
async function openShop(): Promise<Opened> {
  const shop = await openPointsShop({ programme: PROGRAMME });
  await inTransaction((tx) => orders.saveCustomers(tx, shop.shopId, [7, 8, 9].map((id) => aCustomer({ id }))));
  return shop;
}

type Said = { status: number; origin: string | null; isLive?: boolean; pointName?: string | null; account?: Record<string, unknown> | null; order?: unknown; earning?: unknown };
async function ask(query: string, token: string | null, { method = "GET", language = "en" } = {}): Promise<Said> {
  const request = new Request(`https://regulars.test/account/loyalty${query}`, { method, headers: { Origin: "https://extensions.shopifycdn.com", "Accept-Language": language, ...(token !== null && { Authorization: `Bearer ${token}` }) } });
  const response = await loader({ request, params: {}, context: {} }).catch((error: unknown) => { if (error instanceof Response) return error; throw error; });
  const text = await response.text();
  return { status: response.status, origin: response.headers.get("access-control-allow-origin"), ...(text === "" ? {} : JSON.parse(text)) };
}

test("a shopper sees their own balance, tier and what ends next, in their language", async () => {
  const answer = await ask("", tokenOf(tea));
  expect(answer).toMatchObject({ status: 200, origin: "*", isLive: true, pointName: "Leaves", order: null, account: { balance: 145, pending: 80, owed: 0, tier: "Gold", expiring: 145 } });
  expect(answer.account?.["spendableUntil"]).toBe(addDays(addMonthsToDay(addDays(today, -16), 2), -1)); // the last good day, from when the return window was over
  expect(await ask("?locale=ja", tokenOf(tea))).toMatchObject({ pointName: "茶葉", account: { tier: "ゴールド" } });
});

test("what ends later than in sixty days is no news yet", async () => {
  const mugs = await openPointsShop({ programme: { ...PROGRAMME, expiry: { kind: "per_grant", months: 12 } } });
  await inTransaction((tx) => orders.saveCustomers(tx, mugs.shopId, [aCustomer({ id: 7 })]));
  await hear(mugs.shopId, anOrderOf(1, 7, 6_000, 30));
  expect(await ask("", tokenOf(mugs))).toMatchObject({ account: { expiring: 145, spendableUntil: null } });
});

test("an order says what it earned, and how much of it has to wait until when", async () => {
  expect(await ask("?order=gid://shopify/Order/1", tokenOf(tea))).toMatchObject({ order: { points: 145, pending: 0, availableOn: null } });
  expect(await ask("?order=gid://shopify/OrderIdentity/2", tokenOf(tea))).toMatchObject({ order: { points: 80, pending: 80, availableOn: addDays(today, 14) } });
  await hear(tea.shopId, anOrderOf(2, 7, 4_000, 0, { revenueMinor: 1_000, refundedMinor: 3_000, refunds: [{ ...aRefund(5, 3_000), refundedAt: new Date() }], updatedAt: new Date(Date.now() + 1_000) }));
  expect(await ask("?order=gid://shopify/Order/2", tokenOf(tea))).toMatchObject({ order: { points: 20, pending: 20 } });
});

test("an order of somebody else says what an order nobody placed says: nothing", async () => {
  const [theirs, none] = [await ask("?order=gid://shopify/Order/3", tokenOf(tea)), await ask("?order=gid://shopify/Order/999", tokenOf(tea))];
  expect(theirs).toEqual(none);
  expect(theirs.order).toBeNull();
  expect(await ask("?order=gid://shopify/Order/3", tokenOf(tea, { sub: "gid://shopify/Customer/8" }))).toMatchObject({ order: { points: 45 } });
  expect(await ask("?order=gid://shopify/Order/1", tokenOf(cups))).toMatchObject({ account: { balance: 0 }, order: null });
});

test.each(["?order=1;drop", "?order=", "?order=%", "?order=99999999999999999999", "?order[]=1"])("%s is no order", async (query) => {
  expect(await ask(query, tokenOf(tea))).toMatchObject({ status: 200, order: null });
});

describe("whoever is not logged in is told how points are earned, and no more", () => {
  const guest = () => tokenOf(tea, { sub: null });
  test("by the total, where it is in the shop's money", async () => {
    expect(await ask("?order=gid://shopify/Order/1&total=42.50&currency=USD", guest())).toMatchObject({ status: 200, account: null, order: null, earning: { points: 2, perAmount: 1, currency: "USD", forTotal: 85 } });
  });
  test.each(["", "?total=42.50&currency=JPY", "?total=much&currency=USD", "?total=1e9&currency=USD"])("by the rule alone: %s", async (query) => {
    expect(await ask(query, guest())).toMatchObject({ account: null, earning: { points: 2, forTotal: null } });
  });
  test("checkout writes the shop without its protocol", async () => {
    expect(await ask("", tokenOf(tea, { sub: null, dest: tea.domain }))).toMatchObject({ status: 200, isLive: true });
  });
});

test.each<[string, (shop: Opened) => string | null]>([
  ["no token", () => null],
  ["no JSON", () => "a.b.c"],
  ["another secret", (shop) => tokenOf(shop, { secret: "else" })],
  ["no algorithm", (shop) => tokenOf(shop, { alg: "none" })],
  ["another algorithm", (shop) => tokenOf(shop, { alg: "RS256" })],
  ["claims changed on the way", (shop) => tokenOf(shop).split(".").with(1, encoded({ dest: `https://${shop.domain}`, exp: seconds() + 300, sub: "gid://shopify/Customer/8" })).join(".")],
  ["no signature", (shop) => `${tokenOf(shop).split(".").slice(0, 2).join(".")}.`],
  ["a token of a minute ago", (shop) => tokenOf(shop, { exp: seconds() - 60 })],
  ["a token of tomorrow", (shop) => tokenOf(shop, { nbf: seconds() + 86_400, exp: seconds() + 90_000 })],
  ["a token of staff", (shop) => tokenOf(shop, { sub: "7" })],
  ["a token for an order", (shop) => tokenOf(shop, { sub: "gid://shopify/Order/7" })],
  ["a shop that is no shop's address", (shop) => tokenOf(shop, { dest: `https://${shop.domain}.example.com` })],
])("%s is nobody, and hears so from any origin", async (_name, token) => {
  expect(await ask("", token(tea))).toEqual({ status: 401, origin: "*", ok: false, reason: "not_logged_in" });
});

test("browsers may ask whether they may ask", async () => {
  expect(await ask("", null, { method: "OPTIONS" })).toEqual({ status: 204, origin: "*" });
});

test("nothing at all is said while the programme is not live, of a shop that left, or of one nobody knows", async () => {
  const shop = await openShop();
  await loyalty.pause(shop.shopId);
  expect(await ask("?order=gid://shopify/Order/1", tokenOf(shop))).toEqual({ status: 200, origin: "*", isLive: false });
  await closeShop(shop.shopId, new Date());
  expect(await ask("", tokenOf(shop))).toMatchObject({ status: 404, origin: "*" });
  expect(await ask("", tokenOf({ ...shop, domain: "nobody.myshopify.com" }))).toMatchObject({ status: 404 });
});

test("whoever asks all the time is slowed down, and nobody else", async () => {
  const answers = await Promise.all(Array.from({ length: 61 }, () => ask("", tokenOf(cups, { sub: "gid://shopify/Customer/9" }))));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  expect(await ask("", tokenOf(cups, { sub: "gid://shopify/Customer/8" }))).toMatchObject({ status: 200 });
});
