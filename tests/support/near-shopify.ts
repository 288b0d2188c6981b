// Our own code in the test's process beside a whole sandbox: whatever it asks of Shopify is led there, signed in as a merchant would be.
import { vi } from "vitest";
import { openTestSandbox, type TestSandbox } from "../../sandbox/testing/test-sandbox.ts";
import { readAppConfig } from "../../sandbox/webhooks/app-config.ts";
import { openClone } from "./database.ts";

/** `ask` may be called once, late, or its answer thrown away. */
export type Question = { pathname: string; init: RequestInit; headers: Headers; ask: () => Promise<Response> };
export type NearShopify = { shopify: TestSandbox; /** a page's request with a fresh session token */ requestOf(path: string): Promise<Request>; close(): Promise<void> };

/** With a database of its own. Load what asks Shopify after this: its library keeps the fetch it finds. */
export async function openNearShopify(onQuestion: (question: Question) => Promise<Response> = ({ ask }) => ask()): Promise<NearShopify> {
  const closeDatabase = await openClone();
  const identity = { baseUrl: "", apiKey: "regulars-test-key", apiSecret: "regulars-test-secret", handle: "regulars", name: "Regulars" };
  const shopify = await openTestSandbox({ config: readAppConfig("shopify.app.toml"), app: identity });
  identity.baseUrl = shopify.identity.baseUrl;
  const real = fetch;
  vi.stubGlobal("fetch", (url: string, init: RequestInit = {}) => {
    const { hostname, pathname, search } = new URL(url);
    if (hostname === "127.0.0.1") return real(url, init);
    const headers = new Headers(init.headers);
    headers.set("x-sandbox-host", hostname);
    return onQuestion({ pathname, init, headers, ask: () => real(`http://127.0.0.1:${shopify.sandbox.port}${pathname}${search}`, { ...init, headers }) });
  });
  return {
    shopify,
    requestOf: async (path) => new Request(`https://regulars.test${path}`, { headers: { Authorization: `Bearer ${await shopify.sandbox.context.mintSessionToken()}`, "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0" } }),
    close: async () => {
      vi.unstubAllGlobals();
      await shopify.close();
      await closeDatabase();
    },
  };
}
