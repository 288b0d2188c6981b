// Customers and what Shopify knows about how they buy.

import type { CustomerDoc } from "../../shop/model.ts";
import type { MetafieldDoc } from "../metafields.ts";
import { toGid } from "../gids.ts";
import { notImplemented } from "../refusals.ts";
import { toDateTime, type ApiContext, type FieldTable, type Money } from "./field-table.ts";
import { listOrders } from "./listings.ts";
import { metafieldFieldsOf } from "./metafields.ts";
import { findVisibleOrder } from "./orders.ts";
import { connectAccounts } from "./store-credit.ts";

/** The pretend shop keeps little of an address: an order's city is not kept at all. */
export type AddressSource = { countryCode: string | null; city?: string | null; street: string | null; postcode: string | null; lastName: string | null; phone: string | null };

const NO_NAME = "";
const written = metafieldFieldsOf<CustomerDoc>((customer) => toGid("Customer", customer.id));

export const customers: FieldTable<CustomerDoc> = {
  id: (customer) => toGid("Customer", customer.id),
  legacyResourceId: (customer) => customer.id,
  firstName: (customer) => customer.firstName,
  lastName: (customer) => customer.lastName,
  displayName: (customer) => [[customer.firstName, customer.lastName].filter(Boolean).join(" "), customer.email, customer.phone].find(Boolean) ?? NO_NAME,
  email: (customer) => customer.email,
  phone: (customer) => customer.phone,
  locale: (customer) => customer.locale,
  state: (customer) => customer.state,
  tags: (customer) => customer.tags,
  note: (customer) => customer.note,
  verifiedEmail: (customer) => customer.email !== null,
  taxExempt: () => false,
  createdAt: (customer) => toDateTime(customer.createdAt),
  updatedAt: (customer) => toDateTime(customer.updatedAt),
  numberOfOrders: (customer, _args, { state }) => String(state.customerTotals(customer.id).orderCount),
  amountSpent: (customer, _args, { state, shop }): Money => ({ minor: state.customerTotals(customer.id).amountMinor, currency: shop.currency }),
  lastOrder: (customer, _args, context) => {
    const { lastOrderId } = context.state.customerTotals(customer.id);
    return lastOrderId && findVisibleOrder(context.readOrder(lastOrderId), context.ordersSince.createdAtMin);
  },
  orders: (customer, args, context) => listOrders(context, args, { customerId: customer.id }),
  statistics: (customer, _args, context) => guessStatistics(customer, context),
  defaultAddress: ({ countryCode, city, street = null, postcode = null, lastName, phone }): AddressSource | null => (countryCode || city || street ? { countryCode, city, street, postcode, lastName, phone } : null),
  defaultEmailAddress: ({ email, emailConsent }) =>
    email === null ? null : {
      emailAddress: email,
      marketingState: emailConsent.state,
      marketingOptInLevel: emailConsent.optInLevel,
      marketingUpdatedAt: toDateTime(emailConsent.updatedAt),
      validFormat: /^[^@\s]+@[^@\s]+$/.test(email),
    },
  emailMarketingConsent: ({ email, emailConsent }) =>
    email === null ? null : {
      marketingState: emailConsent.state,
      marketingOptInLevel: emailConsent.optInLevel,
      consentUpdatedAt: toDateTime(emailConsent.updatedAt),
    },
  // Nobody in the pretend shop was ever asked about text messages.
  defaultPhoneNumber: ({ phone }) =>
    phone === null ? null : {
      phoneNumber: phone,
      marketingState: "NOT_SUBSCRIBED",
      smsMarketingConsent: { state: "NOT_SUBSCRIBED", marketingState: "NOT_SUBSCRIBED", optInLevel: "UNKNOWN" },
    },
  storeCreditAccounts: ({ id }, args, context) => connectAccounts(id, args, context),
  ...written,
  metafield: (customer, args, context) => (args.namespace === "facts" && args.key === "birth_date" && customer.birthOn ? birthDateOf(customer, customer.birthOn) : written.metafield?.(customer, args, context) ?? null),
};

/** Kept with the person, as people come with a birthday and metafields do not. */
const birthDateOf = ({ id, createdAt, updatedAt }: CustomerDoc, value: string): MetafieldDoc => ({ id, namespace: "facts", key: "birth_date", type: "date", value, createdAt, updatedAt });

/** Shopify does not say how it works these out; this is a plain guess of the same shape, from count and recency of orders. */
function guessStatistics(customer: CustomerDoc, { state, clock }: ApiContext): { rfmGroup: string; predictedSpendTier: string | null } {
  const { orderCount, lastOrderId } = state.customerTotals(customer.id);
  const lastOrder = lastOrderId === null ? null : state.getOrder(lastOrderId);
  if (lastOrder === null) return { rfmGroup: "PROSPECTS", predictedSpendTier: null };
  const days = (clock.now().getTime() - Date.parse(lastOrder.processedAt)) / 86_400_000;
  const predictedSpendTier = days > 180 ? "LOW" : orderCount >= 5 ? "HIGH" : "MEDIUM";
  const groups = days <= 45 ? ["NEW", "PROMISING", "ACTIVE", "LOYAL", "CHAMPIONS"]
    : days <= 120 ? ["PROMISING", "NEEDS_ATTENTION", "NEEDS_ATTENTION", "LOYAL", "LOYAL"]
    : days <= 240 ? ["ALMOST_LOST", "ALMOST_LOST", "AT_RISK", "AT_RISK", "AT_RISK"]
    : ["DORMANT", "DORMANT", "DORMANT", "PREVIOUSLY_LOYAL", "PREVIOUSLY_LOYAL"];
  return { rfmGroup: groups[Math.min(orderCount, groups.length) - 1] ?? "PROSPECTS", predictedSpendTier };
}

export const addresses: FieldTable<AddressSource> = {
  countryCodeV2: ({ countryCode }) => countryCode,
  address1: ({ street }) => street,
  zip: ({ postcode }) => postcode,
  lastName: ({ lastName }) => lastName,
  phone: ({ phone }) => phone,
  country: ({ countryCode }) => countryCode && (new Intl.DisplayNames("en", { type: "region" }).of(countryCode) ?? null),
  city: ({ city }) => {
    if (city === undefined) throw notImplemented("MailingAddress", "city", "an order's city is not kept");
    return city;
  },
};
