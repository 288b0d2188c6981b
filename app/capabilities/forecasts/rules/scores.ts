// One customer's forecast from a fit: chances of an order, orders within a year, and what they will be worth.
import { chanceOfOrder, chancesOfMore, expectedOrders, prospectOf, type Prospect } from "./beta-geometric.ts";
import type { Fit } from "./fit.ts";
import { toHistory, toWeeks, type Purchases } from "./histories.ts";
import { valueOf, type SpendFit, type Spending } from "./spend.ts";

export type Score = {
  /** chances of at least one day with an order within so many days, from 0 to 1 */
  chance30: number;
  chance60: number;
  chance90: number;
  /** days with an order within a year, and what their number lies between eight times of ten */
  expectedOrders365: number;
  ordersLow365: number;
  ordersHigh365: number;
  /** not rounded; null where the shop's values have no fit */
  expectedValuePerOrderMinor: number | null;
  /** that the customer has not stopped; not the chance of an order, which may be small all the same */
  isAliveChance: number;
};

const [DAYS_30, DAYS_60, DAYS_90, DAYS_365] = [toWeeks(30), toWeeks(60), toWeeks(90), toWeeks(365)];

/** Who came once differs from the others by age alone, so all of an age share one score. */
export function makeScorer(fit: Fit, spend: SpendFit | null): (customer: Purchases & Spending) => Readonly<Score> {
  const onceByAge: (Score | undefined)[] = [];
  const scoreOf = (customer: Purchases & Spending): Score => {
    const prospect = prospectOf(fit.family, fit.parameters, toHistory(customer));
    return {
      chance30: chanceOfOrder(prospect, DAYS_30),
      chance60: chanceOfOrder(prospect, DAYS_60),
      chance90: chanceOfOrder(prospect, DAYS_90),
      expectedOrders365: expectedOrders(prospect, DAYS_365),
      ...rangeOfOrders(prospect),
      expectedValuePerOrderMinor: spend?.verdict === "good" ? valueOf(spend.parameters, customer).meanMinor : null,
      isAliveChance: prospect.aliveChance,
    };
  };
  return (customer) => (customer.repeats === 0 ? (onceByAge[customer.ageDays] ??= scoreOf(customer)) : scoreOf(customer));
}

/** The 10 % and the 90 % quantile, in one walk. */
function rangeOfOrders(prospect: Prospect): Pick<Score, "ordersLow365" | "ordersHigh365"> {
  let [ordersLow365, ordersHigh365] = [0, 0];
  for (const more of chancesOfMore(prospect, DAYS_365)) {
    if (more <= 0.1) break;
    ordersHigh365 += 1;
    if (more > 0.9) ordersLow365 += 1;
  }
  return { ordersLow365, ordersHigh365 };
}
