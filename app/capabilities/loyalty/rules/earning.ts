// What an order earns: at first, and of what is left of it after edits, refunds and cancellation. All whole numbers; points are rounded down once per order.
import type { Day } from "../../../values/day.ts";
import type { LineFact, OrderFact } from "../model/facts.ts";
import { PERCENT_USUAL, type BonusWindow, type Programme, type ProductFilter, type Stacking } from "../model/programme.ts";

export type OrderRule = Programme["order"];
export type LinePoints = { id: string; minor: number; percent: number; points: number };

/** `points` of the whole order as bought, `deserved` of what is left of it; `lines` add up to `points` with what shipping brought. */
export type OrderPoints = { points: number; deserved: number; lines: LinePoints[]; shippingMinor: number };

/** `percent`: the multiplier in force when it was placed. */
export function pointsOf(order: OrderFact, rule: OrderRule, percent: number): OrderPoints {
  if (!rule.isOn || !order.wasPaid) return { points: 0, deserved: 0, lines: [], shippingMinor: 0 };
  const values = order.lines.map((line) => ({ line, minor: valueOf(line, order, rule) }));
  const shippingMinor = rule.includesShipping ? order.shippingMinor : 0;
  const points = toPoints([...values.map(({ line, minor }) => minor * line.percent), shippingMinor * PERCENT_USUAL], rule, percent);
  return { points, deserved: deservedOf(order, rule, { values, percent }), lines: sharesOf(values, points, { rule, percent }), shippingMinor };
}

function valueOf(line: LineFact, { hasTaxIncluded }: OrderFact, rule: OrderRule): number {
  const minor = rule.isBeforeDiscounts ? line.beforeDiscountsMinor : line.totalMinor;
  if (rule.includesTax) return minor + (hasTaxIncluded ? 0 : line.taxMinor);
  return Math.max(0, minor - (hasTaxIncluded ? line.taxMinor : 0));
}

/** A line an edit added and took away again has none. */
const countOf = ({ quantity }: LineFact): number => Math.max(1, quantity);

type Valued = { line: LineFact; minor: number };

function deservedOf(order: OrderFact, rule: OrderRule, { values, percent }: { values: readonly Valued[]; percent: number }): number {
  if (order.cancelledOn !== null || order.revenueMinor <= 0) return 0;
  const left = leftOf(order);
  const parts = values.map(({ line, minor }) => Math.round((minor * line.currentQuantity * left.minor) / (countOf(line) * left.ofMinor)) * line.percent);
  const shipping = rule.includesShipping ? Math.min(order.shippingMinor, order.currentShippingMinor) * PERCENT_USUAL : 0;
  return toPoints([...parts, shipping], rule, percent);
}

/** The share of the goods still there that stays paid: an amount given back beyond lines and shipping takes its part of every line.
 *  Taxes are rounded line by line, so a difference of a minor unit for each line is no refund. */
function leftOf(order: OrderFact): { minor: number; ofMinor: number } {
  const paid = (line: LineFact) => line.totalMinor + (order.hasTaxIncluded ? 0 : line.taxMinor);
  const goods = Math.round(order.lines.reduce((sum, line) => sum + (paid(line) * line.currentQuantity) / countOf(line), 0));
  const removed = order.lines.reduce((sum, line) => sum + paid(line), 0) - goods;
  const givenBack = order.totalMinor - removed - (order.shippingMinor - order.currentShippingMinor) - order.revenueMinor;
  if (goods <= 0 || givenBack <= order.lines.length + 1) return { minor: 1, ofMinor: 1 };
  return { minor: Math.max(0, goods - givenBack), ofMinor: goods };
}

/** Money beyond 2^53 once multiplied stays exact. */
function toPoints(weighted: readonly number[], { points, perMinor }: OrderRule, percent: number): number {
  const sum = weighted.reduce((total, value) => total + BigInt(value), 0n);
  return Number((sum * BigInt(points) * BigInt(percent)) / (BigInt(perMinor) * BigInt(PERCENT_USUAL) * BigInt(PERCENT_USUAL)));
}

/** What spending so much usually earns, without anybody's tier and outside bonus days. */
export const pointsForTotal = (minor: number, rule: OrderRule): number => (rule.isOn && minor > 0 ? toPoints([minor * PERCENT_USUAL], rule, PERCENT_USUAL) : 0);

/** Each line's part of the points, the largest rests first, so that they add up. What is left is shipping's. */
function sharesOf(values: readonly Valued[], points: number, { rule, percent }: { rule: OrderRule; percent: number }): LinePoints[] {
  const scale = rule.perMinor * PERCENT_USUAL * PERCENT_USUAL;
  const lines = values.map(({ line, minor }) => ({ id: String(line.id), minor, percent: line.percent, exact: (minor * line.percent * rule.points * percent) / scale }));
  const shares = lines.map(({ id, minor, percent: rate, exact }) => ({ id, minor, percent: rate, points: Math.floor(exact) }));
  let rest = Math.min(points, Math.floor(lines.reduce((sum, { exact }) => sum + exact, 0) + 1e-6)) - shares.reduce((sum, share) => sum + share.points, 0);
  for (const { at } of lines.map(({ exact }, at) => ({ at, part: exact - Math.floor(exact) })).toSorted((one, other) => other.part - one.part || one.at - other.at)) {
    const share = shares[at];
    if (rest <= 0 || !share) break;
    share.points += 1;
    rest -= 1;
  }
  return shares;
}

export type ProductFacts = { productId: string | null; collectionIds: readonly string[]; productType: string; tags: readonly string[]; isGiftCard: boolean };

/** What a line earns of the usual rate. Gift cards never earn: they earn when they are spent. */
export function percentOf(product: ProductFacts, rule: OrderRule): number {
  if (product.isGiftCard || (rule.only !== null && !matches(product, rule.only)) || (rule.excluded !== null && matches(product, rule.excluded))) return 0;
  return rule.rates.find(({ filter }) => matches(product, filter))?.percent ?? PERCENT_USUAL;
}

export function matches(product: ProductFacts, filter: ProductFilter): boolean {
  const tags = new Set(product.tags.map((tag) => tag.toLowerCase()));
  return (product.productId !== null && filter.productIds.includes(product.productId)) ||
    product.collectionIds.some((id) => filter.collectionIds.includes(id)) ||
    filter.productTypes.some((type) => type.toLowerCase() === product.productType.toLowerCase()) ||
    filter.tags.some((tag) => tags.has(tag.toLowerCase()));
}

export const windowsOn = (windows: readonly BonusWindow[], day: Day): BonusWindow[] => windows.filter(({ from, to }) => from <= day && day <= to);

/** One multiplier out of a tier's and those of the windows open that day. */
export function stack(percents: readonly number[], stacking: Stacking): number {
  switch (stacking) {
    case "added": return PERCENT_USUAL + percents.reduce((sum, percent) => sum + percent - PERCENT_USUAL, 0);
    case "multiplied": return Math.floor(percents.reduce((product, percent) => (product * percent) / PERCENT_USUAL, PERCENT_USUAL));
    case "highest": return Math.max(PERCENT_USUAL, ...percents);
  }
}
