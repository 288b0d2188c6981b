import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, addMonths, countDays, monthOf, parseDay, parseMonth } from "../../../values/day.ts";
import { KPI_NAMES } from "../../analytics/model.ts";
import { ALERT_REST_DAYS, type Alert, type Finding } from "../model.ts";
import { alertOf, stillTrue } from "./alert.ts";

const finding = (name: Finding["name"], side: Finding["side"] = "below"): Finding => ({ name, formula: null, value: 1, expected: 5, low: 3, high: 7, by: "mean", side, since: parseMonth("2026-10") });
const today = parseDay("2026-11-02");
const month = parseMonth("2026-10");

test("several figures at once are one alert that names them", () => {
  expect(alertOf({ findings: [finding("customers"), finding("average_order_value", "above")], month, today, earlier: [] })).toMatchObject({ raisedOn: today, findings: [{ name: "customers" }, { name: "average_order_value" }] });
});

test("what was told is not told again, what is new waits for the week to be over", () => {
  const earlier = [{ raisedOn: today, month, findings: [finding("customers")] }];
  expect(alertOf({ findings: [finding("customers")], month, today: addDays(today, 20), earlier })).toBeNull();
  const both = [finding("customers"), finding("average_order_value")];
  expect(alertOf({ findings: both, month, today: addDays(today, 6), earlier })).toBeNull();
  expect(alertOf({ findings: both, month, today: addDays(today, 7), earlier })?.findings.map(({ name }) => name)).toEqual(["average_order_value"]);
});

test("a figure that came back into its band is no longer shown, nor is an alert of which none is left", () => {
  const alert = { raisedOn: today, month, findings: [finding("customers"), finding("average_order_value")], dismissedAt: null };
  const band = (name: Finding["name"], side: Finding["side"] | null) => ({ name, formula: null, monthsMissing: 0, points: [{ month, isComplete: true, value: 1, band: null, side }] });
  expect(stillTrue(alert, [band("customers", "below"), band("average_order_value", null)])?.findings.map(({ name }) => name)).toEqual(["customers"]);
  expect(stillTrue(alert, [band("customers", "above"), band("average_order_value", null)])).toBeNull();
});

test("whatever happens day by day, alerts lie a week apart and no side of a figure's month is told twice", () => {
  const names = fc.subarray([...KPI_NAMES]);
  fc.assert(fc.property(fc.array(names, { minLength: 1, maxLength: 90 }), (days) => {
    const raised: Pick<Alert, "raisedOn" | "month" | "findings">[] = [];
    for (const [at, here] of days.entries()) {
      const day = addDays(today, at);
      const alert = alertOf({ findings: here.map((name) => finding(name)), month: addMonths(monthOf(day), -1), today: day, earlier: raised });
      if (alert) raised.unshift(alert);
    }
    for (const [at, alert] of raised.entries()) {
      const before = raised[at + 1];
      if (before) expect(countDays({ from: before.raisedOn, to: alert.raisedOn }) - 1).toBeGreaterThanOrEqual(ALERT_REST_DAYS);
    }
    const told = raised.flatMap((alert) => alert.findings.map(({ name }) => `${alert.month} ${name}`));
    expect(new Set(told).size).toBe(told.length);
  }));
});
