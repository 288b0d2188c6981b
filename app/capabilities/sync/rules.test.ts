// Progress never lies backwards, and night comes once a day.
import { expect, test } from "vitest";
import { parseDay } from "../../values/day.ts";
import { describeBackfill, isNightDue, pollSeconds, shareOf, stateOf, windowToCompare, type StoredPart } from "./rules.ts";

const at = (text: string) => new Date(text);
const part = (rest: Partial<StoredPart>): StoredPart => ({ noun: "orders", state: "reading", gatheredCount: 0, doneCount: 0, expectedCount: null, error: null, startedAt: at("2026-01-01T00:00:00Z"), finishedAt: null, ...rest });
const all = (rest: Partial<StoredPart>) => (["products", "customers", "orders"] as const).map((noun) => part({ noun, ...rest }));
const describe = (parts: StoredPart[], now = "2026-01-01T00:01:40Z") => describeBackfill(parts, { scopes: ["read_orders"], at: at(now) });

test("Shopify's gathering is three tenths of the way, reading the rest; the time left follows the share", () => {
  expect(describe(all({ state: "asked", gatheredCount: 50, expectedCount: 100 }))).toMatchObject({ state: "running", share: 0.15 });
  expect(describe(all({ state: "reading", gatheredCount: 50, expectedCount: 100 }))).toMatchObject({ share: 0.3 });
  const { share, secondsLeft } = describe(all({ doneCount: 50, expectedCount: 100 }));
  expect(share).toBeCloseTo(0.65, 9);
  expect(secondsLeft).toBe(Math.round((100 * 0.35) / 0.65));
});

test("nothing gathered yet, nothing guessed", () => {
  expect(describe(all({ state: "asked", expectedCount: 1000 }))).toMatchObject({ share: 0, secondsLeft: null });
  expect(describe([])).toMatchObject({ state: "none", secondsLeft: null, startedAt: null });
});

test("everything read is done only when the sums are built", () => {
  expect(describe(all({ state: "done", doneCount: 5, expectedCount: 5 }))).toMatchObject({ state: "running", share: 0.99 });
  const finishedAt = at("2026-01-01T00:01:00Z");
  expect(describe(all({ state: "done", finishedAt }))).toMatchObject({ state: "done", share: 1, secondsLeft: null, finishedAt });
});

test("an empty noun is no reason to wait, more than expected no reason to overshoot", () => {
  expect(shareOf([part({ noun: "customers", state: "done", expectedCount: 0 }), part({ doneCount: 10, expectedCount: 5 })])).toBe(0.99);
});

test("one part that failed is the backfill's failure once the others have ended", () => {
  expect(stateOf([part({ state: "failed" }), part({ state: "reading" })])).toBe("running");
  expect(stateOf([part({ state: "failed" }), part({ state: "done" })])).toBe("failed");
});

test("without the scope for the whole history Shopify shows 60 days", () => {
  expect(describeBackfill([], { scopes: ["read_orders"], at: at("2026-01-01T00:00:00Z") }).isLimitedTo60Days).toBe(true);
  expect(describeBackfill([], { scopes: ["read_orders", "read_all_orders"], at: at("2026-01-01T00:00:00Z") }).isLimitedTo60Days).toBe(false);
});

const night = (lastNightOn: string | null, now: string, undoneAt: Date | null = null) =>
  isNightDue({ lastNightOn: lastNightOn === null ? null : parseDay(lastNightOn), undoneAt, timeZone: "Asia/Tokyo", at: at(now) });

test("night work is due once a day, from three in the morning in the shop's own zone", () => {
  expect(night("2026-03-01", "2026-03-01T17:59:00Z")).toBe(false); // 02:59 on the 2nd in Tokyo
  expect(night("2026-03-01", "2026-03-01T18:00:00Z")).toBe(true);
  expect(night("2026-03-02", "2026-03-01T18:00:00Z")).toBe(false);
});

test("a night that was missed is made up for at any hour, a first one at once", () => {
  expect(night("2026-02-27", "2026-03-01T15:30:00Z")).toBe(true); // half past midnight
  expect(night(null, "2026-03-01T15:30:00Z")).toBe(true);
});

test("a night that failed waits an hour", () => {
  expect(night("2026-02-20", "2026-03-01T20:00:00Z", at("2026-03-01T19:30:00Z"))).toBe(false);
  expect(night("2026-02-20", "2026-03-01T20:31:00Z", at("2026-03-01T19:30:00Z"))).toBe(true);
});

test("a look overlaps the one before it, and leaves alone what may still be under way", () => {
  expect(windowToCompare({ since: at("2026-03-01T12:00:00Z"), at: at("2026-03-02T12:00:00Z") })).toEqual({ from: at("2026-03-01T11:00:00Z"), to: at("2026-03-02T11:58:00Z") });
  expect(windowToCompare({ since: at("2026-03-09T12:00:00Z"), at: at("2026-03-02T12:00:00Z") })).toBeNull();
});

test("a long operation is asked about less often", () => {
  expect([0, 60_000, 3_600_000].map(pollSeconds)).toEqual([2, 6, 30]);
});
