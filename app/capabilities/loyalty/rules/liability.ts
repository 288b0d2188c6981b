// What outstanding points are worth, how many of them will likely never be spent, and the months' books.
import { addMonths, countMonths, dayAt, lastDayOf, type Day, type Month } from "../../../values/day.ts";
import { wilson } from "../../forecasts/rules/wilson.ts";
import { MOVES, type Breakage, type FinishedSums, type MonthBook, type MonthMoves, type Move, type PointValue } from "../model/books.ts";
import type { Programme, ProgrammeVersion, Reward } from "../model/programme.ts";
import { addMonthsToDay } from "./tiers.ts";

/** What a point can be worth at most: the dearest reward that is offered, for each point it costs. What costs the shop nothing certain (free
 *  shipping, early access, perks of its own) has no value here; a percentage counts at the usual order, where there is one. */
export function valueOfPoint({ rewards }: Pick<Programme, "rewards">, { averageOrderMinor }: { averageOrderMinor: number | null }): PointValue | null {
  const values = rewards.filter(({ isOn }) => isOn).flatMap((reward) => {
    const minor = worthOf(reward, averageOrderMinor);
    return minor === null ? [] : [{ rewardId: reward.id, minorPerPoint: minor / reward.cost }];
  });
  return values.toSorted((one, other) => other.minorPerPoint - one.minorPerPoint)[0] ?? null;
}

function worthOf(reward: Reward, averageOrderMinor: number | null): number | null {
  switch (reward.kind) {
    case "amount_off":
    case "store_credit":
    case "gift_card": return reward.amountMinor;
    case "free_product": return reward.priceMinor;
    case "percentage": return averageOrderMinor === null ? null : (Math.max(averageOrderMinor, reward.minOrderMinor ?? 0) * reward.percent) / 100;
    case "free_shipping":
    case "early_access":
    case "custom": return null;
  }
}

export const toMoney = (points: number, value: PointValue): number => Math.round(points * value.minorPerPoint);

export const MEMBERS_NEEDED = 30; // with fewer the interval would reach from almost none to most

/** Points of one member end together, so members are what is counted, not points: the variance of the share is that of a ratio over members,
 *  and Wilson's interval is told as many trials as would have that variance. `spendableSince`: since when the first points could be spent. Until
 *  one life of points has passed since then, those that were spent quickly are all that could have ended. */
export function estimateBreakage({ members, x, y, xx, xy, yy }: FinishedSums, { expiry, spendableSince, today }: { expiry: Programme["expiry"]; spendableSince: Day | null; today: Day }): Breakage {
  if (expiry.kind === "never") return { isKnown: false, why: "endless" };
  const until = spendableSince && addMonthsToDay(spendableSince, expiry.months);
  if (until === null || until > today) return { isKnown: false, why: "young", until };
  if (members < MEMBERS_NEEDED || x === 0) return { isKnown: false, why: "few", needed: Math.max(1, MEMBERS_NEEDED - members) };
  const share = y / x;
  const variance = (members / (members - 1)) * Math.max(0, yy - 2 * share * xy + share ** 2 * xx) / x ** 2;
  const trials = variance === 0 ? members : Math.min(members, (share * (1 - share)) / variance);
  return { isKnown: true, share, members, ...wilson({ successes: share * trials, trials }) };
}

/** By the rules in force at a month's end, or now, while it is running. */
export function valueAtEnd(month: Month, { versions, timeZone, averageOrderMinor }: { versions: readonly ProgrammeVersion[]; timeZone: string; averageOrderMinor: number | null }): PointValue | null {
  const version = versions.findLast(({ effectiveAt }) => dayAt(effectiveAt, timeZone) <= lastDayOf(month));
  return version === undefined ? null : valueOfPoint(version.programme, { averageOrderMinor });
}

/** Every month from the first line to the running one, none left out. */
export function toMonthBooks(moves: readonly MonthMoves[], running: Month, valueOf: (month: Month) => PointValue | null): MonthBook[] {
  const first = moves[0]?.month;
  if (first === undefined) return [];
  const known = new Map(moves.map((month) => [month.month, month]));
  let balance = 0;
  return Array.from({ length: Math.max(0, countMonths({ from: first, to: running })) + 1 }, (_, at) => {
    const month = addMonths(first, at);
    const moved = known.get(month) ?? { month, ...NOTHING };
    const opening = balance;
    balance += MOVES.reduce((sum, move) => sum + moved[move], 0);
    return { ...moved, opening, closing: balance, value: valueOf(month) };
  });
}

const NOTHING: Record<Move, number> = { issued: 0, imported: 0, adjusted: 0, spent: 0, expired: 0, takenBack: 0, forgiven: 0, closed: 0 };
