// A shopper's whole way through the running app's programme: join, buy, redeem, pay less, send it back, with the right balance at every step.
import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settleLoyalty } from "../../app/capabilities/loyalty/jobs.server.ts";
import { checkLedger } from "../../app/capabilities/loyalty/loyalty.server.ts";
import type { Programme, Reward } from "../../app/capabilities/loyalty/model/programme.ts";
import { enqueue } from "../../app/platform/jobs.server.ts";
import type { OrderDoc } from "../../sandbox/shop/model.ts";
import { moneyFormatter } from "../../sandbox/admin-shell/view.ts";
import { eventually, readRows, settle } from "../support/app-database.ts";
import { launchBrowser, visit, type Visitor } from "../support/browser.ts";
import { openLoyaltyShop, PLAIN, type LoyaltyShop } from "../support/loyalty-shop.ts";
import { expectReadable, expectWellShown, inPanel, keyboardOn, mouseOn, readPanel, wordsOf, type Hand } from "./storefront-shopper.ts";

const PIECES = 3;
const RETURN_DAYS = 2;
const JOINING_POINTS = 50;
const GIFT_POINTS = 25;
const STEPS = 2; // of the reward: twice the points, twice the money
const COST = 100;
const WORTH_MINOR = 500;
const TIER_PERCENT = 150;
const SHOPIFY_TAKES_MS = 1_500; // to make a code
const REWARD = '[data-reward="five"]';
const TIERS = { en: "Gold", ja: "ゴールド", "zh-CN": "金卡" };

const base = { isOn: true, title: null, minOrderMinor: null, validDays: 30, perCustomer: null, total: null, tierIds: [] };
const rewards: Reward[] = [
  { ...base, id: "five", kind: "amount_off", cost: COST, amountMinor: WORTH_MINOR, maxSteps: 3 },
  { ...base, id: "ship", kind: "free_shipping", cost: 400, minOrderMinor: 3_000 },
  { ...base, id: "tenth", kind: "percentage", cost: 5_000, percent: 10 },
];
/** Ten points for a dollar paid, once it can no longer be returned; the first order makes one Gold. */
const programme: Programme = {
  ...PLAIN, enrolment: "joiners", pendingDays: RETURN_DAYS, rewards, order: { ...PLAIN.order, isBeforeDiscounts: false },
  tiers: { basis: "orders", period: "lifetime", graceDays: 0, levels: [{ id: "gold", title: TIERS, entry: 1, keep: 1, reenter: null, percent: TIER_PERCENT, hasFreeShipping: false, percentOff: 0, giftPoints: GIFT_POINTS }] },
};

let shop: LoyaltyShop;
/** points of who joined, and bought once more than `RETURN_DAYS` ago */
let whole: number;
let browser: Browser;
let goods: { path: string; minor: number; names: string[] };
beforeAll(async () => {
  [shop, browser] = await Promise.all([openLoyaltyShop(programme), launchBrowser()]);
  const { state, sandbox } = shop.app;
  const { files } = sandbox.context.theme;
  files.saveEmbed("loyalty", { isOn: true, settings: {} });
  files.saveBlock("product", "product-points", {});
  files.saveBlock("cart", "cart-nudge", {});
  const products = state.listProducts({}, { sortKey: "ID", first: 100 });
  goods = { path: `/products/${products[0]?.handle}`, minor: PIECES * (products[0]?.variants[0]?.priceMinor ?? 0), names: products.map(({ title }) => title) };
  await eventually(async () => expect(await (await fetch(sandbox.url)).text()).toContain("<regulars-loyalty")); // Shopify has been told
  whole = JOINING_POINTS + GIFT_POINTS + goods.minor / 10;
});
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
});

type Shopper = { email: string; id: string };
const open = (name: string): Shopper => {
  const email = `${name}@example.com`;
  return { email, id: shop.app.state.createCustomer({ email, firstName: "Mina", lastName: "Lee", countryCode: "US" }).id };
};
/** Nothing may be asked of the app on a page before its panel was opened: `asked` lists what was. */
type Tab = { page: Page; hand: Hand; asked: () => string[] };

