import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createFakeSandbox, serveApp, serveRouter, type FakeSandbox, type Served } from "../../admin-shell/fake-context.ts";
import { aMember, aProgramme, writeProgramme, writeShopper } from "../../testing/loyalty-documents.ts";
import { createShopper } from "../../testing/shopper.ts";
import { anywhere, aSurvey, surveyNumbered, writeSurveys } from "../../testing/survey-documents.ts";
import { createStorefront } from "../storefront.ts";

const extensionsFolder = join(import.meta.dirname, "../../../extensions");
const readAsset = (name: string): string => readFileSync(join(extensionsFolder, "regulars-theme/assets", name), "utf8");
const script = readAsset("regulars-survey.js").replace("import(", "importCard("); // jsdom knows no modules
const card = `(() => { ${readAsset("regulars-survey-card.js").replaceAll("export ", "")} return { open, begin }; })()`;
type Tab = Window & typeof globalThis;
type Jsdom = { JSDOM: new (html: string, options: { url: string; runScripts: "outside-only"; pretendToBeVisual: true }) => { window: Tab } };
const { JSDOM } = createRequire(import.meta.url)("jsdom") as Jsdom; // it brings no types; Vitest's own jsdom would take URL away from the sandbox

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const EMAIL = "mina@example.com";

type Said = { wish: string; place: string; surveyIds?: string[]; surveyId?: string; answerId?: string; choices?: string[]; text?: string; language: string; page: string };
type Answer = { status?: number; body: object };
let fake: FakeSandbox;
let store: Served;
let app: Awaited<ReturnType<typeof serveApp>>;
/** what the app says to the next answers, oldest first; the last one goes on */
let answers: Answer[];
/** which of those it is asked about it lets ask */
let choose: (surveyIds: string[]) => string | null;
let isOnline: boolean;
/** of the shopper's own clock, in milliseconds */
let now: number;
let tab: Tab | null;

beforeEach(async () => {
  [answers, choose, isOnline, now, tab] = [[{ body: { ok: true, points: 0 } }], ([first = null]) => first, true, Date.UTC(2026, 10, 27), null];
  app = await serveApp((_request, response) => {
    const { wish, surveyIds = [] } = JSON.parse(app.heard.at(-1)?.body ?? "{}") as Partial<Said>; // what the script sends
    const { status = 200, body } = wish === "answer" ? ((answers.length > 1 ? answers.shift() : answers[0]) ?? { body: {} }) : { body: wish === "ask" ? { ok: true, surveyId: choose(surveyIds) } : { ok: true } };
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });
  fake = createFakeSandbox(app.url, extensionsFolder);
  store = await serveRouter(createStorefront(fake.context));
  writeProgramme(fake.context, aProgramme);
  writeShopper(fake.context, fake.context.state.createCustomer({ email: EMAIL }).id, aMember);
  writeSurveys(fake.context, [aSurvey]);
  fake.context.theme.files.saveEmbed("survey", { isOn: true, settings: {} });
});
afterEach(async () => {
  tab?.close();
  tab = null;
  await store.close();
  await app.close();
  fake.context.state.close();
});

type Visit = { path?: string; isMina?: boolean; isNewSession?: boolean; prepare?: (window: Tab) => void };

/** a page as a browser has it; what the browser keeps comes along from the page before */
async function visit({ path = "/?locale=en", isMina = false, isNewSession = false, prepare = () => undefined }: Visit = {}): Promise<void> {
  const shopper = createShopper(store.url);
  if (isMina) await shopper.post("/account/login", { email: EMAIL });
  const { window } = new JSDOM(await shopper.read(path), { url: store.url + path, runScripts: "outside-only", pretendToBeVisual: true });
  const cookie = shopper.cookie();
  for (const [key, value] of Object.entries<string>(tab?.localStorage ?? {})) window.localStorage.setItem(key, value);
  for (const [key, value] of Object.entries<string>(isNewSession ? {} : (tab?.sessionStorage ?? {}))) window.sessionStorage.setItem(key, value);
  tab?.close();
  tab = Object.assign(window, {
    fetch: async (url: string, init: RequestInit = {}) => {
      if (!isOnline) throw new TypeError("Failed to fetch");
      return fetch(store.url + url, { ...init, keepalive: false, headers: { ...(init.headers as Record<string, string> | undefined), cookie } }); // the script gives a plain object
    },
    importCard: async (url: string) => {
      expect((await fetch(store.url + url)).status).toBe(200);
      return window.eval(card) as unknown; // what the file exports
    },
    setTimeout: (run: () => void, ms = 0) => setTimeout(() => tab === window && run(), ms >= 1000 ? ms / 1000 : ms), // a second is a millisecond; a closed tab waits for nothing
    IntersectionObserver: class {
      constructor(told: (entries: object[], observer: object) => void) {
        setTimeout(() => told([{ isIntersecting: true }], this), 5);
      }
      observe = () => undefined;
      disconnect = () => undefined;
    },
  });
  window.Date.now = () => now;
  prepare(window);
  new window.MutationObserver(() => window.document.querySelectorAll("head link[href*=survey]").forEach((link) => link.dispatchEvent(new window.Event("load")))).observe(window.document.head, { childList: true }); // jsdom loads none
  window.eval(script);
}

