// What a merchant begins with: a programme by the shop's usual order, and what past orders would bring.
import { now } from "../../../platform/clock.server.ts";
import { readCollectionTitles } from "../../../shopify/collections.server.ts";
import { ShopifyMisunderstanding, ShopifyRefused, ShopifyUnreachable } from "../../../shopify/errors.ts";
import { dayAt, type Day } from "../../../values/day.ts";
import { readOverview } from "../../analytics/analytics.server.ts";
import type { Shop } from "../../shops/model.ts";
import type { Programme } from "../model/programme.ts";
import { defaultProgramme } from "../rules/defaults.ts";

export type Usual = { today: Day; firstOrderOn: Day | null; averageOrderMinor: number | null; programme: Programme };

export async function readUsual(shop: Shop): Promise<Usual> {
  const today = dayAt(now(), shop.timeZone);
  const { totals: { orders, revenueMinor }, firstOrderOn } = await readOverview(shop, { preset: "last_12_months" }, today);
  const averageOrderMinor = orders > 0 ? Math.round(revenueMinor / orders) : null;
  return { today, firstOrderOn, averageOrderMinor, programme: defaultProgramme({ currency: shop.currency, averageOrderMinor }) };
}

/** Guests' orders too: their points wait for them. */
export async function readPastOrders(shop: Shop, from: Day): Promise<{ orders: number; revenueMinor: number }> {
  const today = dayAt(now(), shop.timeZone);
  const { totals: { orders, revenueMinor } } = await readOverview(shop, { range: { from: from < today ? from : today, to: today } }, today);
  return { orders, revenueMinor };
}

/** By their ids; without those Shopify did not name, now or any more. */
export async function nameCollections({ domain }: Shop, ids: readonly string[]): Promise<{ id: string; title: string }[]> {
  if (ids.length === 0) return [];
  try {
    return await readCollectionTitles(domain, ids);
  } catch (error) {
    if (error instanceof ShopifyRefused || error instanceof ShopifyUnreachable || error instanceof ShopifyMisunderstanding) return [];
    throw error;
  }
}
