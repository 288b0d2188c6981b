// A rule as SQL over a profile `p` and its customer `c`. Every condition is true or false, never unknown: what is not known does not match.
import { Prisma } from "../../../platform/db.server.ts";
import { invariant } from "../../../values/invariant.ts";
import { addMonths, monthOf, type Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import type { Condition, FieldName, Rule } from "../model.ts";

/** Days are the shop's own. */
export type Standpoint = { shopId: ShopId; today: Day; timeZone: string };

export function predicateOf(rule: Rule, at: Standpoint): Prisma.Sql {
  if ("all" in rule) return joined(rule.all, " and ", (inner) => predicateOf(inner, at));
  if ("any" in rule) return joined(rule.any, " or ", (inner) => predicateOf(inner, at));
  if ("not" in rule) return Prisma.sql`not ${predicateOf(rule.not, at)}`;
  return Prisma.sql`coalesce(${conditionOf(rule, at)}, false)`;
}

/** For a `where`, where unknown is as good as false: bare conditions, so that an index may serve them. */
export function whereOf(rule: Rule, at: Standpoint): Prisma.Sql {
  if ("all" in rule) return joined(rule.all, " and ", (inner) => whereOf(inner, at));
  if ("any" in rule) return joined(rule.any, " or ", (inner) => whereOf(inner, at));
  return "not" in rule ? predicateOf(rule, at) : conditionOf(rule, at);
}

const joined = (rules: Rule[], word: string, write: (rule: Rule) => Prisma.Sql): Prisma.Sql => Prisma.sql`(${Prisma.join(rules.map(write), word)})`;

/** Sums and scores, by what they are called here. Days are counted from today. */
const NUMBERS: Partial<Record<FieldName, (today: Prisma.Sql) => Prisma.Sql>> = {
  orders: () => Prisma.sql`p.order_count`,
  revenue: () => Prisma.sql`p.revenue_minor`,
  average_order: () => Prisma.sql`p.average_order_minor`,
  days_since_last_order: (today) => Prisma.sql`${today} - p.last_order_on`,
  days_since_first_order: (today) => Prisma.sql`${today} - p.first_order_on`,
  usual_gap: () => Prisma.sql`p.typical_gap_days`,
  days_overdue: (today) => Prisma.sql`greatest(0, ${today} - p.next_order_on)`,
  days_to_next_order: (today) => Prisma.sql`p.next_order_on - ${today}`,
  chance_30: () => Prisma.sql`p.chance_30`,
  chance_60: () => Prisma.sql`p.chance_60`,
  chance_90: () => Prisma.sql`p.chance_90`,
  expected_orders: () => Prisma.sql`p.expected_orders_365`,
  expected_value: () => Prisma.sql`p.expected_value_365_minor`,
  stake: () => Prisma.sql`p.stake_minor`,
  r_score: () => Prisma.sql`p.r`,
  f_score: () => Prisma.sql`p.f`,
  m_score: () => Prisma.sql`p.m`,
};

/** What is or is not so of the first order `o`. */
const BEGINNINGS: Partial<Record<FieldName, Prisma.Sql>> = {
  first_discounted: Prisma.sql`cardinality(o.discount_codes) > 0`,
  first_channel_known: Prisma.sql`coalesce(o.source_name, '') <> ''`,
  first_country_known: Prisma.sql`coalesce(o.country_code, '') <> ''`,
};

function conditionOf(condition: Condition, at: Standpoint): Prisma.Sql {
  const today = Prisma.sql`${at.today}::date`;
  const beginning = BEGINNINGS[condition.field];
  if (beginning !== undefined) return Prisma.sql`${firstOrderOf(at, beginning)} = ${condition.value}`;
  if (condition.field === "any_order") return someOrderOf(at, dateComparisonOf(Prisma.sql`k.day`, condition, today));
  if (condition.field === "any_gap") return someOrderOf(at, comparisonOf(Prisma.sql`(k.day - k.previous_day)`, condition));
  const place = PLACES[condition.field];
  if (place !== undefined) return comparisonOf(Prisma.sql`(select k.day - k.previous_day from counted_order k where k.shop_id = ${at.shopId}::bigint and k.buyer_id = p.customer_id and k.sequence = ${place}::int)`, condition);
  const number = NUMBERS[condition.field]?.(today);
  if (number) return comparisonOf(number, condition);
  switch (condition.operator) {
    case "since":
    case "before":
    case "between":
    case "in_last_days":
    case "not_in_last_days": return dateComparisonOf(dateOf(condition.field, at), condition, today);
    case "is": return Prisma.sql`${flagOf(condition.field)} = ${condition.value}`;
    case "any_of": return listOf(condition.field, condition.value, at);
    case "none_of": return Prisma.sql`not coalesce(${listOf(condition.field, condition.value, at)}, false)`;
    case "at_least":
    case "at_most": return countComparisonOf(condition, at);
  }
}

function comparisonOf(number: Prisma.Sql, { operator, value }: Condition): Prisma.Sql {
  if (operator === "at_least" && typeof value === "number") return Prisma.sql`${number} >= ${value}::float8`;
  if (operator === "at_most" && typeof value === "number") return Prisma.sql`${number} <= ${value}::float8`;
  invariant(operator === "between" && typeof value === "object" && "from" in value && typeof value.from === "number");
  return Prisma.sql`${number} between ${value.from}::float8 and ${Number(value.to)}::float8`;
}

function dateComparisonOf(date: Prisma.Sql, { operator, value }: Condition, today: Prisma.Sql): Prisma.Sql {
  switch (operator) {
    case "since": return Prisma.sql`${date} >= ${value}::date`;
    case "before": return Prisma.sql`${date} < ${value}::date`;
    case "in_last_days": return Prisma.sql`${date} > ${today} - ${value}::int`;
    case "not_in_last_days": return Prisma.sql`${date} <= ${today} - ${value}::int`;
    default:
      invariant(typeof value === "object" && "from" in value);
      return Prisma.sql`${date} between ${String(value.from)}::date and ${String(value.to)}::date`;
  }
}

function dateOf(field: FieldName, { timeZone }: Standpoint): Prisma.Sql {
  if (field === "last_order") return Prisma.sql`p.last_order_on`;
  if (field === "first_order") return Prisma.sql`p.first_order_on`;
  invariant(field === "customer_since");
  return Prisma.sql`(c.created_at at time zone ${timeZone})::date`;
}

function flagOf(field: FieldName): Prisma.Sql {
  if (field === "vip") return Prisma.sql`p.is_vip`;
  if (field === "last_refunded") return Prisma.sql`p.is_last_refunded`;
  invariant(field === "has_email");
  return Prisma.sql`(c.email is not null)`;
}

const PLACES: Partial<Record<FieldName, number>> = { days_to_second: 2, days_to_third: 3, days_to_fourth: 4 };

/** Of any of their orders, `k`. */
const someOrderOf = ({ shopId }: Standpoint, condition: Prisma.Sql): Prisma.Sql => Prisma.sql`exists (select 1 from counted_order k where k.shop_id = ${shopId}::bigint and k.buyer_id = p.customer_id and ${condition})`;

/** Of their first, second, … order, with all there is of it as `o`. */
const placedOrderOf = (at: Standpoint, place: number, condition: Prisma.Sql, source = Prisma.empty): Prisma.Sql => Prisma.sql`
  exists (select 1 from counted_order k join orders o on o.shop_id = ${at.shopId}::bigint and o.id = k.order_id ${source} where k.shop_id = ${at.shopId}::bigint and k.buyer_id = p.customer_id and k.sequence = ${place}::int and ${condition})`;
const firstOrderOf = (at: Standpoint, condition: Prisma.Sql, source = Prisma.empty): Prisma.Sql => placedOrderOf(at, 1, condition, source);

/** Whether any of the values is (one of) the customer's. */
function listOf(field: FieldName, values: readonly string[], at: Standpoint): Prisma.Sql {
  const exact = Prisma.sql`any (${[...values]}::text[])`;
  const small = Prisma.sql`any (${values.map((value) => value.toLowerCase())}::text[])`;
  const ids = Prisma.sql`any (${[...values]}::text[]::bigint[])`;
  const shop = Prisma.sql`${at.shopId}::bigint`;
  const inOrder = (condition: Prisma.Sql) => Prisma.sql`exists (select 1 from orders o where o.shop_id = ${shop} and o.buyer_id = p.customer_id and o.is_counted and ${condition})`;
  const inLine = (source: Prisma.Sql, condition: Prisma.Sql) => Prisma.sql`exists (select 1 from orders o ${source} where o.shop_id = ${shop} and o.buyer_id = p.customer_id and o.is_counted and ${condition})`;
  const lines = Prisma.sql`join order_line l on l.shop_id = ${shop} and l.order_id = o.id`;
  const goods = Prisma.sql`${lines} and not l.is_gift_card`; // as cohorts have them
  const products = Prisma.sql`${lines} join product q on q.shop_id = ${shop} and q.id = l.product_id`;
  const keptOn = (days: number) => Prisma.sql`
    exists (select 1 from counted_order k join order_line l on l.shop_id = ${shop} and l.order_id = k.order_id and not l.is_gift_card and l.current_quantity > 0
             where k.shop_id = ${shop} and k.buyer_id = p.customer_id and l.product_id = ${ids} group by l.product_id having count(distinct k.day) >= ${days}::int)`;
  switch (field) {
    case "stage": return Prisma.sql`p.stage = ${exact}`;
    case "rfm_group": return Prisma.sql`p.rfm_group = ${exact}`;
    case "shopify_rfm_group": return Prisma.sql`c.shopify_rfm_group = ${exact}`;
    case "email_consent": return Prisma.sql`c.email_consent = ${exact}`;
    case "birthday_month": return Prisma.sql`extract(month from coalesce(w.birth_on, c.birth_on)) = any (${values.map((value) => monthNumberOf(value, at.today))}::int[])`;
    case "country": return Prisma.sql`lower(c.country_code) = ${small}`;
    case "language": return Prisma.sql`(lower(c.locale) = ${small} or lower(split_part(c.locale, '-', 1)) = ${small})`; // zh means every Chinese
    case "tag": return Prisma.sql`exists (select 1 from unnest(c.tags) as tag where lower(tag) = ${small})`;
    case "discount_code": return inOrder(Prisma.sql`exists (select 1 from unnest(o.discount_codes) as code where lower(code) = ${small})`);
    case "channel": return inOrder(Prisma.sql`lower(o.source_name) = ${small}`);
    case "product": return inLine(lines, Prisma.sql`l.product_id = ${ids}`);
    case "product_kept": return keptOn(1);
    case "product_again": return keptOn(2);
    case "product_type": return inLine(products, Prisma.sql`lower(q.product_type) = ${small}`);
    case "vendor": return inLine(products, Prisma.sql`lower(q.vendor) = ${small}`);
    case "survey_answer": return Prisma.sql`exists (select 1 from customer_mark k where k.shop_id = ${shop} and k.customer_id = p.customer_id and k.mark = ${exact})`;
    case "first_product": return firstOrderOf(at, Prisma.sql`l.product_id = ${ids}`, goods);
    case "second_product": return placedOrderOf(at, 2, Prisma.sql`l.product_id = ${ids}`, goods);
    case "first_type": return firstOrderOf(at, Prisma.sql`lower(q.product_type) = ${small} and not l.is_gift_card`, products);
    case "first_collection": return firstOrderOf(at, Prisma.sql`g.collection_id = ${ids}`, Prisma.sql`${goods} join collection_product g on g.shop_id = ${shop} and g.product_id = l.product_id`);
    case "first_code": return firstOrderOf(at, Prisma.sql`exists (select 1 from unnest(o.discount_codes) as code where lower(code) = ${small})`);
    case "first_channel": return firstOrderOf(at, Prisma.sql`lower(o.source_name) = ${small}`);
    case "first_country": return firstOrderOf(at, Prisma.sql`lower(o.country_code) = ${small}`);
    default: throw new Error(`no list of ${field}`);
  }
}

function monthNumberOf(value: string, today: Day): number {
  if (value === "this_month") return Number(monthOf(today).slice(5));
  return value === "next_month" ? Number(addMonths(monthOf(today), 1).slice(5)) : Number(value);
}

/** Orders in the last days, or between two. */
function countComparisonOf({ operator, value }: Condition, { shopId, today }: Standpoint): Prisma.Sql {
  invariant(typeof value === "object" && "count" in value);
  const isThen = "days" in value ? Prisma.sql`k.day > ${today}::date - ${value.days}::int` : Prisma.sql`k.day between ${value.from}::date and ${value.to}::date`;
  const count = Prisma.sql`(select count(*) from counted_order k where k.shop_id = ${shopId}::bigint and k.buyer_id = p.customer_id and ${isThen})`;
  return operator === "at_least" ? Prisma.sql`${count} >= ${value.count}::int` : Prisma.sql`${count} <= ${value.count}::int`;
}

/** What every predicate may look at: profile, customer, and what the merchant wrote of how to meet them. */
export const sourceOf = (shopId: ShopId): Prisma.Sql => Prisma.sql`
  customer_profile p
  join customer c on c.shop_id = ${shopId}::bigint and c.id = p.customer_id
  left join contact_preference w on w.shop_id = ${shopId}::bigint and w.customer_id = p.customer_id`;