const page = (): Document => tab?.document ?? expect.fail("nobody has visited");
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const shown = (): HTMLElement | null => page().querySelector<HTMLElement>("regulars-survey > .rgs-card");
const one = (selector: string): HTMLElement => shown()?.querySelector<HTMLElement>(selector) ?? expect.fail(`no ${selector}`);
const textOf = (selector: string): string => one(selector).textContent.replace(/\s+/g, " ").trim();
const step = (): string | undefined => [...(shown()?.querySelectorAll<HTMLElement>("[data-step]") ?? [])].find(({ hidden }) => !hidden)?.dataset["step"];
const heard = (wish?: string): Said[] => app.heard.map(({ body }) => JSON.parse(body) as Said).filter((said) => wish === undefined || said.wish === wish); // the script sends objects
const kept = (): Record<string, unknown> => JSON.parse(tab?.localStorage.getItem("regulars-survey") ?? "{}") as Record<string, unknown>; // likewise
const settled = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 3_000, interval: 5 });
const opened = (): Promise<void> => settled(() => expect(shown()).not.toBeNull());
const stayedShut = async (): Promise<void> => {
  await pause(60);
  expect(shown()).toBeNull();
};
const press = (key: string): boolean => page().dispatchEvent(new (tab ?? expect.fail()).KeyboardEvent("keydown", { key, bubbles: true }));
const write = (text: string): void => void Object.assign(one("[data-step]:not([hidden]) textarea"), { value: text });

describe("the moment", () => {
  test("of those whose moment has come the app chooses; the others wait for theirs", async () => {
    writeSurveys(fake.context, [surveyNumbered(1, { popup: { ...anywhere, seconds: 4 } }), surveyNumbered(2), surveyNumbered(3)]);
    choose = (ids) => ids.find((id) => id === surveyNumbered(1).id) ?? null;
    await visit();
    await opened();
    expect(textOf("h2")).toBe("Question 1");
    expect(heard("ask").map(({ surveyIds, place, language, page: path }) => [surveyIds, place, language, path])).toEqual([
      [[surveyNumbered(2).id, surveyNumbered(3).id], "popup", "en", "/"], [[surveyNumbered(1).id], "popup", "en", "/"],
    ]);
    expect(page().querySelector("[data-news]")?.textContent).toBe("A question for you: Question 1");
    expect(page().activeElement).toBe(page().body);
  });

  test.each([["login", { isMina: true }], ["return", {}]] as const)("%s comes once", async (on, who) => {
    writeSurveys(fake.context, [{ ...aSurvey, popup: { ...anywhere, on } }]);
    choose = () => null;
    const asks = async (wish: Visit, count: number) => {
      await visit({ ...who, ...wish });
      await pause(40); // longer than one second of the script's
      await settled(() => expect(heard("ask")).toHaveLength(count));
    };
    await asks({}, on === "login" ? 1 : 0); // whoever comes for the first time does not return
    await asks({}, on === "login" ? 1 : 0);
    now += 2 * DAY_MS;
    await asks({ isNewSession: true }, on === "login" ? 2 : 1);
    await asks({}, on === "login" ? 2 : 1);
  });

  test("nobody's login is no login", async () => {
    writeSurveys(fake.context, [{ ...aSurvey, popup: { ...anywhere, on: "login" } }]);
    await visit();
    await stayedShut();
  });

  test("what stands in the page does not pop up as well, and counts as asked once seen", async () => {
    writeSurveys(fake.context, [{ ...aSurvey, isInPage: true }]);
    await visit({ path: "/pages/loyalty?locale=en" });
    await settled(() => expect(heard("ask")).toHaveLength(1));
    await pause(30);
    expect(heard().map(({ wish, place }) => [wish, place])).toEqual([["ask", "page"]]);
    one('[value="taste"]').click();
    await settled(() => expect(step()).toBe("end"));
    expect(textOf("[data-part=end]")).toBe("Thank you for your answer.");
    press("Escape");
    expect(shown()).not.toBeNull();
    await visit({ path: "/pages/loyalty?locale=en" });
    await settled(() => expect(textOf("[data-part=end]")).toBe("You have answered already. Thank you!"));
    expect(heard("ask")).toHaveLength(1);
  });

  test("a message's link opens at once, whatever else holds; once, and with the focus", async () => {
    writeSurveys(fake.context, [surveyNumbered(1, { popup: null, countries: ["JP"] })]);
    await visit({ path: `/?locale=en&survey=${surveyNumbered(1).id}&utm_source=mail` });
    await opened();
    expect(heard("ask")).toMatchObject([{ place: "link", surveyIds: [surveyNumbered(1).id] }]);
    expect(page().activeElement).toBe(shown());
    expect(tab?.location.search).toBe("?locale=en&utm_source=mail");
    choose = () => null;
    await visit({ path: `/?locale=en&survey=${surveyNumbered(1).id}` });
    await settled(() => expect(textOf("[data-part=end]")).toBe("This question is closed, or you have answered it already. Thank you!"));
  });
});

