// Figures that are aimed at: their names, their values, and how far they are from their line.
import type { TFunction } from "i18next";
import type { Formats } from "../../i18n/formats.ts";
import { MEASURE_UNITS, type Measure, type MeasureName, type Track } from "../../capabilities/targets/model.ts";
import { writeKpiName } from "../kpi-words.ts";

export const writeValue = (name: MeasureName, value: number, formats: Formats): string => formats[MEASURE_UNITS[name]](value);

/** With the time it is measured over. */
export function writeMeasure(t: TFunction, { name, formula, windowMonths }: Measure): string {
  if (name === "cycle_repeat_rate") return t("targets.within", { count: windowMonths });
  return t("targets.over", { name: writeKpiName(t, { name, formula }), count: windowMonths });
}

/** A difference of shares in points, of people and money as they are. */
export function writeGap(t: TFunction, name: MeasureName, gap: number, formats: Formats): string {
  const size = Math.abs(gap);
  return MEASURE_UNITS[name] === "share" ? t("analytics.kpi.points", { points: formats.points(size) }) : writeValue(name, size, formats);
}

export function writeStanding(t: TFunction, { goal, gap, standing }: Track, formats: Formats): string {
  if (standing !== "ahead" && standing !== "behind") return t(`targets.track.${standing}`);
  return t(`targets.track.${standing}`, { gap: writeGap(t, goal.name, gap ?? 0, formats) });
}
