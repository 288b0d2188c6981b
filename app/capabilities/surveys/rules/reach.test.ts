// When a survey will have heard enough, or why that cannot be said.
import { expect, test } from "vitest";
import { parseDay } from "../../../values/day.ts";
import type { Definition } from "../model/survey.ts";
import { reachOf } from "./reach.ts";

const today = parseDay("2026-11-26");
const definition = (change: { audience?: Partial<Definition["audience"]>; stop?: Definition["stop"]; kind?: Definition["question"]["kind"]; from?: string; to?: string } = {}): Definition => ({
  name: "Why", question: { kind: change.kind ?? "yes_no", text: { en: "Again?" }, choices: [], isShuffled: false, lowLabel: null, highLabel: null }, followUp: null, thanks: null,
  audience: { who: "customers", orders: "any", tierIds: [], segmentId: null, languages: [], countries: [], ...change.audience },
  popup: null, isInPage: false, isOnOrder: true, from: change.from === undefined ? null : parseDay(change.from), to: change.to === undefined ? null : parseDay(change.to),
  stop: change.stop ?? { kind: "never" }, earnsPoints: false, startsFlow: false, steps: [],
});
const audience = { customers: 5_000, waiting: 0, recent: 560, orders: 700, guestOrders: 280 };
const known: Parameters<typeof reachOf>[1] = { audience, others: [], before: 0, own: null, today };

test("without a survey before it, days are reckoned with what is usual, and said so", () => {
  expect(reachOf(definition(), known)).toMatchObject({
    customers: 5_000, recent: 560, ordersPerDay: 25, askedPerDay: 20, target: 100, rate: { source: "usual", low: 0.03, high: 0.25 }, days: { from: 20, to: 167 }, reason: null, uncounted: [],
  });
});

test("the shop's own surveys tell better: their range reaches over all of them, those that hardly asked left out", () => {
  const others = [{ asked: 400, answered: 80 }, { asked: 600, answered: 60 }, { asked: 10, answered: 10 }];
  const { rate, days } = reachOf(definition(), { ...known, others });
  expect(rate).toMatchObject({ source: "shop", surveys: 2, asked: 1_000, value: 0.14, low: expect.closeTo(0.0785, 3), high: expect.closeTo(0.242, 3) });
  expect(days).toEqual({ from: 21, to: 64 });
});

test("a survey that runs goes by its own questions of each day, and by what is still to go", () => {
  const own = { asked: 300, answered: 60, lately: { asked: 140, days: 7 } };
  expect(reachOf(definition(), { ...known, others: [{ asked: 900, answered: 9 }], own })).toMatchObject({ askedPerDay: 20, rate: { source: "own", value: 0.2 }, days: { from: 9, to: 13 } });
  expect(reachOf(definition({ stop: { kind: "answers", count: 60 } }), { ...known, own })).toMatchObject({ days: null, reason: "enough" });
});

test("a precision takes as many answers as the worst case does", () => {
  const targetOf = (kind: Definition["question"]["kind"]) => reachOf(definition({ kind, stop: { kind: "precision", points: 10 } }), known).target;
  expect([targetOf("yes_no"), targetOf("nps"), targetOf("text")]).toEqual([97, 385, 100]);
});

test("guests, languages and countries cannot be counted beforehand; guests' orders are", () => {
  const reach = reachOf(definition({ audience: { who: "everyone", languages: ["ja"], countries: ["JP"] } }), known);
  expect(reach).toMatchObject({ uncounted: ["guests", "languages", "countries"], ordersPerDay: 35, askedPerDay: 30 });
  expect(reachOf(definition({ audience: { who: "everyone", orders: "returning" } }), known)).toMatchObject({ uncounted: [], askedPerDay: 20 });
});

test.each([
  ["nobody is in the audience", {}, { ...audience, customers: 0, recent: 0 }, "nobody"],
  ["nobody of it comes", {}, { ...audience, recent: 0 }, "nobody_comes"],
  ["everybody in it was written to lately", {}, { ...audience, customers: 0, waiting: 5_000, recent: 0 }, "all_wait"],
  ["there are too few, even if many answer", {}, { ...audience, customers: 300 }, "too_small"],
  ["it would take years", { stop: { kind: "answers", count: 2_000 } as const }, { ...audience, customers: 50_000 }, "too_slow"],
  ["its last day comes before", { from: "2026-12-01", to: "2026-12-05" }, audience, "ends_before"],
  ["its last day is over", { to: "2026-11-25" }, audience, "ends_before"],
] as const)("no days where %s", (_name, change, sums, reason) => {
  expect(reachOf(definition(change), { ...known, audience: sums })).toMatchObject({ days: null, reason });
});

test("who waits until a rest is over counts for what can ever be heard, not for who is asked now", () => {
  const reach = reachOf(definition(), { ...known, before: 2, audience: { ...audience, customers: 300, waiting: 4_700 } });
  expect(reach).toMatchObject({ customers: 300, waiting: 4_700, before: 2, reason: null, days: { from: 20, to: 167 } });
});

test("where the slowest would never get there, only the quickest is said", () => {
  expect(reachOf(definition(), { ...known, audience: { ...audience, customers: 1_000 } }).days).toEqual({ from: 20, to: null });
});
