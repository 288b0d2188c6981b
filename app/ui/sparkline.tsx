// A small line drawn by the server: there at once, and the same without scripts. Its words say what the line shows.
import { useTranslation } from "react-i18next";
import type { SparkPoint } from "../capabilities/analytics/model.ts";
import { useFormats } from "./shop-formats.tsx";

const WIDTH = 240;
const HEIGHT = 40;
const EDGE = 3; // half a stroke and the last point's dot stay inside

export function Sparkline({ points, write }: { points: SparkPoint[]; write: (value: number) => string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const known = points.flatMap(({ month, value }) => (value === null ? [] : [{ month, value }]));
  const first = known[0];
  const last = known.at(-1);
  if (!first || !last) return <svg className="regulars-sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t("analytics.kpi.sparklineEmpty")} />;
  const values = known.map(({ value }) => value);
  const label = t("analytics.kpi.sparkline", {
    from: formats.month(first.month), to: formats.month(last.month), first: write(first.value), last: write(last.value),
    lowest: write(Math.min(...values)), highest: write(Math.max(...values)),
  });
  const { solid, dashed, end } = drawSparkline(points);
  return (
    <svg className="regulars-sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <path d={solid} />
      <path d={dashed} strokeDasharray="3 3" />
      {end && <path className="regulars-sparkline-end" d={`M${end.x} ${end.y}h0`} />}
    </svg>
  );
}

type Dot = { x: number; y: number };
export type SparklineDrawing = { solid: string; dashed: string; end: Dot | null };

/** From the lowest to the highest month; months without a value are gaps; the way to an unfinished month is dashed. */
export function drawSparkline(points: SparkPoint[]): SparklineDrawing {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const lowest = Math.min(...values);
  const span = Math.max(...values) - lowest;
  const heightOf = (value: number): number => (span === 0 ? 0.5 : (value - lowest) / span); // months that are all the same run through the middle
  const step = points.length > 1 ? (WIDTH - 2 * EDGE) / (points.length - 1) : 0;
  const dots = points.map(({ value }, index): Dot | null =>
    value === null ? null : { x: round(EDGE + index * step), y: round(HEIGHT - EDGE - heightOf(value) * (HEIGHT - 2 * EDGE)) });
  let solid = "";
  let dashed = "";
  for (const [index, dot] of dots.entries()) {
    const before = dots[index - 1];
    if (!dot || !before) continue;
    const segment = `M${before.x} ${before.y}L${dot.x} ${dot.y}`;
    if (points[index]?.isComplete) solid += segment;
    else dashed += segment;
  }
  return { solid, dashed, end: dots.findLast((dot) => dot !== null) ?? null };
}

const round = (value: number): number => Math.round(value * 100) / 100;
