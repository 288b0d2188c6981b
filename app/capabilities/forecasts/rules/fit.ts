// A shop's fit to its own histories, steadied by what shops are usually like, with a verdict on whether it may be used.
import { betaGeometricLikelihood } from "./beta-geometric-likelihood.ts";
import type { BetaGeometric, BetaGeometricFamily } from "./beta-geometric.ts";
import { estimate, inLogarithms, type Estimate } from "./estimates.ts";
import { toWeeks, WEEK_DAYS, type HistoryGroups } from "./histories.ts";

export type Verdict = "good" | "too_few_customers" | "too_few_repeaters" | "not_converged" | "too_short" | "dropout_not_identifiable";

export type Fit = Omit<Estimate<keyof BetaGeometric>, "covariance"> & {
  family: BetaGeometricFamily;
  customerCount: number;
  repeaterCount: number;
  verdict: Verdict;
};

const SPREAD = 1; // two of three shops lie within a factor of 2.7 of the typical one, nineteen of twenty within seven: a rail for fifty customers, nothing for a thousand

/** `spread` is the prior's, null for maximum likelihood. */
export type FitOptions = { family?: BetaGeometricFamily; spread?: number | null };

/** Maximum a posteriori: a small shop leans on what shops are usually like, a large one does not feel it. */
export function fitPurchases(groups: HistoryGroups, { family = "mbg_nbd", spread = SPREAD }: FitOptions = {}): Fit {
  const { covariance: _, ...found } = estimateFamily(family, groups, spread);
  const evidenceOfStops = family === "nbd" ? null : 2 * (found.logLikelihood - estimateFamily("nbd", groups, spread).logLikelihood);
  const { customerCount, repeaterCount, oldestAgeDays } = groups;
  return { ...found, family, customerCount, repeaterCount, verdict: verdictOf({ ...found, customerCount, repeaterCount, oldestAgeDays, evidenceOfStops }) };
}

const NAMES = ["r", "alpha", "a", "b"] as const;
const NBD_NAMES = ["r", "alpha"] as const;

function estimateFamily(family: BetaGeometricFamily, groups: HistoryGroups, spread: number | null): Estimate<keyof BetaGeometric> {
  const likelihood = betaGeometricLikelihood(family, groups);
  const typical = typicalShop(groups);
  if (family !== "nbd") return estimate({ names: NAMES, surfaceAt: inLogarithms(NAMES, likelihood), typical, spread });
  const found = estimate({ names: NBD_NAMES, surfaceAt: inLogarithms(NBD_NAMES, ({ r, alpha }) => likelihood({ ...typical, r, alpha })), typical, spread });
  const errors = found.standardErrors && { ...found.standardErrors, a: 0, b: 0 };
  return { ...found, parameters: { ...found.parameters, a: 0, b: 1 }, standardErrors: errors };
}

const CYCLE_DAYS = 60; // from one order to the next, where nobody has come back yet to tell

/** Shops differ in pace, so alpha is measured by the shop's own; the rest are round figures between the published fits (CDNOW, groceries, donations). */
export const typicalShop = ({ medianGapDays }: Pick<HistoryGroups, "medianGapDays">): BetaGeometric => ({ r: 0.7, alpha: toWeeks(medianGapDays ?? CYCLE_DAYS), a: 0.7, b: 2.5 });

const CUSTOMERS_MIN = 50; // below, a chance of 20 % cannot be told from one of 10 %
const REPEATERS_MIN = 10; // what is known of the pace comes from them alone: with ten, orders to come are known to about a half
const CYCLES_MIN = 2; // whoever was not seen for less than two of the average customer's gaps cannot be told from a slow one
const EVIDENCE_MIN = 2; // Akaike (1974): less gain in 2 ln L than a parameter costs is none

type Findings = Pick<Fit, "customerCount" | "repeaterCount" | "isConverged" | "parameters"> & { oldestAgeDays: number; evidenceOfStops: number | null };

/** The first reason why the fit must not be used; for the last one, the NBD, which knows no stops, may be. */
export function verdictOf({ customerCount, repeaterCount, oldestAgeDays, isConverged, parameters, evidenceOfStops }: Findings): Verdict {
  if (customerCount < CUSTOMERS_MIN) return "too_few_customers";
  if (repeaterCount < REPEATERS_MIN) return "too_few_repeaters";
  if (!isConverged) return "not_converged";
  if (oldestAgeDays < (CYCLES_MIN * WEEK_DAYS * parameters.alpha) / parameters.r) return "too_short";
  if (evidenceOfStops !== null && evidenceOfStops < EVIDENCE_MIN) return "dropout_not_identifiable";
  return "good";
}
