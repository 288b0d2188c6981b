// The page of Shopify's the block stands on: its words, its order, who looks at it, and what this browser has seen before.
import { fieldsOf } from "../../regulars-account/src/app.ts";
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

// eslint-disable-next-line no-restricted-syntax -- a browser's own clock, compared with nothing but itself
export const readNow = (): number => Date.now();

const KEY = "shown";
const SHOWN_MAX = 20; // more than a shop asks in the time a browser remembers

/** A question this browser has shown: when first, by its own clock, and whether it has been answered. */
export type Shown = { id: string; at: number; isAnswered: boolean };

/** The newest is the last. */
export async function listShown(): Promise<Shown[]> {
  try {
    const kept: unknown = await shopify.storage.read(KEY);
    return Array.isArray(kept) ? kept.flatMap(toShown) : [];
  } catch {
    return []; // a browser that keeps nothing is asked as if it were new
  }
}

function toShown(kept: unknown): Shown[] {
  const { id, at, isAnswered } = fieldsOf(kept);
  return typeof id === "string" && typeof at === "number" ? [{ id, at, isAnswered: isAnswered === true }] : [];
}

export async function noteShown(shown: Shown): Promise<void> {
  const others = (await listShown()).filter(({ id }) => id !== shown.id);
  await shopify.storage.write(KEY, [...others, shown].slice(-SHOWN_MAX)).catch(() => undefined); // it is asked again, which a guest may be
}
