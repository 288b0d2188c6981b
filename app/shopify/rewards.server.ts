// Rewards as Shopify knows them. Nothing here is made twice: a code is its own key, and credit is looked for before it is given again.
import { z } from "zod";
import { gid, type CustomerId, type VariantId } from "../values/ids.ts";
import { parseMinor, toDecimal, type Money } from "../values/money.ts";
import { askShopify } from "./admin.server.ts";
import * as documents from "./queries/rewards.ts";
import { refusalOf, userErrors } from "./user-errors.ts";

export type CodeValue = { kind: "amount"; amount: Money } | { kind: "percentage"; percent: number } | { kind: "shipping" } | { kind: "product"; variantId: VariantId; price: Money };
/** One code, to be used once; `customerId` null: by anybody, each once. */
export type CodeWish = { code: string; title: string; value: CodeValue; customerId: CustomerId | null; minOrder: Money | null; startsAt: Date; endsAt: Date | null };
/** `what`: Shopify's own code for why not, never a person's words. */
export type Made = { ok: true; id: string | null } | { ok: false; what: string };

const node = z.object({ id: z.string() }).nullable();

/** A code that is taken is ours, made before the answer got lost: nobody else knows it. */
export async function makeCode(domain: string, wish: CodeWish): Promise<Made> {
  const isShipping = wish.value.kind === "shipping";
  const created = z.object({ made: z.object({ codeDiscountNode: node, userErrors }) });
  const answer = isShipping
    ? await askShopify(domain, documents.createShippingCodeMutation, { discount: { ...baseOf(wish), destination: { all: true } } }, renamed("discountCodeFreeShippingCreate", created))
    : await askShopify(domain, documents.createBasicCodeMutation, { discount: { ...baseOf(wish), customerGets: getsOf(wish.value) } }, renamed("discountCodeBasicCreate", created));
  const { codeDiscountNode, userErrors: errors } = answer.made;
  if (errors.some(({ code }) => code === "TAKEN")) return madeBefore(domain, wish);
  return errors.length > 0 || codeDiscountNode === null ? { ok: false, what: refusalOf(errors) } : { ok: true, id: codeDiscountNode.id };
}

/** The answer's one field, whatever the mutation is called. */
const renamed = <Schema extends z.ZodType>(field: string, schema: Schema) => z.preprocess((answer) => ({ made: z.record(z.string(), z.unknown()).parse(answer)[field] }), schema);

const baseOf = ({ code, title, value, customerId, minOrder, startsAt, endsAt }: CodeWish) => ({
  code, title, startsAt, endsAt, ...(customerId === null ? {} : { usageLimit: 1 }), appliesOncePerCustomer: true,
  context: customerId === null ? { all: "ALL" } : { customers: { add: [gid("Customer", customerId)] } },
  ...(minOrder === null ? {} : { minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: toDecimal(minOrder) } } }),
  combinesWith: { orderDiscounts: value.kind === "shipping", productDiscounts: true, shippingDiscounts: value.kind !== "shipping" }, // shipping is free once
});

function getsOf(value: CodeValue) {
  switch (value.kind) {
    case "amount": return { items: { all: true }, value: { discountAmount: { amount: toDecimal(value.amount), appliesOnEachItem: false } } };
    case "percentage": return { items: { all: true }, value: { percentage: value.percent / 100 } };
    case "product": return { items: { products: { productVariantsToAdd: [gid("ProductVariant", value.variantId)] } }, value: { discountAmount: { amount: toDecimal(value.price), appliesOnEachItem: false } } };
    case "shipping": return {};
  }
}

const counted = z.object({ title: z.string().optional(), asyncUsageCount: z.number().optional() });

async function madeBefore(domain: string, { code, title }: CodeWish): Promise<Made> {
  const found = z.object({ codeDiscountNodeByCode: z.object({ id: z.string(), codeDiscount: counted }).nullable() });
  const { codeDiscountNodeByCode } = await askShopify(domain, documents.findCodeQuery, { code }, found);
  return codeDiscountNodeByCode?.codeDiscount.title === title ? { ok: true, id: codeDiscountNodeByCode.id } : { ok: false, what: "TAKEN" };
}

