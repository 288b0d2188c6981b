// When a shop is told that figures left their usual band: once each, and no more than once a week.
import { addDays, type Day, type Month } from "../../../values/day.ts";
import { ALERT_REST_DAYS, type Alert, type Finding, type UsualBand } from "../model.ts";

/** `findings` of `month`; `earlier`: alerts so far. Null: there is nothing new, or it is too soon and another day will tell. */
export function alertOf({ findings, month, today, earlier }: { findings: readonly Finding[]; month: Month; today: Day; earlier: readonly Pick<Alert, "raisedOn" | "month" | "findings">[] }): Pick<Alert, "raisedOn" | "month" | "findings"> | null {
  const told = new Set(earlier.filter((alert) => alert.month === month).flatMap((alert) => alert.findings.map(keyOf)));
  const fresh = findings.filter((finding) => !told.has(keyOf(finding)));
  if (fresh.length === 0 || earlier.some(({ raisedOn }) => today < addDays(raisedOn, ALERT_REST_DAYS))) return null;
  return { raisedOn: today, month, findings: fresh };
}

/** Without the figures that have come back into their band since: a month that is over may still change. Null: all have. */
export function stillTrue(alert: Alert, bands: readonly UsualBand[]): Alert | null {
  const findings = alert.findings.filter((finding) => bands.some(({ name, formula, points }) => name === finding.name && formula === finding.formula && points.some(({ month, side }) => month === alert.month && side === finding.side)));
  return findings.length === 0 ? null : { ...alert, findings };
}

const keyOf = ({ name, formula, side }: Finding): string => `${name} ${formula ?? ""} ${side}`;
