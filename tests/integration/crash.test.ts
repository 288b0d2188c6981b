// Web and worker are killed at the worst moments; afterwards everything is there, once.
import { afterAll, beforeAll, expect, test } from "vitest";
import { countRollupDifferences } from "../../app/capabilities/analytics/analytics.server.ts";
import { seedTeaShop } from "../../sandbox/shop/generator.ts";
import { shopIdOf } from "../support/snapshots.ts";
import { startApp, type RunningApp } from "../support/app.ts";
import { eventually, joinDatabase, readRows, ring, settle } from "../support/app-database.ts";
import { readAllTime, readCohortRows, readSync } from "../support/reports.ts";
import { sumShop } from "../support/shop-truth.ts";

const BUSY_TIMEOUT_MS = 180_000; // of a machine that does much else
const KILLS_MAX = 6; // each costs a start of both processes

let app: RunningApp;
let leave: () => Promise<void>;
beforeAll(async () => {
  app = await startApp({
    fill: (state, clock) => seedTeaShop(state, { seed: 5, asOf: clock.now(), customerCount: 1_400, months: 14 }),
    retryScale: 0.01, // a delivery is tried again for long enough to outlive a start on a busy machine
  });
  leave = joinDatabase(app.databaseUrl);
}, BUSY_TIMEOUT_MS);
afterAll(async () => {
  await leave();
  await app.stop();
});

async function killBoth(): Promise<void> {
  await Promise.all([app.end("web", "SIGKILL"), app.end("worker", "SIGKILL")]);
  await Promise.all([app.start("web"), app.start("worker")]);
}

/** How far the backfill is, to the byte. */
const readProgress = async (): Promise<string> =>
  (await readRows(app.databaseUrl, "select noun, state, byte_offset, finished_at is not null as is_finished from backfill_part order by noun"))
    .map(({ noun, state, byte_offset: offset, is_finished: isFinished }) => [noun, isFinished === true ? "finished" : state, offset].map(String).join(" ")).join(", ");

async function expectWhole(): Promise<void> {
  const truth = sumShop(app.state);
  const orders = await readRows(app.databaseUrl, `select id, customer_id as "customerId", revenue_minor as "revenueMinor", is_counted as "isCounted" from orders order by id`);
  expect(orders).toHaveLength(truth.orders.length);
  expect(orders).toEqual(truth.orders);
  expect((await readRows(app.databaseUrl, "select id from customer order by id")).map(({ id }) => id)).toEqual(truth.customerIds);
  expect(await readSync(app)).toMatchObject({ backfill_state: "done", orders: truth.orders.length, customers: truth.customerIds.length, waiting_deliveries: 0, quarantined_deliveries: 0 });
  expect(await readAllTime(app)).toMatchObject({ orders: truth.countedOrders, revenue: truth.revenueMinor / 100, guest_orders: truth.guestOrders, customers: truth.buyers });
  const cohorts = await readCohortRows(app);
  expect(cohorts.reduce((sum, { orders }) => sum + orders, 0)).toBe(truth.countedOrders - truth.guestOrders);
  expect(cohorts.filter(({ period }) => period === 0).reduce((sum, row) => sum + row.cohort_size, 0)).toBe(truth.buyers);
  expect(await countRollupDifferences(shopIdOf(BigInt(app.state.shop().id)))).toBe(0);
}

test("killed whenever the backfill has moved, it ends whole", { timeout: BUSY_TIMEOUT_MS }, async () => {
  await readSync(app); // the merchant's first visit installs
  const moments = new Set<string>();
  while (moments.size < KILLS_MAX) {
    const moment = await eventually(async () => {
      const progress = await readProgress();
      if (moments.has(progress)) throw new Error(`no progress: ${progress}`);
      return progress;
    });
    if (moment.includes("finished")) break;
    moments.add(moment);
    await killBoth();
  }
  await ring("cohorts.sweep"); // what a killed process has not rung for is rung for within a minute
  await settle(app);
  expect(moments.size).toBeGreaterThan(3);
  await expectWhole();
});

test("killed in the middle of a burst of orders, it has every one of them once", { timeout: BUSY_TIMEOUT_MS }, async () => {
  const { deliveries } = app.sandbox.context;
  const before = deliveries.counts().delivered;
  const burst = fetch(`${app.sandbox.url}/sandbox/orders`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ count: 300 }) });
  for (const count of [40, 160, 320]) {
    await eventually(() => expect(deliveries.counts().delivered - before).toBeGreaterThan(count));
    await killBoth();
  }
  expect((await burst).ok).toBe(true);
  await settle(app);
  expect(deliveries.counts()).toMatchObject({ failed: 0, dropped: 0 });
  await expectWhole();
});
