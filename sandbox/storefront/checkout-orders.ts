// A checkout becomes an order, and a checkout sent again finds the order it became.

import type { CustomerDoc, Id, OrderDoc, ShopState } from "../shop/model.ts";
import type { CartLine } from "./cart.ts";
import type { CheckoutWish } from "./checkout-form.ts";
import { toOrderLines, type CheckoutPrice } from "./checkout-price.ts";
import type { Visit } from "./page.ts";

/** between looking and placing nothing waits, so a form sent twice finds the order of the first time, and what was priced is what is placed */
export function placeOrderOnce({ context, session, customer }: Visit, wish: CheckoutWish, lines: readonly CartLine[], price: CheckoutPrice): void {
  const { state } = context;
  const buyer = customer ?? (wish.isGuest ? null : findOrMakeCustomer(state, wish, session.locale));
  if (wish.wantsNews && buyer !== null && buyer.emailConsent.state !== "SUBSCRIBED") {
    const updatedAt = context.clock.now().toISOString();
    state.updateCustomer(buyer.id, { emailConsent: { state: "SUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt } });
  }
  const order = state.placeOrder({
    customerId: buyer?.id ?? null,
    email: customer?.email ?? wish.email,
    lines: toOrderLines(lines),
    discountCodes: price.discountCodes,
    payWith: { storeCredit: price.creditMinor > 0, giftCardCodes: price.giftCards.map(({ code }) => code) },
    sourceName: "web",
    locale: session.locale,
  });
  state.remember(memoryOf(wish.token), order.id);
}

/** as Shopify does: an order belongs to whoever has its e-mail address */
function findOrMakeCustomer(state: ShopState, wish: CheckoutWish, locale: string): CustomerDoc {
  const { email, firstName, lastName, countryCode } = wish;
  const known = state.findCustomerByEmail(email);
  return known ?? state.createCustomer({ email, firstName: firstName || null, lastName, countryCode, locale, state: "DISABLED" });
}

const memoryOf = (token: string): string => `storefront checkout ${token}`;

export function findOrderOfCheckout(state: ShopState, token: string): OrderDoc | null {
  const orderId = state.recall(memoryOf(token));
  return typeof orderId === "string" ? state.getOrder(orderId satisfies Id) : null;
}
