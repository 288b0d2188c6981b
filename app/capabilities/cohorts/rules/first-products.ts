// Which first product makes regulars, and what is bought after it: shares with their chance, so that noise is called noise.
import { wilson, type Interval } from "../../forecasts/rules/wilson.ts";
import { addDays, addMonths, monthOf, type Day, type Month } from "../../../values/day.ts";
import { differenceOf, weighed, type Difference, type Share, type Verdict } from "./difference.ts";
import { ratioOf, strictnessOf, type Ratio } from "./ratio.ts";

/** Fewer customers are shown, and not judged. */
export const JUDGED_MIN = 30;
/** Fewer customers who bought something next say nothing of what usually follows. */
export const NEXT_MIN = 10;
const YEAR_DAYS = 365;

/** Customers who came for the first time in a month, and how many of them came again. */
export type Beginning = { month: Month; customers: number; repeaters: number };
/** `yearMinor`: what those of months up to the last that is over brought up to day 365. */
export type FirstProductSums = { productId: string; title: string | null; beginnings: readonly Beginning[]; yearMinor: number };

export type FirstProduct = {
  productId: string;
  title: string | null;
  customers: number;
  repeaters: number;
  /** share of them who came again, with its 95 % interval */
  rate: { value: number } & Interval;
  /** share of the others, weighed to the same first months; null: nobody else came in them */
  othersRate: number | null;
  /** `rate` less theirs, over the months that have others; as certain as all products looked at together ask */
  difference: Difference | null;
  verdict: Verdict | "few";
  /** of whole first months whose customers all have had 365 days; null: there is none yet */
  year: { customers: number; minorPerCustomer: number } | null;
};

/** The newest month whose customers have all had 365 days, which end with the 365th after the first order: the one before the month of the day 365 days ago. */
export const lastMonthOver = (today: Day): Month => addMonths(monthOf(addDays(today, -YEAR_DAYS)), -1);

/** The surest to make regulars first: by the least their repeat rate may be. `everybody`: all first orders, by month; `yearTo`: the last month whose first year is over. */
export function firstProductsOf(products: readonly FirstProductSums[], everybody: readonly Beginning[], yearTo: Month): FirstProduct[] {
  const all = new Map(everybody.map((beginning) => [beginning.month, beginning]));
  const z = strictnessOf(products.filter(({ beginnings }) => total(beginnings).trials >= JUDGED_MIN).length);
  return products.map((product) => toFirstProduct(product, { all, z, yearTo })).filter(({ customers }) => customers > 0).sort((a, b) => b.rate.low - a.rate.low || b.customers - a.customers || a.productId.localeCompare(b.productId));
}

function toFirstProduct({ productId, title, beginnings, yearMinor }: FirstProductSums, { all, z, yearTo }: { all: ReadonlyMap<Month, Beginning>; z: number; yearTo: Month }): FirstProduct {
  const own = total(beginnings);
  const { share, others } = besideOthers(beginnings, all);
  const difference = differenceOf(others, share, z);
  const grown = total(beginnings.filter(({ month }) => month <= yearTo)).trials;
  return {
    productId, title, customers: own.trials, repeaters: own.successes, rate: { value: own.trials === 0 ? 0 : own.successes / own.trials, ...wilson(own) },
    othersRate: others.trials === 0 ? null : others.successes / others.trials, difference,
    verdict: own.trials < JUDGED_MIN ? "few" : (difference?.verdict ?? "chance"),
    year: grown === 0 ? null : { customers: grown, minorPerCustomer: yearMinor / grown },
  };
}

const total = (beginnings: readonly Beginning[]): Share => ({ successes: beginnings.reduce((sum, { repeaters }) => sum + repeaters, 0), trials: beginnings.reduce((sum, { customers }) => sum + customers, 0) });

/** A product's customers of months that have others too, and these others weighed as if they had come in the same months: who came earlier has had longer to come again. */
function besideOthers(beginnings: readonly Beginning[], all: ReadonlyMap<Month, Beginning>): { share: Share; others: Share } {
  const { one, other } = weighed(beginnings.map((own) => {
    const month = all.get(own.month);
    return { one: total([own]), other: { successes: (month?.repeaters ?? 0) - own.repeaters, trials: Math.max(0, (month?.customers ?? 0) - own.customers) } };
  }));
  return { share: one, others: other };
}

/** The best of those that are truly better than the others, and the worst of those truly worse; null: more than chance cannot be told. */
export function extremesOf(products: readonly FirstProduct[]): { best: FirstProduct | null; worst: FirstProduct | null } {
  const of = (verdict: Verdict, by: (difference: Difference) => number): FirstProduct | null =>
    products.filter((product) => product.verdict === verdict).sort((a, b) => (b.difference && a.difference ? by(b.difference) - by(a.difference) : 0))[0] ?? null;
  return { best: of("higher", ({ low }) => low), worst: of("lower", ({ high }) => -high) };
}

/** Whose second order held a product: of those who began with one, and of all first orders with a second. */
export type NextSums = { productId: string; title: string | null; customers: number; ofAll: number };
/** `again`: who came again; `allAgain`: of everybody. */
export type FlowSums = { customers: number; again: number; allAgain: number; next: readonly NextSums[] };

export type NextProduct = NextSums & {
  /** of those who came again; a second order with two products counts for both */
  share: number;
  usualShare: number;
  /** share ÷ usual share */
  lift: number;
  /** where the true lift lies; null: too few customers, or there are no others */
  range: Interval | null;
  verdict: Verdict | "few";
};

/** What was bought next, the commonest first. */
export function nextProductsOf({ again, allAgain, next }: Omit<FlowSums, "customers">): NextProduct[] {
  const z = strictnessOf(next.filter(({ customers }) => customers >= NEXT_MIN).length);
  return next.filter(({ customers }) => customers > 0).map((sums) => {
    const [share, usualShare] = [sums.customers / again, sums.ofAll / allAgain];
    const ratio = sums.customers < NEXT_MIN ? null : ratioOf({ successes: sums.customers, trials: again }, { successes: sums.ofAll - sums.customers, trials: allAgain - again }, z);
    return { ...sums, share, usualShare, lift: share / usualShare, range: ratio && liftRange(ratio, again / allAgain), verdict: sums.customers < NEXT_MIN ? "few" as const : (ratio?.verdict ?? "chance") };
  }).sort((a, b) => b.customers - a.customers || b.lift - a.lift || a.productId.localeCompare(b.productId));
}

/** Times as often as the others, made times as often as everybody: `part` of everybody are these customers themselves. It rises with the ratio, so limits stay limits. */
function liftRange({ low, high }: Ratio, part: number): Interval {
  const of = (ratio: number): number => ratio / (part * ratio + 1 - part);
  return { low: of(low), high: high === null ? 1 / part : of(high) };
}
