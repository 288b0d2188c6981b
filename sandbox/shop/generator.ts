// A shop with a past: Regulars Tea & Coffee, its shelves and months of people coming back (or not), the same for the same seed.

import { createChance } from "./chance.ts";
import { DAY_MS, discountCodes, weighDay } from "./generator/seasons.ts";
import { teaCatalog, VENDOR, type TeaProduct } from "./generator/tea-catalog.ts";
import { liveTeaLife } from "./generator/tea-life.ts";
import type { Ledger } from "./ledger.ts";
import { SandboxError, type Instant, type ProductDoc } from "./model.ts";
import type { OpenedShop } from "./state.ts";

export type TeaShopWish = {
  seed: number;
  /** where history ends: the shop's today */
  asOf: Date;
  /** about so many; streams, so 200,000 will do, too */
  customerCount?: number;
  /** whole calendar months before the one of asOf */
  months?: number;
};

const CUSTOMERS = 3_000;
const MONTHS = 24;
const SECOND_ACCOUNTS = 1.006; // some customers come as two and are merged later

/** Fills an empty shop. Prices are US dollars, as the shop of openShop has them; it lies in Portland's time zone and sells to the world. */
export async function seedTeaShop(state: OpenedShop, { seed, asOf, customerCount = CUSTOMERS, months = MONTHS }: TeaShopWish): Promise<void> {
  if (state.countProducts({}) + state.countOrders({}) > 0) throw new SandboxError("The shop is not empty, so no history can be made for it.");
  const startAt = new Date(Date.UTC(asOf.getUTCFullYear(), asOf.getUTCMonth() - months, 1, 12)); // noon, so that it is the first of the month in the shop's own zone, too
  const openedAt = startAt.toISOString();
  state.during(openedAt, () => {
    const { ledger } = state;
    ledger.remember("shop", { ...state.shop(), createdAt: openedAt });
    ledger.remember("discount codes", discountCodes);
    for (const product of teaCatalog) ledger.putProduct(toProductDoc(ledger, product, openedAt));
  });
  tryTheTill(state, openedAt);
  const [fromMs, toMs] = [startAt.getTime(), asOf.getTime()];
  const arrivalsPerWeight = customerCount / SECOND_ACCOUNTS / sumWeights(fromMs, toMs);
  await liveTeaLife(state, { startAt: openedAt, arrivalsPerWeight, serial: 0, plans: [] }, { fromMs, toMs, isLive: false }, createChance(seed));
}

function toProductDoc(ledger: Ledger, { handle, title, description, productType, tags, sizes }: TeaProduct, at: Instant): ProductDoc {
  return {
    id: ledger.nextId("product"), title, handle, description, productType, vendor: VENDOR, status: "ACTIVE", tags, createdAt: at, updatedAt: at,
    variants: sizes.map(({ title: size, priceMinor, costMinor }, index) => ({
      id: ledger.nextId("variant"), title: size, sku: `${handle.slice(0, 18).toUpperCase()}-${index + 1}`, priceMinor, unitCostMinor: costMinor, updatedAt: at,
    })),
  };
}

/** Every merchant places a test order before opening; reports must leave it out. */
function tryTheTill(state: OpenedShop, openedAt: Instant): void {
  const [product] = state.listProducts({}, { sortKey: "ID", first: 1 });
  if (product) state.during(openedAt, () => state.placeOrder({ customerId: null, lines: [{ productId: product.id, quantity: 1 }], test: true }));
}

function sumWeights(fromMs: number, toMs: number): number {
  let sum = 0;
  for (let dayMs = fromMs; dayMs < toMs; dayMs += DAY_MS) sum += weighDay(new Date(dayMs), new Date(fromMs)) * Math.min(1, (toMs - dayMs) / DAY_MS);
  return sum;
}
