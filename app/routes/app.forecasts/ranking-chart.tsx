// Two lines over months: how well the model ranked customers, and how well recency did. The table below says the same.
import { useTranslation } from "react-i18next";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { ShownCheck } from "./forecast-view.ts";

const HEIGHT = 140;
const WIDTH = 100; // drawn as wide as there is room
const COIN = 0.5; // half the pairs are put right by chance
const STEPS = [1, 0.75, COIN] as const;

export function RankingChart({ checks }: { checks: readonly ShownCheck[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const months = checks.flatMap(({ cutOn, result: { comparison } }) => (comparison === null ? [] : [{ cutOn, model: comparison.model.area, recency: comparison.baseline.area }])).toReversed();
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined || months.length < 2) return null;
  const x = (index: number): number => (index / (months.length - 1)) * WIDTH;
  const y = (area: number): number => ((1 - Math.max(COIN, area)) / (1 - COIN)) * HEIGHT;
  const line = (pick: (month: (typeof months)[number]) => number): string => months.map((month, index) => `${x(index)},${y(pick(month))}`).join(" ");
  return (
    <div className="ranking-chart" aria-hidden="true">
      <ul className="ranking-legend">
        <li className="ranking-of-model">{t("forecasts.months.model")}</li>
        <li className="ranking-of-recency">{t("forecasts.months.recency")}</li>
      </ul>
      <div className="ranking-steps" style={{ height: HEIGHT }}>{STEPS.map((step) => <span key={step} style={{ top: y(step) }}>{formats.shareShort(step)}</span>)}</div>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" height={HEIGHT}>
        {STEPS.map((step) => <line key={step} className="calibration-grid" x1="0" x2={WIDTH} y1={y(step)} y2={y(step)} />)}
        <polyline className="ranking-of-recency" points={line(({ recency }) => recency)} />
        <polyline className="ranking-of-model" points={line(({ model }) => model)} />
      </svg>
      <div className="ranking-ends"><span>{formats.day(first.cutOn)}</span><span>{formats.day(last.cutOn)}</span></div>
    </div>
  );
}
