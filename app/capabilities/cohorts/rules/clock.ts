// When the next order comes, and when to write to whoever has not placed it. Definitions: docs/retention.md, "Purchase rhythm".
import { survivalOf, TWO_SIDED_95, type SurvivalDay, type Waits } from "./survival.ts";

export const GAPS_MIN = 30; // fewer say nothing of a rhythm; as for lapse points
const FOLLOWED_SHARE = 0.25; // so that nobody stands for more than four
const SMOOTH_DAYS = 3; // on both sides: a week, so that its days do not show
const SMOOTH_EVENTS = { least: 12, most: 200 }; // a chance of so few is known to a third of itself, of so many to a fourteenth
const SMOOTH_SHARE = 0.2; // narrower, and chance alone puts the peak too high: the moment came a third too early in simulated shops of 160 second orders
const FALLEN = 0.5;

export type Clock = {
  /** days after the order that are looked at: a quarter of the customers have been followed as long */
  horizonDays: number;
  /** of whoever did not order again the same day, who has by the horizon; 0 to 1 */
  share: number;
  /** the first day by whose end half of those have; `low` to `high`: where the true day lies, 95 times of 100 */
  half: { day: number; low: number; high: number };
  /** null: the chance does not fall clearly, and no day is better than another */
  moment: Moment | null;
  /** the smoothed chance of each day from 1 to the horizon, of whoever still waits */
  chances: number[];
};
export type Moment = {
  day: number;
  /** days that may be as good: from when the chance could have fallen to half, until it must have */
  low: number;
  high: number;
  /** when the daily chance is highest, and how high */
  peakDay: number;
  peakChance: number;
  /** on `day` */
  chance: number;
  /** of whoever did not order again the same day, who has not by the day before */
  stillWaiting: number;
  /** who of these has by the horizon, as far as past orders say, whatever was sent to them */
  remaining: number;
};

export type Waiters = Waits & { /** since how many days each customer could have ordered again, whether they have or not */ followed: readonly { days: number; customers: number }[] };

/** Null: fewer than thirty have ordered again on a later day. */
export function clockOf(waiters: Waiters): Clock | null {
  if (countLater(waiters) < GAPS_MIN) return null;
  const days = fromDayOne(survivalOf(waiters)).slice(0, Math.max(1, followedFor(waiters.followed)));
  const end = days.at(-1);
  if (end === undefined || end.survival === 1) return null; // all of them waited longer than a quarter has been followed
  const half = halfOf(days, end);
  const chances = smooth(days, half.day);
  return { horizonDays: end.day, share: 1 - end.survival, half, moment: momentOf(days, chances, end), chances: chances.map(({ chance }) => chance) };
}

export const countLater = ({ came }: Pick<Waits, "came">): number => came.reduce((sum, { days, orders }) => sum + (days > 0 ? orders : 0), 0);

/** The same curve of those who did not order again on the same day: nobody can be written to before. */
function fromDayOne(days: readonly SurvivalDay[]): SurvivalDay[] {
  const [first, ...later] = days;
  if (first === undefined || first.survival === 0) return [];
  return later.map((day) => ({ ...day, survival: day.survival / first.survival, logVariance: day.logVariance - first.logVariance }));
}

/** The most days that a quarter of the customers have been followed. */
export function followedFor(followed: Waiters["followed"]): number {
  const longest = followed.toSorted((one, other) => other.days - one.days);
  const wanted = FOLLOWED_SHARE * longest.reduce((sum, { customers }) => sum + customers, 0);
  let seen = 0;
  for (const { days, customers } of longest) {
    seen += customers;
    if (seen >= wanted && seen > 0) return days;
  }
  return 0;
}

