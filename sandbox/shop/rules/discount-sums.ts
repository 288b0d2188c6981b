// What discounts take off an order: those on products first, then those on the order, then shipping; of those that do not go together, the best.

import { classOf, type AppliedDiscount, type DiscountDoc, type DiscountShare } from "../discount-model.ts";
import type { OrderLineDoc } from "../model.ts";
import { isEntitled } from "./discount-fit.ts";
import { spreadDiscount } from "./order-lines.ts";
import { lineNetMinor, sum } from "./remaining.ts";

export type ShippingPrice = (goodsMinor: number) => number;
export type Discounted = {
  lines: OrderLineDoc[];
  /** those that did something, in the order they were taken off */
  discounts: readonly DiscountDoc[];
  applied: AppliedDiscount[];
  /** what the shopper pays for it, and what it is less than without discounts */
  shippingMinor: number;
  shippingDiscountMinor: number;
};

const CANDIDATES_MAX = 10; // every set of them is tried

/** The set that saves the most; of equal ones, the one with more codes, as a shopper typed those. */
export function takeBest(lines: readonly OrderLineDoc[], candidates: readonly DiscountDoc[], shipping: ShippingPrice): Discounted {
  const alone = candidates.map((discount) => ({ discount, savedMinor: savingOf(takeOff(lines, [discount], shipping)) }));
  const sorted = alone.sort((a, b) => b.savedMinor - a.savedMinor).slice(0, CANDIDATES_MAX).map(({ discount }) => discount);
  let best = takeOff(lines, [], shipping);
  for (const set of listSets(sorted)) {
    const discounted = takeOff(lines, set, shipping);
    const [saved, most] = [savingOf(discounted), savingOf(best)];
    if (saved > most || (saved === most && countCodes(discounted) > countCodes(best))) best = discounted;
  }
  return best;
}

const savingOf = ({ applied }: Discounted): number => sum(applied.map(({ amountMinor }) => amountMinor));
const countCodes = ({ discounts }: Discounted): number => discounts.filter(({ code }) => code !== null).length;

/** Every set of discounts that all go together. */
function listSets(candidates: readonly DiscountDoc[]): DiscountDoc[][] {
  return candidates.reduce<DiscountDoc[][]>((sets, next) => [...sets, ...sets.filter((set) => set.every((other) => goTogether(other, next))).map((set) => [...set, next])], [[]]);
}

const goTogether = (a: DiscountDoc, b: DiscountDoc): boolean => a.combinesWith[classOf(b)] && b.combinesWith[classOf(a)];

const RANKS = { product: 0, order: 1, shipping: 2 } as const;

function takeOff(ordered: readonly OrderLineDoc[], set: readonly DiscountDoc[], shipping: ShippingPrice): Discounted {
  const discounts = set.toSorted((a, b) => RANKS[classOf(a)] - RANKS[classOf(b)]);
  let lines: OrderLineDoc[] = [...ordered];
  const applied: AppliedDiscount[] = [];
  const effective: DiscountDoc[] = [];
  const note = (discount: DiscountDoc, amountMinor: number): void => {
    effective.push(discount);
    applied.push({ code: discount.code, title: discount.title, class: classOf(discount), value: discount.value, amountMinor });
  };
  for (const discount of discounts.filter((each) => classOf(each) !== "shipping")) {
    const before = sum(lines.map(lineNetMinor));
    lines = takeOffLines(lines, discount, applied.length);
    const amountMinor = before - sum(lines.map(lineNetMinor));
    if (amountMinor > 0) note(discount, amountMinor);
  }
  const fullMinor = shipping(sum(lines.map(lineNetMinor)));
  let shippingMinor = fullMinor;
  for (const discount of discounts) {
    if (discount.value.kind !== "shipping" || (discount.value.maximumMinor ?? fullMinor) < fullMinor) continue;
    note(discount, shippingMinor);
    shippingMinor = 0;
  }
  return { lines, discounts: effective, applied, shippingMinor, shippingDiscountMinor: fullMinor - shippingMinor };
}

/** No product discount falls on a line that has one already. */
function takeOffLines(lines: readonly OrderLineDoc[], discount: DiscountDoc, index: number): OrderLineDoc[] {
  const isOnProducts = classOf(discount) === "product";
  const chosen = lines.filter((line) => lineNetMinor(line) > 0 && isEntitled(discount, line) && !(isOnProducts && line.shares !== undefined));
  const { value } = discount;
  const cut = new Map<OrderLineDoc, OrderLineDoc>();
  if (value.kind === "amount" && value.isOnEach) for (const line of chosen) cut.set(line, addDiscount(line, Math.min(value.minor * line.quantity, lineNetMinor(line))));
  else spreadDiscount(chosen, amountOff(discount, sum(chosen.map(lineNetMinor)))).forEach((line, at) => { const before = chosen[at]; if (before) cut.set(before, line); });
  return lines.map((line) => {
    const after = cut.get(line);
    const amountMinor = after === undefined ? 0 : after.discountMinor - line.discountMinor;
    return after === undefined || amountMinor === 0 ? line : { ...after, shares: [...(line.shares ?? []), { discount: index, amountMinor } satisfies DiscountShare] };
  });
}

const addDiscount = (line: OrderLineDoc, amountMinor: number): OrderLineDoc => ({ ...line, discountMinor: line.discountMinor + amountMinor });

const MILLION = 1_000_000; // 0.15 is no binary number, and half a cent must not hang on that

function amountOff({ value }: DiscountDoc, goodsMinor: number): number {
  switch (value.kind) {
    case "percentage": return Math.round((goodsMinor * Math.round(value.share * MILLION)) / MILLION);
    case "amount": return Math.min(value.minor, goodsMinor);
    case "shipping": return 0;
  }
}
