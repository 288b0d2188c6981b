// Which shopper of which shop asks through the app proxy, and whether they ask too often.
import { findShopId } from "../capabilities/shops/shops.server.ts";
import { openRate } from "../platform/rates.server.ts";
import { shopperCallerFrom } from "../shopify/callers.server.ts";
import type { CustomerId, ShopId } from "../values/ids.ts";

export type AnyShopper = { shopId: ShopId; customerId: CustomerId | null };

const MINUTE_SECONDS = 60;
const customerRate = openRate("shopper", { count: 60, seconds: MINUTE_SECONDS }); // a panel that is opened asks thrice
const shopRate = openRate("shop", { count: 12_000, seconds: MINUTE_SECONDS }); // two hundred a second: the day of a sale

/** Throws a Response: 401 for whom Shopify did not sign, 404 for a shop we do not know, 429 for too many. */
export async function shopperFrom(request: Request): Promise<AnyShopper> {
  const { domain, customerId } = shopperCallerFrom(request);
  const shopId = await findShopId(domain);
  if (shopId === null) throw new Response(null, { status: 404 });
  const isAllowed = (await shopRate.isAllowed(String(shopId))) && (customerId === null || (await customerRate.isAllowed(`${shopId}/${customerId}`)));
  if (!isAllowed) throw shopperAnswer({ ok: false, reason: "too_many_requests" }, 429);
  return { shopId, customerId };
}

const guestRate = openRate("guest", { count: 30, seconds: MINUTE_SECONDS }); // some share an address: a household, an office

/** Whoever is not logged in is known by their address, for a minute and in memory only. Without one only the shop's own rate holds. */
export async function isGuestAllowed(request: Request, shopId: ShopId): Promise<boolean> {
  const [address = ""] = (request.headers.get("x-forwarded-for") ?? "").split(","); // Shopify names the shopper first
  return address === "" || guestRate.isAllowed(`${shopId}/${address.trim()}`);
}

/** Never kept by anybody on the way: it is one person's. */
export const shopperAnswer = (answer: unknown, status = 200): Response => Response.json(answer, { status, headers: { "Cache-Control": "no-store" } });

const BODY_MAX_CHARACTERS = 16_384; // a wish is some hundred, an answer in words may be a thousand of three bytes each; longer ones are told which field is too long

/** The JSON of a wish; undefined: there is none, or it is no JSON. Other than JSON is refused, as forms of other sites could be sent by mistake. */
export async function wishFrom(request: Request): Promise<unknown> {
  if (!(request.headers.get("content-type") ?? "").startsWith("application/json") || Number(request.headers.get("content-length") ?? 0) > BODY_MAX_CHARACTERS) return undefined;
  const text = await request.text();
  if (text.length > BODY_MAX_CHARACTERS) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}
