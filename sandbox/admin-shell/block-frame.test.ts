// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

type Host = { extend(target: string, draw: () => unknown): Promise<void>; i18n: { translate(key: string): string }; data: { selected: { id: string }[] } };
declare const shopify: Host; // what the script under test puts there

const TARGET = "admin.customer-details.block.render";
const FAILED = "This block could not be loaded";
const facts = { target: TARGET, resource: "gid://shopify/Customer/7", locale: "ja", words: { heading: "見通し" }, app: { name: "Regulars", home: "/admin/apps/regulars" }, failed: FAILED };

const read = (file: string) => readFileSync(join(import.meta.dirname, "public", file), "utf8");
const parent = { postMessage: vi.fn() };
const askApp = vi.fn(async (_url: URL, _options: { headers: Headers }) => new Response());

beforeAll(() => {
  document.head.innerHTML = `<script type="application/json" id="block-data">${JSON.stringify(facts)}</script>`;
  vi.stubGlobal("ResizeObserver", class { observe = () => undefined; });
  vi.stubGlobal("parent", parent);
  vi.stubGlobal("fetch", askApp);
  runInThisContext(read("block-elements.js"));
  runInThisContext(read("block-frame.js"));
});
beforeEach(() => {
  document.body.replaceChildren();
  vi.clearAllMocks();
});

describe("a block", () => {
  test("draws for the resource of the page, in the visitor's words", async () => {
    await shopify.extend(TARGET, () => { document.body.textContent = `${shopify.i18n.translate("heading")} ${shopify.data.selected[0]?.id ?? ""}`; });
    await shopify.extend("admin.order-details.block.render", () => { throw new Error("not asked for"); });
    expect(document.body.textContent).toBe("見通し gid://shopify/Customer/7");
  });

  test("asks with a fresh session token, which the Admin's page gives", async () => {
    const asked = fetch("/app/customer-block/7");
    const [{ question }] = parent.postMessage.mock.calls[0] as [{ question: string }]; // the frame's own words
    window.dispatchEvent(Object.assign(new Event("message"), { source: parent, data: { channel: "block", question, value: "token-1" } }));
    await asked;
    expect(String(askApp.mock.calls[0]?.[0])).toMatch(/\/app\/customer-block\/7$/);
    expect(askApp.mock.calls[0]?.[1].headers.get("Authorization")).toBe("Bearer token-1");
  });

  test("gives its token to no other address", async () => {
    await fetch("https://example.com/");
    expect(parent.postMessage).not.toHaveBeenCalled();
    expect(askApp.mock.calls[0]?.[1].headers.has("Authorization")).toBe(false);
  });

  test.each(["error", "unhandledrejection"])("that breaks (%s) is replaced by a sentence", (type) => {
    document.body.innerHTML = "<s-text>half of it</s-text>";
    window.dispatchEvent(new Event(type));
    expect(document.body.innerHTML).toBe(`<p class="failed" role="alert">${FAILED}</p>`);
  });

  test("whose script does not load, too: that news does not bubble", () => {
    document.head.append(document.createElement("script"));
    document.head.lastElementChild?.dispatchEvent(new Event("error"));
    expect(document.body.textContent).toBe(FAILED);
  });

  test("that throws while it draws is replaced, and the developer hears why", async () => {
    await expect(shopify.extend(TARGET, () => { throw new Error("broken"); })).rejects.toThrow("broken");
    expect(document.body.textContent).toBe(FAILED);
  });

  test("that asks Shopify for what the sandbox has not is told so by name", () => {
    expect(() => Reflect.get(shopify, "storage") as unknown).toThrow("sandbox: shopify.storage is not implemented"); // nothing is there
  });
});

describe("its elements", () => {
  const make = (markup: string) => {
    document.body.innerHTML = markup;
    return document.body.firstElementChild;
  };
  test.each([["app:app/customers/7", "/admin/apps/regulars/app/customers/7"], ["app:/app", "/admin/apps/regulars/app"], ["shopify:admin/orders/5", "/admin/orders/5"], ["https://example.com/", "https://example.com/"]])("a link to %s leads to %s, around the frame", (href, expected) => {
    const link = make(`<s-link href="${href}">Open</s-link>`)?.shadowRoot?.querySelector("a");
    expect([link?.getAttribute("href"), link?.target]).toEqual([expected, "_top"]);
  });
  test("a block has its heading, or the app's name", () => {
    const headingOf = (markup: string) => make(markup)?.shadowRoot?.querySelector("h2")?.textContent;
    expect([headingOf(`<s-admin-block heading="Outlook"></s-admin-block>`), headingOf("<s-admin-block></s-admin-block>")]).toEqual(["Outlook", "Regulars"]);
  });
  test("lists are lists and waiting is a status with a name to whoever cannot see them", () => {
    expect(make("<s-unordered-list><s-list-item>a</s-list-item></s-unordered-list>")?.outerHTML).toBe('<s-unordered-list role="list"><s-list-item role="listitem">a</s-list-item></s-unordered-list>');
    const spinner = make('<s-spinner accessibilityLabel="Loading"></s-spinner>');
    expect([spinner?.getAttribute("role"), spinner?.getAttribute("aria-label")]).toEqual(["status", "Loading"]);
  });
  test("every one that our blocks use has its stand-in", () => {
    const used = new Set([...readFileSync(join(import.meta.dirname, "../../extensions/regulars-customer/src/block.tsx"), "utf8").matchAll(/<(s-[a-z-]+)/g)].map(([, name]) => name));
    const known = new Set([...(read("block-elements.js") + read("block.css")).matchAll(/\b(s-[a-z-]+)/g)].map(([, name]) => name));
    expect(used.size).toBeGreaterThan(5);
    expect([...used].filter((name) => !known.has(name))).toEqual([]);
  });
});
