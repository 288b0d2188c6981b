// Lines or bars over days, months or any other order. The chart library needs a window and weighs more than a page, so it comes later, into a space of its size.
import { Text } from "@shopify/polaris";
import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Facts } from "./facts.tsx";
import { OpenFigure } from "./open-figure.tsx";
import type { Rows } from "./open-rows.ts";

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
  /** What a point of the series at that place counts; null: nothing can say it. Without, points cannot be pressed. */
  open?: (x: number | string, at: number) => Rows | null;
};

const DrawnChart = lazy(() => import("./figure-chart-drawn.tsx"));

/** Hidden from screen readers: put a table of the same figures beside it. */
export function FigureChart(props: FigureChartProps) {
  const { t } = useTranslation();
  const isInBrowser = useInBrowser();
  const [picked, setPicked] = useState<number | null>(null);
  if (props.series.every(({ points }) => points.every(({ value }) => value === null))) return <p className="regulars-chart-empty">{t("analytics.trend.empty")}</p>;
  const skeleton = <div className="regulars-chart-skeleton" />;
  const chart = isInBrowser ? <Suspense fallback={skeleton}><DrawnChart {...props} {...(props.open && { onPick: setPicked })} /></Suspense> : skeleton;
  return props.open === undefined ? chart : <div>{chart}<Reading {...props} open={props.open} picked={picked} /></div>;
}

type ReadingProps = Pick<FigureChartProps, "kind" | "series" | "writeX" | "write"> & { open: NonNullable<FigureChartProps["open"]>; /** the place of the point */ picked: number | null };

/** The point that was pressed, in figures that lead to what they count. */
function Reading({ kind, series, writeX, write, open, picked }: ReadingProps) {
  const { t } = useTranslation();
  const [first, ...others] = series.flatMap(({ name, points }, at) => {
    const { x, value = null } = (picked === null ? null : points[picked]) ?? {};
    return x === undefined || value === null ? [] : [{ name, at, x, value, title: writeX(x) }];
  });
  if (first === undefined) return <Text as="p" tone="subdued">{t(`analytics.trend.press.${kind}`)}</Text>;
  return (
    <div className="regulars-reading">
      <Text as="h3" variant="headingSm">{first.title}</Text>
      <Facts facts={[first, ...others].map(({ name, at, x, value, title }) => [name, <OpenFigure key={name} rows={open(x, at)} of={`${title}, ${name}`}>{write(value)}</OpenFigure>] as const)} />
    </div>
  );
}

/** False on the server and while the page wakes up, so that both write the same. */
const useInBrowser = (): boolean => useSyncExternalStore(neverChanges, () => true, () => false);
const neverChanges = () => () => undefined;
