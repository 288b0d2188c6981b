// Cohorts by collection over HTTP, from the installation on: nobody waits for a night, and the report says what the sandbox's own documents do.
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createClock } from "../../sandbox/clock.ts";
import { listCollections } from "../../sandbox/admin-api/resolvers/collections.ts";
import { seedTeaShop } from "../../sandbox/shop/generator.ts";
import type { OrderDoc } from "../../sandbox/shop/model.ts";
import { startApp, type RunningApp } from "../support/app.ts";
import { eventually, joinDatabase, readRows, ring, settle } from "../support/app-database.ts";
import { askApp, readSync } from "../support/reports.ts";

const BUSY_TIMEOUT_MS = 120_000; // of a machine that does much else
const AS_OF = new Date("2026-11-20T18:00:00Z");

let app: RunningApp;
let leave = () => Promise.resolve();
beforeAll(async () => {
  app = await startApp({ clockOffsetMs: AS_OF.getTime() - createClock(0).now().getTime(), extraScopes: ["read_all_orders"], fill: (state) => seedTeaShop(state, { seed: 6, asOf: AS_OF, customerCount: 500, months: 8 }) });
  leave = joinDatabase(app.databaseUrl);
  await readSync(app);
  await settle(app);
  await eventually(async () => expect(await readRows(app.databaseUrl, "select finished_at is not null as is_read from collection_reading")).toEqual([{ is_read: true }]));
  await eventually(async () => expect(await readRows(app.databaseUrl, "select rebuilt_at is not null as is_ready from cohort_lock")).toEqual([{ is_ready: true }]));
  await ring("cohorts.sweep");
  await eventually(async () => expect(await readRows(app.databaseUrl, "select l.collection_changes = t.collection_changes as is_followed from cohort_lock l join orders_tally t using (shop_id)")).toEqual([{ is_followed: true }]));
}, BUSY_TIMEOUT_MS);
afterAll(async () => {
  await leave();
  await app.stop();
});

const Report = z.looseObject({ by: z.string(), rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))) });
async function readCohorts(query: string): Promise<z.output<typeof Report>> {
  const answer = await askApp(app, `/app/reports/cohorts.json?${query}`);
  expect(answer.status, query).toBe(200);
  return Report.parse(await answer.json());
}

const PAID = ["PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED", "REFUNDED"]; // docs/retention.md

/** Customers whose first counted order held a product of it; by the documents alone. */
function countBeginners(title: string): number {
  const products = new Set(listCollections(app).find((collection) => collection.title === title)?.products.map(({ id }) => id));
  const counted = [...app.state.eachOrder({})].filter(({ customerId, cancelledAt, test: isTest, financialStatus }: OrderDoc) => customerId !== null && cancelledAt === null && !isTest && PAID.includes(financialStatus));
  const firsts = [...Map.groupBy(counted, ({ customerId }) => customerId).values()].map((orders) => orders.toSorted((one, other) => Date.parse(one.processedAt) - Date.parse(other.processedAt) || Number(one.id) - Number(other.id))[0]);
  return firsts.filter((order) => order?.lines.some(({ productId }) => productId !== null && products.has(productId))).length;
}

test("a block for each collection, with its customers", async () => {
  const titles = new Map((await readRows(app.databaseUrl, "select id::text, title from collection")).map((row) => z.object({ id: z.string(), title: z.string() }).parse(row)).map(({ id, title }) => [id, title]));
  expect([...titles.values()].sort()).toEqual(listCollections(app).map(({ title }) => title).sort());
  const { by, rows } = await readCohorts("grain=year&by=collection");
  expect(by).toBe("collection");
  const told = new Map([...Map.groupBy(rows.filter(({ period }) => period === 0), (row) => String(row.collection))].map(([id, cohorts]) => [titles.get(id), cohorts.reduce((sum, row) => sum + Number(row.cohort_size), 0)]));
  const expected = new Map([...titles.values()].map((title) => [title, countBeginners(title)] as const).filter(([, customers]) => customers > 0));
  expect(expected.size).toBeGreaterThan(6);
  expect(told).toEqual(expected);
});

test("a filter is one block of these, and its customers are those the rule finds", async () => {
  const seasonal = listCollections(app).find(({ title }) => title === "Seasonal");
  const { rows } = await readCohorts(`grain=year&filter=collection:${seasonal?.id}`);
  const customers = countBeginners("Seasonal");
  expect(rows.filter(({ period }) => period === 0).reduce((sum, row) => sum + Number(row.cohort_size), 0)).toBe(customers);
  await ring("segments.sweep");
  await eventually(async () => expect(await readRows(app.databaseUrl, "select is_whole from profile_basis")).toEqual([{ is_whole: true }]));
  const answer = await askApp(app, `/app/reports/customers.json?${new URLSearchParams({ rule: JSON.stringify({ field: "first_collection", operator: "any_of", value: [seasonal?.id] }) }).toString()}`);
  expect(z.looseObject({ rows: z.array(z.unknown()) }).parse(await answer.json()).rows).toHaveLength(customers);
  expect((await askApp(app, "/app/reports/cohorts.json?filter=collection:seasonal")).status).toBe(400);
});

test("collections are found by part of their title, where a rule is written and where cohorts are chosen", async () => {
  const find = async (path: string): Promise<unknown> => (await askApp(app, `${path}&_data=routes%2F${path.slice(1).split("?")[0]?.replace("/", ".")}`)).json();
  const seasonal = listCollections(app).find(({ title }) => title === "Seasonal");
  expect(await find("/app/titles?of=collections&q=ASON")).toEqual({ found: [{ id: seasonal?.id, title: "Seasonal" }] });
  expect(await find("/app/titles?of=collections&q=%25")).toEqual({ found: [] });
  expect(await find("/app/traits?kind=collection&q=ason")).toEqual({ kind: "collection", choices: [{ kind: "collection", value: seasonal?.id, title: "Seasonal", customers: countBeginners("Seasonal") }], isRead: true });
});
