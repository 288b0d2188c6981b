import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createFakeSandbox, serveApp, serveRouter, type FakeSandbox, type Served } from "../../admin-shell/fake-context.ts";
import { aMember, aProgramme, writeProgramme, writeShopper, type Shopper } from "../../testing/loyalty-documents.ts";
import { createStorefront } from "../storefront.ts";

const extensionsFolder = join(import.meta.dirname, "../../../extensions");
const readAsset = (name: string): string => readFileSync(join(extensionsFolder, "regulars-theme/assets", name), "utf8");
const script = readAsset("regulars-loyalty.js").replace("import(", "importFolds("); // jsdom knows no modules
const folds = `(() => { ${readAsset("regulars-folds.js").replaceAll("export ", "")} return { history, referral }; })()`;
type Tab = Window & typeof globalThis;
type Jsdom = { JSDOM: new (html: string, options: { url: string; runScripts: "outside-only"; pretendToBeVisual: true }) => { window: Tab } };
const { JSDOM } = createRequire(import.meta.url)("jsdom") as Jsdom; // it brings no types; Vitest's own jsdom would take URL away from the sandbox

type Answer = { status?: number; body: unknown };
let fake: FakeSandbox;
let store: Served;
let app: Awaited<ReturnType<typeof serveApp>>;
/** what the app answers next, oldest first; the last one goes on */
let answers: Answer[];
let isOnline: boolean;
let waits: number[];
/** the shopper's browser tab; a visit loads another page into it */
let tab: Tab | null;

beforeEach(async () => {
  answers = [{ body: { ok: true, customer: aMember } }];
  isOnline = true;
  waits = [];
  tab = null;
  app = await serveApp((_request, response) => {
    const { status = 200, body } = (answers.length > 1 ? answers.shift() : answers[0]) ?? { body: {} };
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });
  fake = createFakeSandbox(app.url, extensionsFolder);
  store = await serveRouter(createStorefront(fake.context));
  writeProgramme(fake.context, aProgramme);
  fake.context.theme.files.saveEmbed("loyalty", { isOn: true, settings: {} });
});

afterEach(async () => {
  tab?.close();
  await store.close();
  await app.close();
  fake.context.state.close();
});

/** a page of the storefront as a browser has it, its requests going by HTTP to the storefront and on to the app */
async function visit({ shopper = aMember, email = "mina@example.com", locale = "en" }: { shopper?: Shopper; email?: string | null; locale?: string } = {}) {
  let cookie = "";
  if (email !== null) {
    const { id } = fake.context.state.findCustomerByEmail(email) ?? fake.context.state.createCustomer({ email });
    writeShopper(fake.context, id, shopper);
    const answer = await fetch(`${store.url}/account/login`, { method: "POST", body: new URLSearchParams({ email }), redirect: "manual" });
    cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  }
  const html = await (await fetch(`${store.url}/?locale=${locale}`, { headers: { cookie } })).text();
  const { window } = new JSDOM(html, { url: `${store.url}/`, runScripts: "outside-only", pretendToBeVisual: true });
  for (const [key, value] of Object.entries<string>(tab?.sessionStorage ?? {})) window.sessionStorage.setItem(key, value);
  window.Element.prototype.scrollIntoView = () => undefined; // jsdom draws nothing
  tab = Object.assign(window, {
    fetch: async (path: string, init: RequestInit = {}) => {
      if (!isOnline) throw new TypeError("Failed to fetch");
      return fetch(store.url + path, { ...init, headers: { ...(init.headers as Record<string, string> | undefined), cookie } }); // the script gives a plain object
    },
    importFolds: async (url: string) => {
      if (!isOnline) throw new TypeError("Failed to fetch dynamically imported module");
      expect((await fetch(store.url + url)).status).toBe(200);
      return window.eval(folds) as unknown; // what the file exports
    },
    setTimeout: (run: () => void, ms = 0) => setTimeout(run, ms >= 1000 ? (waits.push(ms), 50) : ms), // the script's waits, without the waiting
  });
  tab.eval(script);
}

