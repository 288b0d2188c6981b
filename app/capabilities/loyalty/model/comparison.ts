// Members against customers like them: what each stratum holds, and what follows.

/** Days after joining, or redeeming for the first time, in which a further order counts. */
export const OUTCOME_DAYS = 90;
export const COMPARED_MONTHS = 12;

/** Of one month, one number of orders and one recency: how many of each kind, how many ordered again, and their revenue. */
export type Stratum = { isMember: boolean; stratum: string; people: number; again: number; revenueMinor: number; /** sum of squares */ revenueSquares: number };

export type Side = { people: number; share: number; revenueMinor: number };
export type Difference = { value: number; low: number; high: number };
/** `leftOut`: members nobody is like. `needed`: so many more comparable members, or customers like them, it takes. */
export type Comparison = { isKnown: true; members: Side; others: Side; leftOut: number; share: Difference; revenue: Difference } | { isKnown: false; needed: number };
