// What is known of people in this room: shown, joined, erased.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";

const PERSON_TABLES = { survey_ask: "surveyAsks", survey_answer: "surveyAnswers" } as const;

export async function readPerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Record<string, unknown>> {
  const person: Record<string, unknown> = {};
  for (const [table, name] of Object.entries(PERSON_TABLES)) {
    const [row] = await tx.$queryRaw<{ rows: unknown }[]>`select coalesce(jsonb_agg(to_jsonb(t) - 'shop_id'), '[]') as rows from ${Prisma.raw(table)} t where t.shop_id = ${shopId}::bigint and t.customer_id = ${customerId}::bigint`;
    person[name] = row?.rows ?? [];
  }
  return person;
}

/** The counters of surveys stay: they name nobody. */
export async function erasePerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<void> {
  for (const table of Object.keys(PERSON_TABLES)) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint and customer_id = ${customerId}::bigint`;
}

/** Customers merged into others. Where both answered the same survey, or were asked, what the kept customer said stands. */
export async function joinPeople(tx: Tx, shopId: ShopId, mergedIds: readonly CustomerId[]): Promise<void> {
  if (mergedIds.length === 0) return;
  const [shop, ids] = [Prisma.sql`${shopId}::bigint`, Prisma.sql`any (${[...mergedIds]}::bigint[])`];
  for (const table of Object.keys(PERSON_TABLES)) {
    const name = Prisma.raw(table);
    await tx.$executeRaw`
      update ${name} t set customer_id = m.kept_id ${table === "survey_ask" ? Prisma.sql`, is_to_tell = true` : Prisma.empty}
        from (select distinct on (a.kept_id, x.survey_id) a.kept_id, x.survey_id, x.customer_id from ${name} x join customer_alias a on a.shop_id = ${shop} and a.id = x.customer_id and a.kept_id is not null
               where x.shop_id = ${shop} and x.customer_id = ${ids} order by a.kept_id, x.survey_id, x.customer_id) m
       where t.shop_id = ${shop} and t.survey_id = m.survey_id and t.customer_id = m.customer_id
         and not exists (select 1 from ${name} k where k.shop_id = ${shop} and k.survey_id = m.survey_id and k.customer_id = m.kept_id)`;
    await tx.$executeRaw`delete from ${name} where shop_id = ${shop} and customer_id = ${ids}`;
  }
}

const TABLES = ["survey_answer", "survey_ask", "survey_day", "survey", "survey_setting"] as const;

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint`;
}
