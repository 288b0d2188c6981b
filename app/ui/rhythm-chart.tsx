// How regularly somebody buys: the days between their purchases against what is usual, as a picture or as the table it is drawn from.
import { BlockStack, Button, InlineStack } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Day } from "../values/day.ts";
import { drawRhythm, type RhythmDrawing, type RhythmFacts } from "./rhythm-drawing.ts";
import "./rhythm-chart.css";
import { useFormats } from "./shop-formats.tsx";

export function RhythmChart({ facts }: { facts: RhythmFacts }) {
  const { t } = useTranslation();
  const [isTable, setTable] = useState(false);
  const drawing = drawRhythm(facts);
  if (drawing === null) return null;
  return (
    <BlockStack gap="300">
      {!isTable && <Picture drawing={drawing} today={facts.today} />}
      {!isTable && <Legend facts={facts} drawing={drawing} />}
      <Table drawing={drawing} today={facts.today} isShown={isTable} />
      <InlineStack>
        <Button variant="plain" onClick={() => setTable(!isTable)}>{t(isTable ? "profiles.customer.rhythm.chart" : "profiles.customer.rhythm.table")}</Button>
      </InlineStack>
    </BlockStack>
  );
}

/** Lines keep their width and dots their roundness however the picture is stretched; words stay outside, where they keep their size. */
function Picture({ drawing: { dots, running, usualY, lapseY }, today }: { drawing: RhythmDrawing; today: Day }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [first] = dots;
  return (
    <div aria-hidden="true">
      <svg className="regulars-rhythm" viewBox="0 0 100 100" preserveAspectRatio="none">
        <path className="regulars-rhythm-ground" d="M0 100H100" />
        {usualY !== null && <path className="regulars-rhythm-usual" d={`M0 ${usualY}H100`} />}
        {lapseY !== null && <path className="regulars-rhythm-lapse" d={`M0 ${lapseY}H100`} />}
        <path className="regulars-rhythm-stems" d={dots.map(({ x, y }) => `M${x} 100V${y}`).join("")} />
        <path className="regulars-rhythm-running" d={`M${running.x} 100V${running.y}`} />
        <path className="regulars-rhythm-dots" d={dots.map(({ x, y }) => `M${x} ${y}h0`).join("")} />
        <path className="regulars-rhythm-now" d={`M${running.x} ${running.y}h0`} />
      </svg>
      <div className="regulars-rhythm-axis">
        <span>{first && formats.day(first.day)}</span>
        <span>{t("profiles.customer.rhythm.today", { day: formats.day(today) })}</span>
      </div>
    </div>
  );
}

function Legend({ facts: { usualDays, lapseDays }, drawing: { running } }: { facts: RhythmFacts; drawing: RhythmDrawing }) {
  const { t } = useTranslation();
  const lines = [
    ["dots", t("profiles.customer.rhythm.dots")],
    ["now", t("profiles.customer.rhythm.now", { count: running.days })],
    ...(usualDays === null ? [] : [["usual", t("profiles.customer.rhythm.usual", { count: usualDays })] as const]),
    ...(lapseDays === null ? [] : [["lapse", t("profiles.customer.rhythm.lapse", { count: lapseDays })] as const]),
  ] as const;
  return (
    <ul className="regulars-rhythm-legend">
      {lines.map(([name, words]) => (
        <li key={name}>
          <svg className="regulars-rhythm-key" viewBox="0 0 20 10" aria-hidden="true"><path className={`regulars-rhythm-${name}`} d={name === "dots" || name === "now" ? "M10 5h0" : "M0 5H20"} /></svg>
          <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}

/** Always in the page: a screen reader reads the table whether or not the eye sees the picture. */
function Table({ drawing: { dots, running }, today, isShown }: { drawing: RhythmDrawing; today: Day; isShown: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <table className={isShown ? "regulars-table" : "regulars-hidden"}>
      <caption className="regulars-hidden">{t("profiles.customer.rhythm.caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("profiles.customer.rhythm.day")}</th>
          <th scope="col">{t("profiles.customer.rhythm.gap")}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t("profiles.customer.rhythm.today", { day: formats.day(today) })}</th>
          <td>{t("profiles.customer.rhythm.soFar", { count: running.days })}</td>
        </tr>
        {dots.toReversed().map(({ day, gapDays }) => (
          <tr key={day}>
            <th scope="row">{formats.day(day)}</th>
            <td>{gapDays === null ? t("profiles.customer.rhythm.first") : t("profiles.customer.rhythm.days", { count: gapDays })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
