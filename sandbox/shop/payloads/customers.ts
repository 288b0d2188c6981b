// customers/* and consent, as Shopify words them: no counts, spend, tags or locale.

import type { CustomerDoc, Id, ShopDoc } from "../model.ts";
import { countryName, deriveId, fullName, gid, number, wordsOf } from "./words.ts";

/** customers/create and customers/update */
export function customerPayload(shop: ShopDoc, customer: CustomerDoc): string {
  const { default_address: address, ...fields } = customerFields(shop, customer);
  return JSON.stringify({ ...fields, addresses: address ? [address] : [], default_address: address });
}

/** Also embedded in orders, there without the list of addresses. */
export function customerFields(shop: ShopDoc, customer: CustomerDoc) {
  const { moment } = wordsOf(shop);
  return {
    id: number(customer.id),
    created_at: moment(customer.createdAt),
    updated_at: moment(customer.updatedAt),
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: customer.state.toLowerCase(),
    note: customer.note,
    verified_email: customer.email !== null,
    multipass_identifier: null,
    tax_exempt: false,
    email: customer.email,
    phone: customer.phone,
    currency: shop.currency,
    tax_exemptions: [],
    admin_graphql_api_id: gid("Customer", customer.id),
    default_address: addressFields(customer),
  };
}

const ADDRESS_DISTANCE = 1_900_000_000_000n;

function addressFields(customer: CustomerDoc) {
  const { countryCode } = customer;
  if (countryCode === null) return null;
  return {
    id: deriveId(customer.id, ADDRESS_DISTANCE),
    customer_id: number(customer.id),
    first_name: customer.firstName,
    last_name: customer.lastName,
    company: null,
    address1: null,
    address2: null,
    city: customer.city,
    province: null,
    country: countryName(countryCode),
    zip: null,
    phone: customer.phone,
    name: fullName(customer),
    province_code: null,
    country_code: countryCode,
    country_name: countryName(countryCode),
    default: true,
  };
}

export const deletedCustomerPayload = (id: Id): string => JSON.stringify({ id: number(id), tax_exemptions: [], admin_graphql_api_id: gid("Customer", id) });

export const mergedPayload = ({ keptId, deletedId }: { keptId: Id; deletedId: Id }): string =>
  JSON.stringify({
    admin_graphql_api_customer_kept_id: gid("Customer", keptId),
    admin_graphql_api_customer_deleted_id: gid("Customer", deletedId),
    admin_graphql_api_job_id: gid("Job", `merge-${deletedId}`),
    status: "completed",
    errors: [],
  });

export const consentPayload = (shop: ShopDoc, { id, email, emailConsent }: CustomerDoc): string =>
  JSON.stringify({
    customer_id: number(id),
    email_address: email,
    email_marketing_consent: {
      state: emailConsent.state.toLowerCase(),
      opt_in_level: emailConsent.optInLevel?.toLowerCase() ?? null,
      consent_updated_at: wordsOf(shop).momentOrNull(emailConsent.updatedAt),
    },
  });

const personFields = ({ id, email, phone }: CustomerDoc) => ({ id: number(id), email, phone });

export const redactPayload = (shop: ShopDoc, customer: CustomerDoc, orderIds: readonly Id[]): string =>
  JSON.stringify({ shop_id: number(shop.id), shop_domain: shop.domain, customer: personFields(customer), orders_to_redact: orderIds.map(number) });

export const dataRequestPayload = (shop: ShopDoc, customer: CustomerDoc, { requestId, orderIds }: { requestId: Id; orderIds: readonly Id[] }): string =>
  JSON.stringify({
    shop_id: number(shop.id), shop_domain: shop.domain, customer: personFields(customer), orders_requested: orderIds.map(number), data_request: { id: number(requestId) },
  });
