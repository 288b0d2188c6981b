// Members in SQL: a customer's orders and first traits as the tables of others say now, and what a signed set of members adds to every sum.
import { Prisma } from "../../../platform/db.server.ts";
import { GROSS_MARGIN, soldGoods } from "../../orders/orders.server.ts";
import { ANY_CODE, MILESTONE_DAYS, OLDER } from "../model.ts";

/** The columns of a member, named once for every place that writes or compares them. */
const NAMES = ["first_on", "days", "revenue_minor", "margin_minor", "products", "types", "collections", "codes", "channel", "country", "tags", "second_products"];
export const MEMBER = Prisma.raw(NAMES.join(", "));
export const memberOf = (alias: string): Prisma.Sql => Prisma.raw(NAMES.map((name) => `${alias}.${name}`).join(", "));
export const MEMBER_ASSIGNED = Prisma.raw(NAMES.map((name) => `${name} = excluded.${name}`).join(", "));

const margins = (shop: Prisma.Sql) => Prisma.sql`select ${GROSS_MARGIN} as margin from ${soldGoods(shop)} where a.shop_id = ${shop} and a.id = o.order_id`;

const bought = (shop: Prisma.Sql, orderId: Prisma.Sql) => Prisma.sql`
  select array_agg(distinct l.product_id order by l.product_id) as ids, array_agg(distinct t.product_type order by t.product_type) filter (where t.product_type <> '') as types
    from order_line l left join product t on t.shop_id = ${shop} and t.id = l.product_id
   where l.shop_id = ${shop} and l.order_id = ${orderId} and l.product_id is not null and not l.is_gift_card`;

const gathered = (shop: Prisma.Sql, productIds: Prisma.Sql) => Prisma.sql`
  select array_agg(distinct k.collection_id order by k.collection_id) as ids from collection_product k where k.shop_id = ${shop} and k.product_id = any (${productIds})`;

const EVERY_ELEMENT = (list: Prisma.Sql) => Prisma.sql`(select coalesce(array_agg(distinct x order by x), '{}') from unnest(${list}) x)`;

/** Members as their orders say now: customer_id, then `MEMBER`. `people` is a set of customer_id; whoever has no counted order is absent. */
export const freshMembers = (shop: Prisma.Sql, people: Prisma.Sql, hasCosts: boolean) => Prisma.sql`
  select f.customer_id, f.days[1] as first_on, f.days, f.revenue_minor, f.margin_minor, coalesce(p.ids, '{}') as products, coalesce(p.types, '{}') as types, coalesce(g.ids, '{}') as collections,
         case when coalesce(cardinality(a.discount_codes), 0) = 0 then array[''] else ${EVERY_ELEMENT(Prisma.sql`(select array_agg(upper(y)) from unnest(a.discount_codes) y)`)} end as codes,
         coalesce(a.source_name, '') as channel, coalesce(a.country_code, '') as country, ${EVERY_ELEMENT(Prisma.sql`c.tags`)} as tags, coalesce(s.ids, '{}') as second_products
    from (select o.buyer_id as customer_id, array_agg(o.day order by o.sequence) as days, array_agg(o.revenue_minor order by o.sequence) as revenue_minor, array_agg(${hasCosts ? Prisma.sql`m.margin` : Prisma.sql`null::bigint`} order by o.sequence) as margin_minor,
                 min(o.order_id) filter (where o.sequence = 1) as first_id, min(o.order_id) filter (where o.sequence = 2) as second_id
            from ${people} b join counted_order o on o.shop_id = ${shop} and o.buyer_id = b.customer_id ${hasCosts ? Prisma.sql`left join lateral (${margins(shop)}) m on true` : Prisma.empty}
           group by 1) f
    join orders a on a.shop_id = ${shop} and a.id = f.first_id
    left join customer c on c.shop_id = ${shop} and c.id = f.customer_id
    left join lateral (${bought(shop, Prisma.sql`f.first_id`)}) p on true
    left join lateral (${gathered(shop, Prisma.sql`p.ids`)}) g on true
    left join lateral (${bought(shop, Prisma.sql`f.second_id`)}) s on true`;

/** Every trait of a member `s` but collections, and "" for being one at all. */
const TRAITS = Prisma.sql`lateral (
  select '' as kind, '' as value union all select 'product', unnest(s.products)::text union all select 'type', unnest(s.types) union all select 'code', unnest(s.codes) union all select 'code', ${ANY_CODE} where s.codes <> array['']
  union all select 'channel', s.channel union all select 'country', s.country union all select 'tag', unnest(s.tags)) t`;
