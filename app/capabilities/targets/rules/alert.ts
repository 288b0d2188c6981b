// When a shop is told that figures left their usual band: once each, and no more than once a week.
import { addDays, type Day, type Month } from "../../../values/day.ts";
import { ALERT_REST_DAYS, type Alert, type Finding } from "../model.ts";

/** `findings` of `month`; `earlier`: alerts so far. Null: there is nothing new, or it is too soon and another day will tell. */
export function alertOf({ findings, month, today, earlier }: { findings: readonly Finding[]; month: Month; today: Day; earlier: readonly Pick<Alert, "raisedOn" | "month" | "findings">[] }): Pick<Alert, "raisedOn" | "month" | "findings"> | null {
  const told = new Set(earlier.filter((alert) => alert.month === month).flatMap((alert) => alert.findings.map(keyOf)));
  const fresh = findings.filter((finding) => !told.has(keyOf(finding)));
  if (fresh.length === 0 || earlier.some(({ raisedOn }) => today < addDays(raisedOn, ALERT_REST_DAYS))) return null;
  return { raisedOn: today, month, findings: fresh };
}

const keyOf = ({ name, formula, side }: Finding): string => `${name} ${formula ?? ""} ${side}`;
