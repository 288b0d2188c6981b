// The doors other systems give points through: a Flow of Shopify's, and any system that has the shop's secret. Forged, late, repeated, of another shop
// or about nobody, each ends as it should, and the books add up.
import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as loyalty from "../../app/capabilities/loyalty/loyalty.server.ts";
import type { Programme } from "../../app/capabilities/loyalty/model/programme.ts";
import { defaultProgramme } from "../../app/capabilities/loyalty/rules/defaults.ts";
import * as orders from "../../app/capabilities/orders/orders.server.ts";
import { db, inTransaction } from "../../app/platform/db.server.ts";
import { action as tellPoints } from "../../app/routes/api.points.ts";
import { action as runFlow } from "../../app/routes/flow.give-points.ts";
import { writeExample } from "../../app/routes/app.loyalty.api/signing-example.ts";
import { openClone } from "../support/database.ts";
import { openPointsShop, type PointsShop } from "../support/points-shop.ts";
import { aCustomer, customerIdOf } from "../support/snapshots.ts";

const PROGRAMME: Programme = {
  ...defaultProgramme({ currency: "USD", averageOrderMinor: 5_000 }), expiry: { kind: "never" }, tiers: null,
  custom: [
    { id: "visit", isOn: true, title: "A visit", points: 10, limit: null },
    { id: "tasting", isOn: true, title: "A tasting", points: 30, limit: { count: 2, days: null } },
    { id: "closed", isOn: false, title: "Closed", points: 5, limit: null },
  ],
};

let close: () => Promise<void>;
type Opened = PointsShop & { secret: string };
let tea: Opened;
let cups: Opened;
beforeAll(async () => {
  close = await openClone();
  tea = await openShop();
  cups = await openShop();
});
afterAll(() => close());

/** With customers 7, 8 and 9, and a secret. */
async function openShop({ isLive = true } = {}): Promise<Opened> {
  const shop = await openPointsShop({ programme: PROGRAMME, launchedDaysAgo: isLive ? 30 : null });
  await inTransaction((tx) => orders.saveCustomers(tx, shop.shopId, [7, 8, 9].map((id) => aCustomer({ id, email: `Person${id}@Example.com` }))));
  const key = await loyalty.makeKey(shop.shopId, null);
  return { ...shop, secret: key?.secret ?? "" };
}

const balanceOf = async ({ shopId }: Opened, customer: number): Promise<number> => (await db().member.findUnique({ where: { shopId_customerId: { shopId, customerId: BigInt(customer) } } }))?.balance ?? 0;

type Said = { status: number; ok?: boolean; points?: number; repeated?: boolean; reason?: string; field?: string; message?: string };
/** As Remix does: a thrown Response is the answer. */
async function answerOf(answer: Promise<Response>): Promise<Said> {
  const response = await answer.catch((error: unknown) => { if (error instanceof Response) return error; throw error; });
  const text = await response.text();
  return { status: response.status, ...(text === "" ? {} : JSON.parse(text)) };
}
const routed = (request: Request) => ({ request, params: {}, context: {} });

type Sent = { shop?: string; secret?: string; at?: number; timestamp?: string; signature?: string; text?: string; language?: string };
function tell(shop: Opened, body: object, { shop: domain = shop.domain, secret = shop.secret, at = Date.now(), timestamp = String(Math.floor(at / 1000)), text = JSON.stringify(body), language = "en", ...sent }: Sent = {}): Promise<Said> {
  const signature = sent.signature ?? createHmac("sha256", secret).update(`${timestamp}.${JSON.stringify(body)}`).digest("hex");
  const headers = { "Content-Type": "application/json", "Accept-Language": language, "X-Regulars-Shop": domain, "X-Regulars-Timestamp": timestamp, "X-Regulars-Signature": signature };
  return answerOf(tellPoints(routed(new Request("https://regulars.test/api/points", { method: "POST", headers, body: text }))));
}

