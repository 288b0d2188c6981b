// What an app may say about a discount, and Shopify's words for what it may not; what the pretend shop cannot keep is refused by name.

import { z } from "zod";
import type { DiscountDoc, DiscountWish } from "../../shop/discount-model.ts";
import type { Id } from "../../shop/model.ts";
import { toMinor } from "../amounts.ts";
import { parseGid } from "../gids.ts";
import { notImplemented, type UserError } from "../refusals.ts";
import type { ApiContext } from "./field-table.ts";

const Ids = z.array(z.string()).nullish().transform((ids) => ids ?? []);
const Money = z.union([z.string(), z.number()]);
const InputShape = z.strictObject({
  title: z.string().nullish(),
  code: z.string().nullish(),
  startsAt: z.string().nullish(),
  endsAt: z.string().nullish(),
  usageLimit: z.number().int().nullish(),
  appliesOncePerCustomer: z.boolean().nullish(),
  context: z.strictObject({
    all: z.literal("ALL").optional(),
    customers: z.strictObject({ add: Ids, remove: Ids }).optional(),
    customerSegments: z.strictObject({ add: Ids, remove: Ids }).optional(),
  }).nullish(),
  customerGets: z.strictObject({
    items: z.strictObject({
      all: z.boolean().nullish(),
      products: z.strictObject({ productsToAdd: Ids, productsToRemove: Ids, productVariantsToAdd: Ids, productVariantsToRemove: Ids }).nullish(),
    }).nullish(),
    value: z.strictObject({
      percentage: z.number().nullish(),
      discountAmount: z.strictObject({ amount: Money.nullish(), appliesOnEachItem: z.boolean().nullish() }).nullish(),
      discountOnQuantity: z.unknown().optional(),
    }).nullish(),
    appliesOnOneTimePurchase: z.literal(true).nullish(),
    appliesOnSubscription: z.literal(false).nullish(),
  }).nullish(),
  minimumRequirement: z.strictObject({
    subtotal: z.strictObject({ greaterThanOrEqualToSubtotal: Money.nullish() }).nullish(),
    quantity: z.strictObject({ greaterThanOrEqualToQuantity: Money.nullish() }).nullish(),
  }).nullish(),
  combinesWith: z.strictObject({ orderDiscounts: z.boolean().nullish(), productDiscounts: z.boolean().nullish(), shippingDiscounts: z.boolean().nullish() }).nullish(),
  maximumShippingPrice: Money.nullish(),
  destination: z.strictObject({ all: z.literal(true) }).nullish(),
  tags: z.array(z.string()).nullish(),
});
type Input = z.infer<typeof InputShape>;

export type DiscountQuestion = { fieldName: string; argument: string; isCode: boolean; isShipping: boolean; known: DiscountDoc | null };
type Reading = DiscountQuestion & { input: Input; context: ApiContext; errors: UserError[] };

/** What is left out of an update stays as it is. */
export function readDiscountInput(value: unknown, question: DiscountQuestion, context: ApiContext): DiscountWish | UserError[] {
  const parsed = InputShape.safeParse(value);
  if (!parsed.success) throw notImplemented("Mutation", question.fieldName, `${parsed.error.issues[0]?.path.join(".") ?? ""} ${parsed.error.issues[0]?.message ?? ""}`.trim());
  const { known, isCode } = question;
  const { data: input } = parsed;
  const reading: Reading = { ...question, input, context, errors: [] };
  checkNames(reading);
  const wish: DiscountWish = {
    title: input.title?.trim() ?? known?.title ?? "",
    code: isCode ? (input.code ?? known?.code ?? "") : null,
    ...readDates(reading),
    value: readValue(reading),
    items: readItems(reading),
    buyers: readBuyers(reading),
    minimum: readMinimum(reading),
    isOncePerCustomer: input.appliesOncePerCustomer ?? known?.isOncePerCustomer ?? false,
    usageLimit: readUsageLimit(reading),
    combinesWith: readCombinations(reading),
    tags: input.tags ?? known?.tags ?? [],
  };
  return reading.errors.length > 0 ? reading.errors : wish;
}

function refuse({ argument, errors }: Reading, path: readonly string[], message: string, code: string): void {
  errors.push({ field: [argument, ...path], message, code });
}

const TEXT_MAX = 255; // Shopify's

