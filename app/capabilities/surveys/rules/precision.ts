// When a survey knows enough.
import { wilson } from "../../forecasts/rules/wilson.ts";
import type { Question } from "../model/survey.ts";
import { NPS, npsGroupOf, optionsOf } from "./answers.ts";

type Counted = { answers: number; counts: ReadonlyMap<string, number> };

const ANSWERS_MIN = 30; // fewer can agree by chance, and look precise

const TWO_SIDED_95 = 1.959963984540054; // the normal distribution's 97.5 % quantile
const HALVES = 2;
const PERCENT = 100;

/** Whether every share (of NPS: the score) is known within `points` either way, 19 times of 20. */
export function isPrecise(question: Question, { answers, counts }: Counted, points: number): boolean {
  if (answers < ANSWERS_MIN) return false;
  if (question.kind === "nps") return npsReach(counts) <= points;
  return optionsOf(question).every((option) => {
    const { low, high } = wilson({ successes: counts.get(option) ?? 0, trials: answers });
    return ((high - low) / HALVES) * PERCENT <= points;
  });
}

/** Half the width of the score's interval, in points. Variance of a difference of two shares of one sample: p + d - (p - d)^2, over n. */
function npsReach(counts: ReadonlyMap<string, number>): number {
  const groups = NPS.map((score) => ({ group: npsGroupOf(score), count: counts.get(score) ?? 0 }));
  const shareOf = (wanted: string) => groups.filter(({ group }) => group === wanted).reduce((sum, { count }) => sum + count, 0) / total;
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  const [promoters, detractors] = [shareOf("promoter"), shareOf("detractor")];
  return TWO_SIDED_95 * Math.sqrt((promoters + detractors - (promoters - detractors) ** 2) / total) * PERCENT;
}