describe("another system", () => {
  test("is believed when it signs with the shop's secret, by number or by address, and each id of its own counts once", async () => {
    expect(await tell(tea, { customer: "7", action: "visit", id: "a-1" })).toEqual({ status: 200, ok: true, points: 10, repeated: false });
    expect(await tell(tea, { customer: "7", action: "visit", id: "a-1" })).toEqual({ status: 200, ok: true, points: 10, repeated: true });
    expect(await tell(tea, { customer: "person7@EXAMPLE.com", action: "visit", id: "a-2", note: "He came by" })).toMatchObject({ status: 200, points: 10, repeated: false });
    expect(await tell(tea, { customer: 7, action: "visit", id: "a-2" })).toMatchObject({ repeated: true });
    expect(await tell(tea, { customer: "gid://shopify/Customer/7", action: "visit", id: "a-3" })).toMatchObject({ points: 10 });
    expect(await balanceOf(tea, 7)).toBe(30);
  });

  test("that tells the same thing eight times at once gives once", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => tell(tea, { customer: "9", action: "visit", id: "rush" })));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(answers.filter(({ repeated }) => repeated === false)).toHaveLength(1);
    expect(await balanceOf(tea, 9)).toBe(10);
  });

  test.each<[string, Sent]>([
    ["another secret", { secret: "0".repeat(64) }],
    ["no signature", { signature: "" }],
    ["half a signature", { signature: "ab" }],
    ["no hex", { signature: "z".repeat(64) }],
    ["a body changed on the way", { text: JSON.stringify({ customer: "8", action: "tasting", id: "b-1" }) }],
    ["a time six minutes ago", { at: Date.now() - 360_000 }],
    ["a time six minutes ahead", { at: Date.now() + 360_000 }],
    ["no time", { timestamp: "" }],
    ["a time with something behind it", { timestamp: `${Math.floor(Date.now() / 1000)}.` }],
    ["no shop", { shop: "" }],
    ["a shop nobody knows", { shop: "nobody.myshopify.com" }],
  ])("is not believed with %s", async (_name, sent) => {
    expect(await tell(tea, { customer: "8", action: "visit", id: "b-1" }, sent)).toMatchObject({ status: 401, ok: false, reason: "not_signed" });
    expect(await balanceOf(tea, 8)).toBe(0);
  });

  test("of one shop cannot speak for another, and the same id there is another id", async () => {
    expect(await tell(cups, { customer: "7", action: "visit", id: "a-1" }, { secret: tea.secret })).toMatchObject({ status: 401 });
    expect(await tell(cups, { customer: "7", action: "visit", id: "a-1" })).toMatchObject({ status: 200, repeated: false });
  });

  test("that is no POST, or sends too much, is refused before anything is read", async () => {
    const get = new Request("https://regulars.test/api/points", { method: "PUT", body: "{}" });
    expect(await answerOf(tellPoints(routed(get)))).toEqual({ status: 405 });
    expect(await tell(tea, { customer: "7", action: "visit", id: "x", note: "x".repeat(5_000) })).toEqual({ status: 413 });
  });

  test.each<[string, string, object]>([
    ["customer", "bad_request", { action: "visit", id: "c" }],
    ["customer", "bad_request", { customer: "sam", action: "visit", id: "c" }],
    ["customer", "bad_request", { customer: -7, action: "visit", id: "c" }],
    ["action", "bad_request", { customer: "7", action: "", id: "c" }],
    ["id", "bad_request", { customer: "7", action: "visit" }],
    ["id", "bad_request", { customer: "7", action: "visit", id: "x".repeat(121) }],
    ["id", "bad_request", { customer: "7", action: "visit", id: "a\0b" }],
    ["points", "bad_request", { customer: "7", action: "visit", id: "c", points: 1_000 }],
    ["body", "bad_request", []],
    ["customer", "unknown_customer", { customer: "70", action: "visit", id: "c" }],
    ["customer", "unknown_customer", { customer: "nobody@example.com", action: "visit", id: "c" }],
    ["action", "unknown_action", { customer: "7", action: "closed", id: "c" }],
    ["action", "unknown_action", { customer: "7", action: "__proto__", id: "c" }],
    ["id", "other_action", { customer: "8", action: "visit", id: "a-1" }],
    ["id", "other_action", { customer: "7", action: "tasting", id: "a-1" }],
  ])("is told that %s is wrong: %s", async (field, reason, body) => {
    const before = await db().earnEvent.count({ where: { shopId: tea.shopId } });
    const answer = await tell(tea, body);
    expect(answer).toMatchObject({ ok: false, reason, field });
    expect(answer.status).toBe({ bad_request: 400, unknown_customer: 404, unknown_action: 404, other_action: 409 }[reason]);
    expect(answer.message).not.toContain("{{");
    expect(await db().earnEvent.count({ where: { shopId: tea.shopId } })).toBe(before);
  });

  test("is answered in its own language", async () => {
    expect((await tell(tea, { customer: "70", action: "visit", id: "c" }, { language: "ja" })).message).toMatch(/顧客/);
  });

  test("that has been merged into somebody is them", async () => {
    expect(await tell(cups, { customer: "9", action: "visit", id: "m-1" })).toMatchObject({ status: 200 });
    await inTransaction(async (tx) => {
      await orders.mergeCustomers(tx, cups.shopId, [{ deletedId: customerIdOf(9), keptId: customerIdOf(8) }]);
      await loyalty.joinPeople(tx, cups.shopId, [customerIdOf(9)]);
    });
    expect(await tell(cups, { customer: "9", action: "visit", id: "m-1" })).toMatchObject({ status: 200, repeated: true });
    expect(await tell(cups, { customer: "9", action: "visit", id: "m-2" })).toMatchObject({ status: 200, points: 10 });
    expect(await balanceOf(cups, 8)).toBe(20);
  });

  test("signs as the page and the document say", async () => {
    const example = writeExample({ address: "https://regulars.test/api/points", domain: tea.domain, action: "visit" });
    const script = `${example.slice(0, example.indexOf("curl"))}printf '%s\\n' "$body" "$timestamp" "$signature"`;
    const { stdout } = await promisify(execFile)("sh", ["-c", script], { env: { ...process.env, REGULARS_SECRET: tea.secret } });
    const [text = "", timestamp = "", signature = ""] = stdout.trim().split("\n");
    expect(await tell(tea, JSON.parse(text), { text, timestamp, signature })).toMatchObject({ status: 404, reason: "unknown_customer" }); // signed well; Sam is nobody's customer
  });

  test("is refused while the programme rests, and without one", async () => {
    const quiet = await openShop({ isLive: false });
    expect(await tell(quiet, { customer: "7", action: "visit", id: "q" })).toMatchObject({ status: 409, reason: "not_live" });
  });

  test("is slowed down when it asks too often", async () => {
    const busy = await openShop();
    const answers: Said[] = [];
    for (let round = 0; round < 7; round += 1) answers.push(...(await Promise.all(Array.from({ length: 100 }, () => tell(busy, [])))));
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(600);
    expect(answers.at(-1)).toMatchObject({ status: 429, reason: "too_many_requests" });
  });
});