const FIRST_PRODUCTS = Prisma.sql`lateral (select '' as kind, '' as value union all select 'product', unnest(s.products)::text) t`;

/** Every order of a member `s`: its day, place, the day before it, what it brought. */
const ORDERS = Prisma.sql`lateral unnest(s.days, s.revenue_minor, s.margin_minor) with ordinality as u(day, revenue, margin, place)
  cross join lateral (select s.days[u.place - 1] as previous, date_trunc('month', s.first_on::timestamp)::date as cohort) w`;

const start = (unit: string, day: Prisma.Sql) => Prisma.sql`date_trunc('${Prisma.raw(unit)}', ${day}::timestamp)`;
/** The first order of its period. */
const isFirstIn = (unit: string) => Prisma.sql`(w.previous is null or w.previous < ${start(unit, Prisma.sql`u.day`)})`;
/** The first order after the period of the very first. */
const isReturnAfter = (unit: string) => Prisma.sql`(${start(unit, Prisma.sql`u.day`)} > ${start(unit, Prisma.sql`s.first_on`)} and ${start(unit, Prisma.sql`w.previous`)} = ${start(unit, Prisma.sql`s.first_on`)})`;
const count = (condition: Prisma.Sql) => Prisma.sql`coalesce(sum(s.sign) filter (where ${condition}), 0)::int`;
const BROUGHT = Prisma.sql`
  sum(s.sign)::int as orders, sum(s.sign * u.revenue)::bigint as revenue_minor, coalesce(sum(s.sign * u.margin), 0)::bigint as margin_minor, ${count(Prisma.sql`u.margin is not null`)} as margin_orders`;

const MILESTONE = Prisma.sql`(${[...MILESTONE_DAYS, OLDER]}::int[])[width_bucket(u.day - s.first_on, ${[0, ...MILESTONE_DAYS.map((days) => days + 1)]}::int[])]`;

/** `from`: what a member `s` is joined with; `places`: the keys beside the trait, `everybody` where they are others without one; `sums`: the numbers, in their order. */
type ByTrait = { from: Prisma.Sql; places: { name: string; of: Prisma.Sql; everybody?: Prisma.Sql }[]; numbers: readonly string[]; sums: Prisma.Sql };

/** A product is in many collections, few sets of them are different: the numbers are added up by sets first, and these for each collection. */
const byTrait = (members: Prisma.Sql, { from, places, numbers, sums }: ByTrait): Prisma.Sql => {
  const columns = (write: (place: ByTrait["places"][number]) => Prisma.Sql) => (places.length === 0 ? Prisma.empty : Prisma.sql`${Prisma.join(places.map(write))},`);
  const groups = (count: number) => Prisma.raw(Array.from({ length: count }, (_, index) => index + 1).join(", "));
  return Prisma.sql`
    select t.kind, t.value, ${columns(({ name, of, everybody }) => Prisma.sql`${everybody === undefined ? of : Prisma.sql`case when t.kind = '' then ${everybody} else ${of} end`} as ${Prisma.raw(name)}`)} ${sums}
      from ${members} s ${from} cross join ${TRAITS} group by ${groups(places.length + 2)}
    union all
    select 'collection', c.id::text, ${columns(({ name }) => Prisma.raw(`x.${name}`))} ${Prisma.raw(numbers.map((name) => `sum(x.${name})::${name.endsWith("_minor") ? "bigint" : "int"}`).join(", "))}
      from (select s.collections, ${columns(({ name, of }) => Prisma.sql`${of} as ${Prisma.raw(name)}`)} ${sums} from ${members} s ${from} where s.collections <> '{}' group by ${groups(places.length + 1)}) x
     cross join lateral unnest(x.collections) as c(id) group by ${groups(places.length + 2)}`;
};

const STEPS_MAX = 4;
const BROUGHT_NUMBERS = ["orders", "revenue_minor", "margin_minor", "margin_orders"];
const CELL_NUMBERS = ["customers", "customers_quarter", "customers_year", "returned", "returned_quarter", "returned_year", ...BROUGHT_NUMBERS];
const TOTAL_NUMBERS = ["customers", "repeaters", "orders", "revenue_minor"];
const COHORT = { name: "cohort", of: Prisma.sql`w.cohort` };

