// A line over months. The chart library needs a window and weighs more than the page, so it comes later, into a space of its size.
import { lazy, Suspense, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { SparkPoint } from "../capabilities/analytics/model.ts";

export type MonthChartProps = {
  name: string;
  points: SparkPoint[];
  write: (value: number) => string;
  /** for the axis */
  writeShort: (value: number) => string;
};

const DrawnChart = lazy(() => import("./month-chart-drawn.tsx"));

/** Hidden from screen readers: put a table of the same figures beside it. */
export function MonthChart(props: MonthChartProps) {
  const { t } = useTranslation();
  const isInBrowser = useInBrowser();
  if (props.points.every(({ value }) => value === null)) return <p className="regulars-chart-empty">{t("analytics.trend.empty")}</p>;
  const skeleton = <div className="regulars-chart-skeleton" />;
  return isInBrowser ? <Suspense fallback={skeleton}><DrawnChart {...props} /></Suspense> : skeleton;
}

/** False on the server and while the page wakes up, so that both write the same. */
const useInBrowser = (): boolean => useSyncExternalStore(neverChanges, () => true, () => false);
const neverChanges = () => () => undefined;
