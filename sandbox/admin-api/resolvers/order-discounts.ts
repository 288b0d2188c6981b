// What discounts did to an order and its lines, how it was shipped, and what it was paid with.

import type { AppliedDiscount, DiscountShare } from "../../shop/discount-model.ts";
import type { OrderDoc, OrderLineDoc } from "../../shop/model.ts";
import { discountsOf, sharesOf, shippingSharesOf } from "../../shop/rules/discount-parts.ts";
import { gatewaysOf, paymentPartsOf } from "../../shop/rules/payment-parts.ts";
import { isPaid } from "../../shop/rules/refund.ts";
import { fullShippingMinor, remainingShippingMinor } from "../../shop/rules/remaining.ts";
import { connectRows } from "../connections.ts";
import { toGid } from "../gids.ts";
import { asNode, toDateTime, type ApiContext, type FieldTable, type Money } from "./field-table.ts";
import { moneyBag } from "./money.ts";

export type LineSource = { order: OrderDoc; line: OrderLineDoc };

type Application = { discount: AppliedDiscount; index: number };

const listApplications = (order: OrderDoc): (Application | null)[] => discountsOf(order).map((discount, index) => toApplication(discount, index));
const toApplication = (discount: AppliedDiscount, index: number): Application | null => asNode(discount.code === null ? "AutomaticDiscountApplication" : "DiscountCodeApplication", { discount, index });

const application: FieldTable<Application> = {
  index: ({ index }) => index,
  allocationMethod: ({ discount: { class: kind, value } }) => (kind === "shipping" || (value.kind === "amount" && value.isOnEach) ? "EACH" : "ACROSS"),
  targetSelection: ({ discount }) => (discount.class === "product" ? "ENTITLED" : "ALL"),
  targetType: ({ discount }) => (discount.class === "shipping" ? "SHIPPING_LINE" : "LINE_ITEM"),
  value: ({ discount: { value } }, _args, { shop }) =>
    value.kind === "amount" ? asNode<Money>("MoneyV2", { minor: value.minor, currency: shop.currency }) : asNode("PricingPercentageValue", { percentage: value.kind === "shipping" ? 100 : 100 * value.share }),
};
export const codeApplications: FieldTable<Application> = { ...application, code: ({ discount }) => discount.code };
export const automaticApplications: FieldTable<Application> = { ...application, title: ({ discount }) => discount.title };

const toAllocations = (order: OrderDoc, shares: readonly DiscountShare[], { shop }: ApiContext): object[] =>
  shares.map(({ discount, amountMinor }) => ({
    allocatedAmountSet: moneyBag(amountMinor), allocatedAmount: { minor: amountMinor, currency: shop.currency },
    get discountApplication() { return listApplications(order)[discount]; }, // worked out only when asked for: bulk operations read amounts alone
  }));

export const lineAllocations = ({ order, line }: LineSource, _args: unknown, context: ApiContext): object[] => toAllocations(order, sharesOf(line), context);

const shippingLineOf = (order: OrderDoc, context: ApiContext): object | null => (fullShippingMinor(order) === 0 ? null : {
  id: toGid("ShippingLine", order.id), code: "Standard", title: "Standard", source: "shopify", custom: false, isRemoved: false, phone: null, carrierIdentifier: null, taxLines: [],
  originalPriceSet: moneyBag(fullShippingMinor(order)),
  discountedPriceSet: moneyBag(order.shippingMinor),
  currentDiscountedPriceSet: moneyBag(order.cancelledAt === null ? remainingShippingMinor(order) : 0),
  discountAllocations: toAllocations(order, shippingSharesOf(order), context),
});

export const orderMoneyFields: FieldTable<OrderDoc> = {
  discountApplications: (order, args) => connectRows(listApplications(order).filter((each) => each !== null), ({ index }) => String(index), args),
  shippingLine: (order, _args, context) => shippingLineOf(order, context),
  shippingLines: (order, args, context) => connectRows([shippingLineOf(order, context)].filter((each) => each !== null), () => order.id, args),
  paymentGatewayNames: gatewaysOf,
  // What was paid; what went back stands in the refunds.
  transactions: (order) => (isPaid(order) ? paymentPartsOf(order) : []).map(({ gateway, amountMinor }, index) => ({
    id: toGid("OrderTransaction", `${order.id}${index}`), kind: "SALE", status: "SUCCESS", gateway, formattedGateway: gateway, test: order.test,
    amountSet: moneyBag(amountMinor), createdAt: toDateTime(order.processedAt), processedAt: toDateTime(order.processedAt),
  })),
};

/** Line-level discounts without codes: what automatic ones on products took off. */
export const automaticMinor = ({ order, line }: LineSource): number => sumShares(order, line.shares, ({ class: kind, code }) => kind === "product" && code === null);
/** With codes, but without what was spread over the whole order. */
export const productMinor = ({ order, line }: LineSource): number => sumShares(order, line.shares, ({ class: kind }) => kind === "product");

function sumShares(order: OrderDoc, shares: readonly DiscountShare[] | undefined, isMeant: (discount: AppliedDiscount) => boolean): number {
  const discounts = discountsOf(order);
  return (shares ?? []).reduce((sum, { discount, amountMinor }) => { const each = discounts[discount]; return each && isMeant(each) ? sum + amountMinor : sum; }, 0);
}
