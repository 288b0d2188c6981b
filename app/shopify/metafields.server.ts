// Metafields mirrored to Shopify: what the theme reads, and what merchants still have should they leave us.
import { z } from "zod";
import { gid, type CustomerId } from "../values/ids.ts";
import { askShopify } from "./admin.server.ts";
import { ShopifyMisunderstanding } from "./errors.ts";
import { appQuery, setMetafieldsMutation } from "./queries/metafields.ts";
import { refusalOf, userErrors } from "./user-errors.ts";

/** Not reserved for the app: Shopify keeps it when the app goes. */
const NAMESPACE = "regulars";

/** An empty `value` is refused. */
export type Field = { key: string; type: "json" | "boolean" | "number_integer" | "single_line_text_field"; value: string };

/** Of the app itself: read by the theme extension alone. `what` names it, should Shopify refuse. */
export async function setAppFields(domain: string, what: string, fields: readonly Field[]): Promise<void> {
  const { currentAppInstallation: { id } } = await askShopify(domain, appQuery, {}, z.object({ currentAppInstallation: z.object({ id: z.string() }) }));
  const refused = await setMetafields(domain, fields.map((field) => ({ ...field, ownerId: id, namespace: NAMESPACE })));
  if (refused !== null) throw new ShopifyMisunderstanding(`${what} was refused: ${refused}`);
}

export type CustomerFields = { customerId: CustomerId; fields: readonly Field[] };

/** All that is set is set to what it is now, so hearing it twice does no harm. Who is no customer any more is left out. At most 25 fields at once. */
export async function setCustomerFields(domain: string, customers: readonly CustomerFields[]): Promise<void> {
  const refused = await setMetafields(domain, customers.flatMap(metafieldsOf));
  if (refused !== null && customers.length > 1) for (const one of customers) await setMetafields(domain, metafieldsOf(one)); // one who is gone stops all the others
}

type Metafield = Field & { ownerId: string; namespace: string };

const metafieldsOf = ({ customerId, fields }: CustomerFields): Metafield[] => fields.map((field) => ({ ...field, ownerId: gid("Customer", customerId), namespace: NAMESPACE }));

/** What was refused, in Shopify's codes; null: nothing. All or none of them are set. */
async function setMetafields(domain: string, metafields: readonly Metafield[]): Promise<string | null> {
  const answered = z.object({ metafieldsSet: z.object({ userErrors }) });
  const { metafieldsSet } = await askShopify(domain, setMetafieldsMutation, { metafields }, answered);
  return metafieldsSet.userErrors.length === 0 ? null : refusalOf(metafieldsSet.userErrors);
}
