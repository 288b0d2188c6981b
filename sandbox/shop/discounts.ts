// The shop's discounts: made by apps, found by their code whatever its case, counted when an order uses them.

import { statusOf, type DiscountDoc, type DiscountWish } from "./discount-model.ts";
import { refuse, type Ledger } from "./ledger.ts";
import type { CustomerDoc, Id } from "./model.ts";

export type Discounts = {
  get: (id: Id) => DiscountDoc | null;
  findByCode: (code: string) => DiscountDoc | null;
  /** also when it is one of the shop's own old codes */
  isCodeTaken: (code: string, exceptId: Id | null) => boolean;
  /** by ascending id */
  list: () => DiscountDoc[];
  create: (wish: DiscountWish) => DiscountDoc;
  update: (id: Id, changes: Partial<DiscountWish>) => DiscountDoc;
  /** ends it now */
  deactivate: (id: Id) => DiscountDoc;
  remove: (id: Id) => void;
};

const DISCOUNT = "discount:";
const AUTOMATIC = "automatic discounts";
const keyOf = (id: Id): string => `${DISCOUNT}${id}`;
const codeKeyOf = (code: string): string => `discount code:${code.trim().toUpperCase()}`;

export function createDiscounts(ledger: Ledger): Discounts {
  const known = (id: Id): DiscountDoc => getDiscount(ledger, id) ?? refuse(`There is no discount ${id}.`);
  const update: Discounts["update"] = (id, changes) => ledger.change(() => {
    const before = known(id);
    if (before.code !== null) ledger.forget(codeKeyOf(before.code));
    return putDiscount(ledger, { ...before, ...changes, updatedAt: ledger.now() });
  });
  return {
    get: (id) => getDiscount(ledger, id),
    findByCode: (code) => findDiscountByCode(ledger, code),
    isCodeTaken: (code, exceptId) => {
      const found = findDiscountByCode(ledger, code);
      return found === null ? listOwnCodes(ledger).includes(code.trim().toUpperCase()) : found.id !== exceptId;
    },
    list: () => ledger.recallAll(DISCOUNT) as DiscountDoc[], // putDiscount() wrote them
    create: (wish) => ledger.change(() => {
      const at = ledger.now();
      return putDiscount(ledger, { ...wish, id: ledger.nextId("discount"), usageCount: 0, createdAt: at, updatedAt: at });
    }),
    update,
    deactivate: (id) => {
      const { startsAt } = known(id);
      const now = ledger.now();
      return update(id, { endsAt: now, startsAt: startsAt < now ? startsAt : now });
    },
    remove: (id) => {
      ledger.change(() => {
        const { code } = known(id);
        ledger.forget(keyOf(id));
        if (code === null) ledger.remember(AUTOMATIC, automaticIds(ledger).filter((each) => each !== id));
        else ledger.forget(codeKeyOf(code));
      });
    },
  };
}

const getDiscount = (ledger: Ledger, id: Id): DiscountDoc | null => (ledger.recall(keyOf(id)) ?? null) as DiscountDoc | null; // putDiscount() wrote it

export function findDiscountByCode(ledger: Ledger, code: string): DiscountDoc | null {
  const id = ledger.recall(codeKeyOf(code));
  return typeof id === "string" ? getDiscount(ledger, id) : null;
}

export const listAutomatic = (ledger: Ledger): DiscountDoc[] =>
  automaticIds(ledger).flatMap((id) => getDiscount(ledger, id) ?? []).filter((discount) => statusOf(discount, ledger.now()) === "ACTIVE");

const automaticIds = (ledger: Ledger): Id[] => (ledger.recall(AUTOMATIC) ?? []) as Id[]; // only this file stores under this key

function putDiscount(ledger: Ledger, discount: DiscountDoc): DiscountDoc {
  const { id, code } = discount;
  ledger.remember(keyOf(id), discount);
  if (code !== null) ledger.remember(codeKeyOf(code), id);
  else if (!automaticIds(ledger).includes(id)) ledger.remember(AUTOMATIC, [...automaticIds(ledger), id]);
  return discount;
}

/** Whose use it was is known by who they are and by their address: a guest may log in next time. */
type User = { customer: CustomerDoc | null; email: string | null };
const useKeys = (id: Id, { customer, email }: User): string[] => {
  const address = (email ?? customer?.email)?.toLowerCase();
  return [...(customer ? [`discount use:${id}:${customer.id}`] : []), ...(address ? [`discount use:${id}:${address}`] : [])];
};

export const hasUsed = (ledger: Ledger, id: Id, user: User): boolean => useKeys(id, user).some((key) => ledger.recall(key) !== undefined);

export function countUse(ledger: Ledger, id: Id, user: User, orderId: Id): void {
  const discount = getDiscount(ledger, id);
  if (discount === null) return; // one of the shop's own codes, which nobody counts
  ledger.remember(keyOf(id), { ...discount, usageCount: discount.usageCount + 1 });
  for (const key of useKeys(id, user)) ledger.remember(key, orderId);
}

/** The shop's own old codes end with their percentage: WELCOME10 takes a tenth off, of every order. */
export function findOwnCode(ledger: Ledger, code: string): DiscountDoc | null {
  const text = code.trim().toUpperCase();
  const percent = Number(/(\d{1,3})$/.exec(text)?.[1] ?? Number.NaN);
  if (!listOwnCodes(ledger).includes(text) || !(percent <= 100)) return null;
  const { createdAt } = ledger.shop();
  return {
    id: OWN_CODE_ID, code: text, title: text, value: { kind: "percentage", share: percent / 100 }, items: { kind: "all" }, buyers: { kind: "all" },
    minimum: null, isOncePerCustomer: false, usageLimit: null, usageCount: 0, combinesWith: { order: false, product: false, shipping: false },
    startsAt: "0001-01-01T00:00:00.000Z", endsAt: null, tags: [], createdAt, updatedAt: createdAt,
  };
}

export const OWN_CODE_ID: Id = "0";

function listOwnCodes(ledger: Ledger): string[] {
  const codes = ledger.recall("discount codes");
  return Array.isArray(codes) ? codes.map(String) : [];
}
