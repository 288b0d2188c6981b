// Answers: each once, changed within the hour or never.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { parseId, type CustomerId, type OrderId, type ShopId } from "../../../values/ids.ts";
import type { Place } from "../model/answer.ts";

export type NewAnswer = { id: string; surveyId: string; customerId: CustomerId | null; at: Date; choices: string[]; text: string; place: Place; orderId: OrderId | null; language: string; page: string; isDone: boolean };

/** An order that is known to be somebody else's is left out. False: there is one of this id, or of this customer. */
export async function addAnswer(tx: Tx, shopId: ShopId, { id, surveyId, customerId, at, choices, text, place, orderId, language, page, isDone }: NewAnswer): Promise<boolean> {
  const count = await tx.$executeRaw`
    insert into survey_answer (shop_id, id, survey_id, customer_id, answered_at, changed_at, choices, text, place, order_id, language, page, tags, version, done_version, told_tags)
    select ${shopId}::bigint, ${id}::uuid, ${surveyId}::uuid, ${customerId}::bigint, ${at}, ${at}, ${choices}::text[], ${text}, ${place},
           case when o.buyer_id is null or o.buyer_id = ${customerId}::bigint then ${orderId}::bigint end, ${language}, ${page}, '{}', 1, ${isDone ? 1 : 0}, '{}'
      from (select 1) one left join orders o on o.shop_id = ${shopId}::bigint and o.id = ${orderId}::bigint
    on conflict do nothing`;
  return count > 0;
}

export type HeldAnswer = { id: string; customerId: CustomerId | null; surveyId: string; answeredAt: Date; choices: string[]; text: string };

/** The customer's, or a guest's by its id, held until the transaction ends. */
export async function holdAnswer(tx: Tx, shopId: ShopId, { id, surveyId, customerId }: { id: string; surveyId: string; customerId: CustomerId | null }): Promise<HeldAnswer | null> {
  const whose = customerId === null ? Prisma.sql`id = ${id}::uuid and customer_id is null` : Prisma.sql`customer_id = ${customerId}::bigint`;
  const rows = await tx.$queryRaw<(Omit<HeldAnswer, "customerId"> & { customerId: bigint | null })[]>`
    select id::text, customer_id as "customerId", survey_id::text as "surveyId", answered_at as "answeredAt", choices, text from survey_answer
     where shop_id = ${shopId}::bigint and survey_id = ${surveyId}::uuid and ${whose} for update`;
  const [row] = rows;
  return row ? { ...row, customerId: row.customerId === null ? null : parseId<CustomerId>(row.customerId) } : null;
}

/** A guest's asks for no more; a customer's steps are taken anew. */
export async function changeAnswer(tx: Tx, shopId: ShopId, id: string, { choices, text, at }: { choices: string[]; text: string; at: Date }): Promise<void> {
  await tx.$executeRaw`
    update survey_answer set choices = ${choices}::text[], text = ${text}, changed_at = ${at}, version = version + 1, done_version = case when customer_id is null then version + 1 else done_version end
     where shop_id = ${shopId}::bigint and id = ${id}::uuid`;
}

export type DueAnswer = { id: string; surveyId: string; customerId: CustomerId; choices: string[]; text: string; version: number; toldTags: string[] };

/** Whose steps are to be taken, oldest first, for one taker alone until `until`: Flow is to hear of each once. */
export async function claimDue(tx: Tx, shopId: ShopId, { at, until, limit }: { at: Date; until: Date; limit: number }): Promise<DueAnswer[]> {
  const rows = await tx.$queryRaw<(Omit<DueAnswer, "customerId"> & { customerId: bigint })[]>`
    update survey_answer t set claimed_until = ${until}
      from (select id from survey_answer where shop_id = ${shopId}::bigint and done_version < version and customer_id is not null and (claimed_until is null or claimed_until < ${at})
             order by changed_at, id limit ${limit} for update skip locked) due
     where t.shop_id = ${shopId}::bigint and t.id = due.id
    returning t.id::text, t.survey_id::text as "surveyId", t.customer_id as "customerId", t.choices, t.text, t.version, t.told_tags as "toldTags"`;
  return rows.map((row) => ({ ...row, customerId: parseId<CustomerId>(row.customerId) }));
}

/** Had it been changed meanwhile, it is due again. */
export async function noteDone(tx: Tx, shopId: ShopId, id: string, { version, toldTags }: { version: number; toldTags: string[] }): Promise<void> {
  await tx.surveyAnswer.updateMany({ where: { shopId, id }, data: { doneVersion: version, toldTags, claimedUntil: null } });
}

/** Whoever comes next may take their steps. */
export async function dropClaims(tx: Tx, shopId: ShopId, ids: readonly string[]): Promise<void> {
  await tx.surveyAnswer.updateMany({ where: { shopId, id: { in: [...ids] } }, data: { claimedUntil: null } });
}

/** How often each choice was made, and how many answered. */
export async function countChoices(tx: Tx, shopId: ShopId, surveyId: string): Promise<{ answers: number; counts: Map<string, number> }> {
  const [total, rows] = await Promise.all([
    tx.surveyAnswer.count({ where: { shopId, surveyId } }),
    tx.$queryRaw<{ choice: string; count: number }[]>`select choice, count(*)::int as count from survey_answer, unnest(choices) as choice where shop_id = ${shopId}::bigint and survey_id = ${surveyId}::uuid group by 1`,
  ]);
  return { answers: total, counts: new Map(rows.map(({ choice, count }) => [choice, count])) };
}
