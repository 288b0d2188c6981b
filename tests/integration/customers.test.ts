// Who a customer is, over HTTP: the reports of customers and segments, and what Shopify's own customer page is told.
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createClock } from "../../sandbox/clock.ts";
import { seedTeaShop } from "../../sandbox/shop/generator.ts";
import { startApp, type RunningApp } from "../support/app.ts";
import { eventually, joinDatabase, readRows, ring, settle } from "../support/app-database.ts";
import { askApp, readSync } from "../support/reports.ts";

const BUSY_TIMEOUT_MS = 120_000; // of a machine that does much else
const AS_OF = new Date("2026-11-20T18:00:00Z");

let app: RunningApp;
let leave = () => Promise.resolve();
beforeAll(async () => {
  app = await startApp({ clockOffsetMs: AS_OF.getTime() - createClock(0).now().getTime(), extraScopes: ["read_all_orders"], fill: (state) => seedTeaShop(state, { seed: 4, asOf: AS_OF, customerCount: 200, months: 14 }) });
  leave = joinDatabase(app.databaseUrl);
  await readSync(app);
  await settle(app);
  await ring("segments.sweep");
  await eventually(async () => expect(await readRows(app.databaseUrl, "select is_whole from profile_basis")).toEqual([{ is_whole: true }]));
}, BUSY_TIMEOUT_MS);
afterAll(async () => {
  await leave();
  await app.stop();
});

const Report = z.object({ columns: z.array(z.object({ name: z.string() })), rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))) });
async function readReport(path: string): Promise<z.output<typeof Report>> {
  const answer = await askApp(app, `/app/reports/${path}`);
  expect(answer.status, path).toBe(200);
  return Report.parse(await answer.json());
}
const namesOf = ({ columns }: z.output<typeof Report>) => columns.map(({ name }) => name);

test("customers: everybody once, with the columns as written", async () => {
  const report = await readReport("customers.json");
  expect(namesOf(report)).toEqual("customer_id,orders,net_revenue,first_order_at,last_order_at,recency_days,r,f,m,rfm_group,stage,chance_30,chance_90,expected_orders_365,expected_value_365,next_order_on,reason_codes".split(","));
  expect(report.rows.map(({ customer_id: id }) => id)).toEqual([...app.state.eachCustomer({})].map(({ id }) => id).toSorted());
  for (const row of report.rows) {
    expect(row["reason_codes"], String(row["customer_id"])).not.toBe("");
    expect(row["orders"] === 0).toBe(row["stage"] === "prospect");
    if (row["chance_90"] !== null) expect(Number(row["chance_90"])).toBeGreaterThanOrEqual(Number(row["chance_30"]));
  }
  const csv = (await (await askApp(app, "/app/reports/customers.csv?stage=at_risk,lapsed&orders=2")).text()).trimEnd().split("\n");
  expect(csv[0]).toBe(namesOf(report).join(","));
  expect(csv.slice(1).map((line) => line.split(",")[0])).toEqual(report.rows.filter(({ stage, orders }) => ["at_risk", "lapsed"].includes(String(stage)) && Number(orders) >= 2).map(({ customer_id: id }) => id));
});

test("segments and their members agree with the customers they are made of", async () => {
  const [customers, segments] = [await readReport("customers.json"), await readReport("segments.json")];
  for (const { ready_made: key, segment_id: id, members } of segments.rows) {
    const listed = await readReport(`segment_members.json?segment=${String(id)}`);
    expect(listed.rows.length, String(key)).toBe(members);
  }
  const atRisk = await readReport("segment_members.json?segment=at_risk");
  expect(atRisk.rows.map(({ customer_id: id }) => id)).toEqual(customers.rows.filter(({ stage }) => stage === "at_risk").map(({ customer_id: id }) => id));
  const rfm = await readReport("rfm.json");
  expect(rfm.rows.reduce((sum, { customers: count }) => sum + Number(count), 0)).toBe(customers.rows.filter(({ r }) => r !== null).length);
});

test("model and calibration say what was fitted and how it came out", async () => {
  const model = await readReport("model.json");
  expect(namesOf(model)).toEqual(["model", "parameter", "value", "standard_error", "log_likelihood", "customers", "fitted_at", "verdict"]);
  expect(model.rows.length).toBeGreaterThan(0);
  const calibration = await readReport("calibration.json");
  for (const { low, happened, high } of calibration.rows) {
    expect(Number(low)).toBeLessThanOrEqual(Number(happened));
    expect(Number(high)).toBeGreaterThanOrEqual(Number(happened));
  }
});

test.each([
  ["customers?stage=asleep", "stage"], ["customers?sort=shoe_size", "sort"], ["segment_members", "segment"], ["segment_members?segment=nobody", "segment"],
])("%s is refused by name", async (path, field) => {
  const answer = await askApp(app, `/app/reports/${path}`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { field } });
});

test("the block on Shopify's customer page is told stage, chance and reasons in its reader's language, from any origin", async () => {
  const { rows } = await readReport("customers.json?stage=at_risk");
  const answer = await askApp(app, `/app/customer-block/${String(rows[0]?.["customer_id"])}?locale=ja`);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(await answer.json()).toMatchObject({ stage: "離脱リスク", stageTone: "critical", reasons: expect.arrayContaining([expect.stringMatching(/^前回の注文から\d+日$/)]) });
});

test.each(["1", "9999999999999999999", "x", "7400000000001;"])("about customer %s nothing is said", async (id) => {
  expect((await askApp(app, `/app/customer-block/${encodeURIComponent(id)}`)).status).toBe(404);
});

test("nobody is told anything without a session token, and another origin may ask first", async () => {
  const path = new URL("/app/customer-block/7400000000001", app.appUrl);
  expect([302, 401, 410]).toContain((await fetch(path, { redirect: "manual" })).status);
  const asked = await fetch(path, { method: "OPTIONS", headers: { origin: "https://extensions.shopifycdn.com", "access-control-request-method": "GET", "access-control-request-headers": "authorization" } });
  expect(asked.headers.get("access-control-allow-origin")).toBe("*");
  expect(asked.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("authorization");
});