describe("the secret", () => {
  test("is made once for two who ask at once, and one that is replaced counts no more", async () => {
    const shop = await openShop();
    const seenAt = await loyalty.findKeyMadeAt(shop.shopId);
    expect(await loyalty.makeKey(shop.shopId, null)).toBeNull();
    const [one, other] = await Promise.all([loyalty.makeKey(shop.shopId, seenAt), loyalty.makeKey(shop.shopId, seenAt)]);
    expect([one, other].filter((key) => key !== null)).toHaveLength(1);
    expect(await tell(shop, { customer: "7", action: "visit", id: "s" })).toMatchObject({ status: 401 });
    expect(await tell({ ...shop, secret: (one ?? other)?.secret ?? "" }, { customer: "7", action: "visit", id: "s" })).toMatchObject({ status: 200 });
  });

  test("cannot be read from the table, and goes with the shop", async () => {
    const shop = await openShop();
    const row = await db().apiKey.findUnique({ where: { shopId: shop.shopId } });
    expect(Buffer.from(row?.secret ?? []).includes(shop.secret)).toBe(false);
    await inTransaction((tx) => loyalty.eraseShop(tx, shop.shopId));
    expect(await loyalty.findKeyMadeAt(shop.shopId)).toBeNull();
  });
});

type Run = { runId?: string; customer?: unknown; action?: unknown; note?: unknown; domain?: string; signature?: string };
function run(shop: Opened, { runId = "r-1", customer = 7, action = "visit", note, domain = shop.domain, signature }: Run = {}): Promise<Said> {
  const text = JSON.stringify({ shop_id: 1, shopify_domain: domain, action_run_id: runId, action_definition_id: "give-points", handle: "give-points", properties: { customer_id: customer, action, note } });
  const headers = { "Content-Type": "application/json", "X-Shopify-Hmac-Sha256": signature ?? createHmac("sha256", "regulars-test-secret").update(text).digest("base64") };
  return answerOf(runFlow(routed(new Request("https://regulars.test/flow/give-points", { method: "POST", headers, body: text }))));
}