function checkNames(reading: Reading): void {
  const { input: { title, code }, known, isCode, context } = reading;
  if ((title ?? known?.title ?? "").trim() === "") refuse(reading, ["title"], "Title can't be blank", "BLANK");
  if ((title ?? "").length > TEXT_MAX) refuse(reading, ["title"], `Title is too long (maximum is ${TEXT_MAX} characters)`, "TOO_LONG");
  if (!isCode || (known !== null && code === undefined)) return;
  if (code == null) return refuse(reading, ["code"], "Code can't be blank", "BLANK");
  if (code.trim() === "") return refuse(reading, ["code"], "Code is too short (minimum is 1 character)", "TOO_SHORT");
  if (code.length > TEXT_MAX) return refuse(reading, ["code"], `Code is too long (maximum is ${TEXT_MAX} characters)`, "TOO_LONG");
  if (context.state.discounts.isCodeTaken(code, known?.id ?? null)) refuse(reading, ["code"], "Code must be unique. Please try a different code.", "TAKEN");
}

function readDates(reading: Reading): Pick<DiscountWish, "startsAt" | "endsAt"> {
  const { input, known } = reading;
  const startsAt = input.startsAt ?? known?.startsAt ?? null;
  const endsAt = input.endsAt === undefined ? (known?.endsAt ?? null) : input.endsAt;
  if (startsAt === null) refuse(reading, ["startsAt"], "Starts at can't be blank", "BLANK");
  else if (endsAt !== null && Date.parse(endsAt) < Date.parse(startsAt)) refuse(reading, ["endsAt"], "Ends at needs to be after starts_at", "INVALID");
  return { startsAt: toSecond(startsAt ?? FIRST_INSTANT), endsAt: endsAt === null ? null : toSecond(endsAt) };
}

const FIRST_INSTANT = "1970-01-01T00:00:00Z"; // of a wish that is refused
/** Shopify's moments have whole seconds: what begins "now" has begun. */
const toSecond = (instant: string): string => new Date(Math.floor(Date.parse(instant) / 1_000) * 1_000).toISOString();

function readUsageLimit(reading: Reading): number | null {
  const { input: { usageLimit }, known } = reading;
  if (typeof usageLimit === "number" && usageLimit < 1) refuse(reading, ["usageLimit"], "Usage limit must be greater than 0", "GREATER_THAN");
  return usageLimit === undefined ? (known?.usageLimit ?? null) : usageLimit;
}

function readValue(reading: Reading): DiscountWish["value"] {
  const { input, known, isShipping, context: { shop } } = reading;
  if (isShipping) {
    const { maximumShippingPrice: maximum } = input;
    if (maximum === undefined && known?.value.kind === "shipping") return known.value;
    return { kind: "shipping", maximumMinor: maximum == null ? null : toMinor(maximum, shop.currency) };
  }
  const path = ["customerGets", "value"];
  const { percentage, discountAmount, discountOnQuantity } = input.customerGets?.value ?? {};
  if (discountOnQuantity != null) refuse(reading, [...path, "discountOnQuantity"], "discountOnQuantity field is only permitted with bxgy discounts.", "INVALID");
  if (percentage != null && discountAmount != null) refuse(reading, path, "Only one of percentage and discountAmount can be given.", "TOO_MANY_ARGUMENTS");
  if (percentage != null) {
    if (!(percentage > 0 && percentage <= 1)) refuse(reading, [...path, "percentage"], "Value must be between 0.0 and 1.0", "VALUE_OUTSIDE_RANGE");
    return { kind: "percentage", share: percentage };
  }
  if (discountAmount != null) {
    const minor = toMinor(discountAmount.amount, shop.currency) ?? 0;
    if (minor <= 0) refuse(reading, [...path, "discountAmount", "amount"], "Value must be greater than 0", "GREATER_THAN");
    return { kind: "amount", minor, isOnEach: discountAmount.appliesOnEachItem ?? false };
  }
  if (known) return known.value;
  if (discountOnQuantity == null) refuse(reading, path, "Value can't be blank", "BLANK");
  return { kind: "percentage", share: 0 };
}

