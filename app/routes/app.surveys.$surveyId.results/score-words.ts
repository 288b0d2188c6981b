// Scores and ranges as they are read.
import { useTranslation } from "react-i18next";
import type { AnswerTable, Estimate } from "../../capabilities/surveys/model/results.ts";
import type { Question } from "../../capabilities/surveys/model/survey.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { useAnswerNames } from "./answer-names.ts";

const PERCENT = 100;
const MEAN_DIGITS = 2;

type KeyFigure = { name: string; value: string; range: string };

/** The one figure that says most: the score, else the answer given most often; null: nobody answered, or in their own words only. */
export function useKeyFigure(question: Question): (table: AnswerTable) => KeyFigure | null {
  const { t, i18n } = useTranslation();
  const { shareShort } = useFormats();
  const nameOf = useAnswerNames(question);
  const range = useRange();
  const mean = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: MEAN_DIGITS, minimumFractionDigits: 1 });
  const points = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0, signDisplay: "negative" });
  return ({ people, keys, score }) => {
    if (people === 0 || question.kind === "text") return null;
    if (score !== null) {
      const isNps = question.kind === "nps";
      const write = isNps ? (value: number): string => points.format(value * PERCENT).replace("-", "−") : (value: number): string => mean.format(value);
      return { name: t(isNps ? "surveys.results.summary.nps" : "surveys.results.summary.mean"), value: write(score.value), range: range(score, write) };
    }
    const most = keys.toSorted((one, other) => other.count - one.count)[0];
    return most ? { name: t("surveys.results.summary.most"), value: `${nameOf(most.key)} · ${shareShort(most.value)}`, range: range(most, shareShort) } : null;
  };
}

export function useRange(): (estimate: Pick<Estimate, "low" | "high">, write: (value: number) => string) => string {
  const { t } = useTranslation();
  return ({ low, high }, write) => t("surveys.results.range", { low: write(low), high: write(high) });
}
