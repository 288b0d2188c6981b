// Customers in sets: the newest word wins, what a door does not say stays, consent goes by its own clock. The caller holds the writer lock.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { ConsentSnapshot, CustomerSnapshot, OrderSnapshot } from "../../../shopify/snapshots.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { columnsOf, type Row } from "../../../platform/columns.server.ts";

const customer = columnsOf(
  { id: "bigint", updated_at: "timestamptz" },
  { email: "text", first_name: "text", last_name: "text", locale: "text", country_code: "text", tags: "text[]", birth_on: "date", shopify_rfm_group: "text", created_at: "timestamptz" },
);

/** An alias means: merged away, deleted or erased. Nothing is stored about such a customer any more. */
const isStillSomebody = (shop: Prisma.Sql) => Prisma.sql`not exists (select 1 from customer_alias a where a.shop_id = ${shop} and a.id = r.id)`;

/** Answers the customers that differed. A full word knows tags, language, country, birthday and group; a short one (a webhook's, `tags` null) leaves them as
 *  they are, and a full word that comes too late still fills them where only short ones came before. */
export function saveCustomers(tx: Tx, shopId: ShopId, snapshots: readonly CustomerSnapshot[]): Promise<{ id: CustomerId; is_new: boolean }[]> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const told = customer.from(snapshots.map(toRow));
  return tx.$queryRaw<{ id: CustomerId; is_new: boolean }[]>`
    with seen as (
      select r.id, r.updated_at, r.email, r.first_name, r.last_name, r.created_at, t.id is null as is_new, t.updated_at as old_updated_at, coalesce(r.tags, t.tags) as tags,
             case when r.tags is null then coalesce(r.locale, t.locale) else r.locale end as locale,
             case when r.tags is null then coalesce(r.country_code, t.country_code) else r.country_code end as country_code,
             case when r.tags is null then t.birth_on else r.birth_on end as birth_on,
             case when r.tags is null then t.shopify_rfm_group else r.shopify_rfm_group end as shopify_rfm_group,
             (${customer.factsOf("t")}) as before
        from ${told}
        left join customer t on t.shop_id = ${shop} and t.id = r.id
       where ${isStillSomebody(shop)} and (t.id is null or t.updated_at <= r.updated_at)
    ), filled as (
      update customer t set tags = r.tags, locale = coalesce(t.locale, r.locale), country_code = coalesce(t.country_code, r.country_code), birth_on = r.birth_on, shopify_rfm_group = r.shopify_rfm_group
        from ${told}
       where t.shop_id = ${shop} and t.id = r.id and t.updated_at > r.updated_at and t.tags is null and r.tags is not null
    ), judged as (select *, is_new or before is distinct from (${customer.facts}) as is_changed from seen),
    written as (
      insert into customer as t (shop_id, ${customer.names})
      select ${shop}, ${customer.names} from judged where is_changed or updated_at > old_updated_at order by id
      on conflict (shop_id, id) do update set updated_at = excluded.updated_at, ${customer.assigned} where t.updated_at <= excluded.updated_at
    )
    select id, is_new from judged where is_changed`;
}

const toRow = (snapshot: CustomerSnapshot): Row => ({
  id: String(snapshot.id), updated_at: snapshot.updatedAt, email: snapshot.email, first_name: snapshot.firstName, last_name: snapshot.lastName,
  locale: snapshot.locale, country_code: snapshot.countryCode, tags: snapshot.tags, birth_on: snapshot.birthOn, shopify_rfm_group: snapshot.rfmGroup, created_at: snapshot.createdAt,
});

/** As much as orders tell of customers nobody told us about yet; dated so that any word of their own is newer. Answers how many were added. */
export async function addEmbedded(tx: Tx, shopId: ShopId, orders: readonly OrderSnapshot[]): Promise<number> {
  const told = new Map(orders.flatMap(({ customer: person, placedAt }) => (person ? [[person.id, { ...person, createdAt: person.createdAt ?? placedAt }] as const] : [])));
  const rows = (await listUnknown(tx, shopId, [...told.keys()])).flatMap((id): Row[] => {
    const person = told.get(id);
    return person ? [{ id: String(id), updated_at: new Date(0), email: person.email, first_name: person.firstName, last_name: person.lastName, locale: null, country_code: null, tags: null, birth_on: null, shopify_rfm_group: null, created_at: person.createdAt }] : [];
  });
  if (rows.length === 0) return 0; // as always but at a customer's first order
  return tx.$executeRaw`
    insert into customer (shop_id, ${customer.names}) select ${shopId}::bigint, ${customer.names} from ${customer.from(rows)} order by r.id
    on conflict (shop_id, id) do nothing`;
}

export type ConsentNews = { customerId: CustomerId; consent: ConsentSnapshot };
const consent = columnsOf({ id: "bigint" }, { email_consent: "text", consent_updated_at: "timestamptz" });

