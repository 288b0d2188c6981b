// Costs as HTTP: a file is refused line by line and changes nothing, taken once however often it comes; typed amounts are named by their place; values and reports follow.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dayAt, firstDayOf, monthOf, addMonths } from "../../app/values/day.ts";
import { seedTeaShop } from "../../sandbox/shop/generator.ts";
import { startApp, type RunningApp } from "../support/app.ts";
import { eventually, readRows, settle } from "../support/app-database.ts";
import { askApp, readCohortRows, readSync } from "../support/reports.ts";

const AS_OF = new Date("2026-11-20T18:00:00Z");
const COSTS = "/app/value/costs?_data=routes%2Fapp.value.costs";
const VALUE = "/app/value?index&_data=routes%2Fapp.value._index";

let app: RunningApp;
beforeAll(async () => {
  app = await startApp({ fill: (state, clock) => seedTeaShop(state, { seed: 5, asOf: clock.now() < AS_OF ? AS_OF : clock.now(), customerCount: 60, months: 14 }), extraScopes: ["read_all_orders"] });
  await readSync(app); // the merchant's first visit installs
  await settle(app);
  await eventually(async () => expect((await readCohortRows(app)).length).toBeGreaterThan(0));
}, 120_000);
afterAll(() => app?.stop());

type Answer = { ok: boolean; fault?: string; column?: string; lineCount?: number; lines?: { line: number; field: string | null; fault: string; otherLine?: number }[]; preview?: { added: number; changed: number; unchanged: number }; faults?: Record<string, string> };

async function post(fields: Record<string, string | File>): Promise<Answer> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const answer = await askApp(app, COSTS, { method: "POST", body });
  expect(answer.status).toBe(200);
  return await answer.json() as Answer; // what our own action says
}
const bring = (content: string | Uint8Array<ArrayBuffer>, intent = "import", locale = "en") => post({ intent, locale, file: new File([content], "costs.csv") });
const kept = () => readRows<{ month: string; channel: string; purpose: string; amount: number }>(app.databaseUrl, "select to_char(month, 'YYYY-MM') as month, channel, purpose, amount_minor::int as amount from acquisition_cost order by 1, 2, 3");
const thisMonth = () => monthOf(dayAt(app.sandbox.context.clock.now(), app.state.shop().timeZone));

describe("a file with a fault changes nothing, and says where it is", () => {
  const HEAD = "month,channel,cost,purpose\n2026-01,web,100,\n"; // its second line is right
  test.each([
    ["a month that is none", "2026-13,web,5,", "month", "not_a_month"], ["no month", ",web,5,", "month", "missing"], ["a month to come", "2099-01,web,5,", "month", "in_future"], ["a month of another century", "1999-01,web,5,", "month", "too_early"],
    ["no cost", "2026-02,web,,", "cost", "missing"], ["words for a cost", "2026-02,web,much,", "cost", "not_a_number"], ["a cost below zero", "2026-02,web,-5,", "cost", "negative"], ["a cost to read in two ways", "2026-02,web,1.200,", "cost", "unclear"], ["more digits than dollars have", "2026-02,web,1.2345,", "cost", "too_exact"],
    ["another currency", "2026-02,web,€5,", "cost", "other_currency"], ["a slip of the keyboard", "2026-02,web,99999999999,", "cost", "too_large"], ["a purpose that is none", "2026-02,web,5,win", "purpose", "not_a_purpose"], ["a name that is too long", `2026-02,${"x".repeat(101)},5,`, "channel", "too_long"], ["a number for a name", "2026-02,200,5,", "channel", "a_number"],
    ["a comma without quotes", "2026-02,web,1,200,acquire", null, "too_many_cells"], ["the same once more", "2026-01,WEB,7,acquire", null, "double"],
  ])("%s", async (_name, line, field, fault) => {
    for (const intent of ["preview", "import"]) expect(await bring(HEAD + line, intent)).toMatchObject({ ok: false, lineCount: 1, lines: [{ line: 3, field, fault }] });
    expect(await kept()).toEqual([]);
  });

  test("no table, no columns, an unknown column, no lines, no file, or one that is too large", async () => {
    expect(await bring('month,cost\n"2026-01,5')).toMatchObject({ ok: false, lines: null, fault: "unreadable" });
    expect(await bring("when,how much\n2026-01,5")).toMatchObject({ ok: false, fault: "columns" });
    expect(await bring("month,cost,chanel\n2026-01,5,web")).toMatchObject({ ok: false, fault: "unknown_column", column: "chanel" });
    expect(await bring("month,cost\n")).toMatchObject({ ok: false, fault: "empty" });
    expect(await post({ intent: "import", locale: "en", file: "text" })).toMatchObject({ ok: false, fault: "no_file" });
    expect(await bring(new Uint8Array(1_000_001))).toMatchObject({ ok: false, fault: "too_large" });
    expect(await kept()).toEqual([]);
  });
});

