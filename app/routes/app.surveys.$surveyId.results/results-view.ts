// Results in the shape their page shows them.
import type { Segment } from "../../capabilities/segments/model.ts";
import { SILENT, type AnswerGroup, type OutcomeRow, type Reach, type Results } from "../../capabilities/surveys/model/results.ts";
import type { Survey } from "../../capabilities/surveys/model/survey.ts";

type Known = { survey: Survey; results: Results; outcomes: OutcomeRow[]; reach: Reach | null; group: AnswerGroup; segments: readonly Segment[] };

export function toResultsView({ survey: { id, state, definition: { name, question, followUp }, startedAt, endReason, note, notedAt }, results, outcomes, reach, group, segments }: Known) {
  return {
    id, state, name, question, endReason, results, outcomes, reach, group, note,
    isStarted: startedAt !== null, notedAt: notedAt?.toISOString() ?? null,
    /** people could write something */
    hasTexts: question.kind === "text" || followUp !== null,
    /** customers who were asked: whom a message could reach */
    reached: customersOf(outcomes),
    segments: segments.map(({ id: segmentId, readyKey, name: segmentName }) => ({ id: segmentId, readyKey, name: segmentName })),
  };
}
export type ResultsView = ReturnType<typeof toResultsView>;

/** Everybody who answered has a row together, or is in the only one there is. */
function customersOf(rows: readonly OutcomeRow[]): number {
  const silent = rows.find(({ key }) => key === SILENT)?.customers ?? 0;
  return silent + (rows.filter(({ key }) => key !== SILENT).at(-1)?.customers ?? 0);
}
