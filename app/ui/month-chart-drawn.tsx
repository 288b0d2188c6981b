// The browser-only half of the month chart: everything that needs polaris-viz is behind this file.
import { LineChart, PolarisVizProvider } from "@shopify/polaris-viz";
import "@shopify/polaris-viz/build/esm/styles.css";
import { parseMonth } from "../values/day.ts";
import type { MonthChartProps } from "./month-chart.tsx";
import { useFormats } from "./shop-formats.tsx";

export default function DrawnMonthChart({ name, points, write, writeShort }: MonthChartProps) {
  const formats = useFormats();
  const writeMonth = (key: string | number | null): string => (typeof key === "string" ? formats.monthShort(parseMonth(key)) : "");
  return (
    <PolarisVizProvider defaultTheme="Light">
      <LineChart
        theme="Light"
        data={[{ name, data: points.map(({ month, value }) => ({ key: month, value })) }]}
        showLegend={false}
        isAnimated={!matchMedia("(prefers-reduced-motion: reduce)").matches}
        xAxisOptions={{ labelFormatter: writeMonth }}
        yAxisOptions={{ labelFormatter: (value) => (value === null ? "" : writeShort(Number(value))) }}
        tooltipOptions={{
          keyFormatter: (key) => (typeof key === "string" ? formats.month(parseMonth(key)) : String(key)),
          valueFormatter: (value) => (value === null ? "–" : write(Number(value))),
        }}
      />
    </PolarisVizProvider>
  );
}
