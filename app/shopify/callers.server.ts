// Who is speaking, proven by Shopify's signature: a merchant's browser, or Shopify itself.
import type { ShopId } from "../values/ids.ts";

export type Delivery = {
  domain: string;
  /** null: a shop we do not know, or no longer */
  shopId: ShopId | null;
  /** `orders/create` */
  topic: string;
  webhookId: string;
  triggeredAt: Date;
  /** raw JSON: ids beyond 2^53 are still exact */
  text: string;
};
