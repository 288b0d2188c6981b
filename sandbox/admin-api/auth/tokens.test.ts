import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { exchange, openTestSandbox, SANDBOX_START_TIMEOUT_MS, SANDBOX_TEST_TIMEOUT_MS, type TestSandbox } from "../../testing/test-sandbox.ts";

vi.setConfig({ testTimeout: SANDBOX_TEST_TIMEOUT_MS });

let shop: TestSandbox;
beforeAll(async () => {
  shop = await openTestSandbox();
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => shop.close());

const opens = async (token: unknown): Promise<boolean> => (await shop.ask("{ shop { id } }", {}, String(token))).status === 200;
const refresh = (refreshToken: unknown): Promise<Record<string, unknown>> => exchange(shop, { grant_type: "refresh_token", refresh_token: refreshToken });
const pass = (ms: number): void => { shop.clock.setOffset(shop.clock.offsetMs + ms); };
const MINUTE_MS = 60_000;

test("a session token becomes an expiring offline token with a refresh token", async () => {
  const answer = await exchange(shop);
  expect(answer).toMatchObject({ status: 200, expires_in: 3600, refresh_token_expires_in: 7_776_000 });
  expect(String(answer.scope).split(",")).toContain("read_orders");
  expect(await opens(answer.access_token)).toBe(true);
  pass(61 * MINUTE_MS);
  expect(await opens(answer.access_token)).toBe(false);
});

test("a form-encoded body is understood, too", async () => {
  const response = await shop.fetch("/admin/oauth/access_token", {
    method: "POST",
    body: new URLSearchParams({ client_id: shop.identity.apiKey, client_secret: shop.identity.apiSecret, grant_type: "refresh_token", refresh_token: String((await exchange(shop)).refresh_token) }),
  });
  expect(response.status).toBe(200);
});

test("an online token names the member of staff", async () => {
  const answer = await exchange(shop, { requested_token_type: "urn:shopify:params:oauth:token-type:online-access-token" });
  expect(answer).toMatchObject({ status: 200, associated_user: { id: 81000000001, account_owner: true } });
  expect(answer).not.toHaveProperty("refresh_token");
});

describe("a refresh token", () => {
  test("works again until its replacement is first used", async () => {
    const first = await exchange(shop);
    const second = await refresh(first.refresh_token);
    const third = await refresh(first.refresh_token); // the answer above was lost on the way, say
    expect([second.status, third.status]).toEqual([200, 200]);
    expect(await opens(third.access_token)).toBe(true);
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect((await refresh(third.refresh_token)).status).toBe(200);
  });
  test("ends after 90 days", async () => {
    const { refresh_token } = await exchange(shop);
    pass(91 * 24 * 60 * MINUTE_MS);
    expect((await refresh(refresh_token)).status).toBe(400);
  });
});

describe("a session token is refused", () => {
  const mint = (claims: Record<string, unknown>, secret = shop.identity.apiSecret): Promise<string> => {
    const seconds = Math.floor(shop.clock.now().getTime() / 1000);
    const domain = shop.sandbox.context.shopDomain;
    return new SignJWT({ iss: `https://${domain}/admin`, dest: `https://${domain}`, aud: shop.identity.apiKey, sub: "1", nbf: seconds, exp: seconds + 60, ...claims })
      .setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(secret));
  };
  test.each([
    ["signed by somebody else", () => mint({}, "not-our-secret")],
    ["for another app", () => mint({ aud: "another" })],
    ["for another shop", () => mint({ dest: "https://another.myshopify.com" })],
    ["that is too old", () => mint({ exp: Math.floor(shop.clock.now().getTime() / 1000) - 1 })],
    ["that is none", () => Promise.resolve("x.y.z")],
  ])("%s", async (_name, token) => {
    expect(await exchange(shop, { subject_token: await token() })).toMatchObject({ status: 400, error: "invalid_subject_token" });
  });
  test("while the same one, well made, is taken", async () => {
    expect((await exchange(shop, { subject_token: await mint({}) })).status).toBe(200);
  });
});

test("an app with a wrong secret gets nothing", async () => {
  expect(await exchange(shop, { client_secret: "guess" })).toMatchObject({ status: 400, error: "invalid_client" });
});

test("tokens survive a restart, expire on request, and end when the app is uninstalled", async () => {
  const { access_token, refresh_token } = await exchange(shop);
  await shop.restart();
  expect(await opens(access_token)).toBe(true);
  shop.sandbox.context.faults.change({ expireToken: { next: 1 } });
  expect(await opens(access_token)).toBe(false);
  const renewed = await refresh(refresh_token);
  expect(await opens(renewed.access_token)).toBe(true);
  shop.sandbox.context.installation.uninstall();
  expect(await opens(renewed.access_token)).toBe(false);
  expect((await refresh(renewed.refresh_token)).status).toBe(400);
  expect((await exchange(shop)).status).toBe(400);
  shop.sandbox.context.installation.install();
  expect(await opens((await exchange(shop)).access_token)).toBe(true);
});
