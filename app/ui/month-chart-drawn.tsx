// The browser-only half of the month chart: everything that needs polaris-viz is behind this file.
import { LineChart, PolarisVizProvider } from "@shopify/polaris-viz";
import "@shopify/polaris-viz/build/esm/styles.css";
import { useEffect, useRef } from "react";
import { parseMonth } from "../values/day.ts";
import type { MonthChartProps } from "./month-chart.tsx";
import { useFormats } from "./shop-formats.tsx";

// Months are points in time, not a curve between them; the colour is the sparklines'.
const THEMES = { Light: { line: { hasSpline: false }, seriesColors: { single: "#0b7a63" } } };

export default function DrawnMonthChart({ name, points, write, writeShort }: MonthChartProps) {
  const formats = useFormats();
  const writeMonth = (key: string | number | null): string => (typeof key === "string" ? formats.month(parseMonth(key)) : "");
  const chart = useOutOfTabOrder();
  return (
    <div ref={chart} aria-hidden="true" className="regulars-chart">
      <PolarisVizProvider themes={THEMES}>
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
    </div>
  );
}

/** polaris-viz gives each point a tab stop and a role that no reader can use; the table beside the chart says it all. */
function useOutOfTabOrder() {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chart = ref.current;
    if (!chart) return;
    const clear = (): void => {
      for (const stop of chart.querySelectorAll('[tabindex="0"], a[href]')) stop.setAttribute("tabindex", "-1");
    };
    const observer = new MutationObserver(clear);
    observer.observe(chart, { subtree: true, childList: true, attributes: true, attributeFilter: ["tabindex"] });
    clear();
    return () => observer.disconnect();
  }, []);
  return ref;
}
