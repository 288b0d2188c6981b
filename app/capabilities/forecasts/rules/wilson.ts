// How far a share seen in a few can lie from the share behind it.

export type Interval = { low: number; high: number };

const TWO_SIDED_95 = 1.959963984540054; // the normal distribution's 97.5 % quantile

/** The shares with which so many successes are no surprise: Wilson (1927). Unlike the textbook's interval it stays between 0 and 1, and has a width at both. */
export function wilson({ successes, trials }: { successes: number; trials: number }, z: number = TWO_SIDED_95): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const share = successes / trials;
  const centre = share + z ** 2 / (2 * trials);
  const reach = z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  const total = 1 + z ** 2 / trials;
  return { low: Math.max(0, (centre - reach) / total), high: Math.min(1, (centre + reach) / total) };
}