test("a file is looked at without a trace, taken once, and the same twice changes nothing; nor does our own", async () => {
  const file = "\uFEFFMonth;Channel;Cost;Purpose\r\n2026-01;Web;1.200,50;\r\n2026-02;;300,00;keep\r\n";
  expect(await bring(file, "preview")).toMatchObject({ ok: true, preview: { added: 2, changed: 0, unchanged: 0 } });
  expect(await kept()).toEqual([]);
  expect(await bring(file)).toMatchObject({ ok: true, preview: { added: 2 } });
  const expected = [{ month: "2026-01", channel: "web", purpose: "acquire", amount: 120_050 }, { month: "2026-02", channel: "", purpose: "keep", amount: 30_000 }];
  expect(await kept()).toEqual(expected);
  const own = await (await askApp(app, "/app/reports/acquisition_costs.csv")).text();
  expect(own).toBe("month,channel,cost,purpose\n2026-02,,300.00,keep\n2026-01,web,1200.50,acquire\n");
  for (const again of [file, own]) {
    expect(await bring(again)).toMatchObject({ ok: true, preview: { added: 0, changed: 0, unchanged: 2 } });
    expect(await kept()).toEqual(expected);
  }
  const shiftJis = new Uint8Array([...new TextEncoder().encode("month,channel,cost\n2026-03,"), 0x82, 0xa0, ...new TextEncoder().encode(",5\n")]);
  await bring(shiftJis, "import", "ja"); // as a Japanese spreadsheet saves it
  expect((await kept()).at(-1)).toEqual({ month: "2026-03", channel: "あ", purpose: "acquire", amount: 500 });
});

describe("what is typed", () => {
  const type = (costs: unknown) => post({ intent: "save", costs: JSON.stringify(costs) });

  test("is kept, changed, and known no more once it is empty", async () => {
    const place = { month: "2026-04", purpose: "acquire", channel: "Flyer" };
    for (const _time of [1, 2]) expect(await type([{ ...place, amount: "$1,250" }])).toEqual({ ok: true });
    expect((await kept()).filter(({ channel }) => channel === "Flyer")).toEqual([{ ...place, amount: 125_000 }]);
    expect(await type([{ ...place, channel: "FLYER", amount: "" }])).toEqual({ ok: true });
    expect((await kept()).filter(({ channel }) => channel === "Flyer")).toEqual([]);
  });

  test("and wrong is named by its place, and nothing is kept", async () => {
    const before = await kept();
    expect(await type([{ month: "2026-04", purpose: "acquire", channel: "", amount: "5" }, { month: "2026-05", purpose: "keep", channel: "", amount: "many" }, { month: addMonths(thisMonth(), 1), purpose: "keep", channel: "", amount: "5" }])).toEqual({ ok: false, faults: { "2026-05 keep ": "not_a_number", [`${addMonths(thisMonth(), 1)} keep `]: "in_future" } });
    expect(await kept()).toEqual(before);
  });

  test("is refused where it is no form of ours", async () => {
    const body = new FormData();
    body.set("intent", "save");
    body.set("costs", JSON.stringify([{ month: "2026-04", purpose: "win", channel: "", amount: "5" }]));
    expect((await askApp(app, COSTS, { method: "POST", body })).status).toBeGreaterThanOrEqual(400);
  });
});

describe("values", () => {
  test("stand against what was entered, on the page and in the reports", async () => {
    const answer = await (await askApp(app, VALUE)).json() as { value: { table: { rows: { cohort: string; size: number }[] }; costs: { cohort: string; acquireMinor: number | null; perCustomerMinor: number | null }[] } }; // what our own loader says
    const january = firstDayOf(monthOf(dayAt(new Date("2026-01-15T00:00:00Z"), "UTC")));
    const [row, cost] = [answer.value.table.rows.find(({ cohort }) => cohort === january), answer.value.costs.find(({ cohort }) => cohort === january)];
    expect(cost?.acquireMinor).toBe(120_050);
    expect(cost?.perCustomerMinor).toBeCloseTo(120_050 / (row?.size ?? 0), 6);
    const payback = (await (await askApp(app, "/app/reports/payback.csv")).text()).split("\n");
    expect(payback[0]).toMatch(/^cohort,customers,acquisition_cost,cost_per_customer,/);
    expect(payback.find((line) => line.startsWith("2026-01,"))?.split(",").slice(1, 3)).toEqual([String(row?.size), "1200.50"]);
  });

  test("have the report's five columns, a line per cohort and milestone, and together only when asked", async () => {
    const ltv = (await (await askApp(app, "/app/reports/ltv.csv")).text()).trimEnd().split("\n");
    expect(ltv[0]).toBe("cohort,day,customers,revenue_per_customer,margin_per_customer");
    expect(ltv.slice(1, 6).map((line) => line.split(",")[1])).toEqual(["30", "60", "90", "180", "365"]);
    expect(ltv.at(-1)).toMatch(new RegExp(`^${thisMonth()},365,\\d+,,$`)); // not there yet: empty, not 0
    expect((await (await askApp(app, "/app/reports/ltv.csv?blend=same")).text()).trimEnd().split("\n").slice(-5).map((line) => line.slice(0, 4))).toEqual(Array.from({ length: 5 }, () => "all,"));
    expect(await (await askApp(app, "/app/reports/ltv.json?filter=channel:web")).json()).toMatchObject({ report: "ltv", filter: "channel:web", columns: [{ name: "cohort" }, { name: "day" }, { name: "customers" }, { name: "revenue_per_customer" }, { name: "margin_per_customer" }] });
  });

  test.each([["/app/reports/ltv.csv?filter=shoe:1", "filter"], ["/app/reports/ltv.csv?filter=tag:a&filter=tag:b", "filter"], ["/app/reports/payback.csv?blend=all", "blend"]])("%s is refused by its field", async (path, field) => {
    const answer = await askApp(app, path);
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { field } }]);
  });
});
