// The browser-only half of a chart: everything that needs polaris-viz is behind this file.
import { BarChart, getTooltipContentRenderer, LineChart, PolarisVizProvider, type RenderTooltipContentData } from "@shopify/polaris-viz";
import "@shopify/polaris-viz/build/esm/styles.css";
import { useCallback, useEffect, useRef, type MouseEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ChartSeries, FigureChartProps } from "./figure-chart.tsx";

// Points are not a curve between them; the first colour is the sparklines', the others keep apart for the colour-blind.
const COLOURS = ["#0b7a63", "#3f6fd8", "#c05a1c", "#7a4fb0", "#8a6d00", "#b0326b"];
const THEME = "Light";
const THEMES = { [THEME]: { line: { hasSpline: false }, seriesColors: { single: COLOURS[0] ?? "", upToFour: COLOURS.slice(0, 4), fromFiveToSeven: COLOURS, all: COLOURS } } };
const QUIET = "#8c9196";
const DASHES = "4 4";

type DrawnProps = FigureChartProps & { /** the place of the point, the same in every series */ onPick?: (place: number) => void };

export default function DrawnFigureChart({ kind, series, marks = [], writeX, writeXShort = writeX, write, writeShort, onPick }: DrawnProps) {
  const { t } = useTranslation();
  const chart = useOutOfTabOrder();
  const press = usePress(onPick);
  const data = series.map(toData);
  const formatters = {
    titleFormatter: (x: number | string | null) => (x === null ? "" : writeX(x)),
    keyFormatter: (key: number | string | null) => (key === null ? "" : series.length > 1 ? String(key) : (series[0]?.name ?? "")),
    valueFormatter: (value: number | string | null) => (value === null ? "–" : write(Number(value))),
  };
  const renderTooltip = getTooltipContentRenderer({ tooltipOptions: formatters, theme: THEME, data });
  const shared = {
    theme: THEME,
    data,
    showLegend: series.length > 1,
    renderHiddenLegendLabel: (count: number) => t("analytics.trend.more", { count }),
    isAnimated: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    annotations: marks.map(({ x, label }) => ({ axis: "x" as const, startKey: x, label })),
    xAxisOptions: { labelFormatter: (x: number | string | null) => (x === null ? "" : writeXShort(x)) },
    yAxisOptions: { labelFormatter: (value: number | string | null) => (value === null ? "" : writeShort(Number(value))) },
    tooltipOptions: { ...formatters, renderTooltipContent: (tooltip: RenderTooltipContentData) => <Pointed place={tooltip.activeIndex} onPoint={press.point}>{renderTooltip(tooltip)}</Pointed> },
  };
  return (
    <div ref={chart} aria-hidden="true" className={onPick ? "regulars-chart regulars-pressable" : "regulars-chart"} onPointerMove={press.release} onClick={press.press}>
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

/** polaris-viz tells of no press; the point whose tooltip shows is the one the pointer is on. A finger moves and presses at once, and the tooltip comes after. */
function usePress(onPick: ((place: number) => void) | undefined) {
  const pointed = useRef<number | null>(null);
  const isPressed = useRef(false);
  const point = useCallback((place: number | null): void => {
    pointed.current = place;
    if (place !== null && isPressed.current) onPick?.(place);
  }, [onPick]);
  const press = (event: MouseEvent): void => {
    isPressed.current = event.target instanceof SVGElement; // and not a word of the legend
    if (isPressed.current && pointed.current !== null) onPick?.(pointed.current);
  };
  const release = (): void => {
    isPressed.current = false;
  };
  return { point, press, release };
}

/** A tooltip, which says that it shows, and that it went. */
function Pointed({ place, onPoint, children }: { place: number; onPoint: (place: number | null) => void; children: ReactNode }) {
  useEffect(() => {
    onPoint(place);
    return () => onPoint(null);
  }, [place, onPoint]);
  return children;
}

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
