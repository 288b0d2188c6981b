// Shares of people, the score of a recommendation and the mean of a scale, each with an interval that holds.
import { expect, test } from "vitest";
import { createChance } from "../../../../sandbox/shop/chance.ts";
import type { Question } from "../model/survey.ts";
import { costOf, tableOf } from "./shares.ts";

const questionOf = (kind: Question["kind"], ids: string[] = []): Question => ({
  kind, text: { en: "How was it?" }, choices: ids.map((id) => ({ id, text: { en: id }, imageUrl: null })), isShuffled: false, lowLabel: null, highLabel: null,
});

test("of several choices shares are of people, and need not add up to one", () => {
  const { keys, score } = tableOf(questionOf("several", ["price", "taste", "gift"]), { people: 148, counts: new Map([["price", 15], ["taste", 148]]) });
  expect(keys).toEqual([
    { key: "price", count: 15, value: 15 / 148, low: expect.closeTo(0.0624, 4), high: expect.closeTo(0.1605, 4) }, // Newcombe (1998), table I
    { key: "taste", count: 148, value: 1, low: expect.closeTo(0.9747, 4), high: expect.closeTo(1, 9) }, { key: "gift", count: 0, value: 0, low: 0, high: expect.closeTo(0.0253, 4) },
  ]);
  expect(score).toBeNull();
});

test("a recommendation is counted in three groups and by number; its score is promoters less detractors", () => {
  const table = tableOf(questionOf("nps"), { people: 100, counts: new Map([["10", 30], ["9", 20], ["8", 25], ["6", 15], ["0", 10]]) });
  expect(table.keys.map(({ key, count }) => [key, count])).toEqual([["detractor", 25], ["passive", 25], ["promoter", 50]]);
  expect(table.scores.map(({ count }) => count)).toEqual([10, 0, 0, 0, 0, 0, 15, 0, 25, 20, 30]);
  // (50.5 - 25.5) / 102, give or take 1.96 times the root of (76 / 102 - (25 / 102) ** 2) / 102
  expect(table.score).toEqual({ value: 0.25, low: expect.closeTo(0.0845, 4), high: expect.closeTo(0.4057, 4) });
});

test("a scale has a mean that stays on it, and with few answers that agree is not known exactly", () => {
  expect(tableOf(questionOf("scale"), { people: 4, counts: new Map([["2", 2], ["5", 2]]) }).score?.value).toBe(3.5);
  const agreed = tableOf(questionOf("scale"), { people: 5, counts: new Map([["5", 5]]) }).score;
  expect(agreed).toMatchObject({ value: 5, high: 5 });
  expect(agreed?.low).toBeLessThan(4);
});

test("of nobody nothing is said; of texts, how many there are", () => {
  expect(tableOf(questionOf("nps"), { people: 0, counts: new Map() })).toMatchObject({ people: 0, score: null });
  expect(tableOf(questionOf("text"), { people: 7, counts: new Map() })).toMatchObject({ keys: [{ key: "wrote", count: 7, value: 1 }], scores: [], score: null });
});

test("asking costs who closes it; a rate is never above one", () => {
  expect(costOf({ asked: 0, answered: 0, dismissed: 0 })).toMatchObject({ rate: null, dismissal: null });
  expect(costOf({ asked: 10, answered: 11, dismissed: 2 })).toMatchObject({ answered: 11, rate: { value: 1 }, dismissal: { value: 0.2 } });
});

test.each([
  { kind: "nps" as const, weights: [6, 1, 1, 1, 1, 2, 4, 12, 22, 25, 25], people: 30 },
  { kind: "nps" as const, weights: [0, 0, 0, 0, 0, 0, 1, 2, 4, 10, 83], people: 50 },
  { kind: "scale" as const, weights: [3, 4, 10, 33, 50], people: 20 },
  { kind: "scale" as const, weights: [30, 5, 5, 10, 50], people: 100 },
])("the score of $kind holds the truth in 95 of 100 shops: $people answers of $weights", ({ kind, weights, people }) => {
  const options = weights.map((weight, index) => ({ option: String(kind === "nps" ? index : index + 1), weight, value: kind === "scale" ? index + 1 : index >= 9 ? 1 : index >= 7 ? 0 : -1 }));
  const [first, ...rest] = options;
  if (!first) throw new Error("no options");
  const truth = options.reduce((sum, { weight, value }) => sum + weight * value, 0) / weights.reduce((sum, weight) => sum + weight, 0);
  const runs = 4_000;
  let held = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    const chance = createChance(seed);
    const counts = new Map<string, number>();
    for (let person = 0; person < people; person += 1) {
      const { option } = chance.weigh([first, ...rest], ({ weight }) => weight);
      counts.set(option, (counts.get(option) ?? 0) + 1);
    }
    const { score } = tableOf(questionOf(kind), { people, counts });
    held += Number(score !== null && score.low <= truth && truth <= score.high);
  }
  expect(held / runs).toBeGreaterThan(0.935);
});