const page = (): Tab => tab ?? expect.fail("nobody has visited");
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const one = (selector: string): HTMLElement => page().document.querySelector<HTMLElement>(`regulars-loyalty ${selector}`) ?? expect.fail(`no ${selector}`);
const textOf = (selector: string): string => one(selector).textContent.replace(/\s+/g, " ").trim();
const said = (): string => textOf("[data-say]");
const heardBodies = () => app.heard.filter(({ method }) => method === "POST").map(({ body }) => JSON.parse(body) as Record<string, unknown>); // the script sends objects

const open = (selector: string): void => one(selector).setAttribute("open", ""); // the toggle event follows
const submit = (selector: string): boolean => one(selector).dispatchEvent(new (page().Event)("submit", { bubbles: true, cancelable: true }));
const settled = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 3_000, interval: 5 });

async function visitAndOpen(wish: Parameters<typeof visit>[0] = {}): Promise<void> {
  await visit(wish);
  open(".rgl-box");
  await settled(() => expect(app.heard).not.toEqual([]));
  await pause(20); // until the answer is shown
}

const redeemForm = '[data-reward="amount-off"] form';

describe("opening", () => {
  test("nothing is asked until the shopper opens the panel; then it is fresh, and has the focus", async () => {
    await visit();
    await pause(30);
    expect(app.heard).toEqual([]);
    answers = [{ body: { ok: true, customer: { ...aMember, balance: 0, pending: 0, owed: 5, expiring: 0, coupons: [] } } }];
    open(".rgl-box");
    await settled(() => expect(textOf("[data-fact=balance]")).toBe("0 points"));
    expect(page().document.activeElement).toBe(one(".rgl-panel"));
    expect(textOf("[data-fact=owed]")).toBe("5 points to be earned back. Your next ones make up for it.");
    expect([one("[data-fact=pending]").hidden, one("[data-fact=coupons]").hidden, one("[data-fact=owed]").hidden]).toEqual([true, true, false]);
    expect(textOf('[data-reward="amount-off"] [data-part=missing]')).toBe("105 points to go"); // what is owed is to be earned first
    expect(one('[data-reward="amount-off"] [data-part=act]').hidden).toBe(true);
    expect(one(`${redeemForm} select`)).toHaveProperty("value", "");
    expect(app.heard.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual(["GET /proxy/loyalty"]);
  });

  test("Escape closes it and gives the focus back", async () => {
    await visitAndOpen();
    one(".rgl-panel").dispatchEvent(new (page().KeyboardEvent)("keydown", { key: "Escape", bubbles: true }));
    expect(one(".rgl-box").hasAttribute("open")).toBe(false);
    expect(page().document.activeElement).toBe(one(".rgl-launcher"));
  });

  test("a guest's panel never asks", async () => {
    await visit({ email: null });
    open(".rgl-box");
    await pause(30);
    expect(app.heard).toEqual([]);
  });

  test("what cannot be asked still reads, and whoever was logged out meanwhile is told", async () => {
    isOnline = false;
    await visit();
    open(".rgl-box");
    await pause(30);
    expect([textOf("[data-fact=balance]"), said()]).toEqual(["1,320 points", ""]);
    isOnline = true;
    answers = [{ body: { ok: true, customer: null } }];
    one(".rgl-box").removeAttribute("open");
    await pause(10);
    open(".rgl-box");
    await settled(() => expect(said()).toBe("You are logged out. Log in and try again."));
  });
});

describe("redeeming", () => {
  test("a wish that was not answered is the same wish again, and after the answer a new one", async () => {
    await visitAndOpen();
    one(`${redeemForm} option[value="2"]`).setAttribute("selected", "");
    isOnline = false;
    submit(redeemForm);
    await settled(() => expect(said()).toBe("No connection. Nothing was lost: try again."));
    isOnline = true;
    answers = [{ status: 429, body: { ok: false, reason: "too_many_requests" } }, { status: 409, body: { ok: false, reason: "sold_out" } }, { status: 409, body: { ok: false, reason: "something_new" } }];
    for (const sentence of ["That was a lot at once. Try again in a minute.", "This reward is all gone.", "That did not work. You have lost nothing: try again later."]) {
      submit(redeemForm);
      await settled(() => expect(said()).toBe(sentence));
    }
    const [first, second, third] = heardBodies();
    expect(first).toEqual({ wish: "redeem", rewardId: "amount-off", steps: 2, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(second).toEqual(first);
    expect(third).toMatchObject({ rewardId: "amount-off", steps: 2 });
    expect(third?.["requestId"]).not.toBe(first?.["requestId"]);
  });

  test("an amount that is out of reach now is no longer chosen", async () => {
    await visit();
    one(`${redeemForm} option[value="9"]`).setAttribute("selected", "");
    answers = [{ body: { ok: true, customer: { ...aMember, balance: 250 } } }];
    open(".rgl-box");
    await settled(() => expect(textOf("[data-fact=balance]")).toBe("250 points"));
    expect(one(`${redeemForm} select`)).toHaveProperty("value", "1");
    expect([2, 3].map((step) => one(`${redeemForm} option[value="${step}"]`).hasAttribute("disabled"))).toEqual([false, true]);
  });

  test("a kept wish is never another shopper's", async () => {
    isOnline = false;
    await visit();
    submit(redeemForm);
    await settled(() => expect(said()).toContain("No connection"));
    const kept = Object.values(page().sessionStorage);
    expect(kept).toHaveLength(1);
    isOnline = true;
    await visit({ email: "ann@example.com" });
    submit(redeemForm);
    await settled(() => expect(heardBodies()).toHaveLength(1));
    expect(kept).not.toContain(heardBodies()[0]?.["requestId"]);
  });

  test("a held coupon is asked for until Shopify has made it, then shown, said and focused", async () => {
    await visitAndOpen();
    const coupon = { id: "11111111-1111-4111-8111-111111111111", rewardId: "amount-off", kind: "amount_off", steps: 3, code: null, state: "held", endsOn: "2027-03-01" };
    const held = { ...aMember, balance: 1020, coupons: [coupon] };
    const issued = { ...held, coupons: [{ ...coupon, state: "issued", code: "R-ABC <1>" }] };
    answers = [{ body: { ok: true, customer: held, coupon } }, { body: { ok: true, customer: held, coupon } }, { body: { ok: true, customer: issued, coupon: { ...coupon, state: "issued" } } }];
    submit(redeemForm);
    await settled(() => expect(said()).toBe("Your reward is being prepared…"));
    await settled(() => expect(said()).toBe("Done. Here it is."));
    expect(waits).toEqual([1000, 2000]);
    expect(textOf(".rgl-coupon code")).toBe("R-ABC <1>");
    expect(textOf(".rgl-coupon")).toContain("$1,500.00 off");
    expect(textOf(".rgl-coupon")).toContain("Valid until Mar 1, 2027");
    expect(page().document.activeElement).toBe(one(".rgl-coupon"));
    expect(one('[data-reward="amount-off"] [data-part=act]').hasAttribute("open")).toBe(false);
  });

  test("a coupon that was held before is followed without taking the focus", async () => {
    const coupon = { id: "11111111-1111-4111-8111-111111111111", rewardId: "amount-off", kind: "amount_off", steps: 1, code: null, state: "held", endsOn: null };
    await visit();
    answers = [{ body: { ok: true, customer: { ...aMember, coupons: [coupon] } } }, { body: { ok: true, customer: { ...aMember, coupons: [{ ...coupon, state: "issued", code: "R-LATE" }] }, coupon: { ...coupon, state: "issued" } } }];
    open(".rgl-box");
    await settled(() => expect(textOf(".rgl-coupon code")).toBe("R-LATE"));
    expect(page().document.activeElement).toBe(one(".rgl-panel"));
  });

  test("one that Shopify refused is said to be so, and one that takes long too", async () => {
    const coupon = { id: "11111111-1111-4111-8111-111111111111", rewardId: "mug", kind: "free_product", steps: 1, code: null, state: "held", endsOn: null };
    await visitAndOpen();
    answers = [{ body: { ok: true, customer: { ...aMember, coupons: [coupon] }, coupon } }, { body: { ok: true, customer: aMember, coupon: { ...coupon, state: "void" } } }];
    submit(redeemForm);
    await settled(() => expect(said()).toBe("That did not work. You have lost nothing: try again later."));
    answers = [{ body: { ok: true, customer: { ...aMember, coupons: [coupon] }, coupon } }];
    submit(redeemForm);
    await settled(() => expect(said()).toBe("This takes a little longer. Look here again in a minute."));
    expect(waits).toEqual([1000, 1000, 2000, 4000]);
  });
});

describe("giving back", () => {
  const [coupon] = aMember.coupons;
  const returning = { ...coupon, state: "returning" };
  test.each([
    ["given back", "returned", 1_520, "Given back. What it cost is yours again."],
    ["used meanwhile", "used", 1_320, "This coupon has been used, so it cannot be given back."],
  ])("is followed to its end: %s", async (_what, state, balance, sentence) => {
    await visitAndOpen();
    answers = [
      { body: { ok: true, customer: { ...aMember, coupons: [returning] }, coupon: returning } }, { body: { ok: true, customer: { ...aMember, coupons: [returning] }, coupon: returning } },
      { body: { ok: true, customer: { ...aMember, balance, coupons: [] }, coupon: { id: coupon?.id, state } } },
    ];
    submit(".rgl-coupon form");
    await settled(() => expect(said()).toBe("It is being given back…"));
    await settled(() => expect(said()).toBe(sentence));
    expect(app.heard.at(-1)?.url.searchParams.get("coupon")).toBe(coupon?.id);
    expect([textOf("[data-fact=balance]"), one("[data-fact=coupons]").hidden]).toEqual([`${balance.toLocaleString("en")} points`, true]);
  });
});

describe("other wishes", () => {
  test.each([
    ["a coupon given back", ".rgl-coupon form", { wish: "return", requestId: "0f9c2f5e-5c1d-4d0e-9c69-6a0f2f3b7a01" }, "Given back. What it cost is yours again."],
    ["joining", "[data-fact=stranger] form", { wish: "join" }, "It is yours. Welcome!"],
    ["a birthday", "[data-fact=birthday] form", { wish: "birthday", month: 1, day: 1 }, "Thank you, we will remember it."],
  ])("%s", async (_what, form, body, sentence) => {
    await visitAndOpen();
    answers = [{ body: { ok: true, customer: { ...aMember, coupons: [], hasBirthday: true }, coupon: null } }];
    submit(form);
    await settled(() => expect(said()).toBe(sentence));
    expect(heardBodies()).toEqual([body]);
    expect([one("[data-fact=birthday]").hidden, one("[data-fact=stranger]").hidden, one("[data-fact=member]").hidden]).toEqual([true, true, false]);
  });

  test("a followed link is told to the app, and shown as done", async () => {
    await visitAndOpen();
    answers = [{ body: { ok: true, customer: { ...aMember, followed: ["insta"] }, coupon: null } }];
    one("[data-do=visit]").dispatchEvent(new (page().MouseEvent)("click", { bubbles: true, cancelable: true }));
    await settled(() => expect(said()).toBe("Thank you!"));
    expect(heardBodies()).toEqual([{ wish: "visit", linkId: "insta" }]);
    expect(one('[data-fact="done.insta"]').hidden).toBe(false);
  });
});

test.each([
  ["everyone", [false, false, false]],
  ["joiners", [true, false, true]],
] as const)("who has not joined: where %s earns", async (enrolment, [hidesBalance, hidesJoining, hidesRedeeming]) => {
  writeProgramme(fake.context, { ...aProgramme, enrolment });
  const stranger = { ...aMember, isMember: false };
  answers = [{ body: { ok: true, customer: stranger } }];
  const hidden = () => ['.rgl-hero[data-fact="member"]', '[data-fact="stranger"]', '[data-reward="amount-off"] [data-part=act]'].map((selector) => one(selector).hidden);
  await visit({ shopper: stranger });
  expect(hidden()).toEqual([hidesBalance, hidesJoining, hidesRedeeming]);
  open(".rgl-box");
  await settled(() => expect(app.heard).toHaveLength(1));
  await pause(20);
  expect(hidden()).toEqual([hidesBalance, hidesJoining, hidesRedeeming]);
});

test.each([
  ["en", "Order #1042", "Points for what you paid. Sencha: 30 points 25% more points", "They expire after 1 month."],
  ["ja", "ご注文 #1042", "お支払い金額に応じた付与です。 Sencha：30ポイント ポイント25%アップ", "有効期間は1か月です。"],
  ["zh-CN", "订单 #1042", "按实付金额计算。 Sencha：30 积分 积分多得 25%", "有效期为 1 个月。"],
])("%s: each line of the history opens to its reason, page by page", async (locale, label, why, expiry) => {
  await visitAndOpen({ locale });
  const entry = (id: string, points: number, rest: object) => ({ id, on: "2026-11-20", points, balance: 0, ...rest });
  answers = [
    { body: { ok: true, next: "98", entries: [entry("99", 1040, { kind: "order", why: { order: "#1042", percent: 125, lines: [{ title: "Sencha", points: 30 }] } }), entry("98", -12, { kind: "expire", why: { months: 1 } })] } },
    { body: { ok: true, next: null, entries: [entry("97", 5, { kind: "event", why: { event: "adjustment", note: "<b>Sorry</b>" } })] } },
  ];
  open("[data-fold=history]");
  await settled(() => expect(page().document.querySelectorAll(".rgl-entry")).toHaveLength(2));
  expect(textOf(".rgl-entry [data-part=label]")).toBe(label);
  expect([...page().document.querySelectorAll(".rgl-entry [data-part=points]")].map((each) => each.textContent)).toEqual(["+1,040", "−12"]);
  const reasons = () => [...page().document.querySelectorAll(".rgl-entry [data-part=why]")].map((each) => [...each.children].map((line) => line.textContent).join(" "));
  expect(reasons()[0]).toBe(why);
  expect(reasons()[1]).toContain(expiry);
  one("[data-do=more]").click();
  await settled(() => expect(page().document.querySelectorAll(".rgl-entry")).toHaveLength(3));
  expect(app.heard.at(-1)?.url.searchParams.get("before")).toBe("98");
  expect(reasons()[2]).toContain("<b>Sorry</b>");
  expect(one("[data-do=more]").hidden).toBe(true);
});

test("a referral link is asked for until there is one, and copied; a friend who was refused can be looked at again", async () => {
  await visitAndOpen();
  isOnline = false;
  open("[data-fold=referral]");
  await settled(() => expect(said()).toBe("No connection. Nothing was lost: try again."));
  isOnline = true;
  one("[data-fold=referral]").removeAttribute("open");
  await pause(10);
  answers = [{ body: { ok: true, code: null, path: null, friends: [] } }, { body: { ok: true, code: "MINA-4K7Q", path: "/discount/MINA-4K7Q?redirect=/", friends: [{ id: "7", on: "2026-11-01", state: "refused", points: 200, canAppeal: true }] } }];
  open("[data-fold=referral]");
  await settled(() => expect(one("[data-fold=referral] [data-part=link]").hidden).toBe(false));
  expect(one("[data-fold=referral] input")).toHaveProperty("value", `${page().location.origin}/discount/MINA-4K7Q?redirect=/`);
  expect(textOf("[data-list=friends]")).toBe("Nov 1, 2026 · Not counted Ask the shop to look again");
  expect(waits).toEqual([1000]);
  answers = [{ body: { ok: true, customer: aMember, coupon: null } }, { body: { ok: true, code: "MINA-4K7Q", path: "/discount/MINA-4K7Q?redirect=/", friends: [{ id: "7", on: "2026-11-01", state: "review", points: 200, canAppeal: false }] } }];
  one("[data-list=friends] button").click();
  await settled(() => expect(textOf("[data-list=friends]")).toBe("Nov 1, 2026 · Being checked"));
  expect([heardBodies(), said()]).toEqual([[{ wish: "appeal", friendId: "7" }], "Thank you. The shop will look at it again."]);
  const written: string[] = [];
  Object.assign(page().navigator, { clipboard: { writeText: async (text: string) => void written.push(text) } });
  one("[data-fold=referral] [data-do=copy]").click();
  await settled(() => expect(said()).toBe("Copied."));
  expect(written).toEqual([`${page().location.origin}/discount/MINA-4K7Q?redirect=/`]);
});