describe("what a guest's browser remembers", () => {
  const second = surveyNumbered(2);
  beforeEach(() => writeSurveys(fake.context, [aSurvey, second]));

  test("an open question is there on the next page, another not for thirty days", async () => {
    await visit();
    await opened();
    now += 5 * MINUTE_MS;
    await visit();
    await opened();
    expect(heard("ask").map(({ surveyIds }) => surveyIds)).toEqual([[aSurvey.id, second.id], [aSurvey.id]]);
    now += 40 * MINUTE_MS;
    await visit();
    await stayedShut();
    now += 30 * DAY_MS;
    await visit();
    await opened();
  });

  test.each([["closed", () => one("[data-do=close]").click(), ["ask", "dismiss"]], ["closed by Escape", () => press("Escape"), ["ask", "dismiss"]], ["answered", () => one('[value="taste"]').click(), ["ask", "answer"]]])("%s, it never comes again", async (_what, act, wishes) => {
    await visit();
    await opened();
    act();
    await settled(() => expect(heard().map(({ wish }) => wish)).toEqual(wishes));
    await settled(() => expect(kept()["done"]).toEqual([aSurvey.id]));
    now += 31 * DAY_MS;
    await visit();
    await opened();
    expect(heard("ask").at(-1)?.surveyIds).toEqual([second.id]);
  });

  test("of a customer the app knows: nothing here keeps it from being asked", async () => {
    await visit({ isMina: true });
    await opened();
    one("[data-do=close]").click();
    await visit({ isMina: true });
    await opened();
    expect(heard("ask").at(-1)?.surveyIds).toEqual([aSurvey.id, second.id]);
  });
});

describe("consent", () => {
  let isAllowed: boolean;
  const withBanner = (window: Tab): void => {
    const customerPrivacy = { shouldShowBanner: () => !isAllowed, preferencesProcessingAllowed: () => isAllowed };
    const Shopify: Record<string, unknown> = { loadFeatures: (_features: object[], done: () => void) => void setTimeout(() => { Shopify["customerPrivacy"] = customerPrivacy; done(); }, 2) };
    Object.assign(window, { Shopify });
  };
  const tell = () => page().dispatchEvent(new (tab ?? expect.fail()).CustomEvent("visitorConsentCollected"));

  test("before it nothing opens and nothing is kept; after it, both", async () => {
    isAllowed = false;
    await visit({ prepare: withBanner });
    await stayedShut();
    tell(); // declined
    await stayedShut();
    expect([heard(), tab?.localStorage.length, tab?.sessionStorage.length]).toEqual([[], 0, 0]);
    isAllowed = true;
    tell();
    await opened();
    expect(kept()).toMatchObject({ id: aSurvey.id });
  });
});

