// Writing and deleting metafields of customers, orders, products and the app's own installation.

import { z } from "zod";
import { parseGid } from "../gids.ts";
import { APP_ID } from "../metafields.ts";
import { demandScope, notImplemented, userError, type UserError } from "../refusals.ts";
import type { ApiContext, Arguments, FieldTable } from "./field-table.ts";
import { digestOf } from "./metafields.ts";

export const metafieldMutations: FieldTable = {
  metafieldsSet: (_root, args, context) => setMetafields(args, context),
  metafieldsDelete: (_root, args, context) => deleteMetafields(args, context),
};

const METAFIELDS_MAX = 25; // Shopify's limit for one call
const MetafieldWishes = z.array(z.object({
  ownerId: z.string(), namespace: z.string().nullish(), key: z.string(), type: z.string().nullish(), value: z.string(), compareDigest: z.string().nullish(),
}));
/** What may be written where, by the owner's type in global ids. */
const ownerScopes: ReadonlyMap<string, string | null> = new Map([["Customer", "write_customers"], ["Order", "write_orders"], ["Product", "write_products"], ["ProductVariant", "write_products"], ["AppInstallation", null]]);

/** All of them or none. */
function setMetafields(args: Arguments, context: ApiContext): object {
  const wishes = MetafieldWishes.parse(args.metafields).map((wish) => ({ ...wish, namespace: wish.namespace ?? null }));
  if (wishes.length > METAFIELDS_MAX) {
    return { metafields: null, userErrors: [{ field: ["metafields"], message: `Exceeded the maximum metafields input limit of ${METAFIELDS_MAX}.`, code: "LESS_THAN_OR_EQUAL_TO", elementIndex: null }] };
  }
  const errors: UserError[] = [];
  for (const [elementIndex, wish] of wishes.entries()) {
    const refuse = (name: string, code: string, message: string): unknown => errors.push({ field: ["metafields", String(elementIndex), name], message, code, elementIndex });
    const owner = parseGid(wish.ownerId)?.typeName ?? "";
    const scope = ownerScopes.get(owner);
    if (scope === undefined) throw notImplemented("Mutation", "metafieldsSet", `for the owner ${wish.ownerId}`);
    if (scope !== null) demandScope(context.granted, scope, "metafieldsSet");
    if (!isOwnerThere(wish.ownerId, context)) refuse("ownerId", "INVALID_VALUE", "Owner does not exist.");
    const known = context.metafields.find(wish.ownerId, wish);
    if (/^app--(\d+)/.exec(context.metafields.resolveNamespace(wish.namespace))?.[1] !== APP_ID && wish.namespace?.startsWith("app--")) refuse("namespace", "APP_NOT_AUTHORIZED", "Access to this namespace and key on Metafields for this resource type is not allowed.");
    if (!wish.type && known === null) refuse("type", "BLANK", "Type can't be blank");
    if (wish.value === "") refuse("value", "BLANK", "Value can't be blank");
    if ((wish.type ?? known?.type) === "json" && !isJson(wish.value)) refuse("value", "INVALID_VALUE", "Value is invalid JSON.");
    if ("compareDigest" in wish && wish.compareDigest !== undefined && (known ? digestOf(known) : null) !== wish.compareDigest) refuse("compareDigest", "STALE_OBJECT", "The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.");
  }
  if (errors.length > 0) return { metafields: null, userErrors: errors };
  const metafields = wishes.map(({ ownerId, namespace, key, type, value }) =>
    context.metafields.write(ownerId, { namespace, key, value, type: type ?? context.metafields.find(ownerId, { namespace, key })?.type ?? "single_line_text_field" }));
  return { metafields, userErrors: [] };
}

function isOwnerThere(ownerGid: string, { state }: ApiContext): boolean {
  const { typeName, id = "" } = parseGid(ownerGid) ?? {};
  switch (typeName) {
    case "Customer": return state.getCustomer(id) !== null;
    case "Order": return state.getOrder(id) !== null;
    case "Product": return state.getProduct(id) !== null;
    default: return true; // variants and the installation: nobody writes to one that is gone
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const Identifiers = z.array(z.object({ ownerId: z.string(), namespace: z.string(), key: z.string() }));

/** What is not there is answered with null, and is no error. */
function deleteMetafields(args: Arguments, { granted, metafields }: ApiContext): object {
  const identifiers = Identifiers.parse(args.metafields);
  if (identifiers.length > METAFIELDS_MAX) return { deletedMetafields: null, userErrors: [userError("metafields", `Exceeded the maximum metafields input limit of ${METAFIELDS_MAX}.`)] };
  for (const { ownerId } of identifiers) {
    const scope = ownerScopes.get(parseGid(ownerId)?.typeName ?? "");
    if (scope === undefined) throw notImplemented("Mutation", "metafieldsDelete", `for the owner ${ownerId}`);
    if (scope !== null) demandScope(granted, scope, "metafieldsDelete");
  }
  const deletedMetafields = identifiers.map(({ ownerId, namespace, key }) => (metafields.remove(ownerId, { namespace, key }) ? { ownerId, namespace: metafields.resolveNamespace(namespace), key } : null));
  return { deletedMetafields, userErrors: [] };
}
