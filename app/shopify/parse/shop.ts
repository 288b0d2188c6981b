// A shop through both doors.
import { z } from "zod";
import type { ShopId } from "../../values/ids.ts";
import type { ShopSnapshot } from "../snapshots.ts";
import { id, optional, parseAs } from "./fields.ts";

/** `json` of shop/update; which shop it is, only the signed header says. Throws a ParseError. */
export function parseShopWebhook(json: unknown): ShopSnapshot {
  const body = parseAs("shop/update", shopBody, json);
  const planName = body.plan_display_name ?? body.plan_name ?? "";
  return { name: body.name, email: body.email, currency: body.currency, timeZone: body.iana_timezone, planName };
}

/** The `shop` of queries/shop.ts. Throws a ParseError. */
export function parseShopNode(node: unknown): { id: ShopId; snapshot: ShopSnapshot } {
  const { id: shopId, name, email, currencyCode, ianaTimezone, plan } = parseAs("shop", shopNode, node);
  return { id: shopId, snapshot: { name, email, currency: currencyCode, timeZone: ianaTimezone, planName: plan.publicDisplayName } };
}

const currency = z.string().regex(/^[A-Z]{3}$/, "not a currency");

/** What Intl does not know would break every page of the shop. */
const timeZone = z.string().refine(isKnown, "not a time zone");

function isKnown(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
  } catch {
    return false; // a RangeError is its way to say no
  }
}

const shopBody = z.object({
  name: z.string(),
  email: optional(z.string()),
  currency,
  iana_timezone: timeZone,
  plan_display_name: optional(z.string()),
  plan_name: optional(z.string()),
});

const shopNode = z.object({
  id: id<ShopId>(),
  name: z.string(),
  email: optional(z.string()),
  currencyCode: currency,
  ianaTimezone: timeZone,
  plan: z.object({ publicDisplayName: z.string() }),
});
