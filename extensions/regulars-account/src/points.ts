// What the app says of a shopper's points; anything else than that is as if there were no programme.
import { askApp, countOf, fieldsOf, isSome, textOf, type Fields } from "./app.ts";

/** What the page is about: an order, and what it cost in whose money. */
export type Page = { orderId: string | null; total: { amount: number; currencyCode: string } | null };

export type Account = { balance: number; owed: number; waiting: number; tier: string | null; spendableUntil: string | null; expiring: number };
/** `availableOn` null: once the shopper joins. */
export type OrderPoints = { points: number; pending: number; availableOn: string | null };
/** `points` for each `perAmount`; `forTotal` of the page's own total. */
export type Earning = { points: number; perAmount: number; currency: string; forTotal: number | null };
/** `account` null: nobody is logged in. `order` null: the app has not heard of it yet, or it is somebody else's. */
export type Points = { pointName: string | null; account: Account | null; order: OrderPoints | null; earning: Earning | null };

/** Null: there is nothing to show. `token` says who asks. */
export async function readPoints({ orderId, total }: Page, { locale, token }: { locale: string; token: () => Promise<string> }): Promise<Points | null> {
  const query = new URLSearchParams({ locale, ...(orderId !== null && { order: orderId }), ...(total !== null && { total: String(total.amount), currency: total.currencyCode }) });
  return parsePoints(await askApp(`loyalty?${query.toString()}`, { token }));
}

function parsePoints(answer: unknown): Points | null {
  const { isLive, pointName, account, order, earning } = fieldsOf(answer);
  if (isLive !== true) return null;
  return { pointName: textOf(pointName), account: isSome(account) ? toAccount(fieldsOf(account)) : null, order: isSome(order) ? toOrder(fieldsOf(order)) : null, earning: isSome(earning) ? toEarning(fieldsOf(earning)) : null };
}

const toAccount = ({ balance, owed, waiting, tier, spendableUntil, expiring }: Fields): Account => ({
  balance: countOf(balance), owed: countOf(owed), waiting: countOf(waiting), tier: textOf(tier), spendableUntil: textOf(spendableUntil), expiring: countOf(expiring),
});
const toOrder = ({ points, pending, availableOn }: Fields): OrderPoints => ({ points: countOf(points), pending: countOf(pending), availableOn: textOf(availableOn) });
const toEarning = ({ points, perAmount, currency, forTotal }: Fields): Earning => ({ points: countOf(points), perAmount: countOf(perAmount), currency: textOf(currency) ?? "", forTotal: typeof forTotal === "number" ? forTotal : null });
