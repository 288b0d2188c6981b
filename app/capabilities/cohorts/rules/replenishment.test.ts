import { expect, test } from "vitest";
import { replenishmentOf, type Replenishment } from "./replenishment.ts";

const made = (gaps: number): Replenishment => ({
  productId: "1", variantId: "2", productTitle: "Sencha", variantTitle: "100 g", pack: 1, buyers: 90, returners: 9, gaps, p25: 10, p50: 20, p75: 30, p90: 40, afterOne: { gaps: gaps - 1, days: 21 }, afterTwo: { gaps: 1, days: 44 },
});

test.each([[9, [null, null, null, null], null], [10, [10, 20, 30, null], null], [11, [10, 20, 30, null], 21], [29, [10, 20, 30, null], 21], [30, [10, 20, 30, 40], 21]])("of %d gaps is said what so many can tell", (gaps, quantiles, afterOne) => {
  const { p25, p50, p75, p90, afterOne: one, afterTwo: two } = replenishmentOf(made(gaps));
  expect([p25, p50, p75, p90]).toEqual(quantiles);
  expect([one, two]).toEqual([{ gaps: gaps - 1, days: afterOne }, { gaps: 1, days: null }]);
});
