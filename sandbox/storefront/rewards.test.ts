import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeSandbox, serveRouter, type FakeSandbox, type Served } from "../admin-shell/fake-context.ts";
import type { DiscountWish } from "../shop/discount-model.ts";
import type { CustomerDoc, OrderDoc } from "../shop/model.ts";
import { createShopper, fieldIn, type Shopper } from "../testing/shopper.ts";
import { createStorefront } from "./storefront.ts";
import { words } from "./words.ts";

let fake: FakeSandbox;
let store: Served;
let ann: CustomerDoc;
let shopper: Shopper;

beforeEach(async () => {
  fake = createFakeSandbox("http://127.0.0.1:1");
  store = await serveRouter(createStorefront(fake.context));
  ann = fake.context.state.createCustomer({ firstName: "Ann", lastName: "Lee", email: "ann@example.com" });
  shopper = createShopper(store.url);
  await shopper.post("/cart/add", { variantId: "1020", quantity: "2" }); // two at 18.00; shipping is a tenth
});
afterEach(async () => {
  await store.close();
  fake.context.state.close();
});

const make = (changes: Partial<DiscountWish>) => fake.context.state.discounts.create({
  code: "TEN", title: "Ten off", value: { kind: "percentage", share: 0.1 }, items: { kind: "all" }, buyers: { kind: "all" }, minimum: null, isOncePerCustomer: false, usageLimit: null,
  combinesWith: { order: false, product: false, shipping: false }, startsAt: "2020-01-01T00:00:00Z", endsAt: null, tags: [], ...changes,
});
const guest = { email: "new@example.com", firstName: "Noa", lastName: "New", countryCode: "US" };
const logIn = (who = shopper) => who.post("/account/login", { email: "ann@example.com" });
const orders = (): OrderDoc[] => [...fake.context.state.eachOrder({})];

/** Sends the checkout as the page shows it. */
async function checkOut(fields: Record<string, string> = {}, who = shopper): Promise<Response> {
  const page = await who.read("/checkout");
  return who.post("/checkout", { ...guest, token: fieldIn(page, "token"), shownPrice: fieldIn(page, "shownPrice"), ...fields });
}
const apply = async (code: string, who = shopper) => {
  const response = await who.post("/checkout/code", { ...guest, code });
  return { status: response.status, body: await response.text() };
};