/** Nobody can use it from now on. Answers how often it was; null: Shopify does not know it. */
export async function closeCode(domain: string, id: string): Promise<number | null> {
  const closed = z.object({ discountCodeDeactivate: z.object({ codeDiscountNode: z.object({ codeDiscount: counted }).nullable(), userErrors }) });
  const { discountCodeDeactivate: { codeDiscountNode } } = await askShopify(domain, documents.deactivateCodeMutation, { id }, closed);
  return codeDiscountNode?.codeDiscount.asyncUsageCount ?? null;
}

export type CreditWish = { customerId: CustomerId; amount: Money; endsAt: Date | null };

/** Asks once: without an answer the caller looks whether it was given before asking again. Throws ShopifyUnreachable then. */
export async function giveCredit(domain: string, { customerId, amount, endsAt }: CreditWish): Promise<Made> {
  const credited = z.object({ storeCreditAccountCredit: z.object({ storeCreditAccountTransaction: node, userErrors }) });
  const credit = { creditAmount: { amount: toDecimal(amount), currencyCode: amount.currency }, expiresAt: endsAt };
  const { storeCreditAccountCredit: answer } = await askShopify(domain, documents.creditMutation, { customer: gid("Customer", customerId), credit }, credited, { repeatsAfterOutage: false });
  return answer.userErrors.length > 0 || answer.storeCreditAccountTransaction === null ? { ok: false, what: refusalOf(answer.userErrors) } : { ok: true, id: answer.storeCreditAccountTransaction.id };
}

/** Transactions that gave exactly this amount since then, the oldest first. */
export async function listCredits(domain: string, { customerId, amount, since }: { customerId: CustomerId; amount: Money; since: Date }): Promise<string[]> {
  const transaction = z.object({ id: z.string().optional(), createdAt: z.string(), amount: z.object({ amount: z.string(), currencyCode: z.string() }) });
  const read = z.object({ customer: z.object({ storeCreditAccounts: z.object({ nodes: z.array(z.object({ transactions: z.object({ nodes: z.array(transaction) }) })) }) }).nullable() });
  const { customer } = await askShopify(domain, documents.creditsQuery, { customer: gid("Customer", customerId) }, read);
  const all = (customer?.storeCreditAccounts.nodes ?? []).flatMap(({ transactions }) => transactions.nodes);
  return all.filter((one) => one.amount.currencyCode === amount.currency && parseMinor(one.amount.amount, amount.currency) === amount.minor && new Date(one.createdAt) >= since)
    .toSorted((one, other) => one.createdAt.localeCompare(other.createdAt)).flatMap(({ id }) => id ?? []);
}

/** A code that is taken is ours, as above. `endsOn` null: never. */
export async function makeGiftCard(domain: string, { code, customerId, amount, endsOn, note }: { code: string; customerId: CustomerId; amount: Money; endsOn: string | null; note: string }): Promise<Made> {
  const created = z.object({ giftCardCreate: z.object({ giftCard: node, userErrors }) });
  const card = { code, customerId: gid("Customer", customerId), initialAmount: { amount: toDecimal(amount), currencyCode: amount.currency }, expiresOn: endsOn, note };
  const { giftCardCreate: { giftCard, userErrors: errors } } = await askShopify(domain, documents.createGiftCardMutation, { card }, created);
  if (errors.some(({ code: what }) => what === "TAKEN")) return { ok: true, id: null };
  return errors.length > 0 || giftCard === null ? { ok: false, what: refusalOf(errors) } : { ok: true, id: giftCard.id };
}

/** Who is gone at Shopify has no tag to lose. */
export const removeTag = (domain: string, customerId: CustomerId, tag: string): Promise<unknown> =>
  askShopify(domain, documents.removeTagMutation, { customer: gid("Customer", customerId), tags: [tag] }, z.object({ tagsRemove: z.object({ userErrors }) }));

export async function addTag(domain: string, customerId: CustomerId, tag: string): Promise<Made> {
  const added = z.object({ tagsAdd: z.object({ userErrors }) });
  const { tagsAdd } = await askShopify(domain, documents.addTagMutation, { customer: gid("Customer", customerId), tags: [tag] }, added);
  return tagsAdd.userErrors.length > 0 ? { ok: false, what: refusalOf(tagsAdd.userErrors) } : { ok: true, id: null };
}
