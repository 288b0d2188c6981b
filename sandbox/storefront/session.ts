// A shopper's cart, codes, login and language, kept in one signed cookie that no script can read.

import { createHmac, timingSafeEqual } from "node:crypto";
import type { Request, Response } from "express";
import { z } from "zod";
import type { SandboxContext } from "../context.ts";
import { findLocale, locales, oneYearMs, readCookie, readLocale, type Locale } from "../admin-shell/languages.ts";

const cookieName = "storefront";
const CODES_MAX = 5; // as at Shopify
const CODE_LENGTH_MAX = 255;
const LINES_MAX = 40; // a cookie holds 4 kB
export const QUANTITY_MAX = 99;

const Kept = z.object({
  cart: z.array(z.object({ variantId: z.string().regex(/^\d+$/), quantity: z.number().int().min(1).max(QUANTITY_MAX) })).max(LINES_MAX),
  /** discounts and gift cards, as typed or followed by a link */
  codes: z.array(z.string().max(CODE_LENGTH_MAX)).max(CODES_MAX).default([]),
  customerId: z.string().nullable(),
  locale: z.enum(locales).nullable(),
});
type Kept = z.infer<typeof Kept>;

export type CartEntry = Kept["cart"][number];
export type Session = Omit<Kept, "locale"> & { locale: Locale };

/** a cookie that is missing, old or forged is an empty cart of nobody */
export function readSession(context: SandboxContext, request: Request): Session {
  const kept = parseCookie(context, readCookie(request, cookieName)) ?? { cart: [], codes: [], customerId: null, locale: null };
  return { ...kept, locale: findLocale(request.query["locale"]) ?? kept.locale ?? readLocale(request) };
}

export function keepSession(context: SandboxContext, response: Response, session: Session): void {
  const kept = { ...session, cart: session.cart.slice(0, LINES_MAX) } satisfies Kept;
  const payload = Buffer.from(JSON.stringify(kept)).toString("base64url");
  response.cookie(cookieName, `${payload}.${sign(context, payload)}`, { httpOnly: true, sameSite: "lax", maxAge: oneYearMs });
}

/** the newest last; of too many, the oldest goes, and what is no code at all is left out */
export function addCode(codes: readonly string[], typed: string): string[] {
  const code = typed.trim().toUpperCase();
  if (code === "" || code.length > CODE_LENGTH_MAX) return [...codes];
  return [...codes.filter((each) => each !== code), code].slice(-CODES_MAX);
}

/** the entry of one variant set to a quantity, or taken out at zero */
export function setQuantity(cart: readonly CartEntry[], { variantId, quantity }: CartEntry): CartEntry[] {
  const entry = { variantId, quantity: Math.min(quantity, QUANTITY_MAX) };
  const isThere = cart.some((each) => each.variantId === variantId);
  const changed = isThere ? cart.map((each) => (each.variantId === variantId ? entry : each)) : [...cart, entry];
  return changed.filter((each) => each.quantity > 0);
}

function parseCookie(context: SandboxContext, cookie: string | null): Kept | null {
  const [payload, signature] = (cookie ?? "").split(".");
  if (!payload || !signature || !isSame(sign(context, payload), signature)) return null;
  const parsed = Kept.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  return parsed.success ? parsed.data : null;
}

/** with a key of its own, so that a cookie can never pass for one of Shopify's signatures */
function sign(context: SandboxContext, payload: string): string {
  return createHmac("sha256", `storefront:${context.app.apiSecret}`).update(payload).digest("base64url");
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
