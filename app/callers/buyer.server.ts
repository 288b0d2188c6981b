// Who looks at one of our extensions on Shopify's own pages for shoppers: their account, and what follows a purchase.
import { findShop } from "../capabilities/shops/shops.server.ts";
import type { Shop } from "../capabilities/shops/model.ts";
import { openRate } from "../platform/rates.server.ts";
import { findExtensionCaller } from "../shopify/session-token.server.ts";
import { idTextSchema } from "../values/id-schemas.ts";
import { parseId, type CustomerId, type OrderId } from "../values/ids.ts";

/** `customerId` null: bought without logging in. */
export type Buyer = { shop: Shop; customerId: CustomerId | null };

const MINUTE_SECONDS = 60;
const customerRate = openRate("buyer", { count: 60, seconds: MINUTE_SECONDS }); // a page asks once, and thrice when the order is still on its way
const shopRate = openRate("buyers", { count: 12_000, seconds: MINUTE_SECONDS }); // two hundred a second: the day of a sale

/** Throws a Response that the extension can read: 401 for no token of Shopify's, 404 for a shop that is not here, 429. */
export async function buyerFrom(request: Request): Promise<Buyer> {
  const caller = findExtensionCaller(request);
  if (caller === null) throw buyerAnswer({ ok: false, reason: "not_logged_in" }, 401);
  const shop = await findShop(caller.domain);
  if (shop?.uninstalledAt !== null) throw buyerAnswer({ ok: false, reason: "unknown_shop" }, 404);
  const { customerId } = caller;
  const isAllowed = (await shopRate.isAllowed(String(shop.id))) && (customerId === null || (await customerRate.isAllowed(`${shop.id}/${customerId}`)));
  if (!isAllowed) throw buyerAnswer({ ok: false, reason: "too_many_requests" }, 429);
  return { shop, customerId };
}

/** The order an extension names; null: none. A thank-you page calls an order OrderIdentity; the number is the order's. */
export function orderIdFrom(text: string | null): OrderId | null {
  const digits = idTextSchema.safeParse(text?.slice(text.lastIndexOf("/") + 1));
  return digits.success ? parseId<OrderId>(digits.data) : null;
}

// An extension runs on Shopify's own servers, so every answer is for another origin; the token says who asks, and there are no cookies.
const HEADERS = { "Access-Control-Allow-Origin": "*", "Cache-Control": "no-store" };
const PREFLIGHT_SECONDS = 7_200; // as long as browsers keep it

export const buyerAnswer = (answer: unknown, status = 200): Response => Response.json(answer, { status, headers: HEADERS });

/** What a browser asks before it sends a token, or JSON, to another origin. */
export const preflightAnswer = (): Response => new Response(null, {
  status: 204,
  headers: { ...HEADERS, "Access-Control-Allow-Methods": "GET, POST, OPTIONS", "Access-Control-Allow-Headers": "Authorization, Content-Type", "Access-Control-Max-Age": String(PREFLIGHT_SECONDS) },
});
