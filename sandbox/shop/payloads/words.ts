// How Shopify writes ids, money and moments in its webhooks.

import type { Id, Instant, ShopDoc } from "../model.ts";

declare global {
  interface JSON {
    /** Node has it since version 22, TypeScript 5.9 does not know it yet. */
    rawJSON(text: string): { rawJSON: string };
  }
}

/** A bare JSON number, exact also beyond 2^53. */
export const number = (id: Id): { rawJSON: string } => JSON.rawJSON(id);
export const gid = (type: string, id: Id): string => `gid://shopify/${type}/${id}`;

/** Ids of what the pretend shop does not keep, such as an address: always the same for the same owner. */
export const deriveId = (id: Id, distance: bigint): unknown => number(String(BigInt(id) + distance));

const knownDigits = new Map<string, number>();

export function digitsOf(currency: string): number {
  const known = knownDigits.get(currency);
  if (known !== undefined) return known;
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  knownDigits.set(currency, digits);
  return digits;
}

/** "12.34" for 1234 USD, "1234" for 1234 JPY. */
function writeAmount(minor: number, currency: string): string {
  const digits = digitsOf(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  return `${minor < 0 ? "-" : ""}${digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`}`;
}

type MoneySet = { shop_money: { amount: string; currency_code: string }; presentment_money: { amount: string; currency_code: string } };

export type Words = {
  currency: string;
  money(minor: number): string;
  /** the `_set` form */
  set(minor: number): MoneySet;
  zero: MoneySet;
  /** `2026-10-20T11:02:33-07:00` in the shop's zone */
  moment(instant: Instant): string;
  momentOrNull(instant: Instant | null): string | null;
};

const knownWords = new WeakMap<ShopDoc, Words>();

export function wordsOf(shop: ShopDoc): Words {
  const known = knownWords.get(shop);
  if (known) return known;
  const { currency, timeZone } = shop;
  const money = (minor: number): string => writeAmount(minor, currency);
  const set = (minor: number): MoneySet => ({ shop_money: { amount: money(minor), currency_code: currency }, presentment_money: { amount: money(minor), currency_code: currency } });
  const moment = createMomentWriter(timeZone);
  const words = { currency, money, set, zero: set(0), moment, momentOrNull: (instant: Instant | null) => instant && moment(instant) };
  knownWords.set(shop, words);
  return words;
}

const QUARTER_MS = 900_000; // no zone changes its offset within a quarter of an hour
const OFFSETS_MAX = 10_000;

/** Intl takes its time, so offsets are kept. */
function createMomentWriter(timeZone: string): (instant: Instant) => string {
  const formatter = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  const offsets = new Map<number, string>();
  return (instant) => {
    const atMs = Date.parse(instant);
    const quarter = Math.floor(atMs / QUARTER_MS);
    const offset = offsets.get(quarter) ?? readOffset(formatter, atMs);
    if (offsets.size >= OFFSETS_MAX) offsets.clear();
    offsets.set(quarter, offset);
    const sign = offset.startsWith("-") ? -1 : 1;
    const offsetMs = sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))) * 60_000;
    return `${new Date(atMs + offsetMs).toISOString().slice(0, 19)}${offset}`;
  };
}

function readOffset(formatter: Intl.DateTimeFormat, atMs: number): string {
  const name = formatter.formatToParts(atMs).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  return name === "GMT" ? "+00:00" : name.slice("GMT".length, "GMT+00:00".length);
}

const countryNames = new Intl.DisplayNames("en", { type: "region" });
export const countryName = (code: string): string => countryNames.of(code) ?? code;

export const fullName = (person: { firstName: string | null; lastName: string | null } | null): string => [person?.firstName, person?.lastName].filter(Boolean).join(" ");
