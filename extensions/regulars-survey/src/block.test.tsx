// @vitest-environment jsdom
import { render } from "preact";
import { setUpExtension } from "@shopify/ui-extensions-tester";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import english from "../locales/en.default.json" with { type: "json" };

const ORDER = "customer-account.order-status.block.render";
const THANKS = "purchase.thank-you.block.render";
const choice = (id: string, rest: object = {}) => ({ id, text: id, image: null, asksMore: false, ...rest });
const base = { id: "5d0a4a5c-8a0f-4d5b-9d57-0c6a2f5f0001", kind: "single", text: "Why did you buy?", choices: [], isShuffled: false, low: null, high: null, followUp: null, thanks: null, points: 0 };
const single = { ...base, choices: [choice("gift", { text: "A gift" }), choice("myself", { text: "For myself" })] };
const several = { ...single, kind: "several" };
const yesNo = { ...base, kind: "yes_no", choices: [choice("yes"), choice("no")] };
const scale = { ...base, kind: "scale", choices: ["1", "2", "3", "4", "5"].map((id) => choice(id)) };
const nps = { ...base, kind: "nps", choices: Array.from({ length: 11 }, (_, id) => choice(String(id), { asksMore: id <= 6 })), followUp: "What is the reason?" };
const text = { ...base, kind: "text" };

type Extension = ReturnType<typeof setUpExtension>;
let extension: Extension | undefined;
const said = new Set<string>();

