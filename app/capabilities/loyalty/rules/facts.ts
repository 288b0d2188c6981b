// Facts of the points out of what other rooms know: an order as it counts, and what each of its lines earns of the usual rate.
import { dayAt } from "../../../values/day.ts";
import type { OrderId } from "../../../values/ids.ts";
import type { PastLine, PastOrder } from "../../orders/model.ts";
import type { OrderFact, RedemptionFact } from "../model/facts.ts";
import { PERCENT_USUAL, type Programme, type ProgrammeVersion } from "../model/programme.ts";
import { percentOf } from "./earning.ts";

/** Line id to whole percent. */
export type Percents = Readonly<Record<string, number>>;

const PAID = new Set(["PAID", "PARTIALLY_REFUNDED", "REFUNDED"]);

export const toOrderFact = (order: PastOrder, { timeZone, percents }: { timeZone: string; percents: Percents }): OrderFact => ({
  id: order.id, placedAt: order.placedAt, placedOn: dayAt(order.placedAt, timeZone), wasPaid: !order.isTest && PAID.has(order.financialStatus),
  cancelledOn: order.cancelledAt && dayAt(order.cancelledAt, timeZone), totalMinor: order.totalMinor, revenueMinor: order.revenueMinor,
  hasTaxIncluded: order.hasTaxIncluded, shippingMinor: paidShippingOf(order), currentShippingMinor: order.currentShippingMinor,
  lines: order.lines.map((line) => ({ ...line, percent: percents[String(line.id)] ?? PERCENT_USUAL })),
  refunds: order.refunds.map(({ refundedAt, amountMinor }) => ({ on: dayAt(refundedAt, timeZone), amountMinor })),
});

/** Shopify says what shipping cost before discounts; what lines were not taken off was taken off shipping. */
function paidShippingOf({ shippingMinor, discountMinor, lines }: PastOrder): number {
  const ofLines = lines.reduce((sum, { beforeDiscountsMinor, totalMinor }) => sum + beforeDiscountsMinor - totalMinor, 0);
  return Math.max(0, shippingMinor - Math.max(0, discountMinor - ofLines));
}

/** What is not decided yet, by the version in force when the order was placed; an order from before there was one decides nothing. */
export function decidePercents(order: PastOrder, { versions, known, collectionIdsOf }: { versions: readonly ProgrammeVersion[]; known: Percents; collectionIdsOf: (line: PastLine) => readonly string[] }): Percents {
  const rule = versions.findLast(({ effectiveAt }) => effectiveAt <= order.placedAt)?.programme.order;
  if (rule === undefined) return {};
  return Object.fromEntries(order.lines.filter(({ id }) => known[String(id)] === undefined).map((line) => [String(line.id), percentOf({
    productId: line.productId === null ? null : String(line.productId), collectionIds: collectionIdsOf(line), productType: line.productType, tags: line.tags, isGiftCard: line.isGiftCard,
  }, rule)]));
}

/** Collections the rules of an order name. */
export const collectionIdsIn = ({ order: { only, excluded, rates } }: Programme): string[] => [only, excluded, ...rates.map(({ filter }) => filter)].flatMap((filter) => filter?.collectionIds ?? []);

export type StoredRedemption = RedemptionFact & { version: number; usedOrderId: OrderId | null };

/** Points of a used code come back, where the rules then in force say so, once the order it was used for is as if it had never been. */
export function toRedemptionFact({ version, usedOrderId, ...redemption }: StoredRedemption, { orders, versions }: { orders: readonly OrderFact[]; versions: readonly ProgrammeVersion[] }): RedemptionFact {
  const order = orders.find(({ id }) => id === usedOrderId);
  const comesBack = versions.find((one) => one.version === version)?.programme.returnsOnRefund ?? false;
  if (redemption.returnedOn !== null || order === undefined || !comesBack || !isUndone(order)) return redemption;
  const days = [order.cancelledOn, ...order.refunds.map(({ on }) => on)].filter((day) => day !== null).toSorted();
  return { ...redemption, returnedOn: days.at(-1) ?? order.placedOn };
}

const isUndone = ({ cancelledOn, revenueMinor }: OrderFact): boolean => cancelledOn !== null || revenueMinor <= 0;
