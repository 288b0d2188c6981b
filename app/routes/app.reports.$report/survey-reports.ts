// Surveys as rows: each with its turnout, every answer to them, and what people did after each.
import type { OutcomeRow } from "../../capabilities/surveys/model/results.ts";
import type { NameKey, Survey } from "../../capabilities/surveys/model/survey.ts";
import { costOf } from "../../capabilities/surveys/rules/shares.ts";
import { fileLanguageOf, nameAnswer } from "../../capabilities/surveys/rules/words.ts";
import type { AnswerRow } from "../../capabilities/surveys/surveys.server.ts";
import type { Day } from "../../values/day.ts";
import { toDecimal } from "../../values/money.ts";
import { writeShare, type Column, type Report, type Row } from "./report.ts";

type About = { currency: string; today: Day };

const columnsOf = (type: Column["type"], ...names: string[]): Column[] => names.map((name) => ({ name, type }));
const at = (date: Date | null): string | null => date?.toISOString() ?? null;

export const surveysReport = (surveys: readonly Survey[], { today }: About): Report => ({
  name: "surveys",
  fileName: `regulars-surveys-${today}`,
  about: { asOf: today },
  columns: [...columnsOf("text", "survey_id", "name", "state", "kind", "started_at", "ended_at"), ...columnsOf("integer", "asked", "answered", "dismissed"), ...columnsOf("decimal", "response_rate")],
  rows: surveys.map(({ id, definition: { name, question }, state, startedAt, endedAt, asked, answered, dismissed }) => [
    id, name, state, question.kind, at(startedAt), at(endedAt), asked, answered, dismissed, writeShare(costOf({ asked, answered, dismissed }).rate?.value ?? null),
  ]),
});

/** `surveys`: those the answers are to, at least. */
export const surveyAnswersReport = (survey: Pick<Survey, "id"> | null, { surveys, pages }: { surveys: readonly Survey[]; pages: AsyncIterable<AnswerRow[]> }, { today }: About): Report => ({
  name: "survey_answers",
  fileName: `regulars-survey-answers-${survey === null ? "" : `${survey.id.slice(0, 8)}-`}${today}`,
  about: { survey: survey?.id ?? null, asOf: today },
  columns: columnsOf("text", "survey_id", "answer_id", "answered_at", "customer_id", "choice", "text", "order_id", "language", "answer", "place", "page", "tags"),
  rows: answerRows(surveys, pages),
});

async function* answerRows(surveys: readonly Survey[], pages: AsyncIterable<AnswerRow[]>): AsyncGenerator<Row[]> {
  const questions = new Map(surveys.map(({ id, definition: { question } }) => [id, question]));
  const nameOf = (surveyId: string, choices: readonly string[]): string => {
    const question = questions.get(surveyId);
    return question === undefined ? "" : nameAnswer(question, choices, fileLanguageOf(question));
  };
  for await (const answers of pages) {
    yield answers.map(({ surveyId, id, answeredAt, customerId, choices, text, orderId, language, place, page, tags }) => [
      surveyId, id, at(answeredAt), idOf(customerId), choices.join(" ") || null, text || null, idOf(orderId), language, nameOf(surveyId, choices) || null, place, page, tags.join(", ") || null,
    ]);
  }
}

const idOf = (id: bigint | null): string | null => (id === null ? null : String(id));

const EFFECTIVE_DIGITS = 2;

/** `nameKey`: in the file's language. */
export type SurveyOutcomes = { survey: Pick<Survey, "id" | "definition">; rows: OutcomeRow[]; nameKey: NameKey };

/** Survey by survey, as each is reckoned. */
export const surveyOutcomesReport = (survey: Pick<Survey, "id"> | null, outcomes: AsyncIterable<SurveyOutcomes>, about: About): Report => ({
  name: "survey_outcomes",
  fileName: `regulars-survey-outcomes-${survey === null ? "" : `${survey.id.slice(0, 8)}-`}${about.today}`,
  about: { survey: survey?.id ?? null, asOf: about.today, currency: about.currency },
  columns: [
    ...columnsOf("text", "survey_id", "answer"), ...columnsOf("integer", "days", "customers", "waiting"), ...columnsOf("decimal", "effective_customers"), ...columnsOf("integer", "repurchased"),
    ...columnsOf("decimal", "share", "low", "high", "revenue", "revenue_low", "revenue_high"), ...columnsOf("text", "answer_text"),
  ],
  rows: outcomeRows(outcomes, about),
});

async function* outcomeRows(outcomes: AsyncIterable<SurveyOutcomes>, { currency }: About): AsyncGenerator<Row[]> {
  const money = (minor: number): string => toDecimal({ minor: Math.round(minor), currency });
  for await (const { survey: { id, definition: { question } }, rows, nameKey } of outcomes) {
    yield rows.flatMap(({ key, outcomes: horizons }) => horizons.map(({ days, people, waiting, effective, repurchased, share, revenue }) => [
      id, key, days, people, waiting, effective.toFixed(EFFECTIVE_DIGITS), repurchased,
      ...(share.isKnown ? [writeShare(share.value), writeShare(share.low), writeShare(share.high)] : NOT_YET),
      ...(revenue.isKnown ? [money(revenue.value), money(revenue.low), money(revenue.high)] : NOT_YET), nameKey(question, key),
    ]));
  }
}

const NOT_YET = [null, null, null];
