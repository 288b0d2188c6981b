// What is known of a shop's customers, counted once per kind: whole days come in, weeks go out, as the literature writes them.
import { invariant } from "../../../values/invariant.ts";

/** Orders of one day are one: distinct days with an order, minus the first; then days from first to last, and from first to the day of the forecast. */
export type Purchases = { repeats: number; recencyDays: number; ageDays: number };

/** x, t_x and T of Fader, Hardie & Lee (2005), in weeks. */
export type History = { repeats: number; recency: number; age: number };

export const WEEK_DAYS = 7;
export const toWeeks = (days: number): number => days / WEEK_DAYS;
export const toHistory = ({ repeats, recencyDays, ageDays }: Purchases): History => ({ repeats, recency: toWeeks(recencyDays), age: toWeeks(ageDays) });

/** The sufficient statistics of every model here: each kind of customer once, in columns, ordered by age. */
export type HistoryGroups = {
  groupCount: number;
  repeats: Int32Array;
  recencyDays: Int32Array;
  ageDays: Int32Array;
  /** how many customers are of the kind */
  counts: Int32Array;
  customerCount: number;
  repeaterCount: number;
  oldestAgeDays: number;
  /** half of the repeaters came back as often or oftener, on average; null where nobody came back */
  medianGapDays: number | null;
};

const DAYS_MAX = 2 ** 15; // ninety years; two such numbers make a key that stays a small integer

export type Grouping = { add(purchases: Purchases): void; finish(): HistoryGroups };

/** Takes customers one by one, so that nobody needs to hold them all. */
export function startGrouping(): Grouping {
  const kindsByAge: (Map<number, number> | undefined)[] = []; // repeats and recency in one number, to how many
  return {
    add: ({ repeats, recencyDays, ageDays }) => {
      invariant(isWhole(repeats) && isWhole(recencyDays) && isWhole(ageDays), "histories are counted in whole days");
      invariant(repeats <= recencyDays && recencyDays <= ageDays && ageDays < DAYS_MAX && (repeats > 0 || recencyDays === 0), "a history that cannot be");
      const kinds = (kindsByAge[ageDays] ??= new Map<number, number>());
      const key = repeats * DAYS_MAX + recencyDays;
      kinds.set(key, (kinds.get(key) ?? 0) + 1);
    },
    finish: () => toColumns(kindsByAge),
  };
}

export function groupHistories(customers: Iterable<Purchases>): HistoryGroups {
  const grouping = startGrouping();
  for (const customer of customers) grouping.add(customer);
  return grouping.finish();
}

const isWhole = (value: number): boolean => Number.isInteger(value) && value >= 0;

function toColumns(kindsByAge: readonly (Map<number, number> | undefined)[]): HistoryGroups {
  const groupCount = kindsByAge.reduce<number>((sum, kinds) => sum + (kinds?.size ?? 0), 0);
  const column = () => new Int32Array(groupCount);
  const columns = { repeats: column(), recencyDays: column(), ageDays: column(), counts: column() };
  let [index, customerCount, repeaterCount] = [0, 0, 0];
  for (const [ageDays, kinds] of kindsByAge.entries()) {
    for (const [key, count] of kinds ?? []) {
      const repeats = Math.floor(key / DAYS_MAX);
      columns.repeats[index] = repeats;
      columns.recencyDays[index] = key % DAYS_MAX;
      columns.ageDays[index] = ageDays;
      columns.counts[index] = count;
      customerCount += count;
      if (repeats > 0) repeaterCount += count;
      index += 1;
    }
  }
  return { groupCount, ...columns, customerCount, repeaterCount, oldestAgeDays: Math.max(0, kindsByAge.length - 1), medianGapDays: medianGapOf(columns, repeaterCount) };
}

function medianGapOf({ repeats, recencyDays, counts }: Pick<HistoryGroups, "repeats" | "recencyDays" | "counts">, repeaterCount: number): number | null {
  const gaps = [...counts].flatMap((count, index) => {
    const times = repeats[index] ?? 0;
    return times > 0 ? [{ gapDays: (recencyDays[index] ?? 0) / times, count }] : [];
  });
  let left = repeaterCount / 2;
  for (const { gapDays, count } of gaps.sort((one, other) => one.gapDays - other.gapDays)) if ((left -= count) <= 0) return gapDays;
  return null;
}
