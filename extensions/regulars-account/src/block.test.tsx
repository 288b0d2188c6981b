// @vitest-environment jsdom
import { render } from "preact";
import { setUpExtension } from "@shopify/ui-extensions-tester";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import english from "../locales/en.default.json" with { type: "json" };

const PROFILE = "customer-account.profile.block.render";
const ORDER = "customer-account.order-status.block.render";
const THANKS = "purchase.thank-you.block.render";
const account = { isMember: true, balance: 1240, owed: 0, pending: 0, waiting: 0, tier: "Gold", spendableUntil: "2026-12-03", expiring: 50 };
const earning = { points: 1, perAmount: 1, currency: "USD", forTotal: 42 };
const live = { isLive: true, pointName: null, earning, account, order: null };
const earned = { points: 42, pending: 42, availableOn: "2026-12-10" };

type Extension = ReturnType<typeof setUpExtension>;
let extension: Extension | undefined;
const said = new Set<string>();

beforeEach(() => vi.stubEnv("APP_URL", "https://regulars.test"));
afterEach(() => {
  render(null, document.body);
  extension?.[Symbol.dispose]();
  extension = undefined;
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

/** Opened at a target; the app answers one after the other, the last one from then on. */
function open(target: typeof PROFILE | typeof ORDER | typeof THANKS, ...answers: (() => Response | Promise<Response>)[]) {
  const opened = setUpExtension(target);
  extension = opened; // of any target: it is only taken down again
  const ask = vi.fn(async (_address: string, _init: RequestInit) => (answers.length > 1 ? answers.shift() : answers[0])?.() ?? new Response());
  opened.fetch = ask as unknown as typeof fetch; // the block passes an address, never a Request
  opened.shopify.i18n.translate = ((key: string, values: Record<string, string>) => {
    said.add(key);
    return [key === "locale" ? "ja" : key, ...Object.values(values ?? {})].join(" ");
  }) as typeof opened.shopify.i18n.translate; // the block only asks for plain texts
  opened.shopify.i18n.formatDate = (date) => date.toISOString().slice(0, 10);
  return { ask, opened };
}

const json = (body: unknown, status = 200) => () => Response.json(body, { status });
const shown = () => [...document.body.querySelectorAll("s-text")].map(({ textContent }) => textContent);
const heading = () => document.querySelector("s-section")?.getAttribute("heading");
const settled = (check: () => void) => vi.waitFor(check, { interval: 2 });
const queryOf = (address: string | undefined) => Object.fromEntries(new URL(address ?? "https://none.test").searchParams);

test("the account asks with its token, in the language of its own words, and says what there is", async () => {
  const { ask, opened } = open(PROFILE, json(live));
  await opened.render();
  await settled(() => expect(shown()).toEqual(["balance", "1240", "tier", "Gold", "expiring 2026-12-03", "50"]));
  expect(heading()).toBe("heading");
  const [address, init] = ask.mock.calls[0] ?? [];
  expect(address).toMatch(/^https:\/\/regulars[.]test\/account\/loyalty[?]/);
  expect(queryOf(address)).toEqual({ locale: "ja" });
  expect(init?.headers).toEqual({ Authorization: "Bearer mock-session-token" });
});

test("points have the name the shop gave them; debt and what waits are said, what is not there is not", async () => {
  const { opened } = open(PROFILE, json({ ...live, pointName: "Leaves", account: { ...account, balance: 0, owed: 30, waiting: 7, tier: null, spendableUntil: null, expiring: 0 } }));
  await opened.render();
  await settled(() => expect(shown()).toEqual(["balance", "0", "owed", "30", "waiting", "7"]));
  expect(heading()).toBe("Leaves");
});

test("an order's page says what the order earned, and from when it can be spent", async () => {
  const { ask, opened } = open(ORDER, json({ ...live, order: earned }));
  await opened.render();
  await settled(() => expect(shown().slice(0, 4)).toEqual(["earned", "42", "pending 2026-12-10", "42"]));
  expect(queryOf(ask.mock.calls[0]?.[0])).toEqual({ locale: "ja", order: "gid://shopify/Order/1" });
  expect(ask).toHaveBeenCalledTimes(1);
});

test("an order that is told after the page is asked for then", async () => {
  const { ask, opened } = open(ORDER, json(live), json({ ...live, order: { points: 5, pending: 0, availableOn: null } }));
  let tell = (): void => undefined;
  const order: { value: { id: string } | undefined; subscribe: (listen: () => void) => () => void } = { value: undefined, subscribe: (listen) => { tell = listen; return () => undefined; } };
  Object.assign(opened.shopify, { order });
  await opened.render();
  await settled(() => expect(shown()).toContain("balance"));
  expect(queryOf(ask.mock.calls[0]?.[0])).toEqual({ locale: "ja" });
  order.value = { id: "gid://shopify/Order/2" };
  tell();
  await settled(() => expect(shown().slice(0, 2)).toEqual(["earned", "5"]));
  expect(queryOf(ask.mock.calls[1]?.[0])).toEqual({ locale: "ja", order: "gid://shopify/Order/2" });
});

test("after a purchase the app is asked again until it has heard of the order, and not for ever", async () => {
  vi.useFakeTimers();
  const { ask, opened } = open(THANKS, json(live), json(live), json({ ...live, order: earned }));
  await opened.render();
  await vi.advanceTimersByTimeAsync(100);
  expect(shown()).not.toContain("earned");
  await vi.advanceTimersByTimeAsync(7_000);
  expect(shown().slice(0, 2)).toEqual(["earned", "42"]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ask).toHaveBeenCalledTimes(3);
  expect(queryOf(ask.mock.calls[0]?.[0])).toMatchObject({ order: expect.stringMatching(/^gid:/), total: expect.any(String), currency: "USD" });
});

test("an order nobody ever counts is asked for five times", async () => {
  vi.useFakeTimers();
  const { ask, opened } = open(THANKS, json(live));
  await opened.render();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ask).toHaveBeenCalledTimes(5);
});

describe("whoever is not logged in is shown how points are earned, and nothing else", () => {
  test("by the total, where it is in the shop's money", async () => {
    const { ask, opened } = open(THANKS, json({ ...live, account: null }));
    await opened.render();
    await settled(() => expect(shown()).toEqual(["forTotal", "42", "join"]));
    expect(heading()).toBe("guestHeading");
    expect(ask).toHaveBeenCalledTimes(1);
  });
  test("by the rule, where it is not", async () => {
    const { opened } = open(THANKS, json({ ...live, account: null, earning: { ...earning, forTotal: null } }));
    await opened.render();
    await settled(() => expect(shown()).toEqual(["rate 1", "1", "join"]));
  });
});

describe("nothing at all is shown", () => {
  test.each<[string, () => Response | Promise<Response>]>([
    ["while the programme is not live", json({ isLive: false })],
    ["for nobody, where orders earn nothing", json({ ...live, account: null, earning: null })],
    ["without a connection", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["to a stranger", json({ ok: false }, 401)],
    ["for no JSON", () => new Response("<!doctype html>")],
    ["for other JSON", json({ hello: "world" })],
    ["for nothing", json(null)],
  ])("%s", async (_name, answer) => {
    const { ask, opened } = open(PROFILE, answer);
    await opened.render();
    await settled(() => expect(ask).toHaveBeenCalled());
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    expect(document.body.children).toHaveLength(0);
  });
});

test("every word it says is in its locales, and every word there is said", () => {
  expect([...said].sort()).toEqual(Object.keys(english).sort());
});
