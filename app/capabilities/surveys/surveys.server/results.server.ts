// What came of a survey: counted, put beside what people did next, read, tagged and handed out.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import type { ShopId } from "../../../values/ids.ts";
import { ANSWERED, PEOPLE_PER_PAGE, SILENT, TEXTS_PER_PAGE, type AnsweringPerson, type AnswerGroup, type OutcomeRow, type Results, type TextPage, type TextQuery } from "../model/results.ts";
import type { Question, Survey } from "../model/survey.ts";
import { keysOf, keysOfAnswer, optionsOf } from "../rules/answers.ts";
import { outcomesOf } from "../rules/outcomes.ts";
import { periodsOf } from "../rules/periods.ts";
import { costOf, tableOf, type Counted } from "../rules/shares.ts";
import { listAnswersAfter, type AnswerRow } from "../store.server/exports.server.ts";
import { sumOutcomes } from "../store.server/outcomes.server.ts";
import { countByLanguage, listDays } from "../store.server/results.server.ts";
import * as texts from "../store.server/texts.server.ts";

export type { AnswerRow } from "../store.server/exports.server.ts";

export async function readResults(shopId: ShopId, { id, definition: { question }, asked, answered, dismissed }: Survey, group: AnswerGroup): Promise<Results> {
  const [languages, members, days] = await Promise.all([
    countByLanguage(db(), shopId, id, null), group.kind === "segment" ? countByLanguage(db(), shopId, id, group.segmentId) : [], listDays(db(), shopId, id),
  ]);
  const chosen = group.kind === "segment" ? members : languages.filter(({ language }) => group.kind === "language" && language === group.language);
  return {
    everyone: tableOf(question, joined(languages)), group: group.kind === "everyone" ? null : tableOf(question, joined(chosen)),
    languages: languages.map(({ language, ...counted }) => ({ language, table: tableOf(question, counted) })), periods: periodsOf(days), cost: costOf({ asked, answered, dismissed }),
  };
}

function joined(parts: readonly Counted[]): Counted {
  const counts = new Map<string, number>();
  for (const part of parts) for (const [choice, count] of part.counts) counts.set(choice, (counts.get(choice) ?? 0) + count);
  return { people: parts.reduce((sum, { people }) => sum + people, 0), counts };
}

/** Of customers; guests leave no trace to follow. */
export async function readOutcomes(shopId: ShopId, { id, definition: { question } }: Pick<Survey, "id" | "definition">): Promise<OutcomeRow[]> {
  return outcomesOf(keysOf(question), await sumOutcomes(db(), shopId, id, { at: now(), keyOf: new Map(optionKeysOf(question)) }));
}

const NO_CHOICE = ""; // of a text

const optionKeysOf = (question: Question): (readonly [option: string, key: string])[] =>
  (question.kind === "text" ? [NO_CHOICE] : optionsOf(question)).flatMap((option) => keysOfAnswer(question, [option]).map((key) => [option, key] as const));

/** `page` counts from 0. */
export async function readTexts(shopId: ShopId, surveyId: string, query: TextQuery, page: number): Promise<TextPage> {
  const [listed, count, tags] = await Promise.all([
    texts.listTexts(db(), shopId, surveyId, query, { limit: TEXTS_PER_PAGE, offset: page * TEXTS_PER_PAGE }), texts.countTexts(db(), shopId, surveyId, query), texts.countTags(db(), shopId, surveyId),
  ]);
  return { texts: listed, count, tags };
}

/** Of the merchant's own words for a text, one more or one less; the same wish twice is one. */
export const tagText = (shopId: ShopId, wish: { surveyId: string; answerId: string; tag: string; isOn: boolean }): Promise<void> => inTransaction((tx) => texts.tagText(tx, shopId, wish));

/** Customers behind a row: a key, or one number of a recommendation. `page` counts from 0. */
export function listPeople(shopId: ShopId, { id, definition: { question } }: Pick<Survey, "id" | "definition">, { key, group }: { key: string; group: AnswerGroup }, page: number): Promise<AnsweringPerson[]> {
  const window = { limit: PEOPLE_PER_PAGE, offset: page * PEOPLE_PER_PAGE };
  if (key === SILENT) return texts.listSilent(db(), shopId, id, window);
  const options = key === ANSWERED || question.kind === "text" ? null : optionKeysOf(question).filter((names) => names.includes(key)).map(([option]) => option);
  return texts.listPeople(db(), shopId, id, { options, group }, window);
}

const ROWS_PER_PAGE = 5_000;

/** Every answer, or those to one survey. */
export async function* answerPages(shopId: ShopId, surveyId: string | null, pageSize: number = ROWS_PER_PAGE): AsyncGenerator<AnswerRow[]> {
  for (let after: AnswerRow | null = null; ; ) {
    const rows: AnswerRow[] = await listAnswersAfter(db(), shopId, surveyId, { after, limit: pageSize });
    if (rows.length > 0) yield rows;
    after = rows.at(-1) ?? null;
    if (after === null || rows.length < pageSize) return;
  }
}
