// What was written, as the merchant looks through it, and who gave an answer.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { parseId, type CustomerId, type ShopId } from "../../../values/ids.ts";
import { PERSON_COLUMNS, toPerson, type PersonRow } from "../../profiles/profiles.server.ts";
import { PLACES } from "../model/answer.ts";
import { TAGS_MAX, type AnsweringPerson, type AnswerGroup, type GivenText, type TextQuery } from "../model/results.ts";

type Window = { limit: number; offset: number };
type TextRow = PersonRow & { id: string; text: string; choices: string[]; tags: string[]; answeredAt: Date; language: string; place: string; customerId: bigint | null };

const writtenIn = (shopId: ShopId, surveyId: string): Prisma.Sql => Prisma.sql`a.shop_id = ${shopId}::bigint and a.survey_id = ${surveyId}::uuid and a.text <> ''`;

function conditionsOf({ search, tag }: TextQuery): Prisma.Sql {
  const words = search.split(/\s+/u).filter((word) => word !== "");
  return Prisma.join([
    ...words.map((word) => Prisma.sql`a.text ilike ${`%${word.replaceAll(/[\\%_]/gu, "\\$&")}%`}`), ...(tag === null ? [] : [Prisma.sql`${tag} = any (a.tags)`]), Prisma.sql`true`,
  ], " and ");
}

/** Newest first. */
export async function listTexts(tx: Tx, shopId: ShopId, surveyId: string, query: TextQuery, { limit, offset }: Window): Promise<GivenText[]> {
  const rows = await tx.$queryRaw<TextRow[]>`
    select a.id::text, a.text, a.choices, a.tags, a.answered_at as "answeredAt", a.language, a.place, c.id as "customerId", ${PERSON_COLUMNS}
      from survey_answer a left join customer c on c.shop_id = ${shopId}::bigint and c.id = a.customer_id
     where ${writtenIn(shopId, surveyId)} and ${conditionsOf(query)} order by a.answered_at desc, a.id limit ${limit} offset ${offset}`;
  return rows.map(({ customerId, firstName, lastName, email, locale, place, ...row }) => ({
    ...row, place: PLACES.find((known) => known === place) ?? "page",
    customer: customerId === null ? null : { id: parseId<CustomerId>(customerId), name: toPerson({ firstName, lastName, email, locale }).name },
  }));
}

export async function countTexts(tx: Tx, shopId: ShopId, surveyId: string, query: TextQuery): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`select count(*)::int as count from survey_answer a where ${writtenIn(shopId, surveyId)} and ${conditionsOf(query)}`;
  return row?.count ?? 0;
}

/** The most used first. */
export const countTags = (tx: Tx, shopId: ShopId, surveyId: string): Promise<{ tag: string; count: number }[]> => tx.$queryRaw`
  select tag, count(*)::int as count from survey_answer a, unnest(a.tags) as tag where ${writtenIn(shopId, surveyId)} group by 1 order by 2 desc, 1`;

/** There already, gone already, or one too many: nothing changes. */
export async function tagText(tx: Tx, shopId: ShopId, { surveyId, answerId, tag, isOn }: { surveyId: string; answerId: string; tag: string; isOn: boolean }): Promise<void> {
  const change = isOn ? Prisma.sql`array_append(tags, ${tag})` : Prisma.sql`array_remove(tags, ${tag})`;
  await tx.$executeRaw`
    update survey_answer set tags = ${change} where shop_id = ${shopId}::bigint and survey_id = ${surveyId}::uuid and id = ${answerId}::uuid
       and (${tag} = any (tags)) <> ${isOn} and (not ${isOn} or cardinality(tags) < ${TAGS_MAX})`;
}

/** Customers of a group whose answer counts under one of these options, newest first; `options` null: whatever they answered. */
export async function listPeople(tx: Tx, shopId: ShopId, surveyId: string, { options, group }: { options: readonly string[] | null; group: AnswerGroup }, { limit, offset }: Window): Promise<AnsweringPerson[]> {
  const rows = await tx.$queryRaw<(PersonRow & Omit<AnsweringPerson, "name" | "customerId"> & { customerId: bigint })[]>`
    select c.id as "customerId", a.answered_at as "answeredAt", a.choices, a.text, ${PERSON_COLUMNS}
      from survey_answer a join customer c on c.shop_id = ${shopId}::bigint and c.id = a.customer_id
     where a.shop_id = ${shopId}::bigint and a.survey_id = ${surveyId}::uuid and ${options === null ? Prisma.sql`true` : Prisma.sql`a.choices && ${[...options]}::text[]`} and ${isOfGroup(shopId, group)}
     order by a.answered_at desc, a.id limit ${limit} offset ${offset}`;
  return rows.map(({ firstName, lastName, email, locale, ...row }) => ({ ...row, customerId: parseId<CustomerId>(row.customerId), name: toPerson({ firstName, lastName, email, locale }).name }));
}

function isOfGroup(shopId: ShopId, group: AnswerGroup): Prisma.Sql {
  switch (group.kind) {
    case "everyone": return Prisma.sql`true`;
    case "language": return Prisma.sql`a.language = ${group.language}`;
    case "segment": return Prisma.sql`exists (select 1 from segment_member m where m.shop_id = ${shopId}::bigint and m.segment_id = ${group.segmentId}::uuid and m.customer_id = a.customer_id)`;
  }
}

/** Customers who were asked and gave no answer, newest first. */
export async function listSilent(tx: Tx, shopId: ShopId, surveyId: string, { limit, offset }: Window): Promise<AnsweringPerson[]> {
  const rows = await tx.$queryRaw<(PersonRow & { customerId: bigint; askedAt: Date })[]>`
    select c.id as "customerId", k.asked_at as "askedAt", ${PERSON_COLUMNS} from survey_ask k join customer c on c.shop_id = ${shopId}::bigint and c.id = k.customer_id
     where k.shop_id = ${shopId}::bigint and k.survey_id = ${surveyId}::uuid
       and not exists (select 1 from survey_answer a where a.shop_id = ${shopId}::bigint and a.survey_id = ${surveyId}::uuid and a.customer_id = k.customer_id)
     order by k.asked_at desc, k.customer_id limit ${limit} offset ${offset}`;
  return rows.map(({ firstName, lastName, email, locale, customerId, askedAt }) => ({ customerId: parseId<CustomerId>(customerId), name: toPerson({ firstName, lastName, email, locale }).name, answeredAt: askedAt, choices: [], text: "" }));
}
