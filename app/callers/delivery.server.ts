// Whose news Shopify brings.
import { findShopId } from "../capabilities/shops/shops.server.ts";
import { signedDeliveryFrom, type Delivery } from "../shopify/callers.server.ts";

/** Throws the Response of a delivery that is not Shopify's. One read of a key, since the answer is due in 50 ms. */
export async function deliveryFrom(request: Request): Promise<Delivery> {
  const delivery = await signedDeliveryFrom(request);
  return { ...delivery, shopId: await findShopId(delivery.domain) };
}
