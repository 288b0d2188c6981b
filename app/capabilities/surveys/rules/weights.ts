// Who answers is not who was asked: people are weighed so that each kind counts as it was asked.

/** Of one kind: how many were asked, and how many of these are in the group that is weighed. */
export type Cell = { stratum: number; asked: number; people: number };

/** Where the kinds by orders begin (none · 1 · 2-3 · 4 and more), and those by days since the last (up to 30 · up to 90 · more). */
export const ORDERS_FROM = [1, 2, 4] as const;
export const RECENCY_FROM = [31, 91] as const;
const RECENCIES = RECENCY_FROM.length + 1;

/** Kinds in a row in which neighbours differ in one thing only: no order yet, then by orders, with recency there and back. */
export function stratumOf({ orders, recency }: { orders: number; recency: number }): number {
  if (orders === 0) return 0;
  const isBackwards = orders % 2 === 1; // one long ago is nearest to none at all
  return 1 + (orders - 1) * RECENCIES + (isBackwards ? RECENCIES - 1 - recency : recency);
}

const PEOPLE_MIN = 5; // a weight from fewer is mostly chance
const WEIGHT_MAX = 5; // of the mean: nobody speaks for more (Potter 1990)

/** Post-stratification (Holt & Smith 1979; Little 1986): asked over answered, in each kind, the mean weight being 1. Kinds with too few people are
 *  joined with their neighbours. */
export function weighStrata(cells: readonly Cell[]): ReadonlyMap<number, number> {
  const joined = joinSparse(cells.toSorted((one, other) => one.stratum - other.stratum));
  const asked = joined.reduce((sum, cell) => sum + cell.asked, 0);
  const people = joined.reduce((sum, cell) => sum + cell.people, 0);
  return new Map(joined.flatMap((cell) => {
    const weight = cell.people === 0 ? 0 : Math.min(WEIGHT_MAX, (cell.asked / cell.people) / (asked / people));
    return cell.strata.map((stratum) => [stratum, weight] as const);
  }));
}

type Joined = { strata: number[]; asked: number; people: number };

/** From the first on, each takes in the next until it has enough; what is left over at the end joins the one before. */
function joinSparse(cells: readonly Cell[]): Joined[] {
  const joined: Joined[] = [];
  for (const { stratum, asked, people } of cells) {
    const open = joined.at(-1);
    if (open === undefined || open.people >= PEOPLE_MIN) joined.push({ strata: [stratum], asked, people });
    else take(open, { strata: [stratum], asked, people });
  }
  const last = joined.at(-1);
  const before = joined.at(-2);
  if (last === undefined || before === undefined || last.people >= PEOPLE_MIN) return joined;
  take(before, last);
  return joined.slice(0, -1);
}

function take(open: Joined, next: Joined): void {
  open.strata.push(...next.strata);
  open.asked += next.asked;
  open.people += next.people;
}
