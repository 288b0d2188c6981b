// When a survey knows enough.
import { expect, test } from "vitest";
import type { Question } from "../model/survey.ts";
import { isPrecise } from "./precision.ts";

const aQuestion = (kind: Question["kind"], ids: string[] = []): Question => ({ kind, text: { en: "?" }, choices: ids.map((id) => ({ id, text: { en: id }, imageUrl: null })), isShuffled: false, lowLabel: null, highLabel: null });
const counted = (counts: Record<string, number>, answers = Object.values(counts).reduce((sum, count) => sum + count, 0)) => ({ answers, counts: new Map(Object.entries(counts)) });

test("a share of one half takes 381 answers to be known within five points", () => { // Wilson: 1.96^2 * (0.25 / 0.05^2 - 1) = 380.3
  const known = (answers: number) => isPrecise(aQuestion("yes_no"), counted({ yes: answers / 2, no: answers / 2 }), 5);
  expect([380, 382].map(known)).toEqual([false, true]);
});

test("a few who agree know nothing", () => {
  expect(isPrecise(aQuestion("single", ["a", "b"]), counted({ a: 29 }), 30)).toBe(false);
  expect(isPrecise(aQuestion("single", ["a", "b"]), counted({ a: 30 }), 30)).toBe(true);
});

test("the score of 50 promoters and 20 detractors in a hundred is known within 15.2 points", () => { // two answers added: 196 * sqrt((0.696 - 0.0865) / 102) = 15.15
  const scores = counted({ 9: 50, 7: 30, 3: 20 });
  expect([15, 16].map((points) => isPrecise(aQuestion("nps"), scores, points))).toEqual([false, true]);
});
