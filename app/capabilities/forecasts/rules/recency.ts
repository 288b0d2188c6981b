// The plain forecast every model must beat: of those who had been away as long, how many came back.
import { invariant } from "../../../values/invariant.ts";

/** On a past day: days since the last order, and whether another followed within the horizon. */
export type RecencyOutcome = { daysSinceLast: number; hasOrdered: boolean };

/** Customers away from `fromDays` to `toDays`, both included, and the share of them who ordered. */
export type RecencyGroup = { fromDays: number; toDays: number; customerCount: number; orderedCount: number; chance: number };

/** From the shortest absence to the longest, and from the largest chance to the smallest. */
export type RecencyFit = readonly RecencyGroup[];

/** Takes customers one by one; what is kept is two numbers for each day. */
export function startRecency(): { add(outcome: RecencyOutcome): void; finish(): RecencyFit } {
  const [customers, ordered]: [number[], number[]] = [[], []];
  return {
    add: ({ daysSinceLast, hasOrdered }) => {
      invariant(Number.isInteger(daysSinceLast) && daysSinceLast >= 0, "absence is counted in whole days");
      customers[daysSinceLast] = (customers[daysSinceLast] ?? 0) + 1;
      if (hasOrdered) ordered[daysSinceLast] = (ordered[daysSinceLast] ?? 0) + 1;
    },
    finish: () => {
      const days = customers.flatMap((customerCount, day) => [groupOf({ fromDays: day, toDays: day, customerCount, orderedCount: ordered[day] ?? 0 })]);
      return poolViolators(joinTenths(days));
    },
  };
}

/** The chance of somebody away for so long: their group's, and beyond the longest absence known the last one's. Null where the past had no customers. */
export const recencyChance = (fit: RecencyFit, daysSinceLast: number): number | null => (fit.find(({ toDays }) => daysSinceLast <= toDays) ?? fit.at(-1))?.chance ?? null;

const TENTHS = 10;

/** Customers of one day stay together, so there may be fewer than ten. */
function joinTenths(days: readonly RecencyGroup[]): RecencyGroup[] {
  const customerCount = days.reduce((sum, day) => sum + day.customerCount, 0);
  const tenths: (RecencyGroup | undefined)[] = [];
  let before = 0;
  for (const day of days) {
    const tenth = Math.floor((before * TENTHS) / customerCount);
    const begun = tenths[tenth];
    tenths[tenth] = begun ? join(begun, day) : day;
    before += day.customerCount;
  }
  return tenths.filter((tenth) => tenth !== undefined);
}

/** The closest shares that never rise: Ayer, Brunk, Ewing, Reid & Silverman (1955). Where a longer absence looks better that is chance, and the two become one group. */
function poolViolators(groups: readonly RecencyGroup[]): RecencyGroup[] {
  const pooled: RecencyGroup[] = [];
  for (const group of groups) {
    let current = group;
    for (let last = pooled.at(-1); last && last.chance <= current.chance; last = pooled.at(-1)) {
      pooled.pop();
      current = join(last, current);
    }
    pooled.push(current);
  }
  return pooled;
}

const join = (first: RecencyGroup, second: RecencyGroup): RecencyGroup =>
  groupOf({ fromDays: first.fromDays, toDays: second.toDays, customerCount: first.customerCount + second.customerCount, orderedCount: first.orderedCount + second.orderedCount });

const groupOf = (counts: Omit<RecencyGroup, "chance">): RecencyGroup => ({ ...counts, chance: counts.orderedCount / counts.customerCount });
