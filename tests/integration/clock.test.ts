// Days go by in the sandbox, and the app lives them: nights, the end of payloads, tokens that age.
import { afterAll, beforeAll, expect, test } from "vitest";
import { dayAt } from "../../app/values/day.ts";
import { seedTeaShop } from "../../sandbox/shop/generator.ts";
import { startApp, type RunningApp } from "../support/app.ts";
import { eventually, joinDatabase, readRows, ring, settle } from "../support/app-database.ts";
import { askApp, readSync, pressOnSync } from "../support/reports.ts";

const BUSY_TIMEOUT_MS = 180_000; // of a machine that does much else
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
const ZONE = "America/Los_Angeles";

/** Noon in the shop: whatever the hour of the machine, a step of a day ends after three in the morning. */
function hoursToNoon(): number {
  const hour = Number(new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", hourCycle: "h23" }).format());
  return (12 - hour + 24) % 24;
}

let app: RunningApp;
let leave = () => Promise.resolve();
beforeAll(async () => {
  app = await startApp({
    fill: (state, clock) => seedTeaShop(state, { seed: 4, asOf: clock.now(), customerCount: 60, months: 6 }),
    clockOffsetMs: hoursToNoon() * HOUR_MS,
  });
  leave = joinDatabase(app.databaseUrl);
  await readSync(app);
  await settle(app);
  await passSweep();
}, BUSY_TIMEOUT_MS);
afterAll(async () => {
  await leave();
  await app.stop();
});

const now = (): Date => app.sandbox.context.clock.now();
const today = (): string => dayAt(now(), ZONE);

const countDone = async (job: string): Promise<bigint> =>
  (await readRows<{ count: bigint }>(app.databaseUrl, "select count(*) as count from pgboss.job where name = $1 and state in ('completed', 'failed')", [job]))[0]?.count ?? 0n;
const countOpen = async (job: string): Promise<bigint> =>
  (await readRows<{ count: bigint }>(app.databaseUrl, "select count(*) as count from pgboss.job where name = $1 and state in ('created', 'retry', 'active')", [job]))[0]?.count ?? 0n;

/** The minute's look, and everything it rang for. */
async function passSweep(): Promise<void> {
  const before = await countDone("sync.sweep");
  await ring("sync.sweep");
  await eventually(async () => expect(await countDone("sync.sweep")).toBeGreaterThan(before));
  await eventually(async () => expect(await countOpen("sync.reconcile")).toBe(0n));
}

const readNights = () => readRows<{ started_at: Date; error: string | null }>(app.databaseUrl, "select started_at, error from reconcile where finished_at is not null order by started_at");
const readLastNight = async () => (await readRows(app.databaseUrl, `select last_night_on as "lastNightOn" from shop`))[0];
const readToken = async () => (await readRows<{ access_token: Buffer }>(app.databaseUrl, "select access_token from session"))[0]?.access_token?.toString("hex");
const listTokenCalls = async (): Promise<unknown[]> => {
  const notes: unknown = await (await fetch(`${app.sandbox.url}/sandbox/requests`)).json();
  return Array.isArray(notes) ? notes.filter((note: { kind?: string }) => note.kind === "token") : [];
};

test.each([1, 7, 30])("%i days later both processes live in the new day, whose night they pass once", { timeout: BUSY_TIMEOUT_MS }, async (days) => {
  const nights = await readNights();
  const token = await readToken();
  await fetch(`${app.sandbox.url}/sandbox/requests`, { method: "DELETE" });
  await app.advanceDays(days);
  for (let minutes = 0; minutes < 3; minutes++) await passSweep();
  await settle(app);

  const report: unknown = await (await askApp(app, "/app/reports/overview.json?range=this_month")).json();
  expect(report).toMatchObject({ to: today() }); // the web process
  const passed = (await readNights()).slice(nights.length);
  expect(passed).toMatchObject([{ error: null }]);
  expect(Math.abs((passed[0]?.started_at.getTime() ?? 0) - now().getTime())).toBeLessThan(5 * MINUTE_MS); // the worker
  expect(await readLastNight()).toEqual({ lastNightOn: today() });
  expect(await readSync(app)).toMatchObject({ orders: app.state.countOrders({}), customers: app.state.countCustomers({}), quarantined_deliveries: 0 });
  expect(await listTokenCalls()).toMatchObject([{ operationName: "refresh_token", status: 200 }]); // an hour's life is long over; one refresh served everybody
  expect(await readToken()).not.toBe(token);
});

test("deliveries leave after seven days, not before, and their words as soon as they are understood", { timeout: BUSY_TIMEOUT_MS }, async () => {
  const readIds = async () => (await readRows(app.databaseUrl, "select id from delivery order by id")).map(({ id }) => id);
  const purge = async () => {
    const before = await countDone("inbox.purge");
    await ring("inbox.purge");
    await eventually(async () => expect(await countDone("inbox.purge")).toBeGreaterThan(before));
  };
  await purge();
  const early = await readIds();
  expect(early.length).toBeGreaterThan(0);
  expect(await readRows(app.databaseUrl, "select state, payload is null as is_empty, count(*) from delivery group by 1, 2")).toEqual([{ state: "done", is_empty: true, count: BigInt(early.length) }]);
  await app.advanceDays(6);
  await settle(app);
  await purge();
  expect(await readIds()).toEqual(expect.arrayContaining(early));
  const late = (await readIds()).filter((id) => !early.includes(id));
  expect(late.length).toBeGreaterThan(0);
  await app.advanceDays(2);
  await settle(app);
  await purge();
  const kept = await readIds();
  expect(kept).toEqual(expect.arrayContaining(late));
  expect(kept.filter((id) => early.includes(id))).toEqual([]);
});

test("tokens nobody used for a quarter are dead: the night says so, and the merchant's next visit brings new ones", { timeout: BUSY_TIMEOUT_MS }, async () => {
  const { clock } = app.sandbox.context;
  clock.setOffset(clock.offsetMs + 91 * DAY_MS); // past a refresh token's ninety days, and nobody shopped
  await app.advanceDays(0);
  await passSweep();
  expect((await readNights()).at(-1)).toMatchObject({ error: "refused" });
  expect(await readToken()).toBeUndefined();
  await pressOnSync(app, { intent: "reconcile" });
  await eventually(async () => expect((await readNights()).at(-1)).toMatchObject({ error: null }));
  expect(await readLastNight()).toEqual({ lastNightOn: today() });
});
