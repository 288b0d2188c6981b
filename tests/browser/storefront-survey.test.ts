// Surveys in the running app's storefront: a shopper is asked once, answers by one press, is paid and never asked again; nobody else is asked anything.
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { saveSegment, setMarks } from "../../app/capabilities/segments/segments.server.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import { followSurveys } from "../../app/capabilities/surveys/jobs.server.ts";
import { markOf, type Definition } from "../../app/capabilities/surveys/model/survey.ts";
import { changeState, findSurvey, listSurveys } from "../../app/capabilities/surveys/surveys.server.ts";
import type { Locale } from "../../app/i18n/locales.ts";
import { inTransaction } from "../../app/platform/db.server.ts";
import { enqueue } from "../../app/platform/jobs.server.ts";
import { parseId, type CustomerId } from "../../app/values/ids.ts";
import { readAppMetafields, readCustomerMetafields } from "../../sandbox/admin-api/storefront-metafields.ts";
import { eventually, readRows } from "../support/app-database.ts";
import { launchBrowser, listAccessFaults, listLatinWords, listOverflows, SOME_VIEWS, visit, type Visitor } from "../support/browser.ts";
import { openLoyaltyShop, PLAIN, type LoyaltyShop } from "../support/loyalty-shop.ts";
import { DELIVERY, startSurvey } from "../support/survey-shop.ts";
import { keyboardOn, wordsOf } from "./storefront-shopper.ts";

const POINTS = 20;
const EVERYONE = { ...DELIVERY.audience, who: "everyone" as const };
const MEMBERS = { ...DELIVERY.audience, who: "members" as const };

let shop: LoyaltyShop;
let browser: Browser;
let product: string;
beforeAll(async () => {
  [shop, browser] = await Promise.all([openLoyaltyShop({ ...PLAIN, enrolment: "joiners", signUp: { isOn: false, points: 1 }, survey: { isOn: true, points: POINTS } }), launchBrowser()]);
  const { theme: { files }, state } = shop.app.sandbox.context;
  files.saveEmbed("loyalty", { isOn: true, settings: {} });
  files.saveEmbed("survey", { isOn: true, settings: {} });
  files.saveBlock("product", "survey-question", {});
  product = `/products/${state.listProducts({}, { sortKey: "ID", first: 1 })[0]?.handle}`;
});
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
});

/** Only these are live, the first first, and the theme knows. */
async function startOnly(...definitions: Partial<Definition>[]): Promise<string[]> {
  const about = await readShop(shop.shopId);
  for (const { id, state } of await listSurveys(shop.shopId)) if (state === "live") await changeState(about, id, "ended");
  const ids: string[] = [];
  for (const definition of definitions) ids.push(await startSurvey(shop.shopId, definition));
  await enqueue(followSurveys, { shopId: shop.shopId });
  const listTold = () => [...(readAppMetafields(shop.app.sandbox.context, "regulars")["surveys"]?.value ?? "").matchAll(/"id":"([0-9a-f-]{36})"/g)].map(([, id]) => id);
  await eventually(() => expect(listTold()).toEqual(ids));
  return ids;
}

type Shopper = { email: string; id: string };
const open = (name: string): Shopper => {
  const email = `${name}@example.com`.toLowerCase();
  return { email, id: shop.app.state.createCustomer({ email, firstName: "Mina", lastName: "Lee", countryCode: "US" }).id };
};
const beSomebody = (page: Page, { email }: Shopper) => page.request.post("/account/login", { form: { email } });

/** `loaded`: which files of ours the page asked for. */
type Tab = { page: Page; card: Locator; loaded: () => string[] };
async function walk(view: Omit<Visitor, "origin">, steps: (tab: Tab) => Promise<void>): Promise<void> {
  await visit(browser, { origin: shop.app.sandbox.url, ...view }, async (page) => {
    let loaded: string[] = [];
    page.on("framenavigated", () => void (loaded = []));
    page.on("request", (request) => void (/regulars-survey|[/]survey$/.test(request.url()) && loaded.push(request.url())));
    await steps({ page, card: page.locator("regulars-survey .rgs-card"), loaded: () => loaded });
  });
}

/** A page that has come to rest shows no question. */
async function expectNoQuestion({ page, card }: Tab, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  expect(await card.count()).toBe(0);
}

const boxOf = async (target: Locator) => (await target.boundingBox()) ?? expect.fail("it is not on the screen");

async function expectBeside(one: Locator, other: Locator): Promise<void> {
  const [a, b] = [await boxOf(one), await boxOf(other)];
  expect(a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height).toBe(true);
}

