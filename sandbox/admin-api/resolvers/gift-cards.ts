// Gift cards over the Admin API; a card's code is told once, by the mutation that made it.

import { z } from "zod";
import { normaliseCode, type GiftCardDoc } from "../../shop/gift-cards.ts";
import { lastCharactersOf } from "../../shop/payments.ts";
import { toMinor } from "../amounts.ts";
import { connectRows } from "../connections.ts";
import { parseGid, toGid } from "../gids.ts";
import { notImplemented, type UserError } from "../refusals.ts";
import { refuseSearch } from "../search.ts";
import { asNode, toDateTime, type ApiContext, type FieldTable, type Money } from "./field-table.ts";

const inCurrency = (minor: number, { shop }: ApiContext): Money => ({ minor, currency: shop.currency });

export const giftCards: FieldTable<GiftCardDoc> = {
  id: ({ id }) => toGid("GiftCard", id),
  balance: ({ balanceMinor }, _args, context) => inCurrency(balanceMinor, context),
  initialValue: ({ initialMinor }, _args, context) => inCurrency(initialMinor, context),
  enabled: ({ deactivatedAt }) => deactivatedAt === null,
  isRedeemable: (card, _args, { state }) => state.giftCards.stateOf(card) === "usable",
  expiresOn: ({ expiresOn }) => expiresOn,
  lastCharacters: lastCharactersOf,
  maskedCode: (card) => `•••• •••• •••• ${lastCharactersOf(card)}`,
  note: ({ note }) => note,
  customer: ({ customerId }, _args, { readCustomer }) => customerId && readCustomer(customerId),
  createdAt: ({ createdAt }) => toDateTime(createdAt),
  updatedAt: ({ updatedAt }) => toDateTime(updatedAt),
  deactivatedAt: ({ deactivatedAt }) => toDateTime(deactivatedAt),
  templateSuffix: () => null,
  order: () => null, // an app's own, bought by nobody
  lineItem: () => null,
};

export const findGiftCardNode = (gid: unknown, { state }: ApiContext): GiftCardDoc | null => {
  const parsed = parseGid(String(gid));
  return parsed?.typeName === "GiftCard" ? asNode("GiftCard", state.giftCards.get(parsed.id)) : null;
};

export const giftCardQueries: FieldTable = {
  giftCard: (_root, args, context) => findGiftCardNode(args.id, context),
  giftCards: (_root, args, { state }) => {
    if (args.query != null) throw refuseSearch("giftCards takes no query here");
    return connectRows(state.giftCards.list(), ({ id }) => id, args);
  },
};

const Amount = z.union([z.string(), z.number()]);
const CardInput = z.strictObject({
  code: z.string().nullish(),
  customerId: z.string().nullish(),
  expiresOn: z.string().nullish(),
  initialAmount: z.object({ amount: Amount, currencyCode: z.string() }).nullish(),
  initialValue: Amount.nullish(),
  note: z.string().nullish(),
});
const CODE_MIN = 8;
const CODE_MAX = 20;

export const giftCardMutations: FieldTable = {
  giftCardCreate: (_root, args, context) => {
    const parsed = CardInput.safeParse(args.input);
    if (!parsed.success) throw notImplemented("Mutation", "giftCardCreate", parsed.error.issues[0]?.message);
    const { data: input } = parsed;
    const initialMinor = toMinor(input.initialAmount?.amount ?? input.initialValue ?? null, context.shop.currency);
    const customer = parseGid(input.customerId ?? "");
    const userErrors = [...amountFaults(input, initialMinor, context), ...codeFaults(input.code ?? null, context)];
    if (input.customerId != null && (customer?.typeName !== "Customer" || context.state.getCustomer(customer.id) === null)) {
      userErrors.push({ field: ["input", "customerId"], message: "The customer could not be found.", code: "CUSTOMER_NOT_FOUND" });
    }
    if (userErrors.length > 0) return { giftCard: null, giftCardCode: null, userErrors };
    const giftCard = context.state.giftCards.create({ initialMinor: initialMinor ?? 0, code: input.code ?? null, customerId: customer?.id ?? null, note: input.note ?? null, expiresOn: input.expiresOn ?? null });
    return { giftCard, giftCardCode: giftCard.code, userErrors: [] };
  },
  giftCardDeactivate: (_root, args, context) => {
    const known = findGiftCardNode(args.id, context);
    if (known === null) return { giftCard: null, userErrors: [{ field: ["id"], message: "The gift card could not be found.", code: "GIFT_CARD_NOT_FOUND" }] };
    return { giftCard: context.state.giftCards.deactivate(known.id), userErrors: [] };
  },
};

function amountFaults({ initialAmount, initialValue }: z.infer<typeof CardInput>, minor: number | null, { shop }: ApiContext): UserError[] {
  const field = ["input", initialAmount == null ? "initialValue" : "initialAmount"];
  if (initialAmount == null && initialValue == null) return [{ field: ["input", "initialAmount"], message: "An initial amount is required.", code: "MISSING_ARGUMENT" }];
  if (initialAmount != null && initialAmount.currencyCode !== shop.currency) return [{ field: [...field, "currencyCode"], message: "The currency is not the shop's.", code: "INVALID" }];
  return minor !== null && minor > 0 ? [] : [{ field, message: "Initial value must be greater than 0", code: "GREATER_THAN" }];
}

function codeFaults(code: string | null, { state }: ApiContext): UserError[] {
  if (code === null) return [];
  const refuse = (message: string, kind: string): UserError[] => [{ field: ["input", "code"], message, code: kind }];
  if (code.length < CODE_MIN) return refuse(`Code is too short (minimum is ${CODE_MIN} characters)`, "TOO_SHORT");
  if (code.length > CODE_MAX) return refuse(`Code is too long (maximum is ${CODE_MAX} characters)`, "TOO_LONG");
  if (!/^[a-z\d]+$/i.test(code)) return refuse("Code can only contain letters(a-z) and numbers(0-9)", "INVALID");
  return state.giftCards.findByCode(normaliseCode(code)) === null ? [] : refuse("Code has already been taken", "TAKEN");
}
