// Every line of SQL about deliveries. Each statement is about one shop, the purge apart.
import type { Mentions } from "../capabilities/orders/model.ts";
import { pool, Prisma, type Tx } from "../platform/db.server.ts";
import { parseId, type ShopId } from "../values/ids.ts";
import { readMisreading, writeMisreading, type Misreading } from "../values/misreading.ts";
import type { Arrival, InboxState, QuarantinedDelivery, WaitingDelivery } from "./model.ts";

/** Those we already have are left alone. A text of PostgreSQL holds every character but one, which no JSON may hold either.
 *  Past Prisma, which would write every payload out as JSON once more: Shopify waits for this statement. */
export async function addAll(arrivals: readonly Arrival[]): Promise<void> {
  const values = arrivals.flatMap(({ shopId, webhookId, topic, triggeredAt, receivedAt, text }) => [shopId, webhookId, topic, triggeredAt, receivedAt, text.replaceAll("\0", "")]);
  const rows = arrivals.map((_, index) => `(${COLUMNS.map((_column, column) => `$${index * COLUMNS.length + column + 1}`).join(", ")})`);
  await pool().query(`insert into delivery (${COLUMNS.join(", ")}) values ${rows.join(", ")} on conflict (shop_id, webhook_id) do nothing`, values);
}
const COLUMNS = ["shop_id", "webhook_id", "topic", "triggered_at", "received_at", "payload"] as const;

/** Does nobody open the shop's deliveries at this moment, and how many batches have been stored? */
export async function peekInbox(tx: Tx, shopId: ShopId): Promise<{ isFree: boolean; batchCount: number }> {
  const peek = () => tx.$queryRaw<{ isFree: boolean; batchCount: number }[]>`
    select batch_count as "batchCount", exists (select 1 from (select 1 from inbox_lock where shop_id = ${shopId}::bigint for update skip locked) l) as "isFree"
      from inbox_lock where shop_id = ${shopId}::bigint`;
  const [known] = await peek();
  if (known) return known;
  await tx.$executeRaw`insert into inbox_lock (shop_id) values (${shopId}::bigint) on conflict (shop_id) do nothing`; // here, since with a batch under way it would wait for it
  const [made] = await peek();
  return made ?? { isFree: false, batchCount: 0 }; // the shop is being erased
}

/** Only one opens a shop's deliveries at a time; null when somebody else does. Answers how many batches have been stored. */
export async function takeInboxLock(tx: Tx, shopId: ShopId): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ batch_count: number }[]>`select batch_count from inbox_lock where shop_id = ${shopId}::bigint for update skip locked`;
  return row?.batch_count ?? null;
}

export async function countBatch(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.$executeRaw`update inbox_lock set batch_count = batch_count + 1 where shop_id = ${shopId}::bigint`;
}

export async function hasWaiting(tx: Tx, shopId: ShopId): Promise<boolean> {
  return (await tx.$queryRaw<unknown[]>`select 1 from delivery where shop_id = ${shopId}::bigint and state = 'waiting' limit 1`).length > 0;
}

/** Oldest first, behind `after` where one is named. */
export async function listWaiting(tx: Tx, shopId: ShopId, { after, limit }: { after: bigint | null; limit: number }): Promise<WaitingDelivery[]> {
  const rows = await tx.$queryRaw<{ id: bigint; topic: string; triggered_at: Date; text: string }[]>`
    select id, topic, triggered_at, payload as text from delivery
     where shop_id = ${shopId}::bigint and state = 'waiting' and id > ${after ?? 0n}::bigint order by id limit ${limit}`;
  return rows.map((row) => ({ id: row.id, topic: row.topic, triggeredAt: row.triggered_at, text: row.text }));
}

/** With the words of people: nobody needs them any more. */
export async function markDone(tx: Tx, shopId: ShopId, ids: readonly bigint[], at: Date): Promise<void> {
  await tx.$executeRaw`update delivery set state = 'done', payload = null, opened_at = ${at} where shop_id = ${shopId}::bigint and id = any (${[...ids]}::bigint[])`;
}

export async function quarantine(tx: Tx, shopId: ShopId, id: bigint, reason: Misreading, at: Date): Promise<void> {
  await tx.$executeRaw`update delivery set state = 'quarantined', reason = ${writeMisreading(reason)}, opened_at = ${at} where shop_id = ${shopId}::bigint and id = ${id}::bigint`;
}

/** Answers false when it is not in quarantine. */
export async function release(tx: Tx, shopId: ShopId, id: bigint): Promise<boolean> {
  const released = await tx.$executeRaw`
    update delivery set state = 'waiting', reason = null, opened_at = null where shop_id = ${shopId}::bigint and id = ${id}::bigint and state = 'quarantined'`;
  return released === 1;
}