describe("a Flow", () => {
  test("gives once for each run, however often it is sent, and keeps the note", async () => {
    const before = await balanceOf(tea, 7);
    expect(await run(tea, { note: "Welcome back" })).toEqual({ status: 200, ok: true, points: 10, repeated: false });
    expect(await run(tea, { note: "Welcome back" })).toEqual({ status: 200, ok: true, points: 10, repeated: true });
    expect(await run(tea, { runId: "r-2", customer: "gid://shopify/Customer/7", note: "" })).toMatchObject({ points: 10 });
    expect(await balanceOf(tea, 7)).toBe(before + 20);
    expect(await db().earnEvent.findUnique({ where: { shopId_id: { shopId: tea.shopId, id: "flow:r-1" } } })).toMatchObject({ note: "Welcome back", kind: "flow" });
  });

  test.each<[string, Run, number, string | undefined]>([
    ["a forged signature", { signature: createHmac("sha256", "else").update("").digest("base64") }, 401, undefined],
    ["no signature", { signature: "" }, 401, undefined],
    ["a shop nobody knows", { domain: "nobody.myshopify.com" }, 404, undefined],
    ["a customer nobody knows", { customer: 70 }, 404, "unknown_customer"],
    ["no customer", { customer: null }, 400, "bad_request"],
    ["an action there is not", { action: "dance" }, 404, "unknown_action"],
    ["an empty action", { action: " " }, 400, "bad_request"],
    ["an action that is off", { action: "closed" }, 404, "unknown_action"],
  ])("with %s is refused for good", async (_name, sent, status, reason) => {
    const answer = await run(tea, { runId: "bad", ...sent });
    expect(answer.status).toBe(status);
    expect(answer.reason).toBe(reason);
    expect(await db().earnEvent.count({ where: { shopId: tea.shopId, id: "flow:bad" } })).toBe(0);
  });

  test("and another system share an action's limit; a Flow that reaches it has not failed", async () => {
    expect(await run(cups, { runId: "t-1", action: "tasting" })).toMatchObject({ status: 200, points: 30 });
    expect(await tell(cups, { customer: "7", action: "tasting", id: "t-2" })).toMatchObject({ status: 200, points: 30 });
    expect(await tell(cups, { customer: "7", action: "tasting", id: "t-3" })).toMatchObject({ status: 409, reason: "already_given", field: "action" });
    expect(await run(cups, { runId: "t-4", action: "tasting" })).toMatchObject({ status: 200, points: 0 });
    expect(await tell(cups, { customer: "7", action: "tasting", id: "t-2" })).toMatchObject({ status: 200, points: 30, repeated: true });
    expect(await run(cups, { runId: "t-5", action: "tasting", customer: 8 })).toMatchObject({ status: 200, points: 30 });
  });

  test("leaves books that add up", async () => {
    for (const { shopId } of [tea, cups]) expect(await loyalty.checkLedger(shopId)).toBe(0);
  });
});
