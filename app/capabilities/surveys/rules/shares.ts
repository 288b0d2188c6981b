// How many said what, as shares of people with their intervals, and the score of a scale.
import { wilson } from "../../forecasts/rules/wilson.ts";
import type { AnswerShare, AnswerTable, AskingCost, Estimate } from "../model/results.ts";
import type { Question } from "../model/survey.ts";
import { keysOf, keysOfAnswer, NPS, npsGroupOf, SCALE, WROTE } from "./answers.ts";

const TWO_SIDED_95 = 1.959963984540054; // the normal distribution's 97.5 % quantile

export type Counted = { people: number; /** by option */ counts: ReadonlyMap<string, number> };

export function tableOf(question: Question, { people, counts }: Counted): AnswerTable {
  const byKey = new Map<string, number>(question.kind === "text" ? [[WROTE, people]] : []);
  for (const [option, count] of counts) for (const key of keysOfAnswer(question, [option])) byKey.set(key, (byKey.get(key) ?? 0) + count);
  return {
    people, score: scoreOf(question, counts),
    keys: keysOf(question).map((key) => shareOf(key, byKey.get(key) ?? 0, people)),
    scores: question.kind === "nps" ? NPS.map((key) => shareOf(key, counts.get(key) ?? 0, people)) : [],
  };
}

function shareOf(key: string, count: number, people: number): AnswerShare {
  return { key, count, ...rateOf(count, people) };
}

/** Somebody counted twice in a race is no more than everybody. */
function rateOf(successes: number, trials: number): Estimate {
  const within = Math.min(successes, trials);
  return { value: trials === 0 ? 0 : within / trials, ...wilson({ successes: within, trials }) };
}

export const costOf = ({ asked, answered, dismissed }: Pick<AskingCost, "asked" | "answered" | "dismissed">): AskingCost => ({
  asked, answered, dismissed, rate: asked === 0 ? null : rateOf(answered, asked), dismissal: asked === 0 ? null : rateOf(dismissed, asked),
});

/** Detractors, passives and promoters, the middle twice: so that half an answer is added to each cell of a matched pair. */
const NPS_SPREAD = [-1, 0, 0, 1];
const SCALE_SPREAD = SCALE.map(Number);
const ADDED = 2;

/** Of NPS from -1 to 1, of a scale its mean; null: there is none. */
export function scoreOf({ kind }: Pick<Question, "kind">, counts: ReadonlyMap<string, number>): Estimate | null {
  if (kind === "nps") return meanOf([...counts].map(([score, count]) => ({ value: valueOfNps(score), count })), NPS_SPREAD);
  return kind === "scale" ? meanOf([...counts].map(([score, count]) => ({ value: Number(score), count })), SCALE_SPREAD) : null;
}

const valueOfNps = (score: string): number => ({ detractor: -1, passive: 0, promoter: 1 })[npsGroupOf(score)];

/** The mean with an interval around that of two answers more, spread over what could be said: with a few answers that agree it is not as narrow as
 *  nothing. For a score of -1, 0 and 1 it is Agresti & Min's (2005, Statistics in Medicine 24) for the difference of two shares of one sample, as
 *  Rocks (2016, The American Statistician 70) recommends for NPS. */
function meanOf(said: readonly { value: number; count: number }[], spread: readonly number[]): Estimate | null {
  const people = said.reduce((sum, { count }) => sum + count, 0);
  if (people === 0) return null;
  const widened = [...said, ...spread.map((value) => ({ value, count: ADDED / spread.length }))];
  const total = people + ADDED;
  const centre = widened.reduce((sum, { value, count }) => sum + value * count, 0) / total;
  const variance = widened.reduce((sum, { value, count }) => sum + count * (value - centre) ** 2, 0) / total;
  const reach = TWO_SIDED_95 * Math.sqrt(variance / total);
  return {
    value: said.reduce((sum, { value, count }) => sum + value * count, 0) / people,
    low: Math.max(Math.min(...spread), centre - reach), high: Math.min(Math.max(...spread), centre + reach),
  };
}