function readItems(reading: Reading): DiscountWish["items"] {
  const { input, known, isShipping, context: { state } } = reading;
  if (isShipping) return { kind: "all" };
  const { all, products } = input.customerGets?.items ?? {};
  if (products == null) {
    if (all === true) return { kind: "all" };
    if (known === null) refuse(reading, ["customerGets", "items"], "Items can't be blank", "BLANK");
    return known?.items ?? { kind: "all" };
  }
  const path = (name: string): string[] => ["customerGets", "items", "products", name];
  if (all === true) refuse(reading, ["customerGets", "items"], "Cannot entitle all items in combination with products", "CONFLICT");
  const productIds = readIds(reading, products.productsToAdd, { typeName: "Product", path: path("productsToAdd"), noun: "Product", isThere: (id) => state.getProduct(id) !== null });
  const variantIds = readIds(reading, products.productVariantsToAdd, { typeName: "ProductVariant", path: path("productVariantsToAdd"), noun: "Product variant", isThere: (id) => state.findProductOfVariant(id) !== null });
  const had = known?.items.kind === "products" ? known.items : { productIds: [], variantIds: [] };
  const items = { productIds: change(had.productIds, productIds, products.productsToRemove), variantIds: change(had.variantIds, variantIds, products.productVariantsToRemove) };
  if (items.productIds.length + items.variantIds.length === 0 && reading.errors.length === 0) refuse(reading, ["customerGets", "items"], "Items can't be blank", "BLANK");
  return { kind: "products", ...items };
}

function readBuyers(reading: Reading): DiscountWish["buyers"] {
  const { input: { context: asked }, known, context: { state, segments } } = reading;
  if (asked == null) return known?.buyers ?? { kind: "all" };
  const had = (kind: "customers" | "segments"): Id[] => (known?.buyers.kind === kind ? known.buyers.ids : []);
  if (asked.customers) {
    const added = readIds(reading, asked.customers.add, { typeName: "Customer", path: ["context", "customers", "add"], noun: "Customer", isThere: (id) => state.getCustomer(id) !== null });
    return { kind: "customers", ids: change(had("customers"), added, asked.customers.remove) };
  }
  if (asked.customerSegments) {
    const added = readIds(reading, asked.customerSegments.add, { typeName: "Segment", path: ["context", "customerSegments", "add"], noun: "Segment", isThere: (id) => segments.find(id) !== null });
    return { kind: "segments", ids: change(had("segments"), added, asked.customerSegments.remove) };
  }
  return { kind: "all" };
}

type IdQuestion = { typeName: string; path: string[]; noun: string; isThere: (id: Id) => boolean };

function readIds(reading: Reading, gids: readonly string[], { typeName, path, noun, isThere }: IdQuestion): Id[] {
  return gids.flatMap((text) => {
    const gid = parseGid(text);
    if (gid?.typeName === typeName && isThere(gid.id)) return [gid.id];
    refuse(reading, path, `${noun} with id: ${text.split("/").at(-1) ?? text} is invalid`, "INVALID");
    return [];
  });
}

const change = (had: readonly Id[], added: readonly Id[], removedGids: readonly string[]): Id[] => {
  const removed = new Set(removedGids.map((gid) => parseGid(gid)?.id));
  return [...new Set([...had, ...added])].filter((id) => !removed.has(id));
};

function readMinimum(reading: Reading): DiscountWish["minimum"] {
  const { input: { minimumRequirement: asked }, known, context: { shop } } = reading;
  if (asked === undefined) return known?.minimum ?? null;
  const subtotal = asked?.subtotal?.greaterThanOrEqualToSubtotal ?? null;
  const quantity = asked?.quantity?.greaterThanOrEqualToQuantity ?? null;
  if (subtotal !== null && quantity !== null) {
    refuse(reading, ["minimumRequirement", "subtotal", "greaterThanOrEqualToSubtotal"], "Minimum subtotal cannot be defined when minimum quantity is.", "CONFLICT");
    refuse(reading, ["minimumRequirement", "quantity", "greaterThanOrEqualToQuantity"], "Minimum quantity cannot be defined when minimum subtotal is.", "CONFLICT");
  }
  if (quantity !== null) return { kind: "quantity", quantity: Number(quantity) };
  if (subtotal === null) return null;
  const minor = toMinor(subtotal, shop.currency) ?? -1;
  if (minor < 0) refuse(reading, ["minimumRequirement", "subtotal", "greaterThanOrEqualToSubtotal"], "Minimum subtotal must be greater than or equal to 0", "GREATER_THAN_OR_EQUAL_TO");
  return { kind: "subtotal", minor };
}

function readCombinations(reading: Reading): DiscountWish["combinesWith"] {
  const { input: { combinesWith: asked }, known, isShipping } = reading;
  const had = known?.combinesWith ?? { order: false, product: false, shipping: false };
  if (isShipping && asked?.shippingDiscounts === true) refuse(reading, ["combinesWith"], "The combinesWith settings are not valid for the discount class.", "INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS");
  return asked == null ? had : { order: asked.orderDiscounts ?? false, product: asked.productDiscounts ?? false, shipping: asked.shippingDiscounts ?? false };
}
