// Store credit over the Admin API: what a customer has, what came and went, and an app's own bookings.

import { z } from "zod";
import { balanceOf, type StoreCreditDoc, type StoreCreditEntry } from "../../shop/store-credit.ts";
import { toMinor } from "../amounts.ts";
import { connectRows } from "../connections.ts";
import { parseGid, toGid } from "../gids.ts";
import { refuseSearch } from "../search.ts";
import type { UserError } from "../refusals.ts";
import { asNode, toDateTime, type ApiContext, type Arguments, type FieldTable, type Money } from "./field-table.ts";
import { moneyBag } from "./money.ts";

type Entry = { account: StoreCreditDoc; entry: StoreCreditEntry };

const entryTypes = { credit: "StoreCreditAccountCreditTransaction", debit: "StoreCreditAccountDebitTransaction", expiration: "StoreCreditAccountExpirationTransaction" } as const;
const toEntry = (account: StoreCreditDoc, entry: StoreCreditEntry): Entry | null => asNode(entryTypes[entry.kind], { account, entry });
const inCurrency = (minor: number, { shop }: ApiContext): Money => ({ minor, currency: shop.currency });

export const storeCreditAccounts: FieldTable<StoreCreditDoc> = {
  id: ({ id }) => toGid("StoreCreditAccount", id),
  balance: (account, _args, context) => inCurrency(balanceOf(account), context),
  owner: ({ customerId }, _args, { readCustomer }) => asNode("Customer", readCustomer(customerId)),
  transactions: (account, args) => {
    if (args.query != null) throw refuseSearch("store credit transactions take no query here");
    const rows = account.entries.toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt)).flatMap((entry) => toEntry(account, entry) ?? []);
    return connectRows(rows, ({ entry }) => entry.id, args);
  },
};

const entries: FieldTable<Entry> = {
  account: ({ account }) => account,
  amount: ({ entry }, _args, context) => inCurrency(entry.amountMinor, context),
  balanceAfterTransaction: ({ entry }, _args, context) => inCurrency(entry.balanceAfterMinor, context),
  createdAt: ({ entry }) => toDateTime(entry.createdAt),
  event: ({ entry }) => entry.event,
  origin: ({ entry: { orderId, amountMinor } }) => orderId && asNode("OrderTransaction", { id: toGid("OrderTransaction", `${orderId}0`), kind: "SALE", status: "SUCCESS", gateway: "shopify_store_credit", amountSet: moneyBag(-amountMinor) }),
};
const withId: FieldTable<Entry> = { id: ({ entry }) => toGid(entryTypes[entry.kind], entry.id) };

export const storeCreditEntries: Readonly<Record<string, FieldTable<Entry>>> = {
  StoreCreditAccountCreditTransaction: {
    ...entries, ...withId,
    expiresAt: ({ entry }) => toDateTime(entry.expiresAt),
    remainingAmount: ({ entry }, _args, context) => inCurrency(entry.remainingMinor, context),
  },
  StoreCreditAccountDebitTransaction: { ...entries, ...withId },
  StoreCreditAccountExpirationTransaction: {
    ...entries,
    creditTransaction: ({ account, entry }) => {
      const credit = account.entries.find(({ id }) => id === entry.creditId);
      return credit ? toEntry(account, credit) : null;
    },
  },
};

/** Of which the pretend shop's one currency allows one. */
export const connectAccounts = (customerId: string, args: Arguments, { state }: ApiContext) => {
  const account = state.storeCredit.ofCustomer(customerId);
  return connectRows(account ? [account] : [], ({ id }) => id, args);
};

export const findAccount = (gid: unknown, { state }: ApiContext): StoreCreditDoc | null => {
  const parsed = parseGid(String(gid));
  return parsed?.typeName === "StoreCreditAccount" ? asNode("StoreCreditAccount", state.storeCredit.get(parsed.id)) : null;
};

export const storeCreditQueries: FieldTable = { storeCreditAccount: (_root, args, context) => findAccount(args.id, context) };

