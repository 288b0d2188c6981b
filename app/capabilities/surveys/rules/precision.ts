// When a survey knows enough.
import { wilson } from "../../forecasts/rules/wilson.ts";
import type { Question } from "../model/survey.ts";
import { optionsOf } from "./answers.ts";
import { scoreOf } from "./shares.ts";

type Counted = { answers: number; counts: ReadonlyMap<string, number> };

const ANSWERS_MIN = 30; // fewer can agree by chance, and look precise

const HALVES = 2;
const PERCENT = 100;

/** Whether every share (of NPS: the score) is known within `points` either way, 19 times of 20. */
export function isPrecise(question: Question, { answers, counts }: Counted, points: number): boolean {
  if (answers < ANSWERS_MIN) return false;
  const intervals = question.kind === "nps" ? [scoreOf(question, counts)] : optionsOf(question).map((option) => wilson({ successes: counts.get(option) ?? 0, trials: answers }));
  return intervals.every((interval) => interval !== null && ((interval.high - interval.low) / HALVES) * PERCENT <= points);
}