async function expectWell({ page, card }: Tab, locale: Locale): Promise<void> {
  expect(await listAccessFaults(page)).toEqual([]);
  expect(await listOverflows(page)).toEqual([]);
  if (locale !== "en") expect(await listLatinWords(page, [], "regulars-survey")).toEqual([]);
  const { height, y } = await boxOf(card);
  const screen = page.viewportSize() ?? expect.fail();
  if (screen.width === 360) expect(height).toBeLessThanOrEqual(screen.height / 2);
  expect(y + height).toBeLessThanOrEqual(screen.height);
  await expectBeside(card, page.locator(".rgl-launcher"));
}

const watchShifts = (page: Page) => page.addInitScript(() => {
  Object.assign(window, { moved: 0 });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => Object.assign(window, { moved: Number(Reflect.get(window, "moved")) + Number(Reflect.get(entry, "value")) }))).observe({ type: "layout-shift", buffered: true });
});

const readBalance = async (page: Page): Promise<unknown> => ((await (await page.request.get("/apps/regulars/loyalty")).json()) as { customer: { balance: number } }).customer.balance; // as docs/storefront.md says

describe("two surveys", () => {
  let first = "";
  beforeAll(async () => {
    [first = ""] = await startOnly({ earnsPoints: true, followUp: null }, { question: { ...DELIVERY.question, text: { en: "The second one?" } } });
  });

  test.each(SOME_VIEWS)("$locale at $width px: the first asks, once; one press answers, points come, and it never asks again anywhere", async ({ locale, width }) => {
    const me = open(`asked-${locale}`);
    const { words, fill, points } = wordsOf(locale);
    await walk({ locale, width }, async (tab) => {
      const { page, card } = tab;
      await beSomebody(page, me);
      await page.request.post("/apps/regulars/loyalty", { data: { wish: "join" } });
      await eventually(() => expect(readCustomerMetafields(shop.app.sandbox.context, me.id, "regulars")["loyalty"]?.value).toContain('"isMember":true'));
      await watchShifts(page);
      await page.goto(`/?locale=${locale}`);
      const dialog = page.getByRole("dialog", { name: DELIVERY.question.text[locale] ?? "" });
      await dialog.waitFor();
      expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
      expect(await page.locator("[data-news]").innerText()).toContain(DELIVERY.question.text[locale]);
      await card.getByText(fill(words.survey["promise"], { points: points(POINTS) })).waitFor();
      await expectWell(tab, locale);
      expect(await page.evaluate(() => Reflect.get(window, "moved"))).toBe(0);
      await page.reload();
      await dialog.waitFor(); // still on the screen, and counted once
      await dialog.getByRole("button", { name: DELIVERY.question.choices[0]?.text[locale] ?? "" }).click();
      await card.getByText(fill(words.survey["got"], { points: points(POINTS) })).waitFor();
      await expectWell(tab, locale);
      expect(await readBalance(page)).toBe(POINTS);
      await expectNoQuestion(tab, "/");
      await page.evaluate(() => [localStorage, sessionStorage].forEach((storage) => storage.clear()));
      await expectNoQuestion(tab, "/");
    });
    await eventually(() => expect(readCustomerMetafields(shop.app.sandbox.context, me.id, "regulars")["surveys"]?.value).toContain(first));
    await walk({ locale, width }, async (tab) => {
      await beSomebody(tab.page, me);
      await expectNoQuestion(tab, "/");
      expect(tab.loaded()).toEqual([]);
    });
    expect(await readRows(shop.app.databaseUrl, "select choices, language, page, place from survey_answer where survey_id = $1::uuid and customer_id = $2", [first, me.id])).toEqual([{ choices: ["good"], language: locale, page: "/", place: "popup" }]);
  });
});

test("nothing is loaded where no survey is live, and for whom none is: a guest under members only", async () => {
  const [survey = ""] = await startOnly({ audience: MEMBERS, isInPage: true });
  await walk({}, async (tab) => {
    for (const path of ["/", product, "/pages/loyalty"]) {
      await expectNoQuestion(tab, path);
      expect(tab.loaded()).toEqual([]);
    }
    await tab.page.goto(`/?survey=${survey}`); // not theirs: a link says so
    await tab.card.getByText("This question is closed").waitFor();
    await expectWell(tab, "en");
    await tab.page.keyboard.press("Escape");
    expect(await tab.card.count()).toBe(0);
  });
  await startOnly();
  await walk({}, async (tab) => {
    await beSomebody(tab.page, open("early"));
    await expectNoQuestion(tab, product);
    expect([tab.loaded(), await tab.page.locator("regulars-survey").count()]).toEqual([[], 0]);
  });
});

