// Reading what a shopper typed into a form.

import type { Request } from "express";

/** trimmed text, empty when the field is not there */
export function readField(request: Request, name: string): string {
  const body: unknown = request.body;
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : null;
  return typeof value === "string" ? value.trim() : "";
}

/** a whole number from zero; what is not one counts as one */
export function readQuantity(request: Request): number {
  const text = readField(request, "quantity");
  return /^\d{1,4}$/.test(text) ? Number(text) : 1;
}

export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

/** a path of this storefront, never an address elsewhere */
export function readBackPath(request: Request): string {
  const back = readField(request, "back");
  return /^\/(?![/\\])/.test(back) ? back : "/";
}
