// A line over months.
import type { SparkPoint } from "../capabilities/analytics/model.ts";
import { parseMonth } from "../values/day.ts";
import { FigureChart, type FigureChartProps } from "./figure-chart.tsx";
import { useFormats } from "./shop-formats.tsx";

type MonthChartProps = Pick<FigureChartProps, "write" | "writeShort"> & { name: string; points: SparkPoint[] };

/** Hidden from screen readers: put a table of the same figures beside it. */
export function MonthChart({ name, points, write, writeShort }: MonthChartProps) {
  const formats = useFormats();
  const series = [{ name, points: points.map(({ month, value }) => ({ x: month, value })) }];
  return <FigureChart kind="line" series={series} writeX={(month) => formats.month(parseMonth(String(month)))} write={write} writeShort={writeShort} />;
}