test("by keyboard alone: reached, answered with a reason, closed by Escape, and back where it was; what is written as HTML is text", async () => {
  const nasty = '<b>Bold</b> & <img src=x onerror="alert(1)">';
  const [survey] = await startOnly({ question: { ...DELIVERY.question, text: { en: nasty }, choices: DELIVERY.question.choices.map((choice) => ({ ...choice, text: { en: `${choice.id} ${nasty}` } })) } });
  const me = open("keys");
  await walk({ width: 360 }, async (tab) => {
    const { page, card } = tab;
    const { press, write } = keyboardOn(page);
    await beSomebody(page, me);
    await page.goto("/");
    await card.waitFor();
    expect([await card.locator("h2").innerText(), await card.locator("img, b").count()]).toEqual([nasty, 0]);
    await expectWell(tab, "en");
    await page.locator(".cart-link").focus();
    await press(card.getByRole("button", { name: `slow ${nasty}` }));
    await card.getByText("What happened?").waitFor();
    expect(await card.locator("[data-step=reason]").evaluate((step) => document.activeElement === step)).toBe(true);
    await expectWell(tab, "en");
    await write(card.locator("textarea:visible"), nasty);
    await press(card.getByRole("button", { name: "Send" }));
    await card.getByText("Thank you for your answer.").waitFor();
    expect(await page.locator("[data-step=end]").evaluate((step) => document.activeElement === step)).toBe(true);
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "detached" });
  });
  expect(await readRows(shop.app.databaseUrl, "select choices, text from survey_answer where survey_id = $1::uuid", [survey])).toEqual([{ choices: ["slow"], text: nasty }]);
});

test("closed is closed: by Escape with the focus where it was, by its button, by a swipe, on every device", async () => {
  const [survey = ""] = await startOnly({ audience: EVERYONE });
  const me = open("closes");
  await walk({}, async (tab) => {
    const { page, card } = tab;
    await beSomebody(page, me);
    await page.goto("/");
    await card.waitFor();
    await page.locator(".cart-link").focus();
    await card.getByRole("button", { name: "Good" }).focus();
    await page.keyboard.press("Escape");
    expect([await card.count(), await page.locator(".cart-link").evaluate((link) => document.activeElement === link)]).toEqual([0, true]);
    await eventually(async () => expect(await findSurvey(shop.shopId, survey)).toMatchObject({ asked: 1, dismissed: 1 }));
    await expectNoQuestion(tab, "/");
  });
  await walk({}, async (tab) => {
    await beSomebody(tab.page, me);
    await expectNoQuestion(tab, "/");
  });
  await walk({ width: 360 }, async (tab) => {
    const { page, card } = tab;
    await page.goto("/");
    await card.waitFor();
    const button = card.getByRole("button", { name: "Close" });
    expect((await boxOf(button)).width).toBeGreaterThanOrEqual(24);
    await button.click();
    await expectNoQuestion(tab, "/");
    await page.evaluate(() => localStorage.clear());
    await page.goto("/");
    await card.waitFor();
    await card.locator("h2").evaluate((target) => {
      for (const [name, clientY] of [["touchstart", 500], ["touchmove", 560], ["touchend", 640]] as const) {
        const touch = [new Touch({ identifier: 1, target, clientX: 100, clientY })];
        target.dispatchEvent(new TouchEvent(name, { bubbles: true, cancelable: true, touches: name === "touchend" ? [] : touch, changedTouches: touch }));
      }
    });
    await expectNoQuestion(tab, "/");
  });
  await eventually(async () => expect(await findSurvey(shop.shopId, survey)).toMatchObject({ asked: 3, answered: 0, dismissed: 3 }));
});

test("it waits for consent, and for whatever else is open; it stands above what shares its corner", async () => {
  await startOnly({ audience: EVERYONE });
  shop.app.sandbox.context.theme.files.saveEmbed("survey", { isOn: true, settings: { side: "right" } });
  await walk({}, async (tab) => {
    const { page, card } = tab;
    await expectNoQuestion(tab, "/?consent=ask");
    expect([tab.loaded().filter((url) => url.endsWith("/survey")), await page.evaluate(() => localStorage.length + sessionStorage.length)]).toEqual([[], 0]);
    await page.locator(".rgl-launcher").click();
    await page.locator(".consent").getByRole("button", { name: "Accept" }).click();
    expect([await listAccessFaults(page), await card.count()]).toEqual([[], 0]); // which takes longer than opening would
    await page.locator(".rgl-launcher").click();
    await card.waitFor();
    await expectWell(tab, "en");
    await page.locator(".rgl-launcher").click();
    expect(await card.isVisible()).toBe(false); // the panel has the corner
  });
  shop.app.sandbox.context.theme.files.saveEmbed("survey", { isOn: true, settings: {} });
});

