// Members as people: when they joined, their birthday, and who has one today.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { dayOfDate, toDate, type Day } from "../../../values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../../values/ids.ts";

export type MemberRow = {
  customerId: CustomerId; joinedOn: Day | null; birthday: string | null; birthdayToldOn: Day | null; balance: number; pending: number; waiting: number;
  tierId: string | null; tierSince: Day | null; tierValue: number; nextTierEntry: number | null; tierKeptUntil: Day | null; nextChange: Day | null; change: number; toldTierId: string | null;
};

export async function listMembers(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[]): Promise<MemberRow[]> {
  const rows = await tx.member.findMany({ where: { shopId, customerId: { in: [...customerIds] } } });
  return rows.map(toMember);
}

function toMember({ customerId, joinedOn, birthday, birthdayToldOn, balance, pending, waiting, tierId, tierSince, tierValue, nextTierEntry, tierKeptUntil, nextChange, change, toldTierId }: Prisma.MemberGetPayload<object>): MemberRow {
  const day = (date: Date | null): Day | null => date && dayOfDate(date);
  return {
    customerId: parseId<CustomerId>(customerId), joinedOn: day(joinedOn), birthday, birthdayToldOn: day(birthdayToldOn), balance, pending, waiting,
    tierId, tierSince: day(tierSince), tierValue: Number(tierValue), nextTierEntry: nextTierEntry === null ? null : Number(nextTierEntry), tierKeptUntil: day(tierKeptUntil), nextChange: day(nextChange), change, toldTierId,
  };
}

/** False: joined before. */
export async function join(tx: Tx, shopId: ShopId, customerId: CustomerId, on: Day): Promise<boolean> {
  const { count } = await tx.member.updateMany({ where: { shopId, customerId, joinedOn: null }, data: { joinedOn: toDate(on) } });
  return count === 1;
}

/** Said once: whoever could change it could have one every week. False: it was said before. */
export async function saveBirthday(tx: Tx, shopId: ShopId, customerId: CustomerId, { birthday, toldOn }: { birthday: string; toldOn: Day }): Promise<boolean> {
  const { count } = await tx.member.updateMany({ where: { shopId, customerId, birthday: null }, data: { birthday, birthdayToldOn: toDate(toldOn) } });
  return count === 1;
}

/** Those with a birthday, as they told it themselves in time, or as the shop knew it before. */
export async function listCelebrating(tx: Tx, shopId: ShopId, { monthDays, toldUntil, after, limit }: { monthDays: readonly string[]; toldUntil: Day; after: bigint; limit: number }): Promise<CustomerId[]> {
  const rows = await tx.$queryRaw<{ customer_id: CustomerId }[]>`
    select m.customer_id from member m left join customer c on c.shop_id = m.shop_id and c.id = m.customer_id
     where m.shop_id = ${shopId}::bigint and m.customer_id > ${after}::bigint
       and (m.birthday = any (${[...monthDays]}::text[]) and m.birthday_told_on <= ${toldUntil}::date or m.birthday is null and to_char(c.birth_on, 'MM-DD') = any (${[...monthDays]}::text[]))
     order by m.customer_id limit ${limit}`;
  return rows.map((row) => row.customer_id);
}

/** What was known of customers merged into others is known of those now: the earlier joining, the birthday first told. Answers who were kept. */
export async function joinMembers(tx: Tx, shopId: ShopId, mergedIds: readonly CustomerId[]): Promise<CustomerId[]> {
  const merged = Prisma.sql`${[...mergedIds]}::bigint[]`;
  const shop = Prisma.sql`${shopId}::bigint`;
  await tx.$executeRaw`
    insert into member as t (shop_id, customer_id, joined_on, birthday, birthday_told_on)
    select ${shop}, a.kept_id, min(m.joined_on), (array_agg(m.birthday order by m.birthday_told_on) filter (where m.birthday is not null))[1], min(m.birthday_told_on)
      from member m join customer_alias a on a.shop_id = ${shop} and a.id = m.customer_id
     where m.shop_id = ${shop} and m.customer_id = any (${merged}) and a.kept_id is not null group by a.kept_id order by a.kept_id
    on conflict (shop_id, customer_id) do update set joined_on = least(t.joined_on, excluded.joined_on), birthday = coalesce(t.birthday, excluded.birthday), birthday_told_on = coalesce(t.birthday_told_on, excluded.birthday_told_on)`;
  for (const [table, column] of [["earn_event", "customer_id"], ["redemption", "customer_id"], ["referral", "advocate_id"], ["referral", "friend_id"]] as const) {
    const [named, id] = [Prisma.raw(table), Prisma.raw(column)];
    await tx.$executeRaw`update ${named} t set ${id} = a.kept_id from customer_alias a where t.shop_id = ${shop} and t.${id} = any (${merged}) and a.shop_id = ${shop} and a.id = t.${id} and a.kept_id is not null`;
  }
  const rows = await tx.$queryRaw<{ kept_id: CustomerId }[]>`select distinct kept_id from customer_alias where shop_id = ${shop} and id = any (${merged}) and kept_id is not null`;
  return rows.map((row) => row.kept_id);
}