const AmountInput = z.object({ amount: z.union([z.string(), z.number()]), currencyCode: z.string() });
const CreditInput = z.object({ creditAmount: AmountInput, expiresAt: z.string().nullish() });
const DebitInput = z.object({ debitAmount: AmountInput });

export const storeCreditMutations: FieldTable = {
  storeCreditAccountCredit: (_root, args, context) => {
    const { creditAmount, expiresAt = null } = CreditInput.parse(args.creditInput);
    const faults = amountFaults(["creditInput", "creditAmount"], creditAmount, context);
    if (expiresAt !== null && Date.parse(expiresAt) <= context.clock.now().getTime()) faults.push({ field: ["creditInput", "expiresAt"], message: "The expiry date must be in the future.", code: "EXPIRES_AT_IN_PAST" });
    return book(args.id, faults, context, (customerId) => context.state.storeCredit.credit(customerId, { amountMinor: toMinor(creditAmount.amount, context.shop.currency) ?? 0, expiresAt }));
  },
  storeCreditAccountDebit: (_root, args, context) => {
    const { debitAmount } = DebitInput.parse(args.debitInput);
    const { storeCredit } = context.state;
    const amountMinor = toMinor(debitAmount.amount, context.shop.currency) ?? 0;
    const faults = amountFaults(["debitInput", "debitAmount"], debitAmount, context);
    const customerId = findOwner(args.id, context);
    if (typeof customerId === "string" && faults.length === 0) {
      if (storeCredit.ofCustomer(customerId) === null) faults.push({ field: ["id"], message: "The store credit account could not be found.", code: "ACCOUNT_NOT_FOUND" });
      else if (storeCredit.balanceOf(customerId) < amountMinor) faults.push({ field: ["debitInput", "debitAmount", "amount"], message: "The store credit account does not have sufficient funds to satisfy the request.", code: "INSUFFICIENT_FUNDS" });
    }
    return book(args.id, faults, context, (id) => storeCredit.debit(id, { amountMinor }), "ACCOUNT_NOT_FOUND"); // Shopify has no OWNER_NOT_FOUND here
  },
};

function amountFaults(field: string[], { amount, currencyCode }: z.infer<typeof AmountInput>, { shop }: ApiContext): UserError[] {
  if (currencyCode !== shop.currency) return [{ field: [...field, "currencyCode"], message: "The currency provided does not match the currency of the store credit account.", code: "MISMATCHING_CURRENCY" }];
  return (toMinor(amount, shop.currency) ?? 0) > 0 ? [] : [{ field: [...field, "amount"], message: "A positive amount must be used.", code: "NEGATIVE_OR_ZERO_AMOUNT" }];
}

function book(gid: unknown, faults: UserError[], context: ApiContext, write: (customerId: string) => StoreCreditEntry, ownerMissing = "OWNER_NOT_FOUND"): object {
  const customerId = findOwner(gid, context);
  if (typeof customerId !== "string") return refused([{ field: ["id"], ...customerId, code: customerId.code === "OWNER_NOT_FOUND" ? ownerMissing : customerId.code }]);
  if (faults.length > 0) return refused(faults);
  const entry = write(customerId);
  const account = context.state.storeCredit.ofCustomer(customerId);
  return { storeCreditAccountTransaction: account && toEntry(account, entry), userErrors: [] };
}

const refused = (userErrors: UserError[]): object => ({ storeCreditAccountTransaction: null, userErrors });

/** Either a customer or an account is named. */
function findOwner(gid: unknown, context: ApiContext): string | { message: string; code: string } {
  const parsed = parseGid(String(gid));
  if (parsed?.typeName === "Customer") return context.state.getCustomer(parsed.id)?.id ?? { message: "The owner could not be found.", code: "OWNER_NOT_FOUND" };
  return findAccount(gid, context)?.customerId ?? { message: "The store credit account could not be found.", code: "ACCOUNT_NOT_FOUND" };
}
