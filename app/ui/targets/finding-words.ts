// A figure that left its usual band, in a sentence.
import type { TFunction } from "i18next";
import type { Formats } from "../../i18n/formats.ts";
import type { Finding } from "../../capabilities/targets/model.ts";
import type { Month } from "../../values/day.ts";
import { writeKpiName } from "../kpi-words.ts";
import { writeGap, writeValue } from "./target-words.ts";

export function writeFinding(t: TFunction, { name, formula, value, low, high, side, since }: Finding, { month, formats }: { month: Month; formats: Formats }): string {
  const write = (figure: number): string => writeValue(name, figure, formats);
  const gap = writeGap(t, name, side === "above" ? value - high : low - value, formats);
  const figures = { name: writeKpiName(t, { name, formula }), value: write(value), month: formats.month(month), low: write(low), high: write(high), gap, since: formats.month(since) };
  return t(since === month ? `targets.alert.finding.${side}` : `targets.alert.findingSince.${side}`, figures);
}
