// The browser-only half of a chart: everything that needs polaris-viz is behind this file.
import { BarChart, LineChart, PolarisVizProvider } from "@shopify/polaris-viz";
import "@shopify/polaris-viz/build/esm/styles.css";
import { useEffect, useRef, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ChartSeries, FigureChartProps } from "./figure-chart.tsx";

// Points are not a curve between them; the first colour is the sparklines', the others keep apart for the colour-blind.
const COLOURS = ["#0b7a63", "#3f6fd8", "#c05a1c", "#7a4fb0", "#8a6d00", "#b0326b"];
const THEMES = { Light: { line: { hasSpline: false }, seriesColors: { single: COLOURS[0] ?? "", upToFour: COLOURS.slice(0, 4), fromFiveToSeven: COLOURS, all: COLOURS } } };
const QUIET = "#8c9196";
const DASHES = "4 4";
const TOOLTIP_MS = 100; // a finger moves and presses at once: the tooltip is drawn after

type DrawnProps = FigureChartProps & { /** the `x` as text: as such polaris-viz has it */ onPick?: (x: string) => void };

export default function DrawnFigureChart({ kind, series, marks = [], writeX, writeXShort = writeX, write, writeShort, onPick }: DrawnProps) {
  const { t } = useTranslation();
  const chart = useOutOfTabOrder();
  const pointed = useRef<number | string | null>(null); // polaris-viz tells of no press; whose tooltip shows is what the pointer is on
  const shared = {
    theme: "Light",
    data: series.map(toData),
    showLegend: series.length > 1,
    renderHiddenLegendLabel: (count: number) => t("analytics.trend.more", { count }),
    isAnimated: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    annotations: marks.map(({ x, label }) => ({ axis: "x" as const, startKey: x, label })),
    xAxisOptions: { labelFormatter: (x: number | string | null) => (x === null ? "" : writeXShort(x)) },
    yAxisOptions: { labelFormatter: (value: number | string | null) => (value === null ? "" : writeShort(Number(value))) },
    tooltipOptions: {
      titleFormatter: (x: number | string | null) => {
        pointed.current = x;
        return x === null ? "" : writeX(x);
      },
      keyFormatter: (key: number | string | null) => (key === null ? "" : series.length > 1 ? String(key) : (series[0]?.name ?? "")),
      valueFormatter: (value: number | string | null) => (value === null ? "–" : write(Number(value))),
    },
  };
  const pick = (event: MouseEvent): void => {
    if (!(event.target instanceof SVGElement)) return;
    setTimeout(() => { if (pointed.current !== null) onPick?.(String(pointed.current)); }, TOOLTIP_MS);
  };
  return (
    <div ref={chart} aria-hidden="true" className={onPick ? "regulars-chart regulars-pressable" : "regulars-chart"} onClick={pick}>
      <PolarisVizProvider themes={THEMES}>{kind === "line" ? <LineChart {...shared} /> : <BarChart {...shared} />}</PolarisVizProvider>
    </div>
  );
}

const toData = ({ name, points, isDashed = false, isQuiet = false }: ChartSeries, index: number) => ({
  name,
  color: isQuiet ? QUIET : (COLOURS[index % COLOURS.length] ?? ""),
  isComparison: false,
  styleOverride: { line: { hasArea: false, ...(isDashed && { strokeDasharray: DASHES }) } },
  data: points.map(({ x, value }) => ({ key: x, value })),
});

/** polaris-viz gives each point a tab stop and a role that no reader can use; the table beside the chart says it all. */
function useOutOfTabOrder() {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chart = ref.current;
    if (!chart) return;
    const clear = (): void => {
      for (const stop of chart.querySelectorAll('[tabindex="0"], a[href], button:not([tabindex="-1"])')) stop.setAttribute("tabindex", "-1");
    };
    const observer = new MutationObserver(clear);
    observer.observe(chart, { subtree: true, childList: true, attributes: true, attributeFilter: ["tabindex"] });
    clear();
    return () => observer.disconnect();
  }, []);
  return ref;
}