test("inside a page, a segment that is not Shopify's: guests load nothing, who is in it is asked, who is not sees nothing and nothing moves", async () => {
  const [inside, outside] = [open("inside"), open("outside")];
  const segmentId = crypto.randomUUID();
  const mark = markOf(crypto.randomUUID(), "slow");
  await saveSegment(shop.shopId, { id: segmentId, name: "Inside", rule: { field: "survey_answer", operator: "any_of", value: [mark] } });
  await inTransaction((tx) => setMarks(tx, shop.shopId, parseId<CustomerId>(inside.id), { prefix: mark, marks: [mark], at: new Date() }));
  await eventually(async () => expect(await readRows(shop.app.databaseUrl, "select customer_id::text from segment_member where segment_id = $1::uuid", [segmentId])).toEqual([{ customer_id: inside.id }]));
  await startOnly({ audience: { ...EVERYONE, segmentId }, popup: null, isInPage: true });
  await walk({}, async (tab) => {
    await expectNoQuestion(tab, product);
    expect(tab.loaded()).toEqual([]);
    await beSomebody(tab.page, outside);
    await watchShifts(tab.page);
    await tab.page.goto(product);
    await tab.page.mouse.wheel(0, 10_000);
    await eventually(() => expect(tab.loaded().filter((url) => url.endsWith("/survey"))).toHaveLength(1));
    await tab.page.locator("regulars-survey:not(.is-popup)").waitFor({ state: "detached" });
    expect([await tab.card.count(), await tab.page.evaluate(() => Reflect.get(window, "moved"))]).toEqual([0, 0]);
  });
  await walk({}, async ({ page, card }) => {
    await beSomebody(page, inside);
    await page.goto(product);
    await page.mouse.wheel(0, 10_000);
    for (const answer of ["Slow", "Good"]) {
      await card.getByRole("button", { name: answer }).click();
      if (answer === "Slow") await card.getByRole("button", { name: "Skip" }).click();
      await card.getByText("Thank you for your answer.").waitFor();
      if (answer === "Slow") await card.getByRole("button", { name: "Change my answer" }).click();
    }
  });
  expect(await readRows(shop.app.databaseUrl, "select choices, version from survey_answer where customer_id = $1", [inside.id])).toEqual([{ choices: ["good"], version: 2 }]);
});

test("inside a page it reads without a script, and is answered with one; a message's link opens it anywhere", async () => {
  const [survey = ""] = await startOnly({ audience: EVERYONE, popup: null, isInPage: true, followUp: null });
  await walk({ hasScript: false }, async ({ page, card }) => {
    await page.goto(product);
    for (const text of ["How was the delivery?", "Something broke", "turn on JavaScript"]) expect(await card.innerText()).toContain(text);
    expect(await card.getByRole("button").evaluateAll((buttons) => buttons.every((button) => button.matches(":disabled")))).toBe(true);
  });
  await walk({ width: 360 }, async (tab) => {
    const { page, card } = tab;
    await page.goto(product);
    await card.scrollIntoViewIfNeeded();
    await page.waitForLoadState("networkidle");
    expect([await page.getByRole("dialog").count(), await listAccessFaults(page), await listOverflows(page)]).toEqual([0, [], []]);
    await card.getByRole("button", { name: "Good" }).click();
    await card.getByText("Thank you for your answer.").waitFor();
  });
  await walk({}, async (tab) => {
    await tab.page.goto(`/cart?survey=${survey}`);
    await tab.page.getByRole("dialog", { name: "How was the delivery?" }).waitFor();
    expect(await tab.card.evaluate((card) => document.activeElement === card)).toBe(true);
    await tab.card.getByRole("button", { name: "Slow" }).click();
    await tab.card.getByText("Thank you for your answer.").waitFor();
    await expectNoQuestion(tab, tab.page.url());
  });
  expect(await readRows(shop.app.databaseUrl, "select place, page, customer_id from survey_answer where survey_id = $1::uuid order by place", [survey])).toEqual([{ place: "link", page: "/cart", customer_id: null }, { place: "page", page: product, customer_id: null }]);
});
