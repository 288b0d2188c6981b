// customers/* and consent, as Shopify words them: no counts, spend, tags or locale.
import type { CustomerDoc, Id, ShopDoc } from "../model.ts";
import { gid, number, wordsOf } from "./words.ts";

export const customerPayload = (shop: ShopDoc, customer: CustomerDoc): string => JSON.stringify(customerOf(shop, customer));

/** Also embedded in orders. */
export function customerOf(shop: ShopDoc, customer: CustomerDoc) {
  const { moment } = wordsOf(shop);
  const address = addressOf(customer);
  return {
    id: number(customer.id), created_at: moment(customer.createdAt), updated_at: moment(customer.updatedAt), first_name: customer.firstName, last_name: customer.lastName,
    state: customer.state.toLowerCase(), note: customer.note, verified_email: customer.email !== null, multipass_identifier: null, tax_exempt: false, email: customer.email, phone: customer.phone,
    currency: shop.currency, addresses: address ? [address] : [], tax_exemptions: [], admin_graphql_api_id: gid("Customer", customer.id), default_address: address,
  };
}

function addressOf(customer: CustomerDoc) {
  if (customer.countryCode === null) return null;
  const country = new Intl.DisplayNames("en", { type: "region" }).of(customer.countryCode) ?? customer.countryCode;
  return {
    id: number(String(BigInt(customer.id) + 1_900_000_000_000n)), customer_id: number(customer.id), first_name: customer.firstName, last_name: customer.lastName, company: null, address1: null, address2: null,
    city: customer.city, province: null, country, zip: null, phone: customer.phone, name: [customer.firstName, customer.lastName].filter(Boolean).join(" "), province_code: null,
    country_code: customer.countryCode, country_name: country, default: true,
  };
}

export const deletedCustomerPayload = (id: Id): string => JSON.stringify({ id: number(id), tax_exemptions: [], admin_graphql_api_id: gid("Customer", id) });

export const mergedPayload = ({ keptId, deletedId }: { keptId: Id; deletedId: Id }): string => JSON.stringify({
  admin_graphql_api_customer_kept_id: gid("Customer", keptId), admin_graphql_api_customer_deleted_id: gid("Customer", deletedId), admin_graphql_api_job_id: gid("Job", `merge-${deletedId}`), status: "completed", errors: [],
});

export const consentPayload = (shop: ShopDoc, customer: CustomerDoc): string => JSON.stringify({
  customer_id: number(customer.id), email_address: customer.email,
  email_marketing_consent: { state: customer.emailConsent.state.toLowerCase(), opt_in_level: customer.emailConsent.optInLevel?.toLowerCase() ?? null, consent_updated_at: wordsOf(shop).moment(customer.emailConsent.updatedAt) },
});

const personOf = (customer: CustomerDoc) => ({ id: number(customer.id), email: customer.email, phone: customer.phone });

export const redactPayload = (shop: ShopDoc, customer: CustomerDoc, orderIds: Id[]): string =>
  JSON.stringify({ shop_id: number(shop.id), shop_domain: shop.domain, customer: personOf(customer), orders_to_redact: orderIds.map(number) });

export const dataRequestPayload = (shop: ShopDoc, customer: CustomerDoc, orderIds: Id[], requestId: number): string =>
  JSON.stringify({ shop_id: number(shop.id), shop_domain: shop.domain, orders_requested: orderIds.map(number), customer: personOf(customer), data_request: { id: requestId } });
