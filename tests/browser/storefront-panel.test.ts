// The loyalty panel and blocks in a real browser: in every view, without a mouse, without a script, and before anybody touches them.
import path from "node:path";
import { Router } from "express";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createFakeSandbox, serveApp, serveRouter, type FakeSandbox, type Served } from "../../sandbox/admin-shell/fake-context.ts";
import { createShell } from "../../sandbox/admin-shell/shell.ts";
import { createStorefront } from "../../sandbox/storefront/storefront.ts";
import { aMember, aProgramme, writeProgramme, writeShopper, type Shopper } from "../../sandbox/testing/loyalty-documents.ts";
import { launchBrowser, listAccessFaults, VIEWS } from "../support/browser.ts";
import { wordsOf } from "./storefront-shopper.ts";

const EXTENSIONS = path.join(import.meta.dirname, "../../extensions");
const EMAIL = "mina@example.com";
const TABS_MAX = 40; // further away than that nobody finds it
const PAGE_LEFT_MIN = 100; // of a phone's screen, above the sheet

let fake: FakeSandbox;
let store: Served;
let app: Awaited<ReturnType<typeof serveApp>>;
let browser: Browser;
let shopper: Shopper;

beforeAll(async () => {
  browser = await launchBrowser();
  app = await serveApp((request, response) => {
    if (request.url?.startsWith("/proxy/loyalty/history") === true) return void response.end(JSON.stringify({ ok: true, next: null, entries: [{ id: "1", on: "2026-11-20", kind: "order", points: 40, balance: 40, why: { order: "#1042", lines: [{ title: "Sencha", points: 50 }], parts: [{ part: "withheld", points: -10 }] } }] }));
    if (request.url?.startsWith("/proxy/loyalty/referral") === true) return void response.end(JSON.stringify({ ok: true, code: "MINA", path: "/discount/MINA?redirect=/", friends: [] }));
    const wish = request.method === "POST" ? redeemed() : null;
    if (wish === null) shopper = { ...shopper, coupons: shopper.coupons.map((coupon) => (coupon.state === "held" ? { ...coupon, state: "issued", code: "R-NEW" } : coupon)) };
    response.end(JSON.stringify({ ok: true, customer: shopper, coupon: wish ?? shopper.coupons[0] })); // of several, the newest is asked for
  });
  fake = createFakeSandbox(app.url, EXTENSIONS);
  store = await serveRouter(Router().use(createShell(fake.context), createStorefront(fake.context)));
  fake.setPublicUrl(store.url);
  const { theme, state } = fake.context;
  writeProgramme(fake.context, { ...aProgramme, earn: aProgramme.earn.map((way, index) => (index === 0 ? { kind: "order", points: 1, perCents: 100 } : way)) });
  writeShopper(fake.context, state.createCustomer({ email: EMAIL }).id, aMember);
  theme.files.saveEmbed("loyalty", { isOn: true, settings: {} });
  theme.files.saveBlock("product", "product-points", {});
  theme.files.saveBlock("cart", "cart-nudge", {});
});
beforeEach(() => {
  shopper = structuredClone(aMember);
  app.heard.splice(0);
});
afterAll(async () => {
  await browser?.close();
  await store?.close();
  await app?.close();
  fake?.context.state.close();
});

/** what the app makes of a wish for 100 points: a coupon Shopify has yet to make */
function redeemed(): Shopper["coupons"][number] {
  const coupon = { id: "11111111-1111-4111-8111-111111111111", rewardId: "amount-off", kind: "amount_off", steps: 1, code: null, state: "held" as const, endsOn: "2027-03-01" };
  shopper = { ...shopper, balance: shopper.balance - 100, coupons: [coupon] };
  return coupon;
}

type View = { locale?: string; width?: number; isMember?: boolean; hasScript?: boolean };

async function shop({ locale = "en", width = 1280, isMember = true, hasScript = true }: View, walk: (page: Page, context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ baseURL: store.url, locale, viewport: { width, height: 800 }, javaScriptEnabled: hasScript, reducedMotion: "reduce" });
  if (isMember) await context.request.post("/account/login", { form: { email: EMAIL } });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => void (message.type() === "error" && troubles.push(message.text())));
  await walk(page, context).finally(() => context.close());
  expect(troubles).toEqual([]);
}

const isSideways = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
const unfold = (page: Page): Promise<void> => page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));

