// Days pass in the pretend shop: customers become at risk once and for the right reason, an order brings them back, and Shopify is told once of each.
import { afterAll, beforeAll, expect, test } from "vitest";
import { tellSegments } from "../../app/capabilities/segments/jobs.server.ts";
import { changeTelling, listSegments } from "../../app/capabilities/segments/segments.server.ts";
import { enqueue } from "../../app/platform/jobs.server.ts";
import { createClock } from "../../sandbox/clock.ts";
import { createChance } from "../../sandbox/shop/chance.ts";
import { seedTeaShop } from "../../sandbox/shop/generator.ts";
import { startApp, type RunningApp } from "../support/app.ts";
import { eventually, joinDatabase, readRows, ring, settle } from "../support/app-database.ts";
import { readSync } from "../support/reports.ts";
import { shopIdOf } from "../support/snapshots.ts";

const BUSY_TIMEOUT_MS = 240_000; // of a machine that does much else
const DAY_MS = 86_400_000;
const TAG = "regulars:at-risk";
const AS_OF = new Date("2026-11-20T18:00:00Z");

const chance = createChance(20_261_126);
let app: RunningApp;
let leave = () => Promise.resolve();
const shopId = () => shopIdOf(BigInt(app.state.shop().id));
beforeAll(async () => {
  app = await startApp({
    clockOffsetMs: AS_OF.getTime() - createClock(0).now().getTime(), // the same shop and the same days in every run
    fill: (state) => seedTeaShop(state, { seed: 9, asOf: AS_OF, customerCount: 300, months: 16 }),
    chance: () => chance.next(), extraScopes: ["read_all_orders"], retryScale: 0.01,
  });
  leave = joinDatabase(app.databaseUrl);
  await readSync(app); // the merchant's first visit installs
  await settle(app);
  await expectWholeRound();
}, BUSY_TIMEOUT_MS);
afterAll(async () => {
  await leave();
  await app.stop();
});

async function expectWholeRound(): Promise<void> {
  await ring("segments.sweep");
  await eventually(async () => {
    const [round] = await readRows(app.databaseUrl, "select as_of, is_whole from profile_basis");
    expect(round).toEqual({ as_of: await shopToday(), is_whole: true });
  });
  await settle(app);
}
const shopToday = async () => {
  const [row] = await readRows<{ day: string }>(app.databaseUrl, "select (($1::timestamptz) at time zone time_zone)::date as day from shop", [app.sandbox.context.clock.now()]);
  return row?.day ?? "";
};

async function passDays(days: number): Promise<void> {
  await app.advanceDays(days);
  await settle(app);
  await expectWholeRound();
}

type Move = { id: bigint; customer_id: bigint; is_entry: boolean; reasons: { code: string; days?: number }[] };
const readMoves = (afterId = 0n) => readRows<Move>(app.databaseUrl, "select m.id, customer_id, is_entry, reasons from segment_move m join segment s on s.shop_id = m.shop_id and s.id = m.segment_id where ready_key = 'at_risk' and m.id > $1 order by m.id", [afterId]);
const readMembers = async () => (await readRows<{ customer_id: bigint }>(app.databaseUrl, "select customer_id from segment_member m join segment s on s.shop_id = m.shop_id and s.id = m.segment_id where ready_key = 'at_risk' order by 1")).map(({ customer_id: id }) => String(id));
const listTagged = () => [...app.state.eachCustomer({})].filter(({ tags }) => tags.includes(TAG)).map(({ id }) => id).sort();

/** What Flow was told, oldest first: who, and whether they came. */
const listTold = () => app.sandbox.context.flow.list().toReversed().map(({ handle, payload }) => [String(payload["customer_id"]), handle === "customer-entered-segment"]);
const asTold = (moves: Move[]) => moves.map(({ customer_id: id, is_entry: isEntry }) => [String(id), isEntry]);

async function expectToldOnce(moves: Move[]): Promise<void> {
  expect(listTold()).toEqual(asTold(moves));
  expect(listTagged()).toEqual((await readMembers()).toSorted());
}

