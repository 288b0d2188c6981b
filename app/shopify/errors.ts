// How a call to Shopify can fail. Messages carry codes and paths, never tokens, queries or answers.

/** Shopify will not answer this shop's calls, however often they are repeated. */
export class ShopifyRefused extends Error {
  override name = "ShopifyRefused";
  readonly reason: RefusalReason;
  constructor(reason: RefusalReason, detail = "") {
    super(`Shopify refused: ${reason}${detail && ` (${detail})`}`);
    this.reason = reason;
  }
}
/** token: none, or void since an uninstall · scope: the merchant has not granted it · shop: closed, frozen or forbidden */
export type RefusalReason = "token" | "scope" | "shop";

/** Shopify did not answer, or was too busy, for as long as we are willing to wait: try again later. */
export class ShopifyUnreachable extends Error {
  override name = "ShopifyUnreachable";
}

/** Shopify does not understand our query, or we its answer: a bug on our side. */
export class ShopifyMisunderstanding extends Error {
  override name = "ShopifyMisunderstanding";
}
