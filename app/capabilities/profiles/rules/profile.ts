// What follows from a customer's facts: rhythm, scores, stage. Each rule with its reason in docs/profiles.md.
import { addDays, countDays, type Day } from "../../../values/day.ts";
import type { Basis, Facts, Forecast, Profile, RfmGroup, RfmLimits, Rhythm, Scores, Settings, Stage } from "../model.ts";

/** Everything a profile is computed from that is not the customer's own. */
export type Yardstick = { today: Day; basis: Basis; settings: Settings };

export function profileOf(facts: Facts, forecast: Forecast, yardstick: Yardstick): Profile {
  const { lastOrderAt: _at, firstDayRevenueMinor: _first, gapLogSum: _gaps, productGapDays: _gap, productLapseDays: _lapse, ...kept } = facts;
  const rhythm = rhythmOf(facts, yardstick);
  const scores = scoresOf(facts, yardstick);
  const isVip = yardstick.basis.vipFromMinor !== null && facts.purchaseDays > 1 && facts.revenueMinor >= yardstick.basis.vipFromMinor;
  const { stage, stageSince } = stageOf(facts, { ...rhythm, isVip }, yardstick.today);
  return {
    ...kept, ...forecast, asOf: yardstick.today,
    averageOrderMinor: facts.orderCount === 0 ? null : Math.round(facts.revenueMinor / facts.orderCount),
    typicalGapDays: rhythm.typicalGapDays, lapseDays: rhythm.lapseDays,
    nextOrderOn: facts.lastOrderOn !== null && rhythm.typicalGapDays !== null ? addDays(facts.lastOrderOn, rhythm.typicalGapDays) : null,
    scores, rfmGroup: scores === null ? "PROSPECTS" : rfmGroupOf(scores), stage, stageSince, isVip,
  };
}

const GAP_PRIOR_WEIGHT = 2; // gaps of one's own that weigh as much as what is known of the product and the shop
const LAPSE_PRIOR_WEIGHT = 4; // the end of a rhythm shows less in few gaps than its middle: alone it ranks worse than plain recency (docs/profiles.md)

type OwnRhythm = { typicalGapDays: number | null; lapseDays: number | null };

/** One's own gaps, shrunk to the product's and the shop's, on the logarithmic scale; the lapse point to the shop's. Whole days. */
export function rhythmOf({ purchaseDays, gapLogSum, productGapDays, productLapseDays }: Pick<Facts, "purchaseDays" | "gapLogSum" | "productGapDays" | "productLapseDays">, { basis, settings }: Pick<Yardstick, "basis" | "settings">): OwnRhythm {
  if (purchaseDays === 0) return { typicalGapDays: null, lapseDays: null };
  const gapCount = purchaseDays - 1;
  const shop: Rhythm | null = gapCount === 0 ? (basis.secondOrder ?? basis.rhythm) : basis.rhythm;
  const priorDays = productGapDays ?? shop?.typicalDays ?? null;
  if (priorDays === null) return gapCount < 2 ? { typicalGapDays: null, lapseDays: settings.lapseDays } : { typicalGapDays: wholeDays(Math.exp(gapLogSum / gapCount)), lapseDays: settings.lapseDays };
  const typical = Math.exp((gapLogSum + GAP_PRIOR_WEIGHT * Math.log(priorDays)) / (gapCount + GAP_PRIOR_WEIGHT));
  return { typicalGapDays: wholeDays(typical), lapseDays: settings.lapseDays ?? lapseOf({ gapCount, typicalDays: typical, usualLapseDays: productLapseDays ?? shop?.lapseDays ?? null }, basis.ownLapseRatio) };
}

function lapseOf({ gapCount, typicalDays, usualLapseDays }: { gapCount: number; typicalDays: number; usualLapseDays: number | null }, ownLapseRatio: number | null): number | null {
  if (usualLapseDays === null) return null;
  if (ownLapseRatio === null || gapCount === 0) return wholeDays(usualLapseDays);
  const weight = gapCount / (gapCount + LAPSE_PRIOR_WEIGHT);
  return wholeDays(Math.exp(weight * Math.log(typicalDays * ownLapseRatio) + (1 - weight) * Math.log(usualLapseDays)));
}

const wholeDays = (days: number): number => Math.max(1, Math.round(days));

