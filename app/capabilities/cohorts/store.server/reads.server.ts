// What pages read: sums where there are any, members where a selection has none.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { parseDay } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { ANY_CODE, type CellSums, type Grain, type Selection, type Trait, type TraitChoice, type TraitKind } from "../model.ts";

type CellRow = { cohort: string; period: string; customers: number; returned: number; orders: number; revenue_minor: bigint; margin_minor: bigint; margin_orders: number };

const toCell = ({ cohort, period, customers, returned, orders, revenue_minor, margin_minor, margin_orders }: CellRow): CellSums =>
  ({ cohort: parseDay(cohort), period: parseDay(period), customers, returned, orders, revenueMinor: Number(revenue_minor), marginMinor: Number(margin_minor), marginOrders: margin_orders });

const iso = (day: Prisma.Sql): Prisma.Sql => Prisma.sql`to_char(${day}, 'YYYY-MM-DD')`;
const BROUGHT = Prisma.sql`sum(orders)::int as orders, sum(revenue_minor)::bigint as revenue_minor, sum(margin_minor)::bigint as margin_minor, sum(margin_orders)::int as margin_orders`;

/** Whether a selection's cells lie ready, so that asking for them does not grow with the shop. */
const isSummed = (grain: Grain, selection: Selection): boolean => selection.length === 0 || (selection.length === 1 && grain !== "week");

export async function listCells(tx: Tx, shopId: ShopId, grain: Grain, selection: Selection): Promise<CellSums[]> {
  const rows = await tx.$queryRaw<CellRow[]>(isSummed(grain, selection) ? summed(Prisma.sql`${shopId}::bigint`, grain, selection[0] ?? { kind: "", value: "" }) : counted(Prisma.sql`${shopId}::bigint`, grain, selection));
  return rows.map(toCell);
}

function summed(shop: Prisma.Sql, grain: Grain, { kind, value }: { kind: string; value: string }): Prisma.Sql {
  if (grain === "week") return Prisma.sql`select ${iso(Prisma.sql`cohort`)} as cohort, ${iso(Prisma.sql`week`)} as period, customers, returned, orders, revenue_minor, margin_minor, margin_orders from cohort_week where shop_id = ${shop} and orders <> 0`;
  const { customers, returned } = COLUMNS[grain];
  const start = (day: string) => iso(Prisma.raw(`date_trunc('${grain}', ${day}::timestamp)`));
  return Prisma.sql`
    select ${start("cohort")} as cohort, ${start("month")} as period, sum(${customers})::int as customers, sum(${returned})::int as returned, ${BROUGHT}
      from cohort_cell where shop_id = ${shop} and kind = ${kind} and value = ${value} and orders <> 0 group by 1, 2`;
}
const COLUMNS = {
  month: { customers: Prisma.raw("customers"), returned: Prisma.raw("returned") },
  quarter: { customers: Prisma.raw("customers_quarter"), returned: Prisma.raw("returned_quarter") },
  year: { customers: Prisma.raw("customers_year"), returned: Prisma.raw("returned_year") },
};

/** From every order of who is selected: as long as the shop is large. */
function counted(shop: Prisma.Sql, grain: Grain, selection: Selection): Prisma.Sql {
  const start = (day: Prisma.Sql) => Prisma.sql`date_trunc('${Prisma.raw(grain)}', ${day}::timestamp)`;
  return Prisma.sql`
    select ${iso(Prisma.sql`cohort`)} as cohort, ${iso(Prisma.sql`period`)} as period, count(*) filter (where previous is null or previous < period)::int as customers, count(*) filter (where period > cohort and previous < cohort + interval '1 ${Prisma.raw(grain === "quarter" ? "month" : grain)}' * ${grain === "quarter" ? 3 : 1}::int)::int as returned,
           count(*)::int as orders, sum(revenue)::bigint as revenue_minor, coalesce(sum(margin), 0)::bigint as margin_minor, count(margin)::int as margin_orders
      from (select cohort, ${start(Prisma.sql`day`)} as period, previous, revenue, margin
              from (select ${start(Prisma.sql`m.first_on`)} as cohort, unnest(m.days) as day, unnest(array_prepend(null::date, trim_array(m.days, 1))) as previous, unnest(m.revenue_minor) as revenue, unnest(m.margin_minor) as margin
                      from cohort_member m where m.shop_id = ${shop} and ${isIn(selection)}) u) o group by cohort, period`; // unnested in the list, a fifth faster than joined; not grouped by their texts
}

/** Whether the member `m` is selected. */
const isIn = (selection: Selection): Prisma.Sql => Prisma.join([Prisma.sql`true`, ...selection.map(has)], " and ");

function has({ kind, value }: Trait): Prisma.Sql {
  switch (kind) {
    case "product": return Prisma.sql`m.products @> array[${value}::bigint]`;
    case "collection": return Prisma.sql`m.collections @> array[${value}::bigint]`;
    case "type": return Prisma.sql`m.types @> array[${value}]`;
    case "code": return value === ANY_CODE ? Prisma.sql`m.codes <> array['']` : Prisma.sql`m.codes @> array[${value}]`;
    case "tag": return Prisma.sql`m.tags @> array[${value}]`;
    case "channel": return Prisma.sql`m.channel = ${value}`;
    case "country": return Prisma.sql`m.country = ${value}`;
  }
}

/** The values most customers began with. */
export const listTraitChoices = (tx: Tx, shopId: ShopId, kind: TraitKind, { like, limit }: { like: string; limit: number }): Promise<TraitChoice[]> => tx.$queryRaw`
  select t.kind, t.value, ${titleOf(kind)} as title, t.customers from trait_total t ${titled(shopId, kind)}
   where t.shop_id = ${shopId}::bigint and t.kind = ${kind} and t.customers > 0 and position(lower(${like}) in lower(coalesce(${titleOf(kind)}, t.value))) > 0 order by t.customers desc, t.value limit ${limit}`;

/** The table where values of a kind have their titles; null: they are words themselves. */
const TITLED: Partial<Record<TraitKind, Prisma.Sql>> = { product: Prisma.raw("product"), collection: Prisma.raw("collection") };
const titleOf = (kind: TraitKind): Prisma.Sql => (TITLED[kind] === undefined ? Prisma.sql`null::text` : Prisma.sql`n.title`);
const titled = (shopId: ShopId, kind: TraitKind): Prisma.Sql => {
  const table = TITLED[kind];
  return table === undefined ? Prisma.empty : Prisma.sql`left join ${table} n on n.shop_id = ${shopId}::bigint and n.id = case when t.kind = ${kind} then t.value::bigint end`;
};
