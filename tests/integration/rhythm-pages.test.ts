// The purchase rhythm over HTTP: its reports against the sandbox's own documents, and the page with its lapse point.
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Rule } from "../../app/capabilities/segments/model.ts";
import { ruleOfAtRisk } from "../../app/ui/rhythm-query.ts";
import { createClock } from "../../sandbox/clock.ts";
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
  app = await startApp({ clockOffsetMs: AS_OF.getTime() - createClock(0).now().getTime(), extraScopes: ["read_all_orders"], fill: (state) => seedTeaShop(state, { seed: 4, asOf: AS_OF, customerCount: 1_000, months: 14 }) });
  leave = joinDatabase(app.databaseUrl);
  await readSync(app);
  await settle(app);
  await ring("segments.sweep");
  await eventually(async () => expect(await readRows(app.databaseUrl, "select is_whole from profile_basis")).toEqual([{ is_whole: true }]));
  await eventually(async () => expect(await readRows(app.databaseUrl, "select rebuilt_at is not null as is_ready from cohort_lock")).toEqual([{ is_ready: true }]));
}, BUSY_TIMEOUT_MS);
afterAll(async () => {
  await leave();
  await app.stop();
});

const Report = z.looseObject({ columns: z.array(z.object({ name: z.string() })), rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))) });
async function readReport(path: string): Promise<z.output<typeof Report>> {
  const answer = await askApp(app, `/app/reports/${path}`);
  expect(answer.status, path).toBe(200);
  return Report.parse(await answer.json());
}
const namesOf = ({ columns }: z.output<typeof Report>) => columns.map(({ name }) => name).join(",");

const PAID = ["PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED", "REFUNDED"]; // docs/retention.md
const DAY_MS = 86_400_000;

/** Days of the shop's calendar, counted from any one, of each customer's counted orders, and the products of the first. */
function livesOf(): { days: number[]; first: (string | null)[] }[] {
  const dayOf = ({ processedAt }: OrderDoc): number => Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone: app.state.shop().timeZone }).format(new Date(processedAt))) / DAY_MS;
  const counted = [...app.state.eachOrder({})].filter(({ customerId, cancelledAt, test: isTest, financialStatus }) => customerId !== null && cancelledAt === null && !isTest && PAID.includes(financialStatus));
  return [...Map.groupBy(counted, ({ customerId }) => customerId).values()].map((orders) => {
    const own = orders.toSorted((one, other) => Date.parse(one.processedAt) - Date.parse(other.processedAt));
    return { days: own.map(dayOf), first: (own[0]?.lines ?? []).map(({ productId }) => productId) };
  });
}
const gapsOf = ({ days }: { days: number[] }): number[] => days.slice(1).map((day, at) => day - (days[at] ?? 0));

test("intervals: each gap once, in rows of a day or of a week", async () => {
  const gaps = livesOf().flatMap(gapsOf);
  const daily = await readReport("intervals.json");
  expect(namesOf(daily)).toBe("bucket_days,count");
  expect(daily.rows.map(({ count }) => count)).toEqual(Array.from({ length: Math.max(...gaps) + 1 }, (_, days) => gaps.filter((gap) => gap === days).length));
  const weekly = await readReport("intervals.json?bucket=7&step=third");
  const third = livesOf().flatMap((life) => gapsOf(life).slice(1, 2));
  expect(weekly.rows.map(({ bucket_days: to, count }) => [to, count])).toEqual(Array.from({ length: Math.ceil(Math.max(...third) / 7) + 1 }, (_, at) => [at * 7, third.filter((gap) => Math.ceil(gap / 7) === at).length]));
});

test("second_order: at risk and events as each customer's days say, of everybody and of a first product", async () => {
  const today = Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone: app.state.shop().timeZone }).format(AS_OF)) / DAY_MS;
  const commonest = [...Map.groupBy(livesOf().flatMap(({ first }) => first), (id) => id)].sort(([, one], [, other]) => other.length - one.length)[0]?.[0] ?? "";
  for (const [path, lives, place] of [["second_order.json", livesOf(), 1], ["second_order.json?step=fourth", livesOf(), 3], [`second_order.json?product=${commonest}`, livesOf().filter(({ first }) => first.includes(commonest)), 1]] as const) {
    const report = await readReport(path);
    expect(namesOf(report)).toBe("day,at_risk,events,survival,survival_low,survival_high,hazard,hazard_smoothed");
    const waits = lives.flatMap(({ days }) => { const [from, to] = [days[place - 1], days[place]]; return from === undefined ? [] : [{ days: (to ?? today) - from, came: to !== undefined }]; });
    let survival = 1;
    for (const row of report.rows) {
      const [atRisk, events] = [waits.filter(({ days }) => days >= Number(row["day"])).length, waits.filter(({ days, came }) => came && days === row["day"]).length];
      survival *= 1 - events / atRisk;
      expect([row["at_risk"], row["events"]], `${path} day ${row["day"]}`).toEqual([atRisk, events]);
      expect(row["survival"]).toBeCloseTo(survival, 6);
    }
    expect(report.rows).toHaveLength(Math.max(...waits.map(({ days }) => days)) + 1);
  }
});