test("who belongs there from the beginning is tagged, and did not enter", async () => {
  expect(await readMoves()).toEqual([]);
  const atRisk = (await listSegments(shopId())).find(({ readyKey }) => readyKey === "at_risk");
  expect(atRisk?.memberCount).toBeGreaterThan(3);
  expect(await changeTelling(shopId(), atRisk?.id ?? "", { isMirrored: true, isFlowOn: true, locale: "ja", slug: "at-risk" })).toMatchObject({ ok: true });
  await enqueue(tellSegments, { shopId: shopId() });
  await settle(app);
  expect(listTagged()).toEqual((await readMembers()).toSorted());
  expect(app.sandbox.context.segments.list()).toMatchObject([{ name: "離脱リスク", query: `customer_tags CONTAINS '${TAG}'` }]);
  expect(app.sandbox.context.flow.list()).toEqual([]);
});

test("as days pass customers enter once, with the days of their own", { timeout: BUSY_TIMEOUT_MS }, async () => {
  for (let week = 0; week < 3; week += 1) await passDays(5);
  const moves = await readMoves();
  expect(moves.filter(({ is_entry: isEntry }) => isEntry).length).toBeGreaterThan(5);
  const profiles = new Map((await readRows<{ customer_id: bigint; stage: string; last_order_on: string; typical_gap_days: number; lapse_days: number }>(app.databaseUrl, "select customer_id, stage, last_order_on, typical_gap_days, lapse_days from customer_profile")).map((row) => [row.customer_id, row]));
  const inside = new Set<bigint>();
  for (const { customer_id: id, is_entry: isEntry } of moves) {
    expect(inside.has(id), `${id} entered and left by turns`).toBe(!isEntry && inside.has(id));
    if (isEntry) inside.add(id);
    else inside.delete(id);
  }
  for (const id of await readMembers()) {
    const profile = profiles.get(BigInt(id));
    const days = Math.round((Date.parse(await shopToday()) - Date.parse(profile?.last_order_on ?? "")) / DAY_MS);
    expect(profile).toMatchObject({ stage: "at_risk" });
    expect(days).toBeGreaterThanOrEqual(Math.ceil(0.8 * (profile?.lapse_days ?? Infinity)));
    expect(days).toBeLessThanOrEqual(profile?.lapse_days ?? 0);
  }
  for (const { reasons, is_entry: isEntry } of moves) if (isEntry) expect(reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(["days_since"]));
  await expectToldOnce(moves);
  const newest = app.sandbox.context.flow.list()[0];
  expect(newest?.payload["Segment"]).toBe("離脱リスク");
  expect(newest?.payload["Reason"]).toMatch(/前回の注文から\d+日|再び注文しました/);
});

test("an order brings somebody back the same minute, and says so", { timeout: BUSY_TIMEOUT_MS }, async () => {
  const [id = ""] = await readMembers();
  const before = (await readMoves()).at(-1)?.id ?? 0n;
  app.sandbox.context.faults.change({ duplicate: { next: 20 } }); // Shopify says everything twice
  const product = app.state.listProducts({}, { sortKey: "ID", first: 1 })[0];
  app.state.placeOrder({ customerId: id, lines: [{ productId: product?.id ?? "", quantity: 1 }] });
  await settle(app);
  await eventually(async () => expect(await readMembers()).not.toContain(id));
  const moves = (await readMoves(before)).filter(({ customer_id: customerId }) => String(customerId) === id);
  expect(moves).toMatchObject([{ is_entry: false }]);
  expect(moves[0]?.reasons[0]).toEqual({ code: "ordered_again" });
  await settle(app);
  await expectToldOnce(await readMoves());
  app.sandbox.context.faults.clear();
});

test("killed while it tells, with answers lost on the way, Shopify still hears everything once and in order", { timeout: BUSY_TIMEOUT_MS }, async () => {
  app.sandbox.context.faults.change({ timeout: { probability: 0.15 }, timeoutMs: 200, serverError: { probability: 0.1 } });
  await app.advanceDays(9);
  for (let kill = 0; kill < 4; kill += 1) {
    const told = listTold().length;
    await ring("segments.sweep");
    await eventually(() => expect(listTold().length).toBeGreaterThan(told)).catch(() => undefined); // all is told already
    await app.end("worker", "SIGKILL");
    await app.start("worker");
    await app.advanceDays(1); // a dead worker's lease runs out, and there is more to tell
  }
  app.sandbox.context.faults.clear();
  await settle(app);
  await expectWholeRound();
  const moves = await readMoves();
  expect(moves.length).toBeGreaterThan(20);
  await expectToldOnce(moves);
});