beforeEach(() => vi.stubEnv("APP_URL", "https://regulars.test"));
afterEach(() => {
  render(null, document.body);
  extension?.[Symbol.dispose]();
  extension = undefined;
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

type Answering = () => Response | Promise<Response>;
const json = (body: unknown, status = 200): Answering => () => Response.json(body, { status });
const asking = (survey: object | null): Answering => json({ survey });
const offline: Answering = () => Promise.reject(new TypeError("Failed to fetch"));

/** Opened at a target; the app answers one after the other, the last one from then on. */
function open(target: typeof ORDER | typeof THANKS, ...answers: Answering[]) {
  const opened = setUpExtension(target);
  extension = opened; // of any target: it is only taken down again
  const ask = vi.fn(async (_address: string, _init: RequestInit) => (answers.length > 1 ? answers.shift() : answers[0])?.() ?? new Response());
  opened.fetch = ask as unknown as typeof fetch; // the block passes an address, never a Request
  opened.shopify.i18n.translate = ((key: string, values: Record<string, string>) => {
    said.add(key);
    return [key === "locale" ? "ja" : key, ...Object.values(values ?? {})].join(" ");
  }) as typeof opened.shopify.i18n.translate; // the block only asks for plain texts
  const sent = () => ask.mock.calls.filter(([, { method }]) => method === "POST").map(([, { body }]): Record<string, unknown> => JSON.parse(typeof body === "string" ? body : ""));
  const asked = () => ask.mock.calls.filter(([, { method }]) => method !== "POST");
  return { ask, opened, sent, asked };
}

/** At once on the thank-you page, with the first answer the question. */
async function show(survey: object, ...answers: Answering[]) {
  const page = open(THANKS, asking(survey), ...answers);
  await page.opened.render();
  await settled(() => expect(heading()).toBe(base.text));
  return page;
}

const texts = (selector: string) => [...document.body.querySelectorAll(selector)].map(({ textContent }) => textContent);
const heading = () => document.querySelector("s-section")?.getAttribute("heading");
const news = () => [...document.querySelectorAll('s-stack[accessibilityrole="status"] s-text')].map(({ textContent }) => textContent);
const settled = (check: () => void) => vi.waitFor(check, { interval: 2 });
const quiet = () => new Promise((resolve) => { setTimeout(resolve, 20); });

function tap(words: string): void {
  const button = [...document.querySelectorAll("s-button")].find(({ textContent }) => textContent === words);
  if (button === undefined) throw new Error(`there is no button ${words}`);
  button.dispatchEvent(new Event("click"));
}
function fill(selector: string, event: "input" | "change", fields: object): void {
  const field = document.querySelector(selector);
  if (field === null) throw new Error(`there is no ${selector}`);
  Object.assign(field, fields);
  field.dispatchEvent(new Event(event, { bubbles: true }));
}

describe("asking", () => {
  test("it asks once, with its token, in the language of its own words, and shows the question with its promise", async () => {
    const { ask } = await show({ ...single, points: 30 });
    const [address, init] = ask.mock.calls[0] ?? [];
    expect(address).toMatch(/^https:\/\/regulars[.]test\/account\/survey[?]locale=ja/);
    expect(init?.headers).toEqual({ Authorization: "Bearer mock-session-token" });
    expect(texts("s-text")).toEqual(["promise 30"]);
    expect(texts("s-button")).toEqual(["A gift", "For myself"]);
    await quiet();
    expect(ask).toHaveBeenCalledTimes(1);
  });

  test("the order's country goes with it, and what this browser has shown, for half an hour as open unless it was answered", async () => {
    const clock = vi.spyOn(Date, "now");
    const { asked, opened } = open(THANKS, asking(single));
    Object.assign(opened.shopify.localization, { country: { value: { isoCode: "JP" }, subscribe: () => () => undefined } });
    const reload = async (ago: number) => {
      const count = asked().length;
      render(null, document.body);
      clock.mockReturnValue(1_000_000 + ago);
      await opened.render();
      await settled(() => expect(asked()).toHaveLength(count + 1));
      await settled(() => expect(heading()).toBe(base.text));
    };
    await reload(0);
    await vi.waitFor(async () => expect(await opened.shopify.storage.read("shown")).toEqual([{ id: base.id, at: 1_000_000, isAnswered: false }]));
    await reload(60_000);
    await reload(1_800_000);
    const { id: seen } = base;
    const queries = asked().map(([address]) => Object.fromEntries(new URL(address).searchParams));
    expect(queries).toEqual([{ locale: "ja", country: "JP" }, { locale: "ja", country: "JP", seen, ago: "60000", open: seen }, { locale: "ja", country: "JP", seen, ago: "1800000" }]);
  });

  test("what was answered stands open no more", async () => {
    const { asked, opened } = await show(single, json({ ok: true, points: 0 }), asking(null));
    tap("A gift");
    await vi.waitFor(async () => expect(await opened.shopify.storage.read("shown")).toMatchObject([{ id: base.id, isAnswered: true }]));
    render(null, document.body);
    await opened.render();
    await settled(() => expect(asked()).toHaveLength(2));
    expect([...new URL(asked()[1]?.[0] ?? "").searchParams.keys()]).not.toContain("open");
  });

  test("a browser that keeps nothing is asked all the same", async () => {
    const { opened } = open(THANKS, asking(single));
    Object.assign(opened.shopify.storage, { read: () => Promise.reject(new Error("no storage")), write: () => Promise.reject(new Error("no storage")) });
    await opened.render();
    await settled(() => expect(heading()).toBe(base.text));
  });

  test("where the shop's banner waits for consent nothing is asked or kept before it, and then once", async () => {
    const { ask, opened } = open(THANKS, asking(single));
    let tell: ((privacy: unknown) => void) | undefined;
    const privacy = (preferences: boolean) => ({ shouldShowBanner: true, allowedProcessing: { preferences } });
    Object.assign(opened.shopify, { customerPrivacy: { value: privacy(false), subscribe: (listen: typeof tell) => { tell = listen; return () => undefined; } } });
    await opened.render();
    await settled(() => expect(tell).toBeDefined());
    tell?.(privacy(false));
    await quiet();
    expect(ask).not.toHaveBeenCalled();
    expect(await opened.shopify.storage.read("shown")).toBeNull();
    tell?.(privacy(true));
    tell?.(privacy(true));
    await settled(() => expect(heading()).toBe(base.text));
    expect(ask).toHaveBeenCalledTimes(1);
  });

  test.each<[string, Answering]>([
    ["where no survey asks", asking(null)],
    ["without a connection", offline],
    ["to a stranger", json({ ok: false, reason: "not_logged_in" }, 401)],
    ["for no JSON", () => new Response("<!doctype html>")],
    ["for other JSON", json({ hello: "world" })],
    ["for a kind of question that is not known here", asking({ ...single, kind: "drawing" })],
    ["for nothing", json(null)],
  ])("nothing at all is shown %s", async (_name, answer) => {
    const { ask, opened } = open(ORDER, answer);
    await opened.render();
    await settled(() => expect(ask).toHaveBeenCalled());
    await quiet();
    expect(document.body.children).toHaveLength(0);
  });

  test("choices come in another order where the shop wants it", async () => {
    const numbers = [9, 1];
    vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => { if (array instanceof Uint32Array) array[0] = numbers.shift() ?? 0; return array; });
    await show({ ...single, isShuffled: true });
    expect(texts("s-button")).toEqual(["For myself", "A gift"]);
  });
});

describe("each kind of question", () => {
  test("one choice is one tap, told with the order, and thanked for with its points", async () => {
    const { sent } = await show({ ...single, points: 30 }, json({ ok: true, points: 30 }));
    tap("A gift");
    await settled(() => expect(news()).toEqual(["thanks", "earned 30"]));
    expect(sent()).toEqual([{ surveyId: base.id, answerId: expect.stringMatching(/^[0-9a-f-]{36}$/), choices: ["gift"], text: "", language: "ja", order: expect.stringMatching(/^gid:/) }]);
    expect(texts("s-button")).toEqual(["change"]);
  });
  test("within the hour it is changed: the same answer, sent anew; later it is not", async () => {
    const { sent } = await show({ ...single, points: 30 }, json({ ok: true, points: 30 }), json({ ok: true, points: 30 }), json({ ok: false, reason: "already_answered" }, 409));
    for (const choice of ["A gift", "For myself"]) {
      tap(choice);
      await settled(() => expect(texts("s-button")).toEqual(["change"]));
      tap("change");
      await settled(() => expect(texts("s-button")).toEqual(["A gift", "For myself"]));
    }
    expect(new Set(sent().map(({ answerId }) => answerId)).size).toBe(1);
    expect(sent().map(({ choices }) => choices)).toEqual([["gift"], ["myself"]]);
    tap("A gift");
    await settled(() => expect(news()).toEqual(["already"]));
    expect(texts("s-button")).toEqual([]);
  });
  test("after an hour nothing offers to change it", async () => {
    await show(single, json({ ok: true, points: 0 }));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    tap("A gift");
    await settled(() => expect(texts("s-button")).toEqual(["change"]));
    await settled(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
    vi.advanceTimersByTime(3_600_000);
    vi.useRealTimers();
    await settled(() => expect(texts("s-button")).toEqual([]));
  });
  test("the shop's own thanks are said; no points are none", async () => {
    await show({ ...single, thanks: "Lovely!" }, json({ ok: true, points: 0 }));
    tap("For myself");
    await settled(() => expect(news()).toEqual(["Lovely!"]));
  });
  test("an image stands beside its choice and is silent", async () => {
    await show({ ...single, choices: [choice("gift", { image: "https://cdn.example.com/gift.png" }), choice("myself")] });
    const images = [...document.querySelectorAll("s-image")].map((image) => [image.getAttribute("src"), image.getAttribute("alt")]);
    expect(images).toEqual([["https://cdn.example.com/gift.png", ""]]);
  });
  test("of several choices at least one is sent", async () => {
    const { sent } = await show(several, json({ ok: true, points: 0 }));
    expect(texts("s-choice")).toEqual(["A gift", "For myself"]);
    expect(document.querySelector("s-choice-list")?.getAttribute("label")).toBe(base.text);
    tap("send");
    await settled(() => expect(document.querySelector("s-choice-list")?.getAttribute("error")).toBe("choose"));
    expect(sent()).toEqual([]);
    fill("s-choice-list", "change", { values: ["gift", "myself"] });
    await settled(() => expect(document.querySelector("s-choice-list")?.hasAttribute("error")).toBe(false));
    tap("send");
    await settled(() => expect(news()).toEqual(["thanks"]));
    expect(sent()).toMatchObject([{ choices: ["gift", "myself"], text: "" }]);
  });
  test("yes and no are in the block's own words", async () => {
    const { sent } = await show(yesNo, json({ ok: true, points: 0 }));
    expect(texts("s-button")).toEqual(["yes", "no"]);
    tap("no");
    await settled(() => expect(news()).toEqual(["thanks"]));
    expect(sent()).toMatchObject([{ choices: ["no"] }]);
  });
  test.each([
    ["our words", scale, ["end 1 bad", "point 2 5", "point 3 5", "point 4 5", "end 5 good"]],
    ["the shop's", { ...scale, low: "Bitter", high: "Sweet" }, ["end 1 Bitter", "point 2 5", "point 3 5", "point 4 5", "end 5 Sweet"]],
  ])("a scale says what its ends mean, in %s", async (_whose, survey, labels) => {
    const { sent } = await show(survey, json({ ok: true, points: 0 }));
    expect(texts("s-button")).toEqual(["1", "2", "3", "4", "5"]);
    expect([...document.querySelectorAll("s-button")].map((button) => button.getAttribute("accessibilitylabel"))).toEqual(labels);
    expect(texts("s-text")).toEqual([labels[0], labels[4]]);
    tap("4");
    await settled(() => expect(news()).toEqual(["thanks"]));
    expect(sent()).toMatchObject([{ choices: ["4"] }]);
  });
  test("a recommendation goes from 0 to 10", async () => {
    const { sent } = await show(nps, json({ ok: true, points: 0 }));
    expect(texts("s-button")).toHaveLength(11);
    expect(texts("s-text")).toEqual(["end 0 unlikely", "end 10 likely"]);
    tap("10");
    await settled(() => expect(news()).toEqual(["thanks"]));
    expect(sent()).toMatchObject([{ choices: ["10"] }]);
  });
  test("a text is sent without blanks around it, and not empty", async () => {
    const { sent } = await show(text, json({ ok: true, points: 0 }));
    fill("s-text-area", "input", { value: "   " });
    tap("send");
    await settled(() => expect(document.querySelector("s-text-area")?.getAttribute("error")).toBe("write"));
    expect(document.querySelector("s-text-area")?.getAttribute("maxlength")).toBe("1000");
    fill("s-text-area", "input", { value: "  <b>Good</b> tea " });
    await settled(() => expect(document.querySelector("s-text-area")?.hasAttribute("error")).toBe(false));
    tap("send");
    await settled(() => expect(news()).toEqual(["thanks"]));
    expect(sent()).toMatchObject([{ choices: [], text: "<b>Good</b> tea" }]);
  });
});

describe("the follow-up", () => {
  test("comes after the answers it is for, adds its text to the same answer, and loses no points", async () => {
    const { sent } = await show({ ...nps, points: 30 }, json({ ok: true, points: 30 }), json({ ok: true, points: 0 }));
    tap("3");
    await settled(() => expect(document.querySelector("s-text-area")?.getAttribute("label")).toBe("What is the reason?"));
    expect(news()).toEqual(["thanks", "earned 30"]);
    fill("s-text-area", "input", { value: "Too slow" });
    await quiet();
    tap("send");
    await settled(() => expect(document.querySelector("s-text-area")).toBeNull());
    expect(news()).toEqual(["thanks", "earned 30"]);
    const [first, second] = sent();
    expect([first, second]).toMatchObject([{ choices: ["3"], text: "" }, { choices: ["3"], text: "Too slow" }]);
    expect(second?.["answerId"]).toBe(first?.["answerId"]);
  });
  test("may be skipped", async () => {
    const { sent } = await show(nps, json({ ok: true, points: 0 }));
    tap("0");
    await settled(() => expect(texts("s-button")).toEqual(["send", "skip"]));
    tap("skip");
    await settled(() => expect(document.querySelector("s-text-area")).toBeNull());
    expect(sent()).toHaveLength(1);
  });
});

describe("when it goes wrong", () => {
  test.each<[string, Answering]>([["without a connection", offline], ["for somebody too quick", json({ ok: false, reason: "too_many_requests" }, 429)], ["by a server's fault", () => new Response("oops", { status: 500 })]])(
    "%s it says so, and the same answer is sent when the shopper tries again", async (_name, trouble) => {
      const { sent } = await show(single, trouble, json({ ok: true, points: 0 }));
      tap("A gift");
      await settled(() => expect(news()).toEqual(["failed"]));
      tap("A gift");
      await settled(() => expect(news()).toEqual(["thanks"]));
      const [first, second] = sent();
      expect(second).toEqual(first);
    });
  test.each([["not_live", "closed"], ["already_answered", "already"]])("%s ends it in a sentence", async (reason, words) => {
    await show(single, json({ ok: false, reason }, 409));
    tap("A gift");
    await settled(() => expect(news()).toEqual([words]));
    expect(texts("s-button")).toEqual([]);
  });
  test("while an answer is on its way nothing else can be tapped", async () => {
    const later = Promise.withResolvers<Response>();
    await show(single, () => later.promise);
    tap("A gift");
    const state = (name: string) => [...document.querySelectorAll("s-button")].map((button) => button.hasAttribute(name) && button.getAttribute(name) !== "false");
    await settled(() => expect(state("disabled")).toEqual([true, true]));
    expect(state("loading")).toEqual([true, false]);
    later.resolve(Response.json({ ok: true, points: 0 }));
    await settled(() => expect(news()).toEqual(["thanks"]));
  });
});

test("an order that is told after the page goes with the answer", async () => {
  const { opened, sent } = open(ORDER, asking(single), json({ ok: true, points: 0 }));
  const order: { value: { id: string } | undefined; subscribe: () => () => void } = { value: undefined, subscribe: () => () => undefined };
  Object.assign(opened.shopify, { order });
  await opened.render();
  await settled(() => expect(heading()).toBe(base.text));
  order.value = { id: "gid://shopify/Order/2" };
  tap("A gift");
  await settled(() => expect(news()).toEqual(["thanks"]));
  expect(sent()).toMatchObject([{ order: "gid://shopify/Order/2" }]);
});

test("every word it says is in its locales, and every word there is said", () => {
  expect([...said].sort()).toEqual(Object.keys(english).sort());
});
