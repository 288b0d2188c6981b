// Members against customers like them: the same month, about as many orders, about as long since the last. What differs is no effect of the programme.
import type { Comparison, Difference, Side, Stratum } from "../model/comparison.ts";

export const PEOPLE_NEEDED = 50; // on either side; with fewer the range would reach from great harm to great good
const TWO_SIDED_95 = 1.959963984540054; // the normal distribution's 97.5 % quantile

type Pair = { member: Stratum; other: Stratum };

/** Others weigh as members do: each stratum by its members. Members whose stratum holds nobody else are left out. */
export function compareStrata(strata: readonly Stratum[]): Comparison {
  const others = new Map(strata.filter(({ isMember }) => !isMember).map((row) => [row.stratum, row]));
  const members = strata.filter(({ isMember }) => isMember);
  const pairs = members.flatMap((member): Pair[] => {
    const other = others.get(member.stratum);
    return other === undefined ? [] : [{ member, other }];
  });
  const people = sum(pairs, ({ member }) => member.people);
  // As many others as would be as certain, were they all alike: few of them in a stratum of many members weigh little.
  const effective = people === 0 ? 0 : people ** 2 / sum(pairs, ({ member, other }) => member.people ** 2 / other.people);
  const fewest = Math.min(people, effective);
  if (fewest < PEOPLE_NEEDED) return { isKnown: false, needed: Math.ceil(PEOPLE_NEEDED - fewest) };
  const ours: Side = { people, share: sum(pairs, ({ member }) => member.again) / people, revenueMinor: sum(pairs, ({ member }) => member.revenueMinor) / people };
  const weighed = (of: (other: Stratum) => number): number => sum(pairs, ({ member, other }) => (member.people * of(other)) / other.people) / people;
  const theirs: Side = { people: sum(pairs, ({ other }) => other.people), share: weighed(({ again }) => again), revenueMinor: weighed(({ revenueMinor }) => revenueMinor) };
  const memberSquares = sum(pairs, ({ member }) => member.revenueSquares) / people;
  const otherSquares = weighed(({ revenueSquares }) => revenueSquares);
  return {
    isKnown: true, members: ours, others: theirs, leftOut: sum(members, (member) => member.people) - people,
    share: differenceOf(ours.share - theirs.share, spread(ours.share) / people + spread(theirs.share) / effective),
    revenue: differenceOf(ours.revenueMinor - theirs.revenueMinor, Math.max(0, memberSquares - ours.revenueMinor ** 2) / people + Math.max(0, otherSquares - theirs.revenueMinor ** 2) / effective),
  };
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((total, item) => total + of(item), 0);
const spread = (share: number): number => share * (1 - share);

/** The spread within everybody, which is no less than that within strata: the range is rather too wide than too narrow. */
function differenceOf(value: number, variance: number): Difference {
  const reach = TWO_SIDED_95 * Math.sqrt(variance);
  return { value, low: value - reach, high: value + reach };
}
