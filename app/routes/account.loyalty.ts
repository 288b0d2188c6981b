// A shopper's points as Shopify's own pages show them: their account, an order's page, the thank-you page. Who asks comes from the session token alone.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { buyerAnswer, buyerFrom, orderIdFrom, preflightAnswer } from "../callers/buyer.server.ts";
import { localeFrom } from "../callers/locale.ts";
import { findLiveProgramme, readOrderPoints, readSummary, type OrderPoints, type Shopper } from "../capabilities/loyalty/loyalty.server.ts";
import type { Programme } from "../capabilities/loyalty/model/programme.ts";
import { isSoon } from "../capabilities/loyalty/rules/storefront.ts";
import { now } from "../platform/clock.server.ts";
import { dayAt, type Day } from "../values/day.ts";
import { wordsIn } from "../values/words.ts";
import { pointsForTotal } from "../capabilities/loyalty/rules/earning.ts";
import { decimalsOf, parseMinor } from "../values/money.ts";

/** `?order=` names an order, `?total=12.50&currency=USD` what it cost. Docs: extensions/regulars-account. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  if (request.method === "OPTIONS") return preflightAnswer();
  const { shop, customerId } = await buyerFrom(request);
  const programme = await findLiveProgramme(shop.id);
  if (programme === null) return buyerAnswer({ isLive: false });
  const query = new URL(request.url).searchParams;
  const locale = localeFrom(request);
  const shopper = customerId === null ? null : { shopId: shop.id, customerId };
  return buyerAnswer({
    isLive: true, pointName: programme.pointName && wordsIn(programme.pointName, locale), earning: earningOf(programme, { query, currency: shop.currency }),
    account: shopper && (await readAccount(shopper, { programme, locale, today: dayAt(now(), shop.timeZone) })), order: shopper && (await readOrder(shopper, query.get("order"))),
  });
}

/** Without anybody's tier: how the rule reads. `points` for each `perAmount`; `forTotal` where the total is in the shop's own money and whatever was
 *  bought earns alike. Null: orders earn nothing. */
function earningOf({ order: rule }: Programme, { query, currency }: { query: URLSearchParams; currency: string }): { points: number; perAmount: number; currency: string; forTotal: number | null } | null {
  if (!rule.isOn) return null;
  const isAlike = rule.only === null && rule.excluded === null && rule.rates.length === 0;
  const minor = isAlike && query.get("currency") === currency ? minorOf(query.get("total"), currency) : null;
  return { points: rule.points, perAmount: rule.perMinor / 10 ** decimalsOf(currency), currency, forTotal: minor === null ? null : pointsForTotal(minor, rule) };
}

function minorOf(text: string | null, currency: string): number | null {
  try {
    return parseMinor(text, currency);
  } catch {
    return null; // it is a number for show
  }
}

async function readAccount(shopper: Shopper, { programme, locale, today }: { programme: Programme; locale: string; today: Day }) {
  const summary = await readSummary(shopper);
  if (summary === null) return null;
  const { isMember, balance, owed, pending, waiting, tierId, spendableUntil, expiring } = summary;
  const tier = programme.tiers?.levels.find(({ id }) => id === tierId);
  return { isMember, balance, owed, pending, waiting, tier: tier ? wordsIn(tier.title, locale) : null, spendableUntil: spendableUntil && isSoon(spendableUntil, today) ? spendableUntil : null, expiring };
}

function readOrder(shopper: Shopper, text: string | null): Promise<OrderPoints | null> | null {
  const orderId = orderIdFrom(text);
  return orderId && readOrderPoints(shopper, orderId);
}
