// The chart of predicted against happened: on the diagonal a forecast was right. The table beside it says the same.
import { useTranslation } from "react-i18next";
import type { CheckResult } from "../../capabilities/forecasts/model.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { axisEndOf, ticksOf } from "./forecast-view.ts";

const SIZE = 260;
const LEFT = 44;
const RIGHT = 24; // half of the last number
const BELOW = 40;
const ABOVE = 30; // for the name of the upward axis

export function CalibrationChart({ groups }: { groups: CheckResult["calibration"] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const end = axisEndOf(groups.flatMap(({ predictedMean, high }) => [predictedMean, high]));
  const x = (share: number): number => LEFT + (SIZE * share) / end;
  const y = (share: number): number => ABOVE + SIZE - (SIZE * share) / end;
  return (
    <svg className="calibration-chart" viewBox={`0 0 ${LEFT + SIZE + RIGHT} ${ABOVE + SIZE + BELOW}`} aria-hidden="true">
      {ticksOf(end).map((tick) => (
        <g key={tick}>
          <line className="calibration-grid" x1={x(0)} x2={x(end)} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">{formats.shareShort(tick)}</text>
          <text x={x(tick)} y={y(0) + 16} textAnchor="middle">{formats.shareShort(tick)}</text>
        </g>
      ))}
      <line className="calibration-right" x1={x(0)} y1={y(0)} x2={x(end)} y2={y(end)} />
      {groups.map(({ predictedMean, happenedShare, low, high }, index) => (
        <g key={index}>
          <line className="calibration-interval" x1={x(predictedMean)} x2={x(predictedMean)} y1={y(low)} y2={y(high)} />
          <circle className="calibration-point" cx={x(predictedMean)} cy={y(happenedShare)} r="4.5">
            <title>{t("forecasts.calibration.point", { predicted: formats.share(predictedMean), happened: formats.share(happenedShare) })}</title>
          </circle>
        </g>
      ))}
      <text className="calibration-axis" x="0" y="12">{t("forecasts.calibration.happened")}</text>
      <text className="calibration-axis" x={LEFT + SIZE / 2} y={ABOVE + SIZE + 34} textAnchor="middle">{t("forecasts.calibration.predicted")}</text>
    </svg>
  );
}
