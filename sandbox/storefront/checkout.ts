// Checking out: one form, one real order, however often the form is sent; codes are tried on the way.

import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import { SandboxError } from "../shop/model.ts";
import { CodeRefusal } from "../shop/quotes.ts";
import { listCartLines, type CartLine } from "./cart.ts";
import { renderCheckout, shownPriceOf, type CheckoutWish, type Complaints } from "./checkout-form.ts";
import { findOrderOfCheckout, placeOrderOnce } from "./checkout-orders.ts";
import { priceCheckout, sayComplaint, type CheckoutPrice } from "./checkout-price.ts";
import { isEmail, readField } from "./forms.ts";
import { sendPage, type Visit } from "./page.ts";
import { addCode, keepSession } from "./session.ts";

export async function showCheckout(visit: Visit, response: Response): Promise<void> {
  const { customer, context } = visit;
  const wish: CheckoutWish = {
    token: randomUUID(),
    email: customer?.email ?? "",
    firstName: customer?.firstName ?? "",
    lastName: customer?.lastName ?? "",
    countryCode: customer?.countryCode ?? context.state.shop().countryCode,
    code: "",
    isGuest: false,
    wantsNews: false,
    usesCredit: true,
    shownPrice: null,
  };
  await sendForm(visit, response, wish, {});
}

export async function submitCheckout(visit: Visit, request: Request, response: Response): Promise<void> {
  const { context, session, t } = visit;
  const wish = readWish(visit, request);
  if (findOrderOfCheckout(context.state, wish.token) !== null) return response.redirect(303, thanksPath(wish));
  const lines = listCartLines(visit);
  if (lines.length === 0) return response.redirect(303, "/cart");
  const price = priceWish(visit, wish, lines);
  const typed = wish.code === "" ? undefined : price.refused.find((each) => isSameCode(each.code, wish.code));
  const complaints: Complaints = { ...checkWish(visit, wish), ...(typed === undefined ? {} : { code: sayComplaint(visit, typed) }) };
  // What nobody has seen, nobody pays; a code just typed was meant to change it.
  if (wish.code === "" && wish.shownPrice !== null && wish.shownPrice !== shownPriceOf(price)) complaints.order = t("checkout.changed");
  if (Object.keys(complaints).length > 0) return sendForm(visit, response, wish, complaints);
  try {
    placeOrderOnce(visit, wish, lines, price);
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    const reason = error instanceof CodeRefusal ? sayComplaint(visit, error.refused) : t("checkout.refused", { reason: error.message });
    return sendForm(visit, response, wish, { order: reason });
  }
  keepSession(context, response, { ...session, cart: [], codes: [] });
  response.redirect(303, thanksPath(wish));
}

/** The button at the code box: tries what was typed, takes one away, or only counts again; nothing else is asked for yet. */
export async function changeCodes(visit: Visit, request: Request, response: Response): Promise<void> {
  const wish = readWish(visit, request);
  const lines = listCartLines(visit);
  const removed = readField(request, "remove");
  const refused = wish.code === "" ? undefined : priceWish(visit, wish, lines).refused.find((each) => isSameCode(each.code, wish.code));
  if (refused !== undefined && removed === "") return sendForm(visit, response, wish, { code: sayComplaint(visit, refused) });
  const codes = removed === "" ? addCode(visit.session.codes, wish.code) : visit.session.codes.filter((code) => code !== removed);
  const session = { ...visit.session, codes };
  keepSession(visit.context, response, session);
  await sendForm({ ...visit, session, path: "/checkout" }, response, { ...wish, code: removed === "" ? "" : wish.code }, {});
}

/** As Shopify's: the code waits in the session, and the checkout has it applied already. */
export function followDiscountLink(visit: Visit, request: Request, response: Response): void {
  const { session } = visit;
  keepSession(visit.context, response, { ...session, codes: addCode(session.codes, request.params["code"] ?? "") });
  const { redirect } = request.query;
  response.redirect(302, typeof redirect === "string" && /^\/(?![/\\])/.test(redirect) ? redirect : "/");
}

const thanksPath = ({ token }: CheckoutWish): string => `/checkout/thank-you/${token}`;
const isSameCode = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase();

function priceWish(visit: Visit, wish: CheckoutWish, lines: readonly CartLine[]): CheckoutPrice {
  return priceCheckout(visit, { lines, codes: addCode(visit.session.codes, wish.code), buyer: wish, usesCredit: wish.usesCredit });
}

function readWish({ customer }: Visit, request: Request): CheckoutWish {
  const token = readField(request, "token");
  const countryCode = readField(request, "countryCode");
  return {
    token: /^[0-9a-f-]{36}$/.test(token) ? token : randomUUID(),
    email: customer?.email ?? readField(request, "email").toLowerCase(),
    firstName: readField(request, "firstName"),
    lastName: readField(request, "lastName"),
    countryCode: /^[A-Z]{2}$/.test(countryCode) ? countryCode : "US",
    code: readField(request, "code").toUpperCase(),
    isGuest: customer === null && readField(request, "guest") !== "",
    wantsNews: readField(request, "news") !== "",
    usesCredit: readField(request, "credit") !== "",
    shownPrice: readField(request, "shownPrice") || null,
  };
}

function checkWish({ customer, t }: Visit, wish: CheckoutWish): Complaints {
  if (customer !== null) return {};
  return {
    ...(isEmail(wish.email) ? {} : { email: t("checkout.badEmail") }),
    ...(wish.lastName === "" ? { lastName: t("checkout.badName") } : {}),
  };
}

async function sendForm(visit: Visit, response: Response, wish: CheckoutWish, complaints: Complaints): Promise<void> {
  const lines = listCartLines(visit);
  if (lines.length === 0) return response.redirect(303, "/cart");
  const price = priceCheckout(visit, { lines, codes: visit.session.codes, buyer: wish, usesCredit: wish.usesCredit });
  const body = renderCheckout(visit, { wish, complaints, lines, price });
  await sendPage(visit, response, { title: visit.t("checkout.title"), body, isCheckout: true, status: Object.keys(complaints).length === 0 ? 200 : 422 });
}
