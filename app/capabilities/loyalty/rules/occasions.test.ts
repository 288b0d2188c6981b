// What is no order: when it counts, and under which name.
import { expect, test } from "vitest";
import { parseDay } from "../../../values/day.ts";
import { defaultProgramme } from "./defaults.ts";
import { asReview, birthdaysOn, daysToCelebrate, sinceOf, worthOf } from "./occasions.ts";

const programme = { ...defaultProgramme({ currency: "USD", averageOrderMinor: null }), review: { isOn: true, points: 25, perYear: 3 }, custom: [{ id: "visit", isOn: true, title: "Visit", points: 5, limit: { count: 1, days: 7 } }] };

test("each occasion is worth what its rule says, within its limit, and nothing where the rule is off", () => {
  expect(worthOf({ kind: "sign_up" }, programme)).toEqual({ points: 50, ruleId: null, limit: { count: 1, days: null } });
  expect(worthOf({ kind: "birthday" }, programme)).toMatchObject({ points: 100, limit: { count: 1, days: 364 } });
  expect(worthOf({ kind: "custom", ruleId: "visit", sourceId: "1" }, programme)).toEqual({ points: 5, ruleId: "visit", limit: { count: 1, days: 7 } });
  expect(worthOf({ kind: "custom", ruleId: "fly", sourceId: "1" }, programme)).toBe(null);
  expect(worthOf({ kind: "sign_up" }, { ...programme, signUp: { isOn: false, points: 50 } })).toBe(null);
});

test("review apps tell of reviews by that name, unless the programme calls something else so", () => {
  const told = { kind: "custom", ruleId: "review", sourceId: "r1" } as const;
  expect(asReview(told, programme)).toEqual({ kind: "review", sourceId: "r1" });
  expect(worthOf(asReview(told, programme), programme)).toEqual({ points: 25, ruleId: null, limit: { count: 3, days: 365 } });
  expect(asReview(told, { custom: [{ id: "review", isOn: true, title: "Ours", points: 1, limit: null }] })).toEqual(told);
});

test("a limit of seven days counts today and the six before; who was born on the 29th of February is not forgotten", () => {
  expect(sinceOf({ days: 7 }, parseDay("2026-03-07"))).toBe("2026-03-01");
  expect(sinceOf({ days: null }, parseDay("2026-03-07"))).toBe(null);
  expect(birthdaysOn(parseDay("2026-02-28"))).toEqual(["02-28", "02-29"]);
  expect(birthdaysOn(parseDay("2028-02-28"))).toEqual(["02-28"]);
  expect(birthdaysOn(parseDay("2028-02-29"))).toEqual(["02-29"]);
});

test("days nobody celebrated are made up for, a week of them at most, and none from before the first", () => {
  const days = (last: string | null) => daysToCelebrate(last === null ? null : parseDay(last), parseDay("2026-03-10"));
  expect(days(null)).toEqual(["2026-03-10"]);
  expect(days("2026-03-10")).toEqual(["2026-03-10"]);
  expect(days("2026-03-08")).toEqual(["2026-03-08", "2026-03-09", "2026-03-10"]);
  expect(days("2026-01-01")).toHaveLength(8);
  expect(days("2026-01-01")[0]).toBe("2026-03-03");
  expect(days("2026-03-11")).toEqual(["2026-03-10"]); // its zone was another then
});
