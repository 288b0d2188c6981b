// Gift cards: a code that is told once, and what is left on it.

import { randomInt } from "node:crypto";
import { refuse, type Ledger } from "./ledger.ts";
import type { Id, Instant } from "./model.ts";

export type GiftCardDoc = {
  id: Id;
  /** lower case letters and digits */
  code: string;
  initialMinor: number;
  balanceMinor: number;
  customerId: Id | null;
  note: string | null;
  /** the last day it can be used on, of the shop */
  expiresOn: string | null;
  deactivatedAt: Instant | null;
  createdAt: Instant;
  updatedAt: Instant;
  uses: { orderId: Id; amountMinor: number; at: Instant }[];
};
export type GiftCardWish = Pick<GiftCardDoc, "initialMinor" | "customerId" | "note" | "expiresOn"> & { code: string | null };
export type GiftCardState = "usable" | "empty" | "expired" | "off";

export type GiftCards = {
  get: (id: Id) => GiftCardDoc | null;
  findByCode: (code: string) => GiftCardDoc | null;
  list: () => GiftCardDoc[];
  create: (wish: GiftCardWish) => GiftCardDoc;
  deactivate: (id: Id) => GiftCardDoc;
  stateOf: (card: GiftCardDoc) => GiftCardState;
};

const CARD = "gift card:";
const keyOf = (id: Id): string => `${CARD}${id}`;
const codeKeyOf = (code: string): string => `gift code:${code}`;
/** Printed codes come in groups. */
export const normaliseCode = (code: string): string => code.replaceAll(/[\s-]/g, "").toLowerCase();

const CODE_LENGTH = 16;
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"; // none that looks like another

export function createGiftCards(ledger: Ledger): GiftCards {
  const get = (id: Id): GiftCardDoc | null => (ledger.recall(keyOf(id)) ?? null) as GiftCardDoc | null; // put() wrote it
  return {
    get,
    findByCode: (code) => findGiftCard(ledger, code),
    list: () => ledger.recallAll(CARD) as GiftCardDoc[], // put() wrote them
    create: (wish) => ledger.change(() => {
      const code = normaliseCode(wish.code ?? Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(""));
      if (findGiftCard(ledger, code)) refuse("There is a gift card with this code.");
      const at = ledger.now();
      const card: GiftCardDoc = { ...wish, code, id: ledger.nextId("giftCard"), balanceMinor: wish.initialMinor, deactivatedAt: null, createdAt: at, updatedAt: at, uses: [] };
      ledger.remember(codeKeyOf(code), card.id);
      return put(ledger, card);
    }),
    deactivate: (id) => ledger.change(() => {
      const card = get(id) ?? refuse(`There is no gift card ${id}.`);
      return card.deactivatedAt === null ? put(ledger, { ...card, deactivatedAt: ledger.now(), updatedAt: ledger.now() }) : card;
    }),
    stateOf: (card) => stateOf(ledger, card),
  };
}

function findGiftCard(ledger: Ledger, code: string): GiftCardDoc | null {
  const id = ledger.recall(codeKeyOf(normaliseCode(code)));
  return typeof id === "string" ? ((ledger.recall(keyOf(id)) ?? null) as GiftCardDoc | null) : null; // put() wrote it
}

function stateOf(ledger: Ledger, { deactivatedAt, expiresOn, balanceMinor }: GiftCardDoc): GiftCardState {
  if (deactivatedAt !== null) return "off";
  const today = new Intl.DateTimeFormat("sv", { timeZone: ledger.shop().timeZone }).format(new Date(ledger.now())); // Swedish days are ISO 8601
  if (expiresOn !== null && expiresOn < today) return "expired";
  return balanceMinor > 0 ? "usable" : "empty";
}

/** Takes what is owed, or what is on the card. */
export function spendGiftCard(ledger: Ledger, code: string, owed: { amountMinor: number; orderId: Id }): { card: GiftCardDoc; amountMinor: number } {
  const card = findGiftCard(ledger, code);
  if (card === null || stateOf(ledger, card) !== "usable") return refuse("This gift card cannot be used.");
  const amountMinor = Math.min(card.balanceMinor, owed.amountMinor);
  const at = ledger.now();
  put(ledger, { ...card, balanceMinor: card.balanceMinor - amountMinor, updatedAt: at, uses: [...card.uses, { orderId: owed.orderId, amountMinor, at }] });
  return { card, amountMinor };
}

function put(ledger: Ledger, card: GiftCardDoc): GiftCardDoc {
  ledger.remember(keyOf(card.id), card);
  return card;
}
