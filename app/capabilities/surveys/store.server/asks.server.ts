// Which customers were asked, and what the theme knows of it.
import type { Tx } from "../../../platform/db.server.ts";
import { parseId, type CustomerId, type ShopId } from "../../../values/ids.ts";
import type { Place } from "../model/answer.ts";

export type AskState = "asked" | "answered" | "dismissed";
export type Ask = { surveyId: string; state: AskState; askedAt: Date };

export async function listAsks(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Ask[]> {
  const rows = await tx.surveyAsk.findMany({ where: { shopId, customerId }, select: { surveyId: true, state: true, askedAt: true } });
  return rows.map((row) => ({ ...row, state: stateOf(row.state) }));
}

const stateOf = (state: string): AskState => (state === "answered" || state === "dismissed" ? state : "asked");

type NewAsk = { surveyId: string; customerId: CustomerId; state: AskState; place: Place; at: Date };

/** What becomes of an ask; one that was answered stays so. Answers whether it is new: then the customer's orders of this moment are kept with it. */
export async function noteAsk(tx: Tx, shopId: ShopId, { surveyId, customerId, state, place, at }: NewAsk): Promise<boolean> {
  const rows = await tx.$queryRaw<{ is_new: boolean }[]>`
    insert into survey_ask as a (shop_id, survey_id, customer_id, asked_at, place, state, order_count, recency_days, is_to_tell)
    select ${shopId}::bigint, ${surveyId}::uuid, ${customerId}::bigint, ${at}, ${place}, ${state}, coalesce(f.order_count, 0), ${at}::date - f.last_order_on, true
      from (select 1) one left join customer_fact f on f.shop_id = ${shopId}::bigint and f.customer_id = ${customerId}::bigint
    on conflict (shop_id, survey_id, customer_id) do update set state = case when a.state = 'answered' then a.state else excluded.state end, is_to_tell = true
    returning (xmax = 0) as is_new`;
  return rows[0]?.is_new ?? false;
}

/** Answers whether a question was open, and is not any more. */
export async function dismissAsk(tx: Tx, shopId: ShopId, { surveyId, customerId }: { surveyId: string; customerId: CustomerId }): Promise<boolean> {
  const { count } = await tx.surveyAsk.updateMany({ where: { shopId, surveyId, customerId, state: "asked" }, data: { state: "dismissed", isToTell: true } });
  return count > 0;
}

export async function findOrderCount(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<number> {
  return (await tx.customerFact.findUnique({ where: { shopId_customerId: { shopId, customerId } }, select: { orderCount: true } }))?.orderCount ?? 0;
}

/** Customers whose asks the theme does not know; those just asked may still be at the question. */
export async function listToTell(tx: Tx, shopId: ShopId, { askedBefore, limit }: { askedBefore: Date; limit: number }): Promise<CustomerId[]> {
  const rows = await tx.$queryRaw<{ customer_id: bigint }[]>`
    select distinct customer_id from survey_ask where shop_id = ${shopId}::bigint and is_to_tell and (state <> 'asked' or asked_at < ${askedBefore}) order by 1 limit ${limit}`;
  return rows.map((row) => parseId<CustomerId>(row.customer_id));
}

/** Of these customers, the surveys that are not to ask again, marked as told. Ask before Shopify is told: what changes meanwhile marks itself again. */
export async function takeDone(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[], askedBefore: Date): Promise<Map<CustomerId, string[]>> {
  await tx.$executeRaw`
    update survey_ask set is_to_tell = false where shop_id = ${shopId}::bigint and customer_id = any (${[...customerIds]}::bigint[]) and is_to_tell and (state <> 'asked' or asked_at < ${askedBefore})`;
  const rows = await tx.$queryRaw<{ customer_id: bigint; survey_ids: string[] }[]>`
    select a.customer_id, array_agg(a.survey_id::text order by a.asked_at) as survey_ids
      from survey_ask a join survey s on s.shop_id = ${shopId}::bigint and s.id = a.survey_id and s.state in ('live', 'paused')
     where a.shop_id = ${shopId}::bigint and a.customer_id = any (${[...customerIds]}::bigint[]) and (a.state <> 'asked' or a.asked_at < ${askedBefore}) group by 1`;
  return new Map(rows.map((row) => [parseId<CustomerId>(row.customer_id), row.survey_ids]));
}

/** Shopify did not hear of them after all. */
export async function noteUntold(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[]): Promise<void> {
  await tx.surveyAsk.updateMany({ where: { shopId, customerId: { in: [...customerIds] } }, data: { isToTell: true } });
}