export async function listQuarantined(tx: Tx, shopId: ShopId, { offset, limit }: { offset: number; limit: number }): Promise<QuarantinedDelivery[]> {
  const rows = await tx.delivery.findMany({
    where: { shopId, state: "quarantined" }, orderBy: { id: "desc" }, skip: offset, take: limit,
    select: { id: true, topic: true, triggeredAt: true, receivedAt: true, reason: true },
  });
  return rows.map(({ id, reason, ...row }) => ({ ...row, id: String(id), reason: readMisreading(reason ?? "") }));
}

export async function listQuarantinedIds(tx: Tx, shopId: ShopId): Promise<bigint[]> {
  const rows = await tx.delivery.findMany({ where: { shopId, state: "quarantined" }, orderBy: { id: "asc" }, select: { id: true } });
  return rows.map((row) => row.id);
}

export const countQuarantined = (tx: Tx, shopId: ShopId): Promise<number> => tx.delivery.count({ where: { shopId, state: "quarantined" } });

export async function readState(tx: Tx, shopId: ShopId): Promise<InboxState> {
  const [row] = await tx.$queryRaw<{ waiting: number; oldest: Date | null; last: Date | null; quarantined: number }[]>`
    select (select count(*) from delivery where shop_id = ${shopId}::bigint and state = 'waiting')::int as waiting,
           (select received_at from delivery where shop_id = ${shopId}::bigint and state = 'waiting' order by id limit 1) as oldest,
           (select received_at from delivery where shop_id = ${shopId}::bigint order by id desc limit 1) as last,
           (select count(*) from delivery where shop_id = ${shopId}::bigint and state = 'quarantined')::int as quarantined`;
  return { waitingCount: row?.waiting ?? 0, oldestWaitingAt: row?.oldest ?? null, lastDeliveryAt: row?.last ?? null, quarantinedCount: row?.quarantined ?? 0 };
}

/** Has a later word on the topic been opened? Some payloads say nothing of their own age. */
export async function hasNewer(tx: Tx, shopId: ShopId, { topic, triggeredAt }: WaitingDelivery): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from delivery where shop_id = ${shopId}::bigint and state = 'done' and topic = ${topic} and triggered_at > ${triggeredAt} limit 1`;
  return rows.length > 0;
}

export const listShopsWithWaiting = async (tx: Tx): Promise<ShopId[]> =>
  (await tx.$queryRaw<{ shop_id: bigint }[]>`select distinct shop_id from delivery where state = 'waiting'`).map((row) => parseId<ShopId>(row.shop_id));

/** Of every shop: opened ones, and those in quarantine that nobody replayed. Answers how many left. */
export const purge = (tx: Tx, before: Date): Promise<number> => tx.$executeRaw`delete from delivery where received_at < ${before} and state <> 'waiting'`;

/** A number as a whole word, or an address anywhere. */
const isMention = ({ ids, emails }: Mentions) => Prisma.sql`(
  payload ~ ${`\\m(${ids.join("|")})\\M`} or exists (select 1 from unnest(${emails.map((email) => email.toLowerCase())}::text[]) as address where position(address in lower(payload)) > 0))`;

export async function listMentions(tx: Tx, shopId: ShopId, mentions: Mentions): Promise<{ topic: string; receivedAt: Date; payload: string }[]> {
  const rows = await tx.$queryRaw<{ topic: string; received_at: Date; payload: string }[]>`
    select topic, received_at, payload from delivery
     where shop_id = ${shopId}::bigint
       and ${isMention(mentions)}
     order by id`;
  return rows.map((row) => ({ topic: row.topic, receivedAt: row.received_at, payload: row.payload }));
}

/** Those that still wait are opened first, within seconds; `ownId` is the delivery that asks for this. */
export const deleteMentions = (tx: Tx, shopId: ShopId, mentions: Mentions, ownId: bigint): Promise<number> => tx.$executeRaw`
  delete from delivery
   where shop_id = ${shopId}::bigint and (state <> 'waiting' or id = ${ownId}::bigint)
     and ${isMention(mentions)}`;

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.$executeRaw`delete from delivery where shop_id = ${shopId}::bigint`;
  await tx.$executeRaw`delete from inbox_lock where shop_id = ${shopId}::bigint`;
}

/** A shop that was erased may have left deliveries that came at that moment. */
export const isShopHere = async (tx: Tx, shopId: ShopId): Promise<boolean> => (await tx.shop.count({ where: { id: shopId } })) === 1;