async function walk({ handOn = mouseOn, ...view }: Omit<Visitor, "origin"> & { handOn?: (page: Page) => Hand }, steps: (tab: Tab) => Promise<void>): Promise<void> {
  await visit(browser, { origin: shop.app.sandbox.url, ...view }, async (page) => {
    let asked: string[] = [];
    page.on("framenavigated", () => void (asked = []));
    page.on("request", (request) => void (new URL(request.url()).pathname.startsWith("/apps/") && asked.push(request.url())));
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await steps({ page, hand: handOn(page), asked: () => asked });
  });
}

type Standing = { balance: number; pending: number };
const ordersOf = ({ id }: Shopper): OrderDoc[] => [...shop.app.state.eachOrder({})].filter(({ customerId }) => customerId === id);

/** Everybody knows what happened: webhooks came, points were written, Shopify was told. */
async function settled({ id }: Shopper, expected: Standing): Promise<void> {
  await enqueue(settleLoyalty, { shopId: shop.shopId });
  await settle(shop.app);
  await eventually(async () => expect(await readRows(shop.app.databaseUrl, "select balance::int, pending::int from member where customer_id = $1", [id])).toEqual([expected]));
  await settle(shop.app);
}

const change = (wish: string, body: object = {}) => fetch(`${shop.app.sandbox.url}/sandbox/orders/${wish}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const slowDown = (delayMs: number) => shop.app.sandbox.context.faults.change({ mutations: { discountCodeBasicCreate: { delayMs } } });

const WALKS = [
  { locale: "en", width: 1280, hands: "mouse", handOn: mouseOn, sendsBack: "refund" },
  { locale: "ja", width: 360, hands: "keyboard", handOn: keyboardOn, sendsBack: "cancel" },
  { locale: "zh-CN", width: 360, hands: "mouse", handOn: mouseOn, sendsBack: "refund" },
] as const;

describe.each(WALKS)("in $locale at $width px by $hands", ({ locale, width, hands, handOn, sendsBack }) => {
  const { words, fill, points } = wordsOf(locale);
  const money = moneyFormatter(locale, "USD");
  const offers = fill(words.rewards["amount_off"], { amount: "$5.00" }); // Liquid writes money the shop's way in every language
  let me: Shopper;
  beforeAll(() => {
    me = open(`${hands}-${locale}`.toLowerCase());
  });

  const say = ({ page }: Tab, text: string | undefined) => inPanel(page, "[data-say]").getByText(text ?? "", { exact: true }).waitFor();
  const expectWell = async ({ page }: Tab) => expectWellShown(page, locale, [...goods.names, ...(await inPanel(page, ".rgl-code code").allInnerTexts())]);

  async function expectStanding({ page }: Tab, { balance, pending }: Standing): Promise<void> {
    await expect.poll(() => inPanel(page, "[data-fact=balance]").innerText()).toBe(points(balance));
    const note = inPanel(page, "[data-fact=pending]");
    if (pending === 0) expect(await note.isVisible()).toBe(false);
    else expect(await note.innerText()).toContain(points(pending));
  }

  /** Right by the mirror alone; then, once opened, by the app; `null`: not a member yet. */
  async function openPanel(tab: Tab, expected: Standing | null): Promise<void> {
    const { page, hand, asked } = tab;
    await page.waitForFunction(() => customElements.get("regulars-loyalty") !== undefined);
    expect(asked()).toEqual([]);
    if (expected !== null) expect(await inPanel(page, ".rgl-count").textContent()).toBe(expected.balance.toLocaleString(locale));
    await Promise.all([page.waitForResponse((response) => response.url().endsWith("/apps/regulars/loyalty")), hand.press(inPanel(page, ".rgl-launcher"))]);
    if (expected !== null) await expectStanding(tab, expected);
    await expectWell(tab);
  }

  async function openHome(tab: Tab, expected: Standing): Promise<void> {
    await settled(me, expected);
    await tab.page.goto("/");
    await openPanel(tab, expected);
  }

  async function fillCart({ page, hand }: Tab): Promise<void> {
    await page.goto(goods.path);
    await hand.write(page.locator("#quantity"), String(PIECES));
    await hand.press(page.locator(".buying .button"));
    await page.waitForURL("**/cart");
  }

  async function buy({ page, hand }: Tab): Promise<OrderDoc> {
    await hand.press(page.locator(".checkout-form > .button"));
    await page.waitForURL("**/thank-you/**");
    const order = ordersOf(me).at(-1) ?? expect.fail("there is no order");
    expect(await page.locator(".sums").innerText()).toContain(money(order.totalMinor));
    return order;
  }

  async function lookAround(tab: Tab): Promise<void> {
    const { page, hand, asked } = tab;
    await page.goto("/");
    await hand.press(inPanel(page, ".rgl-launcher"));
    await inPanel(page, ".rgl-panel").getByText(fill(words.guest["bonus"], { points: points(JOINING_POINTS) })).waitFor();
    await expectWell(tab);
    expect(asked()).toEqual([]);
    await hand.press(inPanel(page, '.rgl-doors a[href="/account/login"]'));
    await page.waitForURL("**/account/login");
  }

  async function join(tab: Tab): Promise<void> {
    const { page, hand } = tab;
    await hand.write(page.locator("#email"), me.email);
    await hand.press(page.locator(".stack .button"));
    await page.waitForURL("**/account");
    await page.goto(goods.path);
    await page.getByText(fill(words.product["earn_from"], { points: points(goods.minor / PIECES / 10) })).waitFor();
    await openPanel(tab, null);
    await hand.pressTwice(inPanel(page, "[data-wish=join] button"));
    await say(tab, words.say["join"]);
    await expectStanding(tab, { balance: JOINING_POINTS, pending: 0 });
  }

  async function buyFirst(tab: Tab): Promise<OrderDoc> {
    const { page, hand } = tab;
    await fillCart(tab);
    await page.getByText(fill(words.cart["earn"], { points: points(goods.minor / 10) })).waitFor();
    await page.getByText(fill(words.cart["missing"], { points: points(COST - JOINING_POINTS), reward: offers })).waitFor();
    await hand.press(page.locator(".cart-foot .button"));
    return buy(tab);
  }

  /** Answers the code, which came by itself. */
  async function redeem(tab: Tab, before: Standing): Promise<string> {
    const { page, hand } = tab;
    await fillCart(tab);
    await page.getByText(fill(words.cart["enough"], { reward: fill(words.rewards["free_shipping"]) })).waitFor();
    await openPanel(tab, before);
    await hand.press(inPanel(page, `${REWARD} summary`));
    await expect.poll(() => inPanel(page, `${REWARD} form button`).evaluate((button) => button.getBoundingClientRect().bottom <= innerHeight)).toBe(true); // what asks is seen
    await hand.choose(inPanel(page, `${REWARD} select`), String(STEPS));
    await expectWell(tab);
    slowDown(SHOPIFY_TAKES_MS);
    await hand.pressTwice(inPanel(page, `${REWARD} form button`));
    await say(tab, words.say["held"]);
    await expectStanding(tab, { ...before, balance: before.balance - STEPS * COST });
    await say(tab, words.say["redeem"]);
    slowDown(0);
    await expectWell(tab);
    expect(await inPanel(page, ".rgl-coupon").count()).toBe(1); // whatever the second press meant
    return inPanel(page, ".rgl-coupon code").innerText();
  }

  async function payLess(tab: Tab, code: string): Promise<OrderDoc> {
    const { page, hand } = tab;
    if (locale === "zh-CN") {
      await hand.press(inPanel(page, ".rgl-coupon [data-part=use] a"));
      await page.locator(".savings").getByText(code).waitFor();
      await hand.press(page.locator(".cart-foot .button"));
    } else {
      await hand.press(inPanel(page, ".rgl-coupon [data-do=copy]"));
      await say(tab, words.say["copied"]);
      await page.goto("/checkout");
      await hand.paste(page.locator("#code"));
      expect(await page.locator("#code").inputValue()).toBe(code);
      await hand.press(page.locator("#apply-code"));
    }
    await page.locator(".codes").getByText(code).waitFor();
    expect(await page.locator(".sums").innerText()).toContain(money(-STEPS * WORTH_MINOR));
    return buy(tab);
  }

  async function sendBack(tab: Tab, order: OrderDoc): Promise<void> {
    await change(`${order.id}/${sendsBack}`);
    await openHome(tab, { balance: whole, pending: 0 }); // what it earned is gone, what it cost is back
    await tab.hand.press(inPanel(tab.page, "[data-fold=history] > summary"));
    await inPanel(tab.page, ".rgl-entry").getByText(words.history.kinds["give_back"] ?? "", { exact: true }).waitFor();
    await tab.hand.press(inPanel(tab.page, ".rgl-entry summary").last());
    await expectWell(tab);
  }

  test("a shopper joins, buys, redeems, pays less and sends it back, and every balance on the way is right", async () => {
    await walk({ locale, width, handOn }, async (tab) => {
      const goodsOf = ({ totalMinor, shippingMinor }: OrderDoc) => totalMinor - shippingMinor;
      await lookAround(tab);
      await join(tab);
      const full = await buyFirst(tab);
      await openHome(tab, { balance: JOINING_POINTS + GIFT_POINTS, pending: goods.minor / 10 });
      expect(await readPanel(tab.page)).toContain(TIERS[locale]);
      await shop.app.advanceDays(RETURN_DAYS + 1);
      await settled(me, { balance: whole, pending: 0 });
      const less = await payLess(tab, await redeem(tab, { balance: whole, pending: 0 }));
      expect(goodsOf(full) - goodsOf(less)).toBe(STEPS * WORTH_MINOR);
      await openHome(tab, { balance: whole - STEPS * COST, pending: Math.floor((goodsOf(less) * TIER_PERCENT) / 1_000) });
      await sendBack(tab, less);
    });
    expect(await checkLedger(shop.shopId)).toBe(0);
  });

  async function readHistory({ page, asked }: Tab): Promise<string> {
    await page.request.post("/account/login", { form: { email: me.email } });
    await page.goto(`/pages/loyalty?locale=${locale}`);
    await inPanel(page, ".rgl-launcher").click();
    await inPanel(page, "[data-fold=history] > summary").click();
    expect(await inPanel(page, "form:visible").count() + await inPanel(page, "button:visible").count()).toBe(0); // they would do nothing
    expect(asked()).toEqual([]);
    return readPanel(page);
  }

  test.each([1280, 360])("without a script everything reads at %d px, and nothing is offered that would not work", async (wide) => {
    await walk({ locale, width: wide, hasScript: false }, async (tab) => {
      const panel = await readHistory(tab);
      for (const text of [points(whole), TIERS[locale], offers, words.panel["no_script"], words.history.kinds["give_back"], ordersOf(me)[0]?.name]) expect(panel).toContain(text);
      expect(await tab.page.locator(".rgl-tier-card").innerText()).toContain(points(whole));
      expect(await tab.page.locator(".rgl-programme").innerText()).toContain(TIERS[locale]);
      await expectReadable(tab.page, locale, [...goods.names, "JavaScript"]);
    });
    await walk({ locale, width: wide }, async (tab) => {
      await tab.page.route("**/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" })); // for axe, which is a script
      await readHistory(tab);
      await expectWellShown(tab.page, locale, goods.names);
    });
  });
});

test("a repeated wish is the same wish, and a stranger's or a forged one is none", async () => {
  const me = open("wary");
  const stranger = open("stranger");
  await walk({}, async ({ page }) => {
    const beSomebody = ({ email }: Shopper) => page.request.post("/account/login", { form: { email } });
    const send = async (body: object) => (await page.request.post("/apps/regulars/loyalty", { data: body })).status();
    await beSomebody(me);
    expect(await send({ wish: "join" })).toBe(200);
    await page.request.post("/cart/add", { form: { variantId: shop.variantId, quantity: String(PIECES) } });
    await page.goto("/checkout");
    await page.locator(".checkout-form > .button").click();
    await page.waitForURL("**/thank-you/**");
    await settled(me, { balance: JOINING_POINTS + GIFT_POINTS, pending: goods.minor / 10 });
    await shop.app.advanceDays(RETURN_DAYS + 1);
    await settled(me, { balance: whole, pending: 0 });
    const wish = { wish: "redeem", requestId: randomUUID(), rewardId: "five", steps: 1 };
    expect(await Promise.all([send(wish), send(wish), send(wish)])).toEqual([200, 200, 200]);
    await beSomebody(stranger);
    expect(await send(wish)).toBe(409);
    await page.context().clearCookies();
    expect(await send({ ...wish, requestId: randomUUID() })).toBe(401);
    await page.context().addCookies([{ name: "storefront", value: `${Buffer.from(JSON.stringify({ cart: [], codes: [], customerId: me.id, locale: "en" })).toString("base64url")}.forged`, url: shop.app.sandbox.url }]);
    expect(await send({ ...wish, requestId: randomUUID() })).toBe(401);
    await settled(me, { balance: whole - COST, pending: 0 });
  });
});