/** A consent without a moment is older than any that has one. Answers whose changed. */
export function saveConsents(tx: Tx, shopId: ShopId, news: readonly ConsentNews[]): Promise<{ id: CustomerId }[]> {
  if (news.length === 0) return Promise.resolve([]);
  const rows = news.map(({ customerId, consent: { state, updatedAt } }) => ({ id: String(customerId), email_consent: state, consent_updated_at: updatedAt }));
  return tx.$queryRaw<{ id: CustomerId }[]>`
    update customer t set email_consent = r.email_consent, consent_updated_at = r.consent_updated_at
      from ${consent.from(rows)}
     where t.shop_id = ${shopId}::bigint and t.id = r.id
       and coalesce(t.consent_updated_at, '-infinity') <= coalesce(r.consent_updated_at, '-infinity')
       and (t.email_consent, t.consent_updated_at) is distinct from (r.email_consent, r.consent_updated_at)
    returning t.id`;
}

/** Those of them who are stored. */
export async function listKnown(tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<CustomerId[]> {
  const rows = await tx.$queryRaw<{ id: CustomerId }[]>`select id from customer where shop_id = ${shopId}::bigint and id = any (${[...ids]}::bigint[]) order by id`;
  return rows.map((row) => row.id);
}

export type Named = { firstName: string | null; lastName: string | null; email: string | null; locale: string | null };

export async function nameThem(tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<Map<CustomerId, Named>> {
  const rows = await tx.$queryRaw<(Named & { id: CustomerId })[]>`
    select id, first_name as "firstName", last_name as "lastName", email, locale from customer where shop_id = ${shopId}::bigint and id = any (${[...ids]}::bigint[])`;
  return new Map(rows.map(({ id, ...named }) => [id, named]));
}

export async function findLocales(tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<Map<CustomerId, string>> {
  const rows = await tx.$queryRaw<{ id: CustomerId; locale: string }[]>`select id, locale from customer where shop_id = ${shopId}::bigint and id = any (${[...ids]}::bigint[]) and locale is not null`;
  return new Map(rows.map(({ id, locale }) => [id, locale]));
}

/** Whose addresses these are, in small letters; of two with the same the newer. */
export async function findByEmails(tx: Tx, shopId: ShopId, emails: readonly string[]): Promise<Map<string, CustomerId>> {
  const rows = await tx.$queryRaw<{ email: string; id: CustomerId }[]>`
    select lower(email) as email, max(id) as id from customer where shop_id = ${shopId}::bigint and lower(email) = any (${[...emails]}::text[]) group by 1`;
  return new Map(rows.map(({ email, id }) => [email, id]));
}

/** Under which number each is known now: their own, or that of the one they were merged into. Who is nobody's is left out. */
export async function followIds(tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<Map<CustomerId, CustomerId>> {
  const rows = await tx.$queryRaw<{ asked: CustomerId; id: CustomerId }[]>`
    select r.id as asked, c.id from unnest(${[...ids]}::bigint[]) as r(id)
      left join customer_alias a on a.shop_id = ${shopId}::bigint and a.id = r.id
      join customer c on c.shop_id = ${shopId}::bigint and c.id = case when a.id is null then r.id else a.kept_id end`;
  return new Map(rows.map(({ asked, id }) => [asked, id]));
}

/** In the order of their numbers. */
export async function listNext(tx: Tx, shopId: ShopId, { after, limit }: { after: bigint; limit: number }): Promise<CustomerId[]> {
  const rows = await tx.$queryRaw<{ id: CustomerId }[]>`select id from customer where shop_id = ${shopId}::bigint and id > ${after}::bigint order by id limit ${limit}`;
  return rows.map((row) => row.id);
}

/** Of these, the customers nobody told us about: neither here, nor known to be gone. A look by key for each: without statistics, as in
 *  the first minutes of a large history, the planner would take the whole shop for less. */
export async function listUnknown(tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<CustomerId[]> {
  if (ids.length === 0) return [];
  const lookUp = (table: string) => Prisma.sql`lateral (select true as is_here from ${Prisma.raw(table)} t where t.shop_id = ${shopId}::bigint and t.id = r.id limit 1)`;
  const rows = await tx.$queryRaw<{ id: CustomerId }[]>`
    select r.id from unnest(${[...ids]}::bigint[]) as r(id)
      left join ${lookUp("customer")} c on true left join ${lookUp("customer_alias")} a on true
     where c.is_here is null and a.is_here is null`;
  return rows.map((row) => row.id);
}

/** Answers how many were here. Their orders stay: Shopify deletes only customers without orders, or those it merged. */
export async function deleteCustomers(tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<number> {
  await tx.$executeRaw`
    insert into customer_alias (shop_id, id) select ${shopId}::bigint, unnest(${[...ids]}::bigint[]) on conflict (shop_id, id) do nothing`;
  await tx.$executeRaw`update customer_alias set kept_id = null where shop_id = ${shopId}::bigint and kept_id = any (${[...ids]}::bigint[])`;
  return removeCustomers(tx, shopId, ids);
}

export const removeCustomers = (tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<number> => tx.$executeRaw`
  with wishes as (delete from reread where shop_id = ${shopId}::bigint and noun = 'customer' and id = any (${[...ids]}::bigint[]))
  delete from customer where shop_id = ${shopId}::bigint and id = any (${[...ids]}::bigint[])`;

/** Of these customers' orders, which are here. */
export async function listOrderIds(tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`select id from orders where shop_id = ${shopId}::bigint and buyer_id = any (${[...ids]}::bigint[]) and not is_erased`;
  return rows.map((row) => row.id);
}
