// Two people side by side. Read when needed and never stored: only salted hashes of it are.
import { z } from "zod";
import { gid, type CustomerId, type OrderId } from "../values/ids.ts";
import { askShopify } from "./admin.server.ts";
import { pairQuery } from "./queries/people.ts";

export type Written = { email: string | null; phone: string | null; lastName: string | null; address: string | null; postcode: string | null; countryCode: string | null };

const text = z.string().nullish();
const addressSchema = z.object({ lastName: text, address1: text, zip: text, countryCodeV2: text, phone: text }).nullish();
const pairSchema = z.object({
  customer: z.object({ lastName: text, defaultEmailAddress: z.object({ emailAddress: text }).nullish(), defaultPhoneNumber: z.object({ phoneNumber: text }).nullish(), defaultAddress: addressSchema }).nullable(),
  order: z.object({ email: text, phone: text, shippingAddress: addressSchema, billingAddress: addressSchema }).nullable(),
});

/** A customer, and whoever placed an order; null: no longer there. Throws as `askShopify`. */
export async function readPair(domain: string, { customerId, orderId }: { customerId: CustomerId; orderId: OrderId }): Promise<{ customer: Written | null; buyer: Written | null }> {
  const { customer, order } = await askShopify(domain, pairQuery, { customer: gid("Customer", customerId), order: gid("Order", orderId) }, pairSchema);
  const place = order?.shippingAddress ?? order?.billingAddress;
  return {
    customer: customer && {
      email: customer.defaultEmailAddress?.emailAddress ?? null, phone: customer.defaultPhoneNumber?.phoneNumber ?? customer.defaultAddress?.phone ?? null,
      lastName: customer.defaultAddress?.lastName ?? customer.lastName ?? null, ...placeOf(customer.defaultAddress),
    },
    buyer: order && { email: order.email ?? null, phone: order.phone ?? place?.phone ?? null, lastName: place?.lastName ?? null, ...placeOf(place) },
  };
}

const placeOf = (address: z.output<typeof addressSchema>) => ({ address: address?.address1 ?? null, postcode: address?.zip ?? null, countryCode: address?.countryCodeV2 ?? null });