describe.each(VIEWS)("$locale at $width px", ({ locale, width }) => {
  const { words: { history }, fill, points } = wordsOf(locale);

  test.each([true, false])("all within reach and without obstacles, logged in: %s", async (isMember) => {
    await shop({ locale, width, isMember }, async (page, context) => {
      await context.request.post("/cart/add", { form: { variantId: "1020", quantity: "1" } });
      for (const where of isMember ? ["/pages/loyalty", "/products/ethiopia-guji", "/cart"] : ["/pages/loyalty"]) {
        await page.goto(`${where}?locale=${locale}`);
        await unfold(page);
        if (isMember) {
          await page.getByText("#1042").first().waitFor();
          await expect.poll(() => page.locator("regulars-loyalty [data-part=why]").first().textContent()).toContain(fill(history.line, { title: history.parts["withheld"] ?? "", points: `−${points(10)}` }));
        }
        expect(await listAccessFaults(page), where).toEqual([]);
        expect(await isSideways(page), where).toBe(false);
        expect(await page.locator("body").innerText()).not.toContain("Translation missing");
      }
    });
  });
});

test("nothing is asked and nothing moves before the shopper touches it", async () => {
  await shop({}, async (page) => {
    await page.addInitScript(() => {
      Object.assign(window, { moved: 0 });
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => Object.assign(window, { moved: Number(Reflect.get(window, "moved")) + Number(Reflect.get(entry, "value")) }))).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto("/");
    await page.waitForFunction(() => customElements.get("regulars-loyalty") !== undefined);
    await page.locator("footer").scrollIntoViewIfNeeded();
    expect(await page.evaluate(() => Reflect.get(window, "moved"))).toBe(0);
    expect(app.heard).toEqual([]);
    await page.locator(".rgl-launcher").click();
    await expect.poll(() => app.heard.length).toBe(1);
  });
});

test("by keyboard alone: open, redeem after being asked, hear of it, stand on the coupon, close", async () => {
  await shop({}, async (page) => {
    const focus = (selector: string) => page.locator(selector).first().evaluate((element) => document.activeElement === element);
    const tabTo = async (selector: string) => {
      for (let pressed = 0; pressed < TABS_MAX && !(await focus(selector)); pressed += 1) await page.keyboard.press("Tab");
      expect(await page.locator(selector).first().evaluate((element) => element.matches(":focus-visible"))).toBe(true);
    };
    await page.goto("/cart");
    await tabTo(".rgl-launcher");
    await page.keyboard.press("Enter");
    await expect.poll(() => focus(".rgl-panel")).toBe(true);
    await tabTo('[data-reward="amount-off"] summary');
    await page.keyboard.press("Enter");
    expect(app.heard.filter(({ method }) => method === "POST")).toEqual([]); // the first press only asks
    await tabTo('[data-reward="amount-off"] form button');
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("Done. Here it is.").waitFor();
    await expect.poll(() => focus(".rgl-coupon")).toBe(true);
    expect(await page.locator(".rgl-coupon").first().innerText()).toContain("R-NEW");
    expect(await page.locator("[data-fact=balance]").innerText()).toBe("1,220 points");
    await page.keyboard.press("Escape");
    await expect.poll(() => focus(".rgl-launcher")).toBe(true);
    expect(await page.locator(".rgl-panel").isVisible()).toBe(false);
  });
});

test("without a script everything reads and opens, and nothing is offered that would not work", async () => {
  await shop({ hasScript: false, width: 360 }, async (page) => {
    await page.goto("/");
    await page.locator(".rgl-launcher").click();
    const panel = page.locator(".rgl-panel");
    for (const text of ["1,320 points", "Silver member", "R-7K2M9XPT", "40 points on the way", "turn on JavaScript"]) expect(await panel.innerText()).toContain(text);
    await panel.locator("[data-fold=history] > summary").click();
    await panel.locator(".rgl-entry summary").first().click();
    expect(await panel.innerText()).toContain("Points for what you paid.");
    expect(await panel.locator("form:visible, button:visible").count()).toBe(0);
    await page.locator(".rgl-launcher").click();
    expect(await panel.isVisible()).toBe(false);
  });
});

test("on a phone the sheet leaves some of the page, and the cart's link opens it", async () => {
  await shop({ width: 360 }, async (page, context) => {
    await context.request.post("/cart/add", { form: { variantId: "1020", quantity: "1" } });
    await page.goto("/cart");
    await page.getByText("See my rewards").click();
    await page.locator(".rgl-panel").waitFor();
    const box = await page.locator(".rgl-box").boundingBox();
    expect(box?.y).toBeGreaterThan(PAGE_LEFT_MIN);
    expect([box?.x, box?.width]).toEqual([0, 360]);
    expect(await isSideways(page)).toBe(false);
  });
});