describe("answering", () => {
  const followUp = { text: { en: "Why?", ja: "理由は？", "zh-CN": "为什么？" }, after: ["price"] };

  test("what failed is said in words, and tried again it is the same answer", async () => {
    await visit({ isMina: true });
    await opened();
    isOnline = false;
    one('[value="taste"]').click();
    await settled(() => expect(textOf("[data-part=say]")).toBe("No connection. Nothing was lost: try again."));
    isOnline = true;
    answers = [{ status: 429, body: { ok: false, reason: "too_many_requests" } }, { status: 500, body: { ok: false, reason: "something_new" } }, { body: { ok: true, points: 1 } }];
    for (const sentence of ["That was a lot at once. Try again in a minute.", "That did not work. You have lost nothing: try again later.", ""]) {
      one('[value="taste"]').click();
      await settled(() => expect(textOf("[data-part=say]")).toBe(sentence));
    }
    expect([step(), textOf("[data-part=got]")]).toEqual(["end", "You got 1 point."]);
    expect(new Set(heard("answer").map(({ answerId }) => answerId)).size).toBe(1);
    await settled(() => expect(shown()).toBeNull()); // by itself
    expect(heard("dismiss")).toEqual([]);
  });

  test.each([["already_answered", "You have answered already. Thank you!"], ["not_live", "This question is closed, or you have answered it already. Thank you!"]])("%s ends it", async (reason, sentence) => {
    answers = [{ status: 409, body: { ok: false, reason } }];
    await visit({ isMina: true });
    await opened();
    one('[value="taste"]').click();
    await settled(() => expect([step(), textOf("[data-part=end]")]).toEqual(["end", sentence]));
  });

  test("the reason is asked after the answers named, and sent with the same answer", async () => {
    writeSurveys(fake.context, [{ ...aSurvey, followUp, points: 1500 }]);
    answers = [{ body: { ok: true, points: 1500 } }, { body: { ok: true, points: 0 } }];
    await visit({ isMina: true });
    await opened();
    one('[value="price"]').click();
    await settled(() => expect(step()).toBe("reason"));
    expect(page().activeElement).toBe(one("[data-step=reason]"));
    write("  It is <b>dear</b> ");
    one("[data-step=reason] .is-strong").click();
    await settled(() => expect([step(), textOf("[data-part=got]")]).toEqual(["end", "You got 1,500 points."]));
    const [first, second] = heard("answer");
    expect([first?.choices, first?.text, second?.choices, second?.text]).toEqual([["price"], "", ["price"], "It is <b>dear</b>"]);
    expect(second?.answerId).toBe(first?.answerId);
  });

  test.each([["taste", null], ["price", "skip"]])("after %s it is over without a reason", async (choice, way) => {
    writeSurveys(fake.context, [{ ...aSurvey, followUp }]);
    await visit({ isMina: true });
    await opened();
    one(`[value="${choice}"]`).click();
    await settled(() => expect(step()).toBe(way === null ? "end" : "reason"));
    if (way !== null) one(`[data-do=${way}]`).click();
    expect(step()).toBe("end");
    expect(heard("answer")).toHaveLength(1);
  });

  test("several and text are sent when the shopper says so, and not empty", async () => {
    writeSurveys(fake.context, [{ ...aSurvey, kind: "several" }]);
    await visit({ isMina: true });
    await opened();
    one(".is-strong").click();
    await settled(() => expect(textOf("[data-part=say]")).toBe("Choose or write an answer first."));
    for (const value of ["taste", "friend"]) one(`[value="${value}"]`).click();
    one(".is-strong").click();
    await settled(() => expect(step()).toBe("end"));
    writeSurveys(fake.context, [{ ...surveyNumbered(2), kind: "text", choices: [] }]);
    await visit({ isMina: true });
    await opened();
    write("   ");
    one(".is-strong").click();
    await settled(() => expect(textOf("[data-part=say]")).toBe("Choose or write an answer first."));
    write("<i>Steep</i>");
    one(".is-strong").click();
    await settled(() => expect(step()).toBe("end"));
    expect(heard("answer").map(({ choices, text }) => [choices, text])).toEqual([[["taste", "friend"], ""], [[], "<i>Steep</i>"]]);
  });

  test("a random order keeps every choice, and mixes", async () => {
    const choices = Array.from({ length: 12 }, (_, at) => ({ id: `c${String(at).padStart(2, "0")}`, text: aSurvey.text, image: null }));
    writeSurveys(fake.context, [{ ...aSurvey, choices, isShuffled: true }]);
    await visit();
    await opened();
    const order = [...(shown()?.querySelectorAll("[name=choice]") ?? [])].map((choice) => choice.getAttribute("value") ?? "");
    expect(order.toSorted()).toEqual(choices.map(({ id }) => id));
    expect(order).not.toEqual(order.toSorted()); // one of 479 million orders
  });
});
