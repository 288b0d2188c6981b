// How customers moved between stages, month by month, computed from their orders by today's yardstick: limits that moved since would
// show moves nobody made.
import { addMonths, lastDayOf, monthOf, toDate, type Day, type Month } from "../../../values/day.ts";
import type { PurchaseDays } from "../../analytics/model.ts";
import type { Flow, Stage } from "../model.ts";
import { rhythmOf, stageAfter, type Yardstick } from "./profile.ts";

export const FLOW_MONTHS = 12;
const DAY_MS = 86_400_000;

/** Twelve months up to the running one, whose end is today. */
export function startFlows(yardstick: Yardstick): { add(customer: PurchaseDays): void; finish(): Flow[] } {
  const months = Array.from({ length: FLOW_MONTHS + 1 }, (_, index) => addMonths(monthOf(yardstick.today), index - FLOW_MONTHS));
  const ends = months.map((month) => numberOf(month === monthOf(yardstick.today) ? yardstick.today : lastDayOf(month)));
  const counts = new Map<string, Flow>();
  return {
    add: (customer) => {
      const stages = stagesAt(customer, ends, yardstick);
      for (const [index, month] of months.entries()) {
        const [from, to] = [stages[index - 1], stages[index]];
        if (from !== undefined && to !== undefined && to !== "prospect") count(counts, { month, from, to });
      }
    },
    finish: () => [...counts.values()],
  };
}

const numberOf = (day: Day): number => toDate(day).getTime() / DAY_MS;

function count(counts: Map<string, Flow>, { month, from, to }: { month: Month; from: Stage; to: Stage }): void {
  const key = `${month} ${from} ${to}`;
  const flow = counts.get(key);
  if (flow) flow.customers += 1;
  else counts.set(key, { month, from, to, customers: 1 });
}

/** The stage at the end of each day, by the purchases up to it. */
function stagesAt({ days, revenueMinor }: PurchaseDays, ends: readonly number[], { basis, settings }: Yardstick): Stage[] {
  let [purchaseDays, revenue, gapLogSum, last] = [0, 0, 0, 0];
  return ends.map((end) => {
    for (let day = days[purchaseDays]; day !== undefined && day <= end; day = days[purchaseDays]) {
      revenue += revenueMinor[purchaseDays] ?? 0;
      if (purchaseDays > 0) gapLogSum += Math.log(day - last);
      last = day;
      purchaseDays += 1;
    }
    if (purchaseDays === 0) return "prospect";
    const isVip = basis.vipFromMinor !== null && purchaseDays > 1 && revenue >= basis.vipFromMinor;
    return stageAfter(end - last, { ...rhythmOf({ purchaseDays, gapLogSum, productGapDays: null, productLapseDays: null }, { basis, settings }), purchaseDays, isVip }).stage;
  });
}
