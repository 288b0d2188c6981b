// How long a product lasts: what may be said of so many gaps.

/** Fewer gaps say nothing of the middle; and of the longest tenth. */
export const GAPS_MIN = 10;
export const TENTH_GAPS_MIN = 30;

/** Days from buying to the same customer's next purchase of the same, per unit bought, and as they are after one unit and after two. `variantId` null: the product as a whole, a unit being its smallest pack. */
export type Replenishment = {
  productId: string;
  variantId: string | null;
  productTitle: string | null;
  variantTitle: string | null;
  /** units of the product's smallest pack in one of this variant */
  pack: number;
  buyers: number;
  /** of them, who bought it again on a later day */
  returners: number;
  gaps: number;
  /** days per unit, null without a gap: a quarter of the gaps is shorter, half, three quarters, nine tenths */
  p25: number | null;
  p50: number | null;
  p75: number | null;
  p90: number | null;
  afterOne: Stretch;
  afterTwo: Stretch;
};
/** `days`: the median; null without a gap. */
export type Stretch = { gaps: number; days: number | null };

/** What is too little to be said is null. */
export function replenishmentOf(sums: Replenishment): Replenishment {
  const from = (least: number, days: number | null): number | null => (sums.gaps < least ? null : days);
  return {
    ...sums, p25: from(GAPS_MIN, sums.p25), p50: from(GAPS_MIN, sums.p50), p75: from(GAPS_MIN, sums.p75), p90: from(TENTH_GAPS_MIN, sums.p90),
    afterOne: stretchOf(sums.afterOne), afterTwo: stretchOf(sums.afterTwo),
  };
}

const stretchOf = ({ gaps, days }: Stretch): Stretch => ({ gaps, days: gaps < GAPS_MIN ? null : days });
