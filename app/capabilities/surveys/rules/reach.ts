// When a survey will have heard enough, by who is there to be asked and how often people answer.
import { countDays, type Day } from "../../../values/day.ts";
import { wilson } from "../../forecasts/rules/wilson.ts";
import { ANSWERS_WANTED, RECENT_DAYS, type Reach, type ReachRate, type ReachReason, type Uncounted } from "../model/results.ts";
import type { Audience, Definition } from "../model/survey.ts";

type Asked = { asked: number; answered: number };
/** Customers of the audience who may be asked now, and who wait until their rest is over; of the former those with an order in RECENT_DAYS days, and orders of these days. */
export type AudienceSums = { customers: number; waiting: number; recent: number; orders: number; guestOrders: number };
/** `own`: of a survey that runs, and what it asked in its last days; null: it does not run yet. `before`: live surveys that ask first. */
type Known = { audience: AudienceSums; others: readonly Asked[]; before: number; own: (Asked & { lately: { asked: number; days: number } }) | null; today: Day };

const TWO_SIDED_95 = 1.959963984540054; // the normal distribution's 97.5 % quantile
const ASKED_MIN = 30; // of a survey: below, its rate is chance
/** Until the shop has asked anybody: an assumption, wide on purpose. */
const USUAL = { value: 0.1, low: 0.03, high: 0.25 };
const YEAR_DAYS = 365;

export function reachOf(definition: Definition, { audience: sums, others, before, own, today }: Known): Reach {
  const { audience } = definition;
  const guestOrders = asksGuests(audience) ? sums.guestOrders : 0;
  const visits = (sums.recent + guestOrders) / RECENT_DAYS; // each was here at least once
  const rate = rateOf(others, own);
  const target = answersWanted(definition);
  const askedPerDay = own !== null && own.lately.asked > 0 ? own.lately.asked / own.lately.days : visits;
  const missing = target - (own?.answered ?? 0);
  const left = asksGuests(audience) ? null : Math.max(0, sums.customers + sums.waiting - (own?.asked ?? 0)); // who waits is asked later
  return {
    customers: sums.customers, waiting: sums.waiting, before, uncounted: uncountedOf(audience), recent: sums.recent, ordersPerDay: (sums.orders + guestOrders) / RECENT_DAYS, rate, askedPerDay, target,
    ...spanOf({ missing, left, isAllWaiting: sums.customers === 0 && sums.waiting > 0, rate, askedPerDay, daysLeft: daysLeftOf(definition, today) }),
  };
}

/** A guest has no orders, is nobody's member and in no segment. */
const asksGuests = ({ who, orders, tierIds, segmentId }: Audience): boolean => who === "everyone" && orders !== "returning" && tierIds.length === 0 && segmentId === null;

/** Inside a page nobody is interrupted, however lately they were written to. */
export const keepsRest = ({ isInPage }: Pick<Definition, "isInPage">): boolean => !isInPage;

const uncountedOf = (audience: Audience): Uncounted[] => [
  ...(asksGuests(audience) ? ["guests" as const] : []), ...(audience.languages.length > 0 ? ["languages" as const] : []), ...(audience.countries.length > 0 ? ["countries" as const] : []),
];

/** Precision is reckoned with what needs most answers: a share of a half, a score of as many promoters as detractors. */
function answersWanted({ stop, question }: Definition): number {
  if (stop.kind === "answers") return stop.count;
  if (stop.kind === "never" || question.kind === "text") return ANSWERS_WANTED;
  const spread = question.kind === "nps" ? 1 : 1 / 2;
  return Math.ceil(((TWO_SIDED_95 * spread) / (stop.points / 100)) ** 2);
}

/** Surveys differ: of several the range reaches from the least that one can have had to the most. */
function rateOf(others: readonly Asked[], own: Asked | null): ReachRate {
  const told = own !== null && own.asked >= ASKED_MIN ? [own] : others.filter(({ asked }) => asked >= ASKED_MIN);
  const asked = told.reduce((sum, one) => sum + one.asked, 0);
  if (asked === 0) return { ...USUAL, source: "usual", surveys: 0, asked };
  const ranges = told.map((one) => wilson({ successes: Math.min(one.answered, one.asked), trials: one.asked }));
  return {
    source: told[0] === own ? "own" : "shop", surveys: told.length, asked, value: Math.min(1, told.reduce((sum, one) => sum + one.answered, 0) / asked),
    low: Math.min(...ranges.map(({ low }) => low)), high: Math.max(...ranges.map(({ high }) => high)),
  };
}

/** Null: no last day. */
function daysLeftOf({ from, to }: Definition, today: Day): number | null {
  if (to === null) return null;
  const first = from !== null && from > today ? from : today;
  return to < first ? 0 : countDays({ from: first, to });
}

type Course = { missing: number; /** people who can still be asked; null: guests too, so nobody knows */ left: number | null; isAllWaiting: boolean; rate: ReachRate; askedPerDay: number; daysLeft: number | null };

function spanOf({ missing, left, isAllWaiting, rate, askedPerDay, daysLeft }: Course): Pick<Reach, "days" | "reason"> {
  if (missing <= 0) return no("enough");
  if (left === 0) return no("nobody");
  if (askedPerDay === 0) return no(isAllWaiting ? "all_wait" : "nobody_comes");
  if (left !== null && left * rate.high < missing) return no("too_small");
  const daysAt = (share: number): number => Math.max(1, Math.ceil(missing / (askedPerDay * share)));
  const from = daysAt(rate.high);
  if (daysLeft !== null && from > daysLeft) return no("ends_before");
  if (from > YEAR_DAYS) return no("too_slow");
  const isSure = rate.low > 0 && (left === null || left * rate.low >= missing) && daysAt(rate.low) <= YEAR_DAYS;
  return { days: { from, to: isSure ? daysAt(rate.low) : null }, reason: null };
}

const no = (reason: ReachReason): Pick<Reach, "days" | "reason"> => ({ days: null, reason });