describe("the code box", () => {
  test("shows what a code takes off before anything is ordered, keeps what was typed, and the order has it", async () => {
    make({});
    const applied = await apply("ten");
    expect(applied).toMatchObject({ status: 200, body: expect.stringMatching(/value="new@example.com"[^]*<span>TEN<\/span>[^]*Discount TEN<\/dt><dd>-\$3\.60[^]*Total<\/dt><dd>\$35\.64/) });
    expect(await shopper.read("/cart")).toContain("Discount TEN -$3.60");
    expect((await checkOut()).status).toBe(303);
    expect(orders()).toMatchObject([{ discountCodes: ["TEN"], discountMinor: 360, shippingMinor: 324, totalMinor: 3564 }]);
    await shopper.post("/cart/add", { variantId: "1020", quantity: "1" });
    expect(await shopper.read("/checkout")).not.toContain("<span>TEN</span>");
  });

  test.each<[string, Partial<DiscountWish>, string]>([
    ["expired", { endsAt: "2021-01-01T00:00:00Z" }, "TEN has expired."],
    ["not begun", { startsAt: "2099-01-01T00:00:00Z" }, "TEN cannot be used yet."],
    ["for others", { buyers: { kind: "customers", ids: ["1"] } }, "TEN is not for this account. Log in, or enter the e-mail address it was given to."],
    ["for larger orders", { minimum: { kind: "subtotal", minor: 5000 } }, "TEN needs an order of $50.00 or more."],
    ["for more pieces", { minimum: { kind: "quantity", quantity: 3 } }, "TEN needs 3 items or more."],
    ["for something else", { items: { kind: "products", productIds: ["101"], variantIds: [] } }, "TEN is for other products than those in your cart."],
    ["used up", { usageLimit: 0 }, "TEN has been used as often as it can be."],
  ])("says in a sentence why a code that is %s does nothing, and places no order with it", async (_what, changes, sentence) => {
    make(changes);
    const refused = await apply("TEN");
    expect(refused).toMatchObject({ status: 422, body: expect.stringContaining(`role="alert">${sentence}`) });
    expect((await checkOut({ code: "TEN" })).status).toBe(422);
    expect(orders()).toEqual([]);
  });

  test("speaks Japanese and Chinese", async () => {
    await shopper.go("/?locale=ja");
    expect((await apply("nope")).body).toContain(words["code.unknown"][1].replace("{code}", "NOPE"));
    await shopper.go("/?locale=zh-CN");
    expect((await apply("nope")).body).toContain(words["code.unknown"][2].replace("{code}", "NOPE"));
  });

  test("takes a code away again", async () => {
    make({});
    await apply("TEN");
    const without = await shopper.post("/checkout/code", { ...guest, remove: "TEN" });
    expect(await without.text()).not.toContain("Discount TEN");
  });

  test("a code for one use serves one of two checkouts that both have it applied, and the other sees the new price first", async () => {
    make({ usageLimit: 1 });
    const other = createShopper(store.url);
    await other.post("/cart/add", { variantId: "1020", quantity: "2" });
    await Promise.all([apply("TEN"), apply("TEN", other)]);
    const answers = await Promise.all([checkOut(), checkOut({ email: "other@example.com" }, other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
    const late = answers.find(({ status }) => status === 422);
    expect(await late?.text()).toMatch(/The price has changed meanwhile[^]*TEN has been used as often as it can be/);
    expect(orders()).toMatchObject([{ discountCodes: ["TEN"] }]);
    expect(fake.context.state.discounts.findByCode("TEN")?.usageCount).toBe(1);
  });

  test("a shopper's own code works once they are known, once", async () => {
    make({ buyers: { kind: "customers", ids: [ann.id] }, isOncePerCustomer: true });
    await logIn();
    expect((await apply("TEN")).status).toBe(200);
    await checkOut();
    await shopper.post("/cart/add", { variantId: "1020", quantity: "2" });
    expect((await apply("TEN")).body).toContain("You have used TEN already.");
  });
});

describe("what needs no code", () => {
  test("free shipping and a segment's discount stand in the checkout of who is in it, and in the order", async () => {
    const vip = fake.context.segments.create({ name: "VIP", query: "customer_tags CONTAINS 'vip'" });
    make({ code: null, title: "Gold", buyers: { kind: "segments", ids: [vip.id] }, combinesWith: { order: false, product: false, shipping: true } });
    make({ code: null, title: "Gold ships free", value: { kind: "shipping", maximumMinor: null }, buyers: { kind: "segments", ids: [vip.id] }, combinesWith: { order: true, product: false, shipping: false } });
    expect(await shopper.read("/checkout")).not.toContain("Gold");
    fake.context.state.updateCustomer(ann.id, { tags: ["VIP"] });
    await logIn();
    expect(await shopper.read("/checkout")).toMatch(/Discount Gold<\/dt><dd>-\$3\.60[^]*Shipping Gold ships free<\/dt><dd>Free[^]*Total<\/dt><dd>\$32\.40/);
    const { headers } = await checkOut();
    expect(orders()).toMatchObject([{ discountCodes: [], totalMinor: 3240, shippingMinor: 0, shippingDiscountMinor: 324, discounts: [{ title: "Gold", amountMinor: 360 }, { title: "Gold ships free", amountMinor: 324 }] }]);
    expect(await shopper.read(headers.get("location") ?? "")).toContain("Shipping Gold ships free");
  });

  test("a link keeps the code until the checkout has use for it, and leads nowhere else", async () => {
    make({ minimum: { kind: "subtotal", minor: 5000 } });
    const away = await shopper.go("/discount/ten?redirect=//evil.example");
    expect([away.status, away.headers.get("location")]).toEqual([302, "/"]);
    expect((await shopper.go("/discount/ten?redirect=/collections/all")).headers.get("location")).toBe("/collections/all");
    expect(await shopper.read("/checkout")).toContain("TEN needs an order of $50.00 or more.");
    await shopper.post("/cart/add", { variantId: "1020", quantity: "1" });
    expect(await shopper.read("/checkout")).toContain("Discount TEN</dt><dd>-$5.40");
  });
});

describe("paying", () => {
  const credit = (amountMinor: number, expiresAt: string | null = null) => fake.context.state.storeCredit.credit(ann.id, { amountMinor, expiresAt });

  test("store credit pays what it can of a logged-in shopper's order, unless unticked; the total stays", async () => {
    credit(1000);
    expect(await shopper.read("/checkout")).not.toContain('name="credit"');
    await logIn();
    expect(await shopper.read("/checkout")).toMatch(/name="credit" value="1" checked[^]*\$10\.00 available[^]*Store credit<\/dt><dd>-\$10\.00[^]*To pay<\/dt><dd>\$29\.60/);
    const { headers } = await checkOut({ credit: "1" });
    expect(orders()).toMatchObject([{ totalMinor: 3960, payments: [{ kind: "storeCredit", amountMinor: 1000 }] }]);
    expect(await shopper.read(headers.get("location") ?? "")).toMatch(/Store credit<\/dt><dd>\$10\.00[^]*Paid by card<\/dt><dd>\$29\.60/);
    expect(fake.context.state.storeCredit.balanceOf(ann.id)).toBe(0);
    credit(500);
    await shopper.post("/cart/add", { variantId: "1020", quantity: "1" });
    await checkOut();
    expect(orders().at(-1)?.payments).toBeUndefined();
    expect(fake.context.state.storeCredit.balanceOf(ann.id)).toBe(500);
  });

  test("credit that expired pays nothing", async () => {
    credit(1000, new Date(fake.context.clock.now().getTime() + 86_400_000).toISOString());
    fake.context.clock.setOffset(2 * 86_400_000);
    await logIn();
    expect(await shopper.read("/checkout")).not.toContain('name="credit"');
    expect(fake.context.state.storeCredit.ofCustomer(ann.id)?.entries.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([["credit", 1000], ["expiration", -1000]]);
  });

  test("a gift card's code goes into the same box, pays before credit, and is refused when nothing is on it", async () => {
    const card = fake.context.state.giftCards.create({ initialMinor: 3000, code: "abcd 1234 efgh", customerId: null, note: null, expiresOn: null });
    credit(500);
    await logIn();
    expect(await apply("ABCD1234EFGH")).toMatchObject({ status: 200, body: expect.stringContaining("Gift card ending in efgh</dt><dd>-$30.00") });
    await checkOut({ credit: "1" });
    expect(orders()).toMatchObject([{ totalMinor: 3960, payments: [{ kind: "giftCard", amountMinor: 3000, lastCharacters: "efgh" }, { kind: "storeCredit", amountMinor: 500 }] }]);
    expect(fake.context.state.giftCards.get(card.id)).toMatchObject({ balanceMinor: 0, uses: [{ orderId: orders()[0]?.id, amountMinor: 3000 }] });
    await shopper.post("/cart/add", { variantId: "1020", quantity: "1" });
    expect((await apply("abcd-1234-efgh")).body).toContain("There is nothing left on the gift card");
  });
});
