import { expect, test } from "vitest";
import { parseMonth } from "../../../values/day.ts";
import { readTypedCosts } from "./cost-form.ts";

const known = { today: parseMonth("2026-04"), currency: "JPY", channels: ["web"] };

test("what is typed is read as in a file, an empty amount is known no more, and the last word on one place counts", () => {
  expect(readTypedCosts([
    { month: "2026-04", purpose: "acquire", channel: "WEB", amount: "1,200" }, { month: "2026-03", purpose: "keep", channel: "", amount: " " }, { month: "2026-02", purpose: "acquire", channel: "Flyer", amount: "5" }, { month: "2026-02", purpose: "acquire", channel: "flyer", amount: "6" },
  ], known)).toEqual({ ok: true, wishes: [
    { month: "2026-04", purpose: "acquire", channel: "web", amountMinor: 1_200 }, { month: "2026-03", purpose: "keep", channel: "", amountMinor: null }, { month: "2026-02", purpose: "acquire", channel: "Flyer", amountMinor: 6 },
  ] });
});

test("what is wrong is named by its place, and nothing is kept", () => {
  expect(readTypedCosts([
    { month: "2026-05", purpose: "acquire", channel: "", amount: "5" }, { month: "2026-01", purpose: "keep", channel: "web", amount: "1.5" }, { month: "2026-01", purpose: "acquire", channel: "x".repeat(101), amount: "5" }, { month: "2026-01", purpose: "acquire", channel: "", amount: "5" },
  ], known)).toEqual({ ok: false, faults: { "2026-05 acquire ": "in_future", "2026-01 keep web": "too_exact", [`2026-01 acquire ${"x".repeat(101)}`]: "too_long" } });
});
