// What metafields are there to be: definitions, which give them a name, a type and readers.

import { z } from "zod";
import { connectRows } from "../connections.ts";
import { toGid } from "../gids.ts";
import { APP_ID, type MetafieldDefinitionDoc } from "../metafields.ts";
import { demandScope, notImplemented, type UserError } from "../refusals.ts";
import { refuseSearch } from "../search.ts";
import type { ApiContext, Arguments, FieldTable } from "./field-table.ts";

export const metafieldDefinitions: FieldTable<MetafieldDefinitionDoc> = {
  id: ({ id }) => toGid("MetafieldDefinition", id),
  name: ({ name }) => name,
  namespace: ({ namespace }) => namespace,
  key: ({ key }) => key,
  description: ({ description }) => description,
  ownerType: ({ ownerType }) => ownerType,
  type: ({ type }) => ({ name: type, category: categoryOf(type) }),
  validations: ({ validations }) => validations.map((validation) => ({ ...validation, type: "single_line_text_field" })),
  access: ({ access }) => access,
  pinnedPosition: ({ isPinned }) => (isPinned ? 1 : null),
  validationStatus: () => "ALL_VALID",
  standardTemplate: () => null,
};

const categoryOf = (type: string): string => type.replace(/^list\./, "").replace(/^(number|multi_line|single_line|rich)_.*/, (_all, kind: string) => (kind === "number" ? "NUMBER" : "TEXT")).toUpperCase();

/** What an app defines, by the API's word for the owner. */
const owners: Readonly<Record<string, { word: string; scope: string | null }>> = {
  CUSTOMER: { word: "Customer", scope: "write_customers" },
  ORDER: { word: "Order", scope: "write_orders" },
  PRODUCT: { word: "Product", scope: "write_products" },
  PRODUCTVARIANT: { word: "ProductVariant", scope: "write_products" },
  API_PERMISSION: { word: "ApiPermission", scope: null },
};

const types = new Set([
  "boolean", "color", "date", "date_time", "dimension", "id", "json", "link", "money", "multi_line_text_field", "number_decimal", "number_integer", "rating", "rich_text_field",
  "single_line_text_field", "url", "volume", "weight", "customer_reference", "product_reference", "variant_reference", "list.single_line_text_field", "list.number_integer", "list.date", "list.product_reference",
]);

const Definition = z.strictObject({
  name: z.string(),
  key: z.string(),
  namespace: z.string().nullish(),
  ownerType: z.string(),
  type: z.string(),
  description: z.string().nullish(),
  pin: z.boolean().nullish(),
  access: z.strictObject({ admin: z.string().nullish(), storefront: z.string().nullish(), customerAccount: z.string().nullish() }).nullish(),
  validations: z.array(z.strictObject({ name: z.string(), value: z.string() })).nullish(),
  useAsCollectionCondition: z.literal(false).nullish(), // the schema's own default
});

export const definitionMutations: FieldTable = {
  metafieldDefinitionCreate: (_root, args, context) => {
    const parsed = Definition.safeParse(args.definition);
    if (!parsed.success) throw notImplemented("Mutation", "metafieldDefinitionCreate", `${parsed.error.issues[0]?.path.join(".") ?? ""} ${parsed.error.issues[0]?.message ?? ""}`.trim());
    const { data: wish } = parsed;
    const owner = owners[wish.ownerType];
    if (owner === undefined) throw notImplemented("Mutation", "metafieldDefinitionCreate", `for ${wish.ownerType}`);
    if (owner.scope !== null) demandScope(context.granted, owner.scope, "metafieldDefinitionCreate");
    const namespace = context.metafields.resolveNamespace(wish.namespace ?? null);
    const userErrors = faultsOf({ ...wish, namespace }, owner.word, context);
    if (userErrors.length > 0) return { createdDefinition: null, userErrors };
    const createdDefinition = context.metafields.define({
      ownerType: wish.ownerType, namespace, key: wish.key, name: wish.name, type: wish.type, description: wish.description ?? null, isPinned: wish.pin === true, validations: wish.validations ?? [],
      access: { admin: wish.access?.admin ?? "MERCHANT_READ", storefront: wish.access?.storefront ?? "NONE", customerAccount: wish.access?.customerAccount ?? "NONE" },
    });
    return { createdDefinition, userErrors: [] };
  },
};

const KEY_MIN = 2;
const KEY_MAX = 64;

function faultsOf({ name, key, type, ownerType, namespace }: { name: string; key: string; type: string; ownerType: string; namespace: string }, ownerWord: string, { metafields }: ApiContext): UserError[] {
  const refuse = (field: string, code: string, message: string): UserError[] => [{ field: ["definition", field], message, code }];
  if (name.trim() === "") return refuse("name", "BLANK", "Name can't be blank");
  if (key.length < KEY_MIN) return refuse("key", "TOO_SHORT", `Key is too short (minimum is ${KEY_MIN} characters)`);
  if (key.length > KEY_MAX) return refuse("key", "TOO_LONG", `Key is too long (maximum is ${KEY_MAX} characters)`);
  if (!/^[\w-]+$/.test(key)) return refuse("key", "INVALID_CHARACTER", "Key contains one or more invalid characters. Only alphanumeric characters, underscores, and dashes are allowed.");
  if (!types.has(type)) return refuse("type", "INCLUSION", `Type name ${type} is not a valid type.`);
  if (namespace.startsWith("app--") && !new RegExp(`^app--${APP_ID}(--|$)`).test(namespace)) return refuse("namespace", "RESERVED_NAMESPACE_KEY", `Namespace ${namespace} is reserved.`);
  const isThere = metafields.definitions().some((each) => each.ownerType === ownerType && each.namespace === namespace && each.key === key);
  return isThere ? refuse("key", "TAKEN", `Key is in use for ${ownerWord} metafields on the '${namespace}' namespace.`) : [];
}

export const definitionQueries: FieldTable = {
  metafieldDefinitions: (_root, args, { metafields }) => {
    if (args.query != null) throw refuseSearch("metafieldDefinitions takes no query here; namespace and key it does");
    return connectRows(metafields.definitions().filter(isMeant(args, metafields.resolveNamespace)), ({ id }) => id, args);
  },
};

const isMeant = ({ ownerType, namespace, key }: Arguments, resolve: (namespace: string) => string) => (definition: MetafieldDefinitionDoc): boolean =>
  definition.ownerType === ownerType && (typeof namespace !== "string" || definition.namespace === resolve(namespace)) && (typeof key !== "string" || definition.key === key);