/** Every sum, as a query over a signed set of members (sign, then `MEMBER`): a table, its keys, its numbers. */
export const SUMS: readonly { table: string; keys: string[]; numbers: readonly string[]; of: (members: Prisma.Sql) => Prisma.Sql }[] = [
  {
    table: "cohort_cell", keys: ["kind", "value", "cohort", "month"], numbers: CELL_NUMBERS,
    of: (members) => byTrait(members, {
      from: Prisma.sql`cross join ${ORDERS}`, places: [COHORT, { name: "month", of: Prisma.sql`${start("month", Prisma.sql`u.day`)}::date` }], numbers: CELL_NUMBERS,
      sums: Prisma.sql`
        ${count(isFirstIn("month"))} as customers, ${count(isFirstIn("quarter"))} as customers_quarter, ${count(isFirstIn("year"))} as customers_year,
        ${count(isReturnAfter("month"))} as returned, ${count(isReturnAfter("quarter"))} as returned_quarter, ${count(isReturnAfter("year"))} as returned_year, ${BROUGHT}`,
    }),
  },
  {
    table: "cohort_week", keys: ["cohort", "week"], numbers: ["customers", "returned", ...BROUGHT_NUMBERS],
    of: (members) => Prisma.sql`
      select ${start("week", Prisma.sql`s.first_on`)}::date as cohort, ${start("week", Prisma.sql`u.day`)}::date as week, ${count(isFirstIn("week"))} as customers, ${count(isReturnAfter("week"))} as returned, ${BROUGHT}
        from ${members} s cross join ${ORDERS} group by 1, 2`,
  },
  {
    table: "cohort_age", keys: ["kind", "value", "cohort", "age"], numbers: BROUGHT_NUMBERS,
    of: (members) => byTrait(members, { from: Prisma.sql`cross join ${ORDERS}`, places: [COHORT, { name: "age", of: MILESTONE, everybody: Prisma.sql`u.day - s.first_on` }], numbers: BROUGHT_NUMBERS, sums: BROUGHT }),
  },
  {
    table: "order_step", keys: ["kind", "value", "sequence", "day"], numbers: ["reached", "left"],
    of: (members) => Prisma.sql`
      select t.kind, t.value, x.sequence, x.day, sum(s.sign * x.reached)::int as reached, sum(s.sign * x.gone)::int as "left"
        from ${members} s cross join ${ORDERS} cross join ${FIRST_PRODUCTS}
        cross join lateral (values (u.place::int, u.day, 1, 0), (u.place::int - 1, w.previous, 0, 1)) as x(sequence, day, reached, gone)
       where x.sequence between 1 and ${STEPS_MAX} group by 1, 2, 3, 4`,
  },
  {
    table: "order_gap", keys: ["kind", "value", "sequence", "days"], numbers: ["orders"],
    of: (members) => Prisma.sql`
      select t.kind, t.value, least(u.place, ${STEPS_MAX + 1})::int as sequence, u.day - w.previous as days, sum(s.sign)::int as orders
        from ${members} s cross join ${ORDERS} cross join ${FIRST_PRODUCTS} where w.previous is not null group by 1, 2, 3, 4`,
  },
  {
    table: "next_product", keys: ["product_id", "next_product_id"], numbers: ["customers"],
    of: (members) => Prisma.sql`
      select a.id as product_id, b.id as next_product_id, sum(s.sign)::int as customers
        from ${members} s cross join lateral unnest(s.products || 0::bigint) as a(id) cross join lateral unnest(s.second_products || case when cardinality(s.days) > 1 then array[0::bigint] else '{}' end) as b(id) group by 1, 2`,
  },
  {
    table: "trait_total", keys: ["kind", "value"], numbers: TOTAL_NUMBERS,
    of: (members) => byTrait(members, {
      from: Prisma.sql`cross join lateral (select sum(r)::bigint as revenue from unnest(s.revenue_minor) r) w`, places: [], numbers: TOTAL_NUMBERS,
      sums: Prisma.sql`sum(s.sign)::int as customers, ${count(Prisma.sql`cardinality(s.days) > 1`)} as repeaters, sum(s.sign * cardinality(s.days))::int as orders, sum(s.sign * w.revenue)::bigint as revenue_minor`,
    }),
  },
  {
    table: "first_product", keys: ["product_id", "cohort"], numbers: ["customers", "repeaters", "year_minor"],
    of: (members) => Prisma.sql`
      select p.id as product_id, ${start("month", Prisma.sql`s.first_on`)}::date as cohort, sum(s.sign)::int as customers, ${count(Prisma.sql`cardinality(s.days) > 1`)} as repeaters, sum(s.sign * w.revenue)::bigint as year_minor
        from ${members} s cross join lateral unnest(s.products || 0::bigint) as p(id)
        cross join lateral (select sum(u.revenue)::bigint as revenue from unnest(s.days, s.revenue_minor) as u(day, revenue) where u.day - s.first_on <= ${MILESTONE_DAYS.at(-1)}::int) w group by 1, 2`,
  },
];
