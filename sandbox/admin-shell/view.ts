// What every page of the pretend Admin knows about its visitor: the shop, the language, and how to write money and time in it.

import type { Request } from "express";
import type { SandboxContext } from "../context.ts";
import type { CustomerDoc, Instant } from "../shop/model.ts";
import { type Locale, type Translate, readLocale, translatorOf } from "./languages.ts";
import { words } from "./words.ts";

export type View = {
  context: SandboxContext;
  locale: Locale;
  t: Translate<typeof words>;
  /** where this page is, for coming back to it */
  path: string;
  formatMoney(amountMinor: number): string;
  formatTime(instant: Instant | Date): string;
  formatCount(count: number): string;
  formatCountry(code: string | null): string;
};

export function createView(context: SandboxContext, request: Request): View {
  const locale = readLocale(request);
  const { timeZone } = context.state.shop();
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone });
  const count = new Intl.NumberFormat(locale);
  const countries = new Intl.DisplayNames(locale, { type: "region" });
  return {
    context,
    locale,
    t: translatorOf(words, locale),
    path: request.originalUrl,
    formatMoney: moneyFormatter(locale, context.state.shop().currency),
    formatTime: (instant) => time.format(new Date(instant)),
    formatCount: (value) => count.format(value),
    formatCountry: (code) => (code === null || !/^[A-Z]{2}$/.test(code) ? (code ?? "") : (countries.of(code) ?? code)),
  };
}

/** minor units become the currency's usual amount: 1200 is ￥1,200 and $12.00 */
export function moneyFormatter(locale: Locale, currency: string): (amountMinor: number) => string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return (amountMinor) => format.format(amountMinor / 10 ** digits);
}

/** as people of the customer's language write it: family name first in Japanese and Chinese, unspaced when in their own script */
export function nameOf(customer: Pick<CustomerDoc, "firstName" | "lastName" | "locale">): string | null {
  const { firstName, lastName } = customer;
  const familyFirst = /^(ja|zh|ko)\b/.test(customer.locale);
  const parts = (familyFirst ? [lastName, firstName] : [firstName, lastName]).filter((part) => part !== null && part !== "");
  const joined = parts.join(familyFirst && !/[A-Za-z]/.test(parts.join("")) ? "" : " ");
  return joined === "" ? null : joined;
}
