// @vitest-environment jsdom
import { render } from "preact";
import { setUpExtension } from "@shopify/ui-extensions-tester";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import english from "../locales/en.default.json" with { type: "json" };

const TARGET = "admin.customer-details.block.render";
const known = { stage: "At risk", stageTone: "critical", chance90: "12 %", nextOrderOn: "Dec 3, 2026", reasons: ["Usually orders every 34 days; 71 days since the last"], isKnown: true };

let extension: ReturnType<typeof setUpExtension<typeof TARGET>>;
beforeEach(() => {
  extension = setUpExtension(TARGET);
  extension.shopify.data.selected = [{ id: "gid://shopify/Customer/7400000000001" }];
});
afterEach(() => {
  render(null, document.body);
  extension[Symbol.dispose]();
});

/** What the app answers, one after the other; the last one from then on. */
function answers(...bodies: (() => Response | Promise<Response>)[]) {
  const ask = vi.fn(async (_address: string) => (bodies.length > 1 ? bodies.shift() : bodies[0])?.() ?? new Response());
  extension.fetch = ask as unknown as typeof fetch; // the block passes an address, never a Request
  return ask;
}
function speak(say: (key: string) => string): void {
  extension.shopify.i18n.translate = say as typeof extension.shopify.i18n.translate; // the block only asks for plain texts
}
const json = (body: unknown, status = 200) => () => Response.json(body, { status });
const shown = (selector: string) => [...document.body.querySelectorAll(selector)].map(({ textContent }) => textContent);
const settled = (check: () => void) => vi.waitFor(check, { interval: 2 });

test("it asks the app for the open customer, in the language of its own words", async () => {
  const ask = answers(json(known));
  speak((key) => (key === "locale" ? "zh-CN" : key));
  await extension.render();
  await settled(() => expect(ask).toHaveBeenCalledWith("/app/customer-block/7400000000001?locale=zh-CN", expect.objectContaining({ signal: expect.any(AbortSignal) })));
});

test("a known customer has stage, chance, day, reasons and the way into the app", async () => {
  answers(json(known));
  await extension.render();
  await settled(() => expect(shown("s-badge")).toEqual(["At risk"]));
  expect(document.querySelector("s-badge")?.getAttribute("tone")).toBe("critical");
  expect(shown("s-text")).toEqual(["stage", "chance90", "12 %", "nextOrderOn", "Dec 3, 2026", "reasons"]);
  expect(shown("s-list-item")).toEqual(known.reasons);
  expect(document.querySelector("s-link")?.getAttribute("href")).toBe("app:app/customers/7400000000001");
  expect(document.querySelector("s-admin-block")?.getAttribute("heading")).toBe("heading");
});

test("what is too early to say is said to be, no more than three reasons are given, and an unknown tone is a quiet one", async () => {
  answers(json({ ...known, chance90: null, nextOrderOn: null, stageTone: "purple", reasons: ["a", "b", "c", "d"] }));
  await extension.render();
  await settled(() => expect(shown("s-list-item")).toEqual(["a", "b", "c"]));
  expect(shown("s-text").filter((text) => text === "unsaid")).toHaveLength(2);
  expect(document.querySelector("s-badge")?.getAttribute("tone")).toBe("neutral");
});

test("without reasons nothing asks why", async () => {
  answers(json({ ...known, reasons: [] }));
  await extension.render();
  await settled(() => expect(shown("s-badge")).toEqual(["At risk"]));
  expect(shown("s-text")).not.toContain("reasons");
});

test("while the app thinks, something turns in a box as high as the answer's", async () => {
  const later = Promise.withResolvers<Response>();
  answers(() => later.promise);
  await extension.render();
  const height = document.querySelector("s-box")?.getAttribute("minBlockSize");
  expect(document.querySelector("s-spinner")?.getAttribute("accessibilityLabel")).toBe("loading");
  later.resolve(Response.json(known));
  await settled(() => expect(document.querySelector("s-spinner")).toBeNull());
  expect(height).toMatch(/^\d+px$/);
  expect(document.querySelector("s-box")?.getAttribute("minBlockSize")).toBe(height);
});

test("somebody Regulars does not know is told in a sentence, without a retry", async () => {
  answers(json(null, 404));
  await extension.render();
  await settled(() => expect(shown("s-paragraph")).toEqual(["unknown"]));
  expect(shown("s-button")).toEqual([]);
});

describe("an app that cannot be reached is said to be, and asked again on request", () => {
  test.each<[string, () => Response | Promise<Response>]>([
    ["no connection", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["a server error", json({ message: "Internal Error" }, 500)],
    ["no JSON", () => new Response("<!doctype html>")],
    ["other JSON", json({ hello: "world" })],
    ["nothing", json(null)],
  ])("%s", async (_name, trouble) => {
    const ask = answers(trouble, json(known));
    await extension.render();
    await settled(() => expect(shown("s-paragraph")).toEqual(["unreachable"]));
    document.querySelector("s-button")?.dispatchEvent(new Event("click"));
    await settled(() => expect(shown("s-badge")).toEqual(["At risk"]));
    expect(ask).toHaveBeenCalledTimes(2);
  });
});

test("every word it says is in its locales, and every word there is said", async () => {
  const said = new Set<string>();
  const listen = async (...bodies: (() => Response)[]) => {
    answers(...bodies);
    speak((key) => {
      said.add(key);
      return key;
    });
    await extension.render();
    await settled(() => expect(document.querySelector("s-spinner")).toBeNull());
    render(null, document.body);
  };
  await listen(json({ ...known, chance90: null }));
  await listen(json(null, 404));
  await listen(json(null, 500));
  expect([...said].sort()).toEqual(Object.keys(english).sort());
});
