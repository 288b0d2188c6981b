// Which other system of a shop tells of an action: proven by the shop's own secret.
import { isSignedBy } from "../capabilities/loyalty/loyalty.server.ts";
import { tellingSchema, type Telling } from "../capabilities/loyalty/model/actions.ts";
import { findShop } from "../capabilities/shops/shops.server.ts";
import { openRate } from "../platform/rates.server.ts";
import { readText } from "../shopify/callers.server.ts";
import type { ShopId } from "../values/ids.ts";
import { localeFrom } from "./locale.ts";
import { faultyField, jsonOf, toldRefusal } from "./told-answer.server.ts";

const BODY_MAX_BYTES = 4_096; // a telling is some hundred
const shopRate = openRate("told", { count: 600, seconds: 60 }); // ten a second: a till at noon; only what is signed counts, so that strangers block nobody

/** Throws a Response: 405, 413, 401 for a signature that is wrong or too old and for any shop without a secret, 429, 400. */
export async function tellingFrom(request: Request): Promise<{ shopId: ShopId; telling: Telling }> {
  if (request.method !== "POST") throw new Response(null, { status: 405, headers: { Allow: "POST" } });
  const text = await readText(request, BODY_MAX_BYTES);
  const locale = localeFrom(request);
  const header = (name: string): string => request.headers.get(`x-regulars-${name}`) ?? "";
  const shop = await findShop(header("shop").toLowerCase());
  const isKnown = shop?.uninstalledAt === null && (await isSignedBy(shop.id, { timestamp: header("timestamp"), signature: header("signature"), text }));
  if (!isKnown) throw await toldRefusal("not_signed", { locale, field: null });
  if (!(await shopRate.isAllowed(String(shop.id)))) throw await toldRefusal("too_many_requests", { locale, field: null });
  const telling = tellingSchema.safeParse(jsonOf(text));
  if (!telling.success) throw await toldRefusal("bad_request", { locale, field: faultyField(telling.error) });
  return { shopId: shop.id, telling: telling.data };
}