test("the clocks are those of the curves, and lapse points those of the gaps", async () => {
  const clocks = await readReport("second_order_clocks.json");
  expect(clocks.rows.length).toBeGreaterThan(0);
  for (const row of clocks.rows) {
    expect(Number(row["second_orders"])).toBeGreaterThanOrEqual(30);
    const curve = await readReport(`second_order.json?product=${row["product"]}`);
    expect([curve["halfDay"], curve["writeDay"], curve["horizonDays"]].map(Number)).toEqual([row["half_day"], row["write_day"] ?? 0, row["horizon_days"]]);
  }
  const [shop, ...others] = (await readReport("lapse_points.json")).rows;
  const gaps = livesOf().flatMap(gapsOf).filter((gap) => gap > 0).sort((one, other) => one - other);
  const lapse = gaps[Math.ceil(gaps.length * 0.9) - 1] ?? 0;
  expect(shop).toMatchObject({ group: "shop", gaps: gaps.length, lapse_days: lapse, at_risk_days: Math.ceil(lapse * 0.8) });
  expect(new Set(others.map(({ group }) => group))).toEqual(new Set(["product_type", "product"]));
});

test.each([["intervals?step=fifth", "step"], ["second_order?product=tea", "product"], ["intervals?bucket=0", "bucket"], ["intervals?bucket=week", "bucket"]])("%s is refused by name", async (path, field) => {
  const answer = await askApp(app, `/app/reports/${path}`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { field } });
});

const PAGE = "/app/rhythm?_data=routes%2Fapp.rhythm";
const People = z.looseObject({ count: z.number(), refusedField: z.null() });
const countPeople = async (rule: Rule) => People.parse(await (await askApp(app, `/app/customers?${new URLSearchParams({ rule: JSON.stringify(rule), _data: "routes/app.customers._index" }).toString()}`)).json()).count;
const Page = z.looseObject({ ownDays: z.number().nullable(), lapse: z.looseObject({ lapseDays: z.number() }), figures: z.looseObject({ customers: z.number(), cameLater: z.number(), sameDay: z.number(), waiting: z.number(), clock: z.unknown() }) });
const readPage = async (parameters = "") => Page.parse(await (await askApp(app, PAGE + parameters)).json());

test("the page shows whom the curve counts, and a lapse point set on it holds until it is given back", async () => {
  const { figures } = await readPage("&step=third");
  const reached = livesOf().filter(({ days }) => days.length >= 2);
  expect(figures).toMatchObject({ customers: reached.length, waiting: reached.filter(({ days }) => days.length === 2).length });
  expect(figures.cameLater + figures.sameDay + figures.waiting).toBe(figures.customers);
  const set = (fields: Record<string, string>) => askApp(app, "/app/customers/stages?_data=routes%2Fapp.customers.stages", { method: "POST", body: new URLSearchParams(fields) });
  expect(await (await set({ intent: "save", days: "77" })).json()).toEqual({ ok: true });
  expect((await readPage()).ownDays).toBe(77);
  expect((await readReport("lapse_points.json"))["ownDays"]).toBe("77");
  expect(await (await set({ intent: "save", days: "0" })).json()).toEqual({ ok: false, fault: "out_of_range" });
  await set({ intent: "automatic" });
  expect((await readPage()).ownDays).toBeNull();
  expect((await askApp(app, "/app/rhythm?step=ninth&_data=routes%2Fapp.rhythm")).status).toBe(404);
});

test("who still waited on a day, opened from the curve, are as many as it says", async () => {
  for (const step of ["second", "third"] as const) {
    for (const { day, at_risk: atRisk } of (await readReport(`second_order.json?step=${step}`)).rows.filter((_row, at) => [0, 1, 30, 200].includes(at))) {
      expect(Number(atRisk)).toBeGreaterThan(0);
      expect(await countPeople(ruleOfAtRisk({ step, productId: null }, Number(day))), `${step} order, day ${day}`).toBe(atRisk);
    }
  }
});
