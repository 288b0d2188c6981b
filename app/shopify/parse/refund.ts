// A refund as webhooks tell it, alone or inside its order: what really went back to the customer.
import { z } from "zod";
import type { OrderId, RefundId } from "../../values/ids.ts";
import { parseMinor } from "../../values/money.ts";
import type { RefundSnapshot } from "../snapshots.ts";
import { exactId, id, instant, optional, parseAs, webhookMoney } from "./fields.ts";

/** `json` of refunds/create; `currency` is the shop's. Throws a ParseError. */
export function parseRefundWebhook(json: unknown, { currency }: { currency: string }): { orderId: OrderId; refund: RefundSnapshot } {
  const body = parseAs("refunds/create", refundFields.extend({ order_id: id<OrderId>() }), json);
  return { orderId: body.order_id, refund: toRefund(body, currency) };
}

const amount = z.string().regex(/^-?\d+(\.\d+)?$/, "not_an_amount");

export const refundFields = z.object({
  id: id<RefundId>(),
  admin_graphql_api_id: optional(id<RefundId>()),
  created_at: instant,
  transactions: z.array(z.object({ kind: z.string(), status: z.string(), amount, currency: z.string() })),
  refund_line_items: z.array(z.object({ subtotal_set: webhookMoney, total_tax_set: webhookMoney })),
  refund_shipping_lines: optional(z.array(z.object({ subtotal_amount_set: webhookMoney, tax_amount_set: optional(webhookMoney) }))),
  total_duties_set: optional(webhookMoney),
});
type RefundFields = z.output<typeof refundFields>;

export const toRefund = (refund: RefundFields, currency: string): RefundSnapshot => ({
  id: exactId(refund),
  refundedAt: refund.created_at,
  amountMinor: countRefunded(refund, currency),
});

/**
 * The successful transactions, as in GraphQL's totalRefundedSet. A transaction names its amount only in the currency it was
 * made in, so for a buyer who paid in another one the goods, shipping and duties given back stand in, in the shop's.
 */
function countRefunded(refund: RefundFields, currency: string): number {
  const paidBack = refund.transactions.filter(({ kind, status }) => kind === "refund" && status === "success");
  if (paidBack.every((transaction) => transaction.currency === currency)) {
    return paidBack.reduce((sum, transaction) => sum + parseMinor(transaction.amount, currency), 0);
  }
  const goods = refund.refund_line_items.reduce((sum, line) => sum + line.subtotal_set.minor + line.total_tax_set.minor, 0);
  const shipping = (refund.refund_shipping_lines ?? []).reduce((sum, line) => sum + line.subtotal_amount_set.minor + (line.tax_amount_set?.minor ?? 0), 0);
  return goods + shipping + (refund.total_duties_set?.minor ?? 0);
}