/** Days whose share of what comes by the horizon cannot be told from one half: the delta method on Greenwood's variance, whose parts before and after a day are independent. */
function halfOf(days: readonly SurvivalDay[], end: SurvivalDay): Clock["half"] {
  const whole = 1 - end.survival;
  const arrived = ({ survival }: SurvivalDay): number => (1 - survival) / whole;
  const error = ({ survival, logVariance }: SurvivalDay): number =>
    Math.sqrt((survival - end.survival) ** 2 * logVariance + (1 - survival) ** 2 * end.survival ** 2 * (end.survival === 0 ? 0 : end.logVariance - logVariance)) / whole ** 2;
  const first = (is: (day: SurvivalDay) => boolean): number => (days.find(is) ?? end).day;
  return {
    day: first((day) => arrived(day) >= 1 / 2 - ROUNDING),
    low: first((day) => arrived(day) + TWO_SIDED_95 * error(day) >= 1 / 2 - ROUNDING && day.survival < 1),
    high: first((day) => arrived(day) - TWO_SIDED_95 * error(day) >= 1 / 2 - ROUNDING),
  };
}
const ROUNDING = 1e-12; // a product of quotients is not quite its fraction

/** `sure`: the same of as many more days as it takes to hold a dozen events, where luck is to be told from less. */
type Chance = { day: number; chance: number; sure: { chance: number; events: number } };

/** Each day with those around it: a week, or as many as hold, around the half, a fifth of all events, at least 12 and no more than 200. */
function smooth(days: readonly SurvivalDay[], half: number): Chance[] {
  const [events, atRisk] = [[0], [0]];
  for (const day of days) {
    events.push((events.at(-1) ?? 0) + day.events);
    atRisk.push((atRisk.at(-1) ?? 0) + day.atRisk);
  }
  const wanted = Math.min(SMOOTH_EVENTS.most, Math.max(SMOOTH_EVENTS.least, SMOOTH_SHARE * (events.at(-1) ?? 0)));
  const within = (sums: readonly number[], at: number, reach: number): number => (sums[Math.min(days.length, at + reach + 1)] ?? 0) - (sums[Math.max(0, at - reach)] ?? 0);
  let reach = SMOOTH_DAYS;
  while (within(events, half - 1, reach) < wanted && reach < days.length) reach += 1;
  const chanceAt = (at: number, around: number): number => within(events, at, around) / within(atRisk, at, around);
  let wider = reach;
  return days.map(({ day }, at) => {
    wider = Math.max(reach, wider - 1); // a window moved by a day is within the one before made a day wider
    while (within(events, at, wider) < SMOOTH_EVENTS.least && wider < days.length) wider += 1;
    return { day, chance: chanceAt(at, reach), sure: { chance: chanceAt(at, wider), events: within(events, at, wider) } };
  });
}

/** The first day after the peak on which the chance of somebody who still waits has fallen to half of it. */
function momentOf(days: readonly SurvivalDay[], chances: readonly Chance[], end: SurvivalDay): Moment | null {
  const peak = chances.reduce((best, one) => (one.chance > best.chance ? one : best));
  const after = chances.filter(({ day }) => day > peak.day);
  /** how far apart two chances could be by luck: the ratio of two counts */
  const luck = ({ sure }: Chance): number => Math.exp(TWO_SIDED_95 * Math.sqrt(1 / sure.events + 1 / peak.sure.events));
  const first = (isLow: (one: Chance) => boolean): Chance | undefined => after.find(isLow);
  const found = first(({ chance }) => chance <= peak.chance * FALLEN);
  const before = found && (days.find(({ day }) => day === found.day - 1)?.survival ?? 1);
  if (found === undefined || before === undefined) return null;
  return {
    day: found.day, low: Math.min(found.day, (first((one) => one.sure.chance <= peak.chance * FALLEN * luck(one)) ?? found).day), high: Math.max(found.day, (first((one) => one.sure.chance * luck(one) <= peak.chance * FALLEN) ?? end).day),
    peakDay: peak.day, peakChance: peak.chance, chance: found.chance, stillWaiting: before, remaining: 1 - end.survival / before,
  };
}
