// Customers who buy at their own rate until one order is quietly their last: what NBD, BG/NBD and MBG/NBD say of the orders to come.
import hyp2f1 from "@stdlib/math-base-special-hyp2f1";
import type { History } from "./histories.ts";

/** The three differ only in how often a customer with x repeat orders could have stopped. */
export type BetaGeometricFamily = "nbd" | "bg_nbd" | "mbg_nbd";

/** Orders per week vary between customers by a gamma distribution (r, alpha), the chance to stop at an order by a beta distribution (a, b). In the NBD a is 0. */
export type BetaGeometric = { r: number; alpha: number; a: number; b: number };

/** Nobody stops at the first order in the BG/NBD of Fader, Hardie & Lee (2005); in the MBG/NBD of Batislam, Denizel & Filiztekin (2007) it is an order like any other. */
export function timesAtRisk(family: BetaGeometricFamily, repeats: number): number {
  switch (family) {
    case "nbd": return 0;
    case "bg_nbd": return repeats;
    case "mbg_nbd": return repeats + 1;
  }
}

/** What a history makes of the parameters: the chance that the customer still buys, and how they buy if they do. */
export type Prospect = BetaGeometric & { aliveChance: number };

/** Gamma and beta stay gamma and beta when orders at a rate and survived risks are learned. P(alive): Batislam, Denizel & Filiztekin (2007), eq. A5, and for the BG/NBD Fader, Hardie & Lee (2008), "Computing P(alive)". */
export function prospectOf(family: BetaGeometricFamily, { r, alpha, a, b }: BetaGeometric, { repeats, recency, age }: History): Prospect {
  const risks = timesAtRisk(family, repeats);
  const oddsStopped = risks === 0 ? 0 : (a / (b + risks - 1)) * ((alpha + age) / (alpha + recency)) ** (r + repeats);
  return { aliveChance: 1 / (1 + oddsStopped), r: r + repeats, alpha: alpha + age, a, b: b + risks };
}

/** P(at least one order). Who has stopped orders no more; who has not cannot stop before the next order. So it is P(alive) times the chance that orders at a gamma rate do not stay out: 1 - (alpha / (alpha + t))^r. */
export const chanceOfOrder = ({ aliveChance, r, alpha }: Prospect, weeks: number): number => -aliveChance * Math.expm1(-r * Math.log1p(weeks / alpha));

const POLE_WIDTH = 1e-6; // at a = 1 the formula is 0/0; this far from it the answer is the same to six digits

/** Fader, Hardie & Lee (2005), eq. 10, and Wagner & Hoppe (2008); by Euler's transformation of 2F1 it neither overflows nor slows down for frequent buyers. */
export function expectedOrders({ aliveChance, r, alpha, a: asFitted, b }: Prospect, weeks: number): number {
  if (asFitted === 0) return (aliveChance * r * weeks) / alpha; // nobody stops: the NBD's mean
  const a = Math.abs(asFitted - 1) < POLE_WIDTH ? 1 + POLE_WIDTH : asFitted;
  const c = a + b - 1;
  const z = weeks / (alpha + weeks);
  return ((aliveChance * c) / (a - 1)) * (1 - (1 - z) ** (a - 1) * hyp2f1(c - r, a - 1, c, z));
}

/** P(more than n orders) for n = 0, 1, 2 and so on: n + 1 orders fall due at the customer's rate, and none of the first n is the last. Summed, they are the expected orders; their differences are Fader, Hardie & Lee (2005), eq. 8. */
export function* chancesOfMore({ aliveChance, r, alpha, a, b }: Prospect, weeks: number): Generator<number, never> {
  const z = weeks / (alpha + weeks);
  let fallDue = (1 - z) ** r; // exactly n: negative binomial
  let fallDueBeyond = 1 - fallDue;
  let unstopped = 1;
  for (let count = 0; ; count += 1) {
    yield aliveChance * unstopped * fallDueBeyond;
    fallDue *= ((r + count) / (count + 1)) * z;
    fallDueBeyond = Math.max(0, fallDueBeyond - fallDue);
    unstopped *= (b + count) / (a + b + count);
  }
}
