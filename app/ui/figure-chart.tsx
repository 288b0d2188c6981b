// Lines or bars over days, months or any other order. The chart library needs a window and weighs more than a page, so it comes later, into a space of its size.
import { lazy, Suspense, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

/** `x` is a number or a word, in the chart's order; the same for every series. */
export type ChartPoint = { x: number | string; value: number | null };
export type ChartSeries = { name: string; points: ChartPoint[]; /** what is compared with, or usual */ isDashed?: boolean; /** stands behind the others, in grey */ isQuiet?: boolean };
/** A line across the chart at an `x` of its points, with a word on it. */
export type ChartMark = { x: number | string; label: string };

export type FigureChartProps = {
  kind: "line" | "bars";
  series: ChartSeries[];
  marks?: ChartMark[];
  writeX: (x: number | string) => string;
  /** for the axis; without: as `writeX` */
  writeXShort?: (x: number | string) => string;
  write: (value: number) => string;
  /** for the axis */
  writeShort: (value: number) => string;
};

const DrawnChart = lazy(() => import("./figure-chart-drawn.tsx"));

/** Hidden from screen readers: put a table of the same figures beside it. */
export function FigureChart(props: FigureChartProps) {
  const { t } = useTranslation();
  const isInBrowser = useInBrowser();
  if (props.series.every(({ points }) => points.every(({ value }) => value === null))) return <p className="regulars-chart-empty">{t("analytics.trend.empty")}</p>;
  const skeleton = <div className="regulars-chart-skeleton" />;
  return isInBrowser ? <Suspense fallback={skeleton}><DrawnChart {...props} /></Suspense> : skeleton;
}

/** False on the server and while the page wakes up, so that both write the same. */
const useInBrowser = (): boolean => useSyncExternalStore(neverChanges, () => true, () => false);
const neverChanges = () => () => undefined;
