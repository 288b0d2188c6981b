// Shopify's tokens at rest, and who gets a fresh one when several ask at once.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Session, type SessionParams } from "@shopify/shopify-api";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { now } from "../../app/platform/clock.server.ts";
import { db } from "../../app/platform/db.server.ts";
import { UnreadableSecret } from "../../app/shopify/cipher.ts";
import { forgetSessions, readStored, replaceStored, sessionStorage } from "../../app/shopify/session-storage.server.ts";
import { offlineSessionFor, renewOfflineSession } from "../../app/shopify/tokens.server.ts";
import { openClone } from "../support/database.ts";

const domain = "beans.myshopify.com";
const id = `offline_${domain}`;
const minutesFromNow = (minutes: number) => new Date(now().getTime() + minutes * 60_000);
const offline = (changes: Partial<SessionParams> = {}) =>
  new Session({
    id, shop: domain, state: "", isOnline: false, scope: "read_orders,read_products",
    accessToken: "shpat_old", expires: minutesFromNow(60), refreshToken: "shprt_old", refreshTokenExpires: minutesFromNow(90 * 24 * 60), ...changes,
  });

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
});
afterAll(() => close());
beforeEach(() => db().session.deleteMany());

describe("session storage", () => {
  test("gives back what it was given", async () => {
    const aya = { id: 7, first_name: "Aya", last_name: "Sato", email: "aya@example.com", email_verified: true, account_owner: true, locale: "ja", collaborator: false };
    const staff = { expires_in: 86_400, associated_user_scope: "read_orders", associated_user: aya };
    const online = new Session({ id: `${domain}_7`, shop: domain, state: "s", isOnline: true, accessToken: "shpua_1", onlineAccessInfo: staff });
    for (const session of [offline(), online]) {
      expect(await sessionStorage.storeSession(session)).toBe(true);
      expect((await sessionStorage.loadSession(session.id))?.toObject()).toEqual(session.toObject());
    }
    expect((await sessionStorage.findSessionsByShop(domain)).map((session) => session.id)).toEqual([`${domain}_7`, id]);
    expect(await sessionStorage.loadSession("offline_other.myshopify.com")).toBeUndefined();
  });

  test("replaces, deletes and forgets", async () => {
    await sessionStorage.storeSession(offline());
    await sessionStorage.storeSession(offline({ accessToken: "shpat_new" }));
    expect((await sessionStorage.loadSession(id))?.accessToken).toBe("shpat_new");
    await sessionStorage.deleteSession(id);
    expect(await sessionStorage.findSessionsByShop(domain)).toEqual([]);
    await sessionStorage.storeSession(offline());
    await sessionStorage.deleteSessions([id, "unknown"]);
    await sessionStorage.storeSession(offline());
    await sessionStorage.storeSession(offline({ id: "offline_other.myshopify.com", shop: "other.myshopify.com" }));
    await forgetSessions(domain);
    expect(await db().session.count()).toBe(1);
  });

  test("keeps a cleared token cleared, as the library does after a 401", async () => {
    await sessionStorage.storeSession(offline());
    const cleared = offline();
    delete cleared.accessToken;
    await sessionStorage.storeSession(cleared);
    expect((await sessionStorage.loadSession(id))?.accessToken).toBeUndefined();
  });

  test("writes nothing that could be used or that names anybody", async () => {
    await sessionStorage.storeSession(offline());
    const [row] = await db().$queryRaw<{ text: string }[]>`select session::text as text from session`;
    const columns = (await db().session.findMany()).flatMap((stored) => [stored.accessToken, stored.refreshToken]);
    expect(columns).toHaveLength(2);
    expect([row?.text, ...columns.map((column) => Buffer.from(column ?? []).toString("latin1"))].join()).not.toMatch(/shpat|shprt/);
  });

  test("does not read a token that was moved to another shop", async () => {
    await sessionStorage.storeSession(offline());
    await db().session.updateMany({ data: { id: "offline_thief.myshopify.com", domain: "thief.myshopify.com" } });
    await expect(sessionStorage.loadSession("offline_thief.myshopify.com")).rejects.toThrow(UnreadableSecret);
  });

  test("lets the first of two replacements win", async () => {
    await sessionStorage.storeSession(offline());
    const stored = await readStored(id);
    if (stored === null) throw new Error("not stored");
    expect(await replaceStored(offline({ accessToken: "shpat_a", refreshToken: "shprt_a" }), stored.seen)).toBe(true);
    expect(await replaceStored(offline({ accessToken: "shpat_b", refreshToken: "shprt_b" }), stored.seen)).toBe(false);
    expect((await sessionStorage.loadSession(id))?.accessToken).toBe("shpat_a");
  });
});

