// What is known of a shopper from which every point follows: dated facts. News of them may come in any order; the points are the same.
import type { Day } from "../../../values/day.ts";
import type { OrderId, OrderLineId, ProductId } from "../../../values/ids.ts";

/** Amounts as in an OrderSnapshot; `percents`: what each line earns of the usual rate, as first decided, since products change their tags. */
export type OrderFact = {
  id: OrderId;
  placedAt: Date;
  placedOn: Day;
  /** it was paid at some time; a test never is */
  wasPaid: boolean;
  cancelledOn: Day | null;
  totalMinor: number;
  /** after edits, refunds and cancellation */
  revenueMinor: number;
  hasTaxIncluded: boolean;
  shippingMinor: number;
  currentShippingMinor: number;
  lines: readonly LineFact[];
  refunds: readonly { on: Day; amountMinor: number }[];
};

export type LineFact = {
  id: OrderLineId;
  productId: ProductId | null;
  quantity: number;
  currentQuantity: number;
  /** after discounts */
  totalMinor: number;
  beforeDiscountsMinor: number;
  taxMinor: number;
  percent: number;
};

export const EVENT_KINDS = ["sign_up", "birthday", "review", "follow", "share", "survey", "custom", "referral", "adjustment", "import", "flow"] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Points given, or taken by hand, for something that is no order. Its points were decided when it happened; `ruleId` names the rule where there are many of a kind. */
export type EventFact = { id: string; kind: EventKind; ruleId: string | null; on: Day; points: number; version: number; revokedOn: Day | null };

/** Points held for a wish, until it ends: `returnedOn` when it was not made, given back, or the order it was used for was refunded. */
export type RedemptionFact = { id: string; points: number; on: Day; returnedOn: Day | null };

export type MemberFacts = {
  /** null: not joined; under `joiners` their points wait */
  joinedOn: Day | null;
  orders: readonly OrderFact[];
  events: readonly EventFact[];
  redemptions: readonly RedemptionFact[];
};
