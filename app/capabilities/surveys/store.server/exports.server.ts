// Every answer as a row, a page at a time.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { parseId, type CustomerId, type OrderId, type ShopId } from "../../../values/ids.ts";
import type { Place } from "../model/answer.ts";

export type AnswerRow = { surveyId: string; id: string; answeredAt: Date; customerId: CustomerId | null; choices: string[]; text: string; orderId: OrderId | null; language: string; place: Place; page: string; tags: string[] };

/** Survey by survey, oldest first: the next after one. */
export async function listAnswersAfter(tx: Tx, shopId: ShopId, surveyId: string | null, { after, limit }: { after: AnswerRow | null; limit: number }): Promise<AnswerRow[]> {
  const rows = await tx.$queryRaw<(Omit<AnswerRow, "customerId" | "orderId"> & { customerId: bigint | null; orderId: bigint | null })[]>`
    select survey_id::text as "surveyId", id::text, answered_at as "answeredAt", customer_id as "customerId", choices, text, order_id as "orderId", language, place, page, tags from survey_answer
     where shop_id = ${shopId}::bigint and ${surveyId === null ? Prisma.sql`true` : Prisma.sql`survey_id = ${surveyId}::uuid`}
       and ${after === null ? Prisma.sql`true` : Prisma.sql`(survey_id, answered_at, id) > (${after.surveyId}::uuid, ${after.answeredAt}::timestamptz, ${after.id}::uuid)`}
     order by survey_id, answered_at, id limit ${limit}`;
  return rows.map((row) => ({ ...row, customerId: row.customerId === null ? null : parseId<CustomerId>(row.customerId), orderId: row.orderId === null ? null : parseId<OrderId>(row.orderId) }));
}
