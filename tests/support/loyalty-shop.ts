// A small tea shop with a loyalty programme, and shoppers who ask for their points through the shop's own address.
import { expect } from "vitest";
import * as loyalty from "../../app/capabilities/loyalty/loyalty.server.ts";
import type { Programme } from "../../app/capabilities/loyalty/model/programme.ts";
import { defaultProgramme } from "../../app/capabilities/loyalty/rules/defaults.ts";
import type { CustomerDocument } from "../../app/capabilities/loyalty/rules/storefront.ts";
import { addDays, dayAt } from "../../app/values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../app/values/ids.ts";
import { seedTeaShop } from "../../sandbox/shop/generator.ts";
import type { CustomerDoc } from "../../sandbox/shop/model.ts";
import { createShopper, fieldIn, type Shopper } from "../../sandbox/testing/shopper.ts";
import { startApp, type AppOptions, type RunningApp } from "./app.ts";
import { joinDatabase, settle } from "./app-database.ts";
import { readSync } from "./reports.ts";

export type Known = { browser: Shopper; id: CustomerId };
export type Answer = { status: number; ok: boolean; reason?: string; field?: string; customer: CustomerDocument; coupon: CustomerDocument["coupons"][number] | null };

/** Ten points for each dollar of goods, at once; nothing ends, and there are no tiers. */
export const PLAIN: Programme = {
  ...defaultProgramme({ currency: "USD", averageOrderMinor: 5_000 }),
  order: { isOn: true, points: 10, perMinor: 100, includesTax: false, includesShipping: false, isBeforeDiscounts: true, only: null, excluded: null, rates: [] },
  signUp: { isOn: true, points: 50 }, pendingDays: 0, expiry: { kind: "never" }, tiers: null,
};

export type LoyaltyShop = {
  app: RunningApp;
  shopId: ShopId;
  /** points of one purchase, of some forty dollars' worth of this */
  earned: number;
  variantId: string;
  openShopper(name: string, person?: Partial<CustomerDoc>): Promise<Known>;
  /** with whatever code waits in the session; answers when everybody knows */
  buy(who: Known, wish?: { code?: string }): Promise<{ id: string; totalMinor: number; shippingMinor: number }>;
  ask(who: Known, path?: string): Promise<Answer>;
  wish(who: Known, body: object): Promise<Answer>;
  stop(): Promise<void>;
};

const PROXY = "/apps/regulars/loyalty";
const ADDRESS = { email: "x@example.com", firstName: "A", lastName: "B", countryCode: "US" };
const PURCHASE_MINOR = 4_000;

export async function openLoyaltyShop(programme: Programme, options: AppOptions = {}): Promise<LoyaltyShop> {
  let product = { variantId: "", pieces: 1, earned: 0 };
  const app = await startApp({
    ...options,
    fill: async (state, clock) => {
      await seedTeaShop(state, { seed: 3, asOf: clock.now(), customerCount: 3, months: 2 });
      const [variant] = state.listProducts({}, { sortKey: "ID", first: 1 })[0]?.variants ?? [];
      const pieces = Math.ceil(PURCHASE_MINOR / (variant?.priceMinor ?? 1));
      product = { variantId: variant?.id ?? "", pieces, earned: Math.floor((pieces * (variant?.priceMinor ?? 0)) / 10) };
    },
  });
  const leave = joinDatabase(app.databaseUrl);
  await readSync(app); // the merchant's first visit installs
  await settle(app);
  const shopId = parseId<ShopId>(BigInt(app.state.shop().id));
  await loyalty.saveDraft(shopId, programme);
  await loyalty.launch(shopId, { from: addDays(dayAt(app.sandbox.context.clock.now(), "UTC"), -30) });
  await loyalty.settleShop(shopId);
  const answerOf = async (response: Response): Promise<Answer> => ({ ...((await response.json()) as Omit<Answer, "status">), status: response.status }); // as docs/storefront.md says
  return {
    app, shopId, earned: product.earned, variantId: product.variantId,
    openShopper: async (name, person) => {
      const { id } = app.state.createCustomer({ firstName: name, lastName: "Lee", email: `${name}@example.com`, countryCode: "US", ...person });
      const browser = createShopper(app.sandbox.url);
      await browser.post("/account/login", { email: person?.email ?? `${name}@example.com` });
      await settle(app);
      return { browser, id: parseId<CustomerId>(BigInt(id)) };
    },
    buy: async ({ browser }, { code } = {}) => {
      await browser.post("/cart/add", { variantId: product.variantId, quantity: String(product.pieces) });
      if (code !== undefined) expect((await browser.post("/checkout/code", { ...ADDRESS, code })).status).toBe(200);
      const page = await browser.read("/checkout");
      expect((await browser.post("/checkout", { ...ADDRESS, token: fieldIn(page, "token"), shownPrice: fieldIn(page, "shownPrice"), credit: "1" })).status).toBe(303);
      const order = [...app.state.eachOrder({})].at(-1);
      await settle(app);
      return { id: order?.id ?? "", totalMinor: order?.totalMinor ?? 0, shippingMinor: order?.shippingMinor ?? 0 };
    },
    ask: async ({ browser }, path = "") => answerOf(await browser.go(PROXY + path)),
    wish: async ({ browser }, body) => answerOf(await browser.go(PROXY, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })),
    stop: async () => {
      await leave();
      await app.stop();
    },
  };
}
