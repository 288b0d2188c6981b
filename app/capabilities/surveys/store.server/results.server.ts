// What was answered, counted: by choice, by language, by segment and by day.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { dayOfDate } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import type { DaySum } from "../rules/periods.ts";
import type { Counted } from "../rules/shares.ts";

export type LanguageCounts = Counted & { language: string };

/** Of everybody, or of those who are in a segment now; the languages with most answers first. */
export async function countByLanguage(tx: Tx, shopId: ShopId, surveyId: string, segmentId: string | null): Promise<LanguageCounts[]> {
  const answers = Prisma.sql`survey_answer a where a.shop_id = ${shopId}::bigint and a.survey_id = ${surveyId}::uuid and ${segmentId === null ? Prisma.sql`true` : Prisma.sql`
    exists (select 1 from segment_member m where m.shop_id = ${shopId}::bigint and m.segment_id = ${segmentId}::uuid and m.customer_id = a.customer_id)`}`;
  const [people, choices] = await Promise.all([
    tx.$queryRaw<{ language: string; people: number }[]>`select language, count(*)::int as people from ${answers} group by 1 order by 2 desc, 1`,
    tx.$queryRaw<{ language: string; choice: string; count: number }[]>`select language, choice, count(*)::int as count from (select a.language, unnest(a.choices) as choice from ${answers}) said group by 1, 2`,
  ]);
  return people.map((row) => ({ ...row, counts: new Map(choices.filter(({ language }) => language === row.language).map(({ choice, count }) => [choice, count])) }));
}

export async function listDays(tx: Tx, shopId: ShopId, surveyId: string): Promise<DaySum[]> {
  const rows = await tx.surveyDay.findMany({ where: { shopId, surveyId }, orderBy: { on: "asc" }, select: { on: true, asked: true, answered: true, dismissed: true } });
  return rows.map(({ on, ...sums }) => ({ ...sums, on: dayOfDate(on) }));
}
