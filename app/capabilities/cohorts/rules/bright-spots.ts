// What loyal customers buy and others do not: one order of each against one order of the other, so that who orders more is not favoured.
import { differenceOf, type Share, type Verdict } from "./difference.ts";
import { ratioOf, strictnessOf, type Ratio } from "./ratio.ts";
import { JUDGED_MIN } from "./first-products.ts";

/** Orders from which on a customer counts as loyal. */
export const LOYAL_ORDERS = 3;
/** Only orders of so many days are compared: a product that is new can be in no old order, and loyal customers have more of these. */
export const COMPARED_DAYS = 365;

/** `buyers` ever bought it. Of each customer who ordered in the compared days there is a share of their orders that held it: how many such customers there are is known of product 0, here are the sum of the shares and of their squares. */
export type GroupSums = { buyers: number; shares: number; squares: number };
export type SpotSums = { productId: string; title: string | null; loyal: GroupSums; others: GroupSums };
/** All customers of both groups, and those of them who ordered in the compared days. */
export type SpotTotals = Record<"loyal" | "others", { customers: number; compared: number }>;

export type BrightSpot = SpotSums & {
  /** how likely an order of such a customer holds it, each customer counting once */
  loyalShare: number;
  othersShare: number;
  /** how many times as likely; null: one of the groups is nobody */
  ratio: Ratio | null;
  verdict: Verdict | "few";
};

/** What loyal customers buy most surely more often first; those too few have bought last. */
export function brightSpotsOf(products: readonly SpotSums[], totals: SpotTotals): BrightSpot[] {
  const z = strictnessOf(products.filter(isJudged).length);
  return products.map((product) => {
    const [loyal, others] = [meanOf(product.loyal, totals.loyal.compared), meanOf(product.others, totals.others.compared)];
    const ratio = ratioOf(loyal, others, z);
    const verdict = isJudged(product) ? (differenceOf(others, loyal, z)?.verdict ?? "chance") : "few" as const;
    return { ...product, loyalShare: shareOf(loyal), othersShare: shareOf(others), ratio, verdict };
  }).sort((a, b) => Number(a.verdict === "few") - Number(b.verdict === "few") || (b.ratio?.low ?? 0) - (a.ratio?.low ?? 0) || b.loyal.buyers - a.loyal.buyers || a.productId.localeCompare(b.productId));
}

const isJudged = ({ loyal, others }: SpotSums): boolean => loyal.buyers + others.buyers >= JUDGED_MIN;
const shareOf = ({ successes, trials }: Share): number => (trials === 0 ? 0 : successes / trials);

/** A mean of shares as if it were a share of so many people as make it as certain: p (1 - p) ÷ the mean's variance. Somebody with many orders says more than yes or no, so there are never fewer than there are. */
function meanOf({ shares, squares }: GroupSums, customers: number): Share {
  if (customers === 0) return { successes: 0, trials: 0 };
  const mean = Math.min(1, shares / customers);
  const variance = customers < 2 ? 0 : Math.max(0, squares - customers * mean ** 2) / (customers - 1) / customers;
  const effective = variance === 0 ? customers : Math.max(customers, (mean * (1 - mean)) / variance);
  return { successes: mean * effective, trials: effective };
}