/** The highest score whose limit is reached; 1 otherwise. null without an order. */
function scoresOf({ lastOrderOn, orderCount, revenueMinor }: Facts, { today, basis, settings }: Yardstick): Scores | null {
  if (lastOrderOn === null) return null;
  const limits: RfmLimits = settings.rfm ?? basis.rfm;
  const highest = (isReached: (limit: number) => boolean, of: RfmLimits["r"]) => 1 + of.reduce<number>((best, limit, index) => (limit !== null && isReached(limit) ? index + 1 : best), 0);
  const recency = daysBetween(lastOrderOn, today);
  return { r: highest((limit) => recency <= limit, limits.r), f: highest((limit) => orderCount >= limit, limits.f), m: highest((limit) => revenueMinor >= limit, limits.m) };
}

/** Rows R 5, 4, 3, 2, 1; columns FM 1 to 5. Shopify publishes groups and words but no limits: inferred (docs/profiles.md, "RFM"). */
const GROUPS: Record<number, readonly [RfmGroup, RfmGroup, RfmGroup, RfmGroup, RfmGroup]> = {
  5: ["NEW", "ACTIVE", "ACTIVE", "CHAMPIONS", "CHAMPIONS"],
  4: ["PROMISING", "ACTIVE", "ACTIVE", "LOYAL", "LOYAL"],
  3: ["ALMOST_LOST", "ALMOST_LOST", "NEEDS_ATTENTION", "LOYAL", "LOYAL"],
  2: ["DORMANT", "DORMANT", "AT_RISK", "AT_RISK", "PREVIOUSLY_LOYAL"],
  1: ["DORMANT", "DORMANT", "AT_RISK", "AT_RISK", "PREVIOUSLY_LOYAL"],
};

export const rfmGroupOf = ({ r, f, m }: Scores): RfmGroup => GROUPS[r]?.[frequencyMoneyOf({ f, m }) - 1] ?? "PROSPECTS";

/** FM: the mean of both, rounded half up. */
export const frequencyMoneyOf = ({ f, m }: Pick<Scores, "f" | "m">): number => Math.floor((f + m + 1) / 2);

const AT_RISK_FROM = 0.8; // of the lapse point: Glew's last fifth
const LOST_FROM = 2; // lapse points
const SLIPPING_FROM = 1.5; // usual gaps; alone it would cry wolf, so it is the mildest of the warnings
const REGULAR_FROM = 3; // purchase days: one return may be chance

/** The stage, and the day it began: it follows from the last order, so nothing need be remembered. */
function stageOf({ purchaseDays, lastOrderOn }: Pick<Facts, "purchaseDays" | "lastOrderOn">, standing: OwnRhythm & { isVip: boolean }, today: Day): { stage: Stage; stageSince: Day } {
  if (lastOrderOn === null) return { stage: "prospect", stageSince: today };
  const { stage, fromDays } = stageAfter(daysBetween(lastOrderOn, today), { ...standing, purchaseDays });
  return { stage, stageSince: addDays(lastOrderOn, fromDays) };
}

/** After so many days without an order somebody is at risk. */
export const atRiskFrom = (lapseDays: number): number => Math.ceil(lapseDays * AT_RISK_FROM);

type Standing = OwnRhythm & { purchaseDays: number; isVip: boolean };

/** The stage so many days after the last order, and after how many it begins. */
export function stageAfter(days: number, { purchaseDays, typicalGapDays, lapseDays, isVip }: Standing): { stage: Stage; fromDays: number } {
  const atRiskDays = lapseDays === null ? Infinity : atRiskFrom(lapseDays);
  if (purchaseDays === 1) return days < atRiskDays ? { stage: "new", fromDays: 0 } : { stage: "one_time", fromDays: atRiskDays };
  if (lapseDays !== null && days > lapseDays * LOST_FROM) return { stage: "lost", fromDays: lapseDays * LOST_FROM + 1 };
  if (lapseDays !== null && days > lapseDays) return { stage: "lapsed", fromDays: lapseDays + 1 };
  if (days >= atRiskDays) return { stage: "at_risk", fromDays: atRiskDays };
  const slippingFrom = typicalGapDays === null ? Infinity : Math.ceil(typicalGapDays * SLIPPING_FROM);
  if (days >= slippingFrom) return { stage: "slipping", fromDays: slippingFrom };
  if (isVip) return { stage: "vip", fromDays: 0 };
  return { stage: purchaseDays >= REGULAR_FROM ? "regular" : "active", fromDays: 0 };
}

export const daysBetween = (from: Day, to: Day): number => countDays({ from, to }) - 1;
