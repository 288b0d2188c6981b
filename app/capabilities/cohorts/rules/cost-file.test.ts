import { describe, expect, test } from "vitest";
import { parseMonth } from "../../../values/day.ts";
import { COST_LINES_MAX } from "../model.ts";
import { readAmount, readCostMonth } from "./cost-cells.ts";
import { parseCosts } from "./cost-file.ts";

const today = parseMonth("2026-04");
const known = { today, currency: "USD", channels: ["web", "Instagram"] };
const parsed = (text: string, more: Partial<typeof known> = {}) => parseCosts(text, { ...known, ...more });
const row = (month: string, channel: string, amountMinor: number, purpose = "acquire") => ({ month, channel, amountMinor, purpose });

describe("an amount", () => {
  test.each([
    ["1200", 120_000], ["1,200", 120_000], ["1,234.56", 123_456], ["1.234,56", 123_456], ["12,5", 1_250], ["12.50", 1_250], ["12.500000", 1_250], ["1.234.567", 123_456_700], ["1 234.5", 123_450], ["1’234.50", 123_450], ["１，２００", 120_000],
    ["$1,200", 120_000], ["US$12", 1_200], ["USD 12", 1_200], ["12 usd", 1_200], ["0", 0], ["-0", 0], ["+5", 500],
  ])("%s is %i cents", (text, minor) => expect(readAmount(text, "USD")).toEqual({ minor }));

  test.each([
    ["", "missing"], ["  ", "missing"], ["n/a", "not_a_number"], ["12.5.0", "not_a_number"], ["1,20,000", "not_a_number"], ["(12)", "not_a_number"], ["1e5", "not_a_number"], ["1.234", "unclear"], ["0,123", "unclear"], ["12.345678", "too_exact"], ["1234,567", "too_exact"],
    ["-5", "negative"], ["-$5", "negative"], ["€5", "other_currency"], ["JPY 500", "other_currency"], ["1000000001", "too_large"],
  ])("%j is refused: %s", (text, fault) => expect(readAmount(text, "USD")).toEqual({ fault }));

  test("has the digits of its currency", () => {
    expect(["¥1,200", "1,200円", "￥1,200", "1200.00", "JPY1200"].map((text) => readAmount(text, "JPY"))).toEqual(Array.from({ length: 5 }, () => ({ minor: 1_200 })));
    expect([readAmount("12.5", "JPY"), readAmount("1.200", "JPY"), readAmount("$5", "JPY")]).toEqual([{ fault: "too_exact" }, { fault: "unclear" }, { fault: "other_currency" }]);
    expect([readAmount("1.234", "KWD"), readAmount("1,234", "KWD"), readAmount("1,234.5", "KWD")]).toEqual([{ minor: 1_234 }, { fault: "unclear" }, { minor: 1_234_500 }]);
    expect(readAmount("1200元", "CNY")).toEqual({ minor: 120_000 });
  });
});

test("a month is written in many ways, and no other day than its first stands for it", () => {
  for (const text of ["2026-01", "2026/1", "2026.01", "2026年1月", "２０２６年１月", "2026-01-01", "2026/1/1", "2026-01-01 00:00:00"]) expect(readCostMonth(text, today), text).toEqual({ month: "2026-01" });
  expect(["", "Jan-26", "2026-13", "2026-00", "2026-01-15", "01/2026", "2026-05", "1999-12", "0000-01"].map((text) => readCostMonth(text, today))).toEqual(
    ["missing", "not_a_month", "not_a_month", "not_a_month", "not_a_month", "not_a_month", "in_future", "too_early", "too_early"].map((fault) => ({ fault })));
});

