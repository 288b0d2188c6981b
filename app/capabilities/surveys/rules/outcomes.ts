// What people did after they answered, weighed for who answers, or how many more it takes to say.
import { ANSWERED, OUTCOME_DAYS, SILENT, type Measured, type Outcome, type OutcomeDays, type OutcomeRow, type StratumSums } from "../model/results.ts";
import { shareInterval, skewedInterval, type Moments } from "./intervals.ts";
import { weighStrata } from "./weights.ts";

/** Effective people for a share, and buyers for revenue: with fewer the intervals do not hold what they promise (coverage.test.ts). */
export const PEOPLE_NEEDED = 30;
export const BUYERS_NEEDED = 10;

/** A row for each answer, for all answers where there are several, and for those who gave none. */
export function outcomesOf(keys: readonly string[], sums: readonly StratumSums[]): OutcomeRow[] {
  const groups = [...keys, ...(keys.length > 1 ? [ANSWERED] : []), SILENT];
  return groups.map((key) => {
    const outcomes = OUTCOME_DAYS.map((days) => outcomeOf({ key, days }, sums.filter((row) => row.days === days)));
    return { key, customers: (outcomes[0]?.people ?? 0) + (outcomes[0]?.waiting ?? 0), outcomes };
  });
}

function outcomeOf({ key, days }: { key: string; days: OutcomeDays }, sums: readonly StratumSums[]): Outcome {
  const weighed = weighedOf(key === SILENT ? SILENT : ANSWERED, sums);
  const own = sums.filter((row) => row.key === key);
  const [people, waiting, repurchased] = [total(own, (row) => row.people), total(own, (row) => row.waiting), total(own, (row) => row.repurchased)];
  const parts = own.filter((row) => row.people > 0).map((row) => ({ ...row, weight: weighed.get(row.stratum) ?? 0 }));
  const weight = total(parts, (part) => part.weight * part.people);
  const effective = people === 0 ? 0 : weight ** 2 / total(parts, (part) => part.weight ** 2 * part.people);
  const shortOfPeople = effective >= PEOPLE_NEEDED ? 0 : Math.max(1, people === 0 ? PEOPLE_NEEDED : Math.ceil((PEOPLE_NEEDED * people) / effective) - people);
  const shortOfBuyers = repurchased >= BUYERS_NEEDED ? 0 : Math.max(1, Math.ceil(BUYERS_NEEDED / likelyShare({ repurchased, people })) - people);
  const share = (): number => total(parts, (part) => part.weight * part.repurchased) / weight;
  return {
    days, people, waiting, effective, repurchased,
    share: measured(shortOfPeople, waiting, () => ({ value: share(), ...shareInterval({ share: share(), effective }) })),
    revenue: measured(Math.max(shortOfPeople, shortOfBuyers), waiting, () => revenueOf(momentsOf(parts, weight, effective), repurchased)),
  };
}

/** Everybody asked, by kind, over those of this side: who answered, or who did not. */
function weighedOf(side: string, sums: readonly StratumSums[]): ReadonlyMap<number, number> {
  const strata = [...new Set(sums.map(({ stratum }) => stratum))];
  const peopleOf = (key: string, stratum: number): number => total(sums.filter((row) => row.key === key && row.stratum === stratum), (row) => row.people);
  return weighStrata(strata.map((stratum) => ({ stratum, asked: peopleOf(ANSWERED, stratum) + peopleOf(SILENT, stratum), people: peopleOf(side, stratum) })));
}

/** Never nothing: Agresti & Coull's (1998) estimate, two buyers and two others added. */
const likelyShare = ({ repurchased, people }: { repurchased: number; people: number }): number => (repurchased + 2) / (people + 4);

function measured(short: number, waiting: number, measure: () => { value: number; low: number; high: number }): Measured {
  return short > 0 ? { isKnown: false, needed: Math.max(0, short - waiting), waiting } : { isKnown: true, ...measure() };
}

type Part = StratumSums & { weight: number };

/** Of the weighed mean of revenue, as of a ratio (Särndal, Swensson & Wretman 1992, 5.8): sums of powers about it, from those about nothing. */
function momentsOf(parts: readonly Part[], weight: number, effective: number): Moments {
  const mean = total(parts, (part) => part.weight * part.revenue) / weight;
  const squares = total(parts, ({ people, revenue, revenueSquares, ...part }) => part.weight ** 2 * (revenueSquares - 2 * mean * revenue + people * mean ** 2));
  const cubes = total(parts, ({ people, revenue, revenueSquares, revenueCubes, ...part }) => part.weight ** 3 * (revenueCubes - 3 * mean * revenueSquares + 3 * mean ** 2 * revenue - people * mean ** 3));
  return { mean, variance: (Math.max(0, squares) / weight ** 2) * (effective / (effective - 1)), third: cubes / weight ** 3 };
}

/** Nobody's revenue lies below nothing, whatever an interval knows. */
function revenueOf(moments: Moments, buyers: number) {
  const { low, high } = skewedInterval(moments, buyers - 1);
  return { value: moments.mean, low: Math.max(Math.min(0, moments.mean), low), high };
}

const total = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((sum, item) => sum + of(item), 0);
