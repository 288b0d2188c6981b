// A merchant's visit installs what is not installed, whatever was left behind by the visit before.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "../../app/platform/db.server.ts";
import { SANDBOX_START_TIMEOUT_MS, type TestSandbox } from "../../sandbox/testing/test-sandbox.ts";
import { readAppConfig } from "../../sandbox/webhooks/app-config.ts";
import { openNearShopify, type NearShopify } from "../support/near-shopify.ts";

/** Loaded only when fetch leads to the sandbox, since Shopify's library keeps the fetch it finds. */
const loadApp = async () => ({
  ...(await import("../../app/callers/merchant.server.ts")),
  ...(await import("../../app/capabilities/shops/shops.server.ts")),
  ...(await import("../../app/shopify/callers.server.ts")),
});

let sandbox: TestSandbox;
let app: Awaited<ReturnType<typeof loadApp>>;
let domain = "";
let near: NearShopify;

beforeAll(async () => {
  near = await openNearShopify();
  ({ shopify: sandbox } = near);
  domain = sandbox.sandbox.context.shopDomain;
  app = await loadApp();
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => near.close());
beforeEach(async () => {
  await db().session.deleteMany();
  await db().shop.deleteMany();
  await db().shopDomain.deleteMany();
  sandbox.sandbox.context.installation.install();
});

const visit = async (path = "/app") => app.merchantFrom(await near.requestOf(path));

test("the first visit installs, the second finds the shop", async () => {
  const first = await visit("/app?locale=ja");
  const told = sandbox.state.shop();
  expect(first).toMatchObject({ isNewInstall: true, locale: "ja", shop: { id: BigInt(told.id), domain, name: told.name, currency: told.currency, uninstalledAt: null } });
  expect(first.shop.scopes).toEqual(readAppConfig("shopify.app.toml").scopes.toSorted());
  expect(first.staffId).toMatch(/^\d+$/);
  expect(await visit()).toEqual({ ...first, locale: "en", isNewInstall: false });
});

test("of the loaders of one page exactly one installs", async () => {
  const request = await near.requestOf("/app");
  const merchants = await Promise.all(Array.from({ length: 4 }, () => app.merchantFrom(request.clone())));
  expect(merchants.filter(({ isNewInstall }) => isNewInstall)).toHaveLength(1);
});

test("a crash between the token and the installation is made good by the next visit", async () => {
  await app.adminFrom(await near.requestOf("/app")); // the token is there, the shop is not
  expect(await app.findShop(domain)).toBeNull();
  expect((await visit()).isNewInstall).toBe(true);
});

describe("a shop that comes back", () => {
  const leave = async (): Promise<void> => {
    const { shop } = await visit();
    sandbox.sandbox.context.installation.uninstall();
    await app.closeShop(shop.id, new Date(shop.installedAt.getTime() + 1));
    sandbox.sandbox.context.installation.install();
  };

  test("is installed again, although its void token was left behind", async () => {
    await leave();
    expect(await db().session.count()).toBe(1);
    const { isNewInstall, shop } = await visit();
    expect([isNewInstall, shop.uninstalledAt]).toEqual([true, null]);
  });

  test("is installed again from nothing", async () => {
    await leave();
    await db().session.deleteMany();
    expect((await visit()).isNewInstall).toBe(true);
    expect((await visit()).isNewInstall).toBe(false);
  });
});
