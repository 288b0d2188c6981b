// Imports: their points are events that name them, so that undoing one takes back what it brought and nothing else.
import type { Tx } from "../../../platform/db.server.ts";
import type { Day } from "../../../values/day.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { toJson } from "../../../values/json.ts";

export type StoredImport = { id: string; source: string; fileName: string; importedAt: Date; memberCount: number; points: number; undoneAt: Date | null; /** of its members, who is still to be settled */ waitingCount: number };
export type MatchedMember = { customerId: CustomerId; points: number; joinedOn: Day | null; birthday: string | null };

/** False: it was there already. */
export async function addImport(tx: Tx, shopId: ShopId, { points, ...facts }: Pick<StoredImport, "id" | "source" | "fileName" | "importedAt" | "memberCount" | "points">): Promise<boolean> {
  const { count } = await tx.pointImport.createMany({ data: [{ ...facts, shopId, points: BigInt(points) }], skipDuplicates: true });
  return count === 1;
}

const write = (members: readonly MatchedMember[]): string => toJson(members.map(({ customerId, points, joinedOn, birthday }) => ({ customer_id: customerId, points, joined_on: joinedOn, birthday })));

export async function addEvents(tx: Tx, shopId: ShopId, members: readonly MatchedMember[], { importId, today, version, at }: { importId: string; today: Day; version: number; at: Date }): Promise<void> {
  await tx.$executeRaw`
    insert into earn_event (shop_id, id, customer_id, kind, rule_id, points, happened_on, version, created_at)
    select ${shopId}::bigint, 'import:' || ${importId} || ':' || r.customer_id, r.customer_id, 'import', ${importId}, r.points, ${today}::date, ${version}, ${at}::timestamptz
      from json_to_recordset(${write(members)}::json) as r(customer_id bigint, points int) where r.points > 0 on conflict do nothing`;
}

/** The earlier day of joining and the birthday first told stay; a birthday the shop brings along was told in time. Due today: settled with whoever is. */
export async function describeMembers(tx: Tx, shopId: ShopId, members: readonly MatchedMember[], today: Day): Promise<void> {
  await tx.$executeRaw`
    insert into member as m (shop_id, customer_id, joined_on, birthday, birthday_told_on, next_change)
    select ${shopId}::bigint, r.customer_id, r.joined_on, r.birthday, case when r.birthday is not null then '1970-01-01'::date end, ${today}::date
      from json_to_recordset(${write(members)}::json) as r(customer_id bigint, joined_on date, birthday text) order by r.customer_id
    on conflict (shop_id, customer_id) do update set joined_on = least(m.joined_on, excluded.joined_on), next_change = least(m.next_change, excluded.next_change),
       birthday = coalesce(m.birthday, excluded.birthday), birthday_told_on = case when m.birthday is null then excluded.birthday_told_on else m.birthday_told_on end`;
}

/** False: it is not there, or was undone before. */
export async function markUndone(tx: Tx, shopId: ShopId, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.pointImport.updateMany({ where: { shopId, id, undoneAt: null }, data: { undoneAt: at } });
  return count === 1;
}

/** Its points are taken back when its members are settled, which they are today. */
export async function revokeEvents(tx: Tx, shopId: ShopId, importId: string, today: Day): Promise<void> {
  await tx.$executeRaw`
    with due as (select customer_id from earn_event where shop_id = ${shopId}::bigint and kind = 'import' and rule_id = ${importId} and revoked_on is null),
    held as (select customer_id from member where shop_id = ${shopId}::bigint and customer_id in (select customer_id from due) order by customer_id for update)
    update member m set next_change = least(m.next_change, ${today}::date) from held where m.shop_id = ${shopId}::bigint and m.customer_id = held.customer_id`;
  await tx.$executeRaw`update earn_event set revoked_on = ${today}::date where shop_id = ${shopId}::bigint and kind = 'import' and rule_id = ${importId} and revoked_on is null`;
}

/** Newest first. */
export const listImports = (tx: Tx, shopId: ShopId, { today, limit }: { today: Day; limit: number }): Promise<StoredImport[]> => tx.$queryRaw`
  select i.id::text, i.source, i.file_name as "fileName", i.imported_at as "importedAt", i.member_count as "memberCount", i.points::float8 as points, i.undone_at as "undoneAt", w.count as "waitingCount"
    from (select * from point_import where shop_id = ${shopId}::bigint order by imported_at desc, id limit ${limit}) i
    cross join lateral (select count(*)::int as count from earn_event e join member m on m.shop_id = e.shop_id and m.customer_id = e.customer_id
                         where e.shop_id = ${shopId}::bigint and e.kind = 'import' and e.rule_id = i.id::text and m.next_change <= ${today}::date) w
   order by i.imported_at desc, i.id`;
