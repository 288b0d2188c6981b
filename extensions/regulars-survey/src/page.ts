// The page of Shopify's the block stands on: its words, its order, who looks at it, and what this browser has seen before.
import type { Api as OrderStatusApi } from "@shopify/ui-extensions/customer-account.order-status.block.render";
import type { Api as ThankYouApi } from "@shopify/ui-extensions/purchase.thank-you.block.render";

declare const shopify: OrderStatusApi | ThankYouApi; // which of them, the page says

export const t = (key: string, values: Record<string, string> = {}): string => shopify.i18n.translate(key, values);
export const formatCount = (count: number): string => shopify.i18n.formatNumber(count);
export const readToken = (): Promise<string> => shopify.sessionToken.get();

/** Null: Shopify has not told yet. */
export const findOrderId = (): string | null => ("orderConfirmation" in shopify ? shopify.orderConfirmation.value.order.id : (shopify.order.value?.id ?? null));
export const findCountry = (): string | null => shopify.localization.country.value?.isoCode ?? null;

/** As soon as it is allowed to ask and to remember: at once, unless the shop's banner waits for an answer. Answers what stops the waiting. */
export function onceAllowed(run: () => void): () => void {
  let isRun = false;
  const look = ({ shouldShowBanner, allowedProcessing }: typeof shopify.customerPrivacy.value): void => {
    if (isRun || (shouldShowBanner && !allowedProcessing.preferences)) return;
    isRun = true;
    run();
  };
  look(shopify.customerPrivacy.value);
  return shopify.customerPrivacy.subscribe(look);
}

const KEY = "seen";
const SEEN_MAX = 20; // more than a shop asks in the time a browser remembers

/** The surveys this browser has shown. */
export async function listSeen(): Promise<string[]> {
  try {
    const kept: unknown = await shopify.storage.read(KEY);
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
  } catch {
    return []; // a browser that keeps nothing is asked as if it were new
  }
}

export async function noteSeen(id: string): Promise<void> {
  const seen = (await listSeen()).filter((other) => other !== id);
  await shopify.storage.write(KEY, [...seen, id].slice(-SEEN_MAX)).catch(() => undefined); // it is asked again, which a guest may be
}
