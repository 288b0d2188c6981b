// Store credit of customers: one account each, in the shop's currency; what expires first is spent first.

import { refuse, type Ledger } from "./ledger.ts";
import type { Id, Instant } from "./model.ts";

export type StoreCreditEvent = "ADJUSTMENT" | "ORDER_PAYMENT";
export type StoreCreditEntry = {
  id: Id;
  kind: "credit" | "debit" | "expiration";
  /** positive in, negative out */
  amountMinor: number;
  balanceAfterMinor: number;
  event: StoreCreditEvent;
  createdAt: Instant;
  orderId: Id | null;
  /** of a credit: when it ends, and what of it is still there */
  expiresAt: Instant | null;
  remainingMinor: number;
  /** of an expiration: which credit it was */
  creditId: Id | null;
};
export type StoreCreditDoc = { id: Id; customerId: Id; entries: StoreCreditEntry[] };

export type StoreCredit = {
  /** as it is at this moment: what has expired is gone */
  ofCustomer: (customerId: Id) => StoreCreditDoc | null;
  get: (accountId: Id) => StoreCreditDoc | null;
  balanceOf: (customerId: Id) => number;
  credit: (customerId: Id, wish: { amountMinor: number; expiresAt: Instant | null }) => StoreCreditEntry;
  debit: (customerId: Id, wish: { amountMinor: number }) => StoreCreditEntry;
};

const keyOf = (customerId: Id): string => `store credit:${customerId}`;
const accountKeyOf = (accountId: Id): string => `store credit account:${accountId}`;

export function createStoreCredit(ledger: Ledger): StoreCredit {
  const ofCustomer = (customerId: Id): StoreCreditDoc | null => readAccount(ledger, customerId);
  return {
    ofCustomer,
    get: (accountId) => {
      const customerId = ledger.recall(accountKeyOf(accountId));
      return typeof customerId === "string" ? ofCustomer(customerId) : null;
    },
    balanceOf: (customerId) => balanceOf(ofCustomer(customerId)),
    credit: (customerId, { amountMinor, expiresAt }) => ledger.change(() => {
      const account = ofCustomer(ledger.customer(customerId).id) ?? openAccount(ledger, customerId);
      return add(ledger, account, { kind: "credit", amountMinor, event: "ADJUSTMENT", orderId: null, expiresAt });
    }),
    debit: (customerId, { amountMinor }) => spendCredit(ledger, customerId, { amountMinor, event: "ADJUSTMENT", orderId: null }),
  };
}

export const balanceOf = (account: StoreCreditDoc | null): number => account?.entries.at(-1)?.balanceAfterMinor ?? 0;

export function spendCredit(ledger: Ledger, customerId: Id, { amountMinor, event, orderId }: { amountMinor: number; event: StoreCreditEvent; orderId: Id | null }): StoreCreditEntry {
  return ledger.change(() => {
    const account = readAccount(ledger, customerId);
    if (account === null || balanceOf(account) < amountMinor) return refuse("There is not enough store credit.");
    return add(ledger, { ...account, entries: takeFromCredits(account.entries, amountMinor) }, { kind: "debit", amountMinor: -amountMinor, event, orderId, expiresAt: null });
  });
}

function readAccount(ledger: Ledger, customerId: Id): StoreCreditDoc | null {
  const account = (ledger.recall(keyOf(customerId)) ?? null) as StoreCreditDoc | null; // put() wrote it
  return account && expire(account, ledger.now());
}

/** Worked out at every look, and written down with the next change. */
function expire(account: StoreCreditDoc, now: Instant): StoreCreditDoc {
  const gone = account.entries.filter(({ kind, expiresAt, remainingMinor }) => kind === "credit" && remainingMinor > 0 && expiresAt !== null && Date.parse(expiresAt) <= Date.parse(now));
  if (gone.length === 0) return account;
  let balanceMinor = balanceOf(account);
  const expirations = gone.toSorted((a, b) => String(a.expiresAt).localeCompare(String(b.expiresAt))).map((credit): StoreCreditEntry => {
    balanceMinor -= credit.remainingMinor;
    return {
      id: String(BigInt(credit.id) + 1n), kind: "expiration", amountMinor: -credit.remainingMinor, balanceAfterMinor: balanceMinor, event: "ADJUSTMENT", // numbers have gaps, and a credit expires once
      createdAt: credit.expiresAt ?? now, orderId: null, expiresAt: null, remainingMinor: 0, creditId: credit.id,
    };
  });
  return { ...account, entries: [...account.entries.map((entry) => (gone.includes(entry) ? { ...entry, remainingMinor: 0 } : entry)), ...expirations] };
}

function takeFromCredits(entries: readonly StoreCreditEntry[], amountMinor: number): StoreCreditEntry[] {
  let leftMinor = amountMinor;
  const endOf = ({ expiresAt }: StoreCreditEntry): number => (expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt));
  const soonest = entries.filter(({ remainingMinor }) => remainingMinor > 0).toSorted((a, b) => (endOf(a) === endOf(b) ? 0 : endOf(a) - endOf(b)));
  const after = new Map(soonest.map((entry) => {
    const takenMinor = Math.min(leftMinor, entry.remainingMinor);
    leftMinor -= takenMinor;
    return [entry.id, entry.remainingMinor - takenMinor];
  }));
  return entries.map((entry) => ({ ...entry, remainingMinor: after.get(entry.id) ?? entry.remainingMinor }));
}

function openAccount(ledger: Ledger, customerId: Id): StoreCreditDoc {
  const account: StoreCreditDoc = { id: ledger.nextId("storeCreditAccount"), customerId, entries: [] };
  ledger.remember(accountKeyOf(account.id), customerId);
  return account;
}

function add(ledger: Ledger, account: StoreCreditDoc, wish: Pick<StoreCreditEntry, "kind" | "amountMinor" | "event" | "orderId" | "expiresAt">): StoreCreditEntry {
  const entry: StoreCreditEntry = {
    ...wish, id: ledger.nextId("storeCreditTransaction"), createdAt: ledger.now(), creditId: null,
    balanceAfterMinor: balanceOf(account) + wish.amountMinor,
    remainingMinor: Math.max(0, wish.amountMinor),
  };
  ledger.remember(keyOf(account.customerId), { ...account, entries: [...account.entries, entry] });
  return entry;
}

/** A merged customer's credit goes to who is kept. */
export function mergeCredit(ledger: Ledger, { keptId, deletedId }: { keptId: Id; deletedId: Id }): void {
  const gone = readAccount(ledger, deletedId);
  if (gone === null) return;
  const kept = readAccount(ledger, keptId) ?? openAccount(ledger, keptId);
  ledger.forget(keyOf(deletedId));
  ledger.forget(accountKeyOf(gone.id));
  const credits = gone.entries.filter(({ remainingMinor }) => remainingMinor > 0);
  ledger.remember(keyOf(keptId), kept);
  for (const { remainingMinor, expiresAt } of credits) {
    const account = readAccount(ledger, keptId);
    if (account) add(ledger, account, { kind: "credit", amountMinor: remainingMinor, event: "ADJUSTMENT", orderId: null, expiresAt });
  }
}