describe("a file", () => {
  test("of commas, semicolons or tabs, with any line ends and a mark of its order, says the same", () => {
    const costs = [row("2026-01", "web", 120_050), row("2026-02", "", 30_000)];
    for (const text of ["month,channel,cost\n2026-01,web,1200.50\n2026-02,,300\n", "\uFEFFmonth,channel,cost\r\n2026-01,web,\"1,200.50\"\r\n\r\n2026-02,,300", "Month;Channel;Cost\r\n2026-01;web;1.200,50\r\n2026-02;;300,00\r\n", "月\tチャネル\t費用（ドル）\n2026年1月\tweb\t1200.5\n2026年2月\t\t300", "cost,month,channel\r1200.5,2026/1,WEB\r300,2026/2,\r"]) {
      expect(parsed(text), text).toEqual({ ok: true, costs });
    }
  });

  test("needs a month and a cost alone; a purpose is to win customers where nothing is said", () => {
    expect(parsed("month,cost\n2026-01,5")).toEqual({ ok: true, costs: [row("2026-01", "", 500)] });
    expect(parsed("month,cost,purpose\n2026-01,5,\n2026-01,6,Keep\n2026-02,7,ACQUIRE")).toEqual({ ok: true, costs: [row("2026-01", "", 500), row("2026-01", "", 600, "keep"), row("2026-02", "", 700)] });
  });

  test("keeps the letters a channel is known by, and takes back the apostrophe of our own file", () => {
    expect(parsed("month,channel,cost\n2026-01,INSTAGRAM,5\n2026-01,Flyer,5\n2026-02,flyer,5\n2026-01,'-x,5")).toEqual({ ok: true, costs: [row("2026-01", "Instagram", 500), row("2026-01", "Flyer", 500), row("2026-02", "Flyer", 500), row("2026-01", "-x", 500)] });
  });

  test("with an amount whose comma is not quoted is not taken for a cost of one on channel 200", () => {
    expect(parsed("month,cost,channel,purpose\n2026-01,1,200")).toEqual({ ok: false, lines: [{ line: 2, field: "channel", fault: "a_number", text: "200" }] });
    expect(parsed("month,cost,channel\n2026-01,1,580111", { channels: ["580111"] })).toEqual({ ok: true, costs: [row("2026-01", "580111", 100)] });
  });

  test("that cannot be one says why", () => {
    expect(parsed("month,channel\n2026-01,web")).toEqual({ ok: false, lines: null, fault: "columns" });
    expect(parsed("")).toEqual({ ok: false, lines: null, fault: "columns" });
    expect(parsed("month,cost,note\n2026-01,5,a")).toEqual({ ok: false, lines: null, fault: "unknown_column", column: "note" });
    expect(parsed("month,cost,amount\n2026-01,5,5")).toEqual({ ok: false, lines: null, fault: "double_column", column: "amount" });
    expect(parsed("month,cost\n")).toEqual({ ok: false, lines: null, fault: "empty" });
    expect(parsed('month,cost\n"2026-01,5')).toEqual({ ok: false, lines: null, fault: "unreadable" });
    expect(parsed(`month,cost\n${"2026-01,5\n".repeat(COST_LINES_MAX + 1)}`)).toEqual({ ok: false, lines: null, fault: "too_long" });
  });

  test("names every wrong cell by its line, and is then not taken at all", () => {
    const text = ["month,channel,cost,purpose", "2026-01,web,5,acquire", "2026-13,web,,win", `2026-01,${"x".repeat(101)},5,`, "2026-02,web,1,200,acquire", "2026-01,WEB,7,"].join("\n");
    expect(parsed(text)).toEqual({ ok: false, lines: [
      { line: 3, field: "month", fault: "not_a_month", text: "2026-13" }, { line: 3, field: "cost", fault: "missing", text: "" }, { line: 3, field: "purpose", fault: "not_a_purpose", text: "win" },
      { line: 4, field: "channel", fault: "too_long", text: "x".repeat(101) }, { line: 5, field: null, fault: "too_many_cells", text: "2026-02 | web | 1 | 200 | acquire" }, { line: 6, field: null, fault: "double", text: "2026-01 | WEB | 7 | ", otherLine: 2 },
    ] });
  });
});
