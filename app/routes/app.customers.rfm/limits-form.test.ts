import { expect, test } from "vitest";
import { parseLimits, parseRfmWish, typedLimitsOf, type LimitField } from "./limits-form.ts";

const GOOD = { r2: "180", r3: "90", r4: "45", r5: "20", f2: "2", f3: "3", f4: "5", f5: "9", m2: "50", m3: "100.50", m4: "250", m5: "1,000" };
const parse = (change: Partial<Record<LimitField, string>> = {}, currency = "USD") => parseLimits((field) => ({ ...GOOD, ...change })[field], currency);

test("twelve limits become settings, money in minor units, and read back the same", () => {
  const answer = parse();
  expect(answer).toEqual({ ok: true, limits: { r: [180, 90, 45, 20], f: [2, 3, 5, 9], m: [5_000, 10_050, 25_000, 100_000] } });
  if (answer.ok) expect(parseLimits((field) => typedLimitsOf(answer.limits, "USD")[field], "USD")).toEqual(answer);
});

test.each<[Partial<Record<LimitField, string>>, object]>([
  [{ r3: "200" }, { r3: "must_shrink" }],
  [{ f4: "1" }, { f4: "must_grow" }],
  [{ m2: "-5" }, { m2: "negative" }],
  [{ r5: "2.5" }, { r5: "not_whole" }],
  [{ f2: "two" }, { f2: "not_a_number" }],
  [{ m3: "100.505" }, { m3: "too_exact" }],
  [{ r2: "99999" }, { r2: "too_large" }],
  [{ f3: "" }, { f3: "missing" }],
  [{ r3: "200", m5: "10" }, { r3: "must_shrink", m5: "must_grow" }],
])("%j is refused by field", (change, faults) => expect(parse(change)).toEqual({ ok: false, faults }));

test("scores nobody reaches are left empty from there on; equal limits are one step", () => {
  expect(parse({ f4: "", f5: "" })).toMatchObject({ ok: true, limits: { f: [2, 3, null, null] } });
  expect(parse({ f3: "2" })).toMatchObject({ ok: true, limits: { f: [2, 2, 5, 9] } });
});

test("yen have no parts", () => {
  expect(parse({ m3: "100.5" }, "JPY")).toEqual({ ok: false, faults: { m3: "too_exact" } });
});

test("a form that is not ours is refused", () => {
  const form = new FormData();
  expect(() => parseRfmWish(form, "USD")).toThrow();
  form.set("intent", "automatic");
  expect(parseRfmWish(form, "USD")).toEqual({ intent: "automatic" });
  form.set("intent", "save");
  expect(parseRfmWish(form, "USD")).toMatchObject({ intent: "save", answer: { ok: true } }); // nobody reaches anything, which is a merchant's right
});