// The token endpoint of one shop.
let refreshes: unknown[] = [];
let status = 200;
let beforeAnswer: () => Promise<unknown> = () => Promise.resolve();
const endpoint = createServer((request, response) => void refresh(request, response));

async function refresh(request: IncomingMessage, response: ServerResponse): Promise<void> {
  refreshes.push(JSON.parse(await text(request)));
  await beforeAnswer();
  const count = refreshes.length;
  const tokens = { access_token: `shpat_${count}`, scope: "read_orders", expires_in: 3600, refresh_token: `shprt_${count}`, refresh_token_expires_in: 7_776_000 };
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(status === 200 ? tokens : { error: "invalid_request" }));
}

beforeAll(async () => {
  endpoint.listen(0, "127.0.0.1");
  await once(endpoint, "listening");
  const address = endpoint.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const real = fetch;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    expect(url).toBe(`https://${domain}/admin/oauth/access_token`);
    return real(`http://127.0.0.1:${port}/`, init);
  });
});
afterAll(() => {
  vi.unstubAllGlobals();
  endpoint.closeAllConnections();
  endpoint.close();
});
beforeEach(() => {
  [refreshes, status] = [[], 200];
  beforeAnswer = () => Promise.resolve();
});

describe("a token for work without a merchant", () => {
  test("is the stored one while it lives long enough", async () => {
    await sessionStorage.storeSession(offline({ expires: minutesFromNow(6) }));
    expect(await offlineSessionFor(domain)).toEqual({ domain, accessToken: "shpat_old", scopes: ["read_orders", "read_products"] });
    expect(refreshes).toEqual([]);
  });

  test("is refreshed once, however many ask, and both tokens are kept", async () => {
    await sessionStorage.storeSession(offline({ expires: minutesFromNow(4) }));
    const answers = await Promise.all(Array.from({ length: 5 }, () => offlineSessionFor(domain)));
    expect(new Set(answers.map(({ accessToken }) => accessToken))).toEqual(new Set(["shpat_1"]));
    expect(refreshes).toEqual([{ client_id: "regulars-test-key", client_secret: "regulars-test-secret", grant_type: "refresh_token", refresh_token: "shprt_old" }]);
    const stored = await sessionStorage.loadSession(id);
    expect([stored?.accessToken, stored?.refreshToken]).toEqual(["shpat_1", "shprt_1"]);
    expect(stored?.isActive(undefined, 50 * 60_000)).toBe(true);
  });

  test("is another process's when that one was quicker", async () => {
    await sessionStorage.storeSession(offline({ expires: minutesFromNow(4) }));
    beforeAnswer = () => sessionStorage.storeSession(offline({ accessToken: "shpat_theirs", refreshToken: "shprt_theirs" }));
    expect((await offlineSessionFor(domain)).accessToken).toBe("shpat_theirs");
    expect((await sessionStorage.loadSession(id))?.refreshToken).toBe("shprt_theirs");
  });

  test("refused by Shopify is renewed, unless somebody already did", async () => {
    await sessionStorage.storeSession(offline());
    expect((await renewOfflineSession(domain, "shpat_older")).accessToken).toBe("shpat_old");
    expect((await renewOfflineSession(domain, "shpat_old")).accessToken).toBe("shpat_1");
    expect(refreshes).toHaveLength(1);
  });

  test("that cannot be renewed is forgotten, so that the merchant's next visit brings a new one", async () => {
    await sessionStorage.storeSession(offline());
    status = 400;
    await expect(renewOfflineSession(domain, "shpat_old")).rejects.toMatchObject({ name: "ShopifyRefused", reason: "token" });
    expect((await sessionStorage.loadSession(id))?.isActive(undefined)).toBe(false);
    await expect(offlineSessionFor(domain)).rejects.toMatchObject({ reason: "token" });
    expect(refreshes).toHaveLength(1);
  });

  test("survives a token endpoint that is down", async () => {
    await sessionStorage.storeSession(offline({ expires: minutesFromNow(-1) }));
    status = 503;
    await expect(offlineSessionFor(domain)).rejects.toMatchObject({ name: "ShopifyUnreachable" });
    status = 200;
    expect((await offlineSessionFor(domain)).accessToken).toBe("shpat_2");
  });

  test("does not exist for a stranger", async () => {
    await expect(offlineSessionFor(domain)).rejects.toMatchObject({ name: "ShopifyRefused", reason: "token" });
  });
});
