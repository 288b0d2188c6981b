// Products that make regulars: which to begin with, what follows, what loyal customers buy, how long a thing lasts.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import { dayAt, type Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import type { Shop } from "../../shops/model.ts";
import { readShop } from "../../shops/shops.server.ts";
import { brightSpotsOf, type BrightSpot, type SpotTotals } from "../rules/bright-spots.ts";
import { firstProductsOf, lastMonthOver, nextProductsOf, type FirstProduct, type NextProduct } from "../rules/first-products.ts";
import { scalePacks } from "../rules/packs.ts";
import { replenishmentOf, type Replenishment } from "../rules/replenishment.ts";
import * as measures from "../store.server/product-measures.server.ts";
import * as reads from "../store.server/product-reads.server.ts";
import * as sums from "../store.server/sums.server.ts";

const MEASURING_TIMEOUT_MS = 900_000;

/** Once a day: bright spots and replenishment from every order line. Customers have been followed once before. */
export async function measureProducts(shopId: ShopId): Promise<void> {
  const { timeZone } = await readShop(shopId);
  await inTransaction(async (tx) => {
    await measures.rebuildBrightSpots(tx, shopId, dayAt(now(), timeZone));
    await measures.rebuildReplenishment(tx, shopId, scaled(await measures.listVariantNames(tx, shopId)));
    await sums.stampMeasures(tx, shopId, now());
  }, { timeoutMs: MEASURING_TIMEOUT_MS });
}

/** Each against the smallest of its product. */
const scaled = (variants: Awaited<ReturnType<typeof measures.listVariantNames>>): measures.ScaledVariant[] =>
  [...Map.groupBy(variants, ({ productId }) => productId).values()].flatMap((siblings) => {
    const scales = scalePacks(siblings.map(({ title }) => title));
    return siblings.map(({ productId, id }, at) => ({ productId, id, scale: scales[at] ?? 1 }));
  });

/** When products were last measured; null: never. */
export const findMeasuredAt = async (shopId: ShopId): Promise<Date | null> => (await sums.findLock(db(), shopId))?.measuredAt ?? null;

/** Every product somebody began with, the surest to make regulars first. */
export async function readFirstProducts({ id }: Pick<Shop, "id">, today: Day): Promise<FirstProduct[]> {
  const yearTo = lastMonthOver(today);
  const { products, everybody } = await reads.listFirstProducts(db(), id, yearTo);
  return firstProductsOf(products, everybody, yearTo);
}

export type Flow = { again: number; next: NextProduct[] };

/** What was bought next after each of these first products, or after each there is; absent: nobody came again. */
export async function readFlows(shopId: ShopId, productIds: readonly string[] | null): Promise<Map<string, Flow>> {
  const flows = await reads.listFlows(db(), shopId, productIds);
  return new Map([...flows].map(([productId, flow]) => [productId, { again: flow.again, next: nextProductsOf(flow) }]));
}

/** What loyal customers buy more surely than others first, as counted today. */
export async function readBrightSpots(shopId: ShopId): Promise<{ spots: BrightSpot[]; totals: SpotTotals }> {
  const { products, totals } = await reads.listSpots(db(), shopId);
  return { spots: brightSpotsOf(products, totals), totals };
}

/** How long things last, as counted today. */
export const listReplenishment = async (shopId: ShopId, wish: reads.ReplenishmentWish): Promise<Replenishment[]> => (await reads.listReplenishment(db(), shopId, wish)).map(replenishmentOf);
