// Surveys as they are kept, their counters, and how a shop asks.
import type { Survey as Row } from "../../../../prisma/generated/client.ts";
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { toDate, type Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { wordsUpTo } from "../../../values/words.ts";
import { definitionSchema, END_REASONS, NOTE_MAX, REST_DAYS, STATES, type Definition, type EndReason, type Survey, type SurveyState } from "../model/survey.ts";

const noteSchema = wordsUpTo(NOTE_MAX).nullable();

const toSurvey = ({ shopId: _, definition, state, askedCount, answeredCount, dismissedCount, endReason, note, ...row }: Row): Survey => ({
  ...row, definition: definitionSchema.parse(definition), state: STATES.find((known) => known === state) ?? "ended",
  asked: askedCount, answered: answeredCount, dismissed: dismissedCount, endReason: END_REASONS.find((known) => known === endReason) ?? null, note: noteSchema.parse(note),
});

const FIRST = [{ priority: "asc" }, { createdAt: "asc" }, { id: "asc" }] satisfies Prisma.SurveyOrderByWithRelationInput[];

export const listSurveys = async (tx: Tx, shopId: ShopId): Promise<Survey[]> => (await tx.survey.findMany({ where: { shopId }, orderBy: FIRST })).map(toSurvey);

export const listLive = async (tx: Tx, shopId: ShopId): Promise<Survey[]> => (await tx.survey.findMany({ where: { shopId, state: "live" }, orderBy: FIRST })).map(toSurvey);

export async function findSurvey(tx: Tx, shopId: ShopId, id: string): Promise<Survey | null> {
  const row = await tx.survey.findUnique({ where: { shopId_id: { shopId, id } } });
  return row && toSurvey(row);
}

/** One at a time changes which surveys there are and which are live: whoever holds the setting's row. */
export async function lockShop(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.$executeRaw`insert into survey_setting (shop_id) values (${shopId}::bigint) on conflict (shop_id) do nothing`;
  await tx.$queryRaw`select 1 from survey_setting where shop_id = ${shopId}::bigint for update`;
}

export const countSurveys = (tx: Tx, shopId: ShopId, state?: SurveyState): Promise<number> => tx.survey.count({ where: { shopId, ...(state && { state }) } });

/** Behind all others. */
export async function addSurvey(tx: Tx, shopId: ShopId, { id, definition, at }: { id: string; definition: Definition; at: Date }): Promise<void> {
  const { _max: { priority } } = await tx.survey.aggregate({ where: { shopId }, _max: { priority: true } });
  await tx.survey.create({ data: { shopId, id, state: "draft", definition, priority: (priority ?? 0) + 1, createdAt: at, updatedAt: at } });
}

export async function changeSurvey(tx: Tx, shopId: ShopId, id: string, change: { definition?: Definition; state?: SurveyState; startedAt?: Date; endedAt?: Date | null; endReason?: EndReason | null; note?: Survey["note"]; notedAt?: Date | null; updatedAt?: Date }): Promise<void> {
  const { note, ...rest } = change;
  await tx.survey.update({ where: { shopId_id: { shopId, id } }, data: { ...rest, ...(note === undefined ? {} : { note: note ?? Prisma.DbNull }) } });
}

export async function saveOrder(tx: Tx, shopId: ShopId, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`update survey s set priority = w.place::int from unnest(${[...ids]}::uuid[]) with ordinality as w(id, place) where s.shop_id = ${shopId}::bigint and s.id = w.id`;
}

export async function deleteSurvey(tx: Tx, shopId: ShopId, id: string): Promise<void> {
  for (const table of ["survey_day", "survey_ask", "survey_answer"]) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint and survey_id = ${id}::uuid`;
  await tx.survey.delete({ where: { shopId_id: { shopId, id } } });
}

export type Counted = "asked" | "answered" | "dismissed";

/** On the survey and on its day, in this order of locks. */
export async function countOne(tx: Tx, shopId: ShopId, surveyId: string, what: readonly Counted[], on: Day): Promise<void> {
  if (what.length === 0) return;
  const [asked, answered, dismissed] = [what.includes("asked"), what.includes("answered"), what.includes("dismissed")].map(Number);
  await tx.$executeRaw`
    update survey set asked_count = asked_count + ${asked}::int, answered_count = answered_count + ${answered}::int, dismissed_count = dismissed_count + ${dismissed}::int
     where shop_id = ${shopId}::bigint and id = ${surveyId}::uuid`;
  await tx.$executeRaw`
    insert into survey_day as d (shop_id, survey_id, "on", asked, answered, dismissed) values (${shopId}::bigint, ${surveyId}::uuid, ${toDate(on)}::date, ${asked}::int, ${answered}::int, ${dismissed}::int)
    on conflict (shop_id, survey_id, "on") do update set asked = d.asked + excluded.asked, answered = d.answered + excluded.answered, dismissed = d.dismissed + excluded.dismissed`;
}

export const readRestDays = async (tx: Tx, shopId: ShopId): Promise<number> => (await tx.surveySetting.findUnique({ where: { shopId } }))?.restDays ?? REST_DAYS.usual;

export async function saveRestDays(tx: Tx, shopId: ShopId, restDays: number): Promise<void> {
  await tx.surveySetting.upsert({ where: { shopId }, create: { shopId, restDays }, update: { restDays } });
}

/** What the theme was last told, by its hash. */
export const findTold = async (tx: Tx, shopId: ShopId): Promise<string> => (await tx.surveySetting.findUnique({ where: { shopId } }))?.toldHash ?? "";

export async function noteTold(tx: Tx, shopId: ShopId, told: { toldHash: string; isToldLive: boolean }): Promise<void> {
  await tx.surveySetting.upsert({ where: { shopId }, create: { shopId, ...told }, update: told });
}

/** Shops where something waits: steps of an answer, news for customers; and those with a live survey, as its end may have come, and what a programme
 *  or a segment says of it may have changed. */
export const listShopsToFollow = (tx: Tx, askedBefore: Date): Promise<{ shop_id: bigint }[]> => tx.$queryRaw`
  select shop_id from survey where state = 'live'
  union select shop_id from survey_setting where is_told_live
  union select shop_id from survey_ask where is_to_tell and (state <> 'asked' or asked_at < ${askedBefore})
  union select shop_id from survey_answer where done_version < version`;
