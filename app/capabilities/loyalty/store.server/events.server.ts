// Points given or taken for something that is no order: each once, however often it is told.
import type { Tx } from "../../../platform/db.server.ts";
import { toDate, type Day } from "../../../values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../../values/ids.ts";
import type { EventKind } from "../model/facts.ts";

export type NewEvent = { id: string; customerId: CustomerId; kind: EventKind; ruleId: string | null; points: number; on: Day; version: number; note: string | null; at: Date };

/** False: it was there already. */
export async function addEvent(tx: Tx, shopId: ShopId, { on, at, ...event }: NewEvent): Promise<boolean> {
  const { count } = await tx.earnEvent.createMany({ data: [{ ...event, shopId, happenedOn: toDate(on), createdAt: at }], skipDuplicates: true });
  return count === 1;
}

/** Whose it is, what for, and what it brought. */
export async function findEvent(tx: Tx, shopId: ShopId, id: string): Promise<{ customerId: CustomerId; ruleId: string | null; points: number } | null> {
  const row = await tx.earnEvent.findUnique({ where: { shopId_id: { shopId, id } }, select: { customerId: true, ruleId: true, points: true } });
  return row && { ...row, customerId: parseId<CustomerId>(row.customerId) };
}

/** How often something was earned since a day, or ever. */
export const countEvents = (tx: Tx, shopId: ShopId, { customerId, kinds, ruleId, since }: { customerId: CustomerId; kinds: readonly EventKind[]; ruleId: string | null; since: Day | null }): Promise<number> =>
  tx.earnEvent.count({ where: { shopId, customerId, kind: { in: [...kinds] }, ruleId, revokedOn: null, ...(since && { happenedOn: { gte: toDate(since) } }) } });

/** What only one of two customers could be given, now that they are one: the first stays. Answers nothing new when asked again. */
export async function revokeDoubles(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[], on: Day): Promise<void> {
  await tx.$executeRaw`
    update earn_event e set revoked_on = ${on}::date
      from (select id, row_number() over (partition by customer_id, kind, rule_id, case when kind = 'birthday' then extract(year from happened_on) end order by happened_on, id) as place
              from earn_event where shop_id = ${shopId}::bigint and customer_id = any (${[...customerIds]}::bigint[]) and kind in ('sign_up', 'birthday', 'follow', 'share', 'survey') and revoked_on is null) d
     where e.shop_id = ${shopId}::bigint and e.id = d.id and d.place > 1`;
}
