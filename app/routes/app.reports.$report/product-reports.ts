// Products that make regulars, as rows: what was bought first and next, what loyal customers buy, how long things last.
import type { Flow } from "../../capabilities/cohorts/cohorts.server.ts";
import { LOYAL_ORDERS, type BrightSpot, type SpotTotals } from "../../capabilities/cohorts/rules/bright-spots.ts";
import { lastMonthOver, type FirstProduct, type NextProduct } from "../../capabilities/cohorts/rules/first-products.ts";
import type { Replenishment } from "../../capabilities/cohorts/rules/replenishment.ts";
import type { Day } from "../../values/day.ts";
import { toDecimal } from "../../values/money.ts";
import { writeShare, type Column, type Report, type Row } from "./report.ts";

type About = { currency: string; today: Day };

const columnsOf = (type: Column["type"], ...names: string[]): Column[] => names.map((name) => ({ name, type }));

/** Product by product in the page's order, and of each a row per product bought next, the commonest first; one with nothing next where nobody came again. */
export function firstProductsReport(products: readonly FirstProduct[], flows: ReadonlyMap<string, Flow>, { currency, today }: About): Report {
  const rowsOf = (product: FirstProduct): Row[] => {
    const { rate, year, difference } = product;
    const next = flows.get(product.productId)?.next ?? [];
    return (next.length === 0 ? [null] : next).map((each) => [
      product.productId, product.title ?? "", product.customers, writeShare(rate.value), year === null ? null : toDecimal({ minor: Math.round(year.minorPerCustomer), currency }),
      each?.productId ?? null, each?.customers ?? null, writeShare(each?.lift ?? null),
      writeShare(rate.low), writeShare(rate.high), writeShare(product.othersRate), writeShare(difference?.value ?? null), writeShare(difference?.low ?? null), writeShare(difference?.high ?? null), product.verdict, year?.customers ?? 0,
      ...nextRow(each),
    ]);
  };
  return {
    name: "first_products",
    fileName: `regulars-first-products-${today}`,
    about: { asOf: today, currency, yearTo: lastMonthOver(today) },
    columns: [
      ...columnsOf("text", "product_id", "title"), ...columnsOf("integer", "customers"), ...columnsOf("decimal", "repeat_rate", "revenue_per_customer_365"), ...columnsOf("text", "next_product_id"), ...columnsOf("integer", "next_customers"), ...columnsOf("decimal", "lift"),
      ...columnsOf("decimal", "repeat_low", "repeat_high", "others_repeat_rate", "difference", "difference_low", "difference_high"), ...columnsOf("text", "verdict"), ...columnsOf("integer", "customers_365"),
      ...columnsOf("text", "next_title"), ...columnsOf("decimal", "lift_low", "lift_high"), ...columnsOf("text", "lift_verdict"),
    ],
    rows: products.flatMap(rowsOf),
  };
}

const nextRow = (next: NextProduct | null): Row => (next === null ? [null, null, null, null] : [next.title ?? "", writeShare(next.range?.low ?? null), writeShare(next.range?.high ?? null), next.verdict]);

export const brightSpotsReport = ({ spots, totals }: { spots: readonly BrightSpot[]; totals: SpotTotals }, { today }: About): Report => ({
  name: "bright_spots",
  fileName: `regulars-bright-spots-${today}`,
  about: { asOf: today, loyalFromOrders: String(LOYAL_ORDERS), loyalCustomers: String(totals.loyal.customers), otherCustomers: String(totals.others.customers) },
  columns: [...columnsOf("text", "product_id", "title"), ...columnsOf("integer", "loyal_buyers", "other_buyers"), ...columnsOf("decimal", "loyal_share", "other_share", "ratio", "ratio_low", "ratio_high"), ...columnsOf("text", "verdict")],
  rows: spots.map(({ productId, title, loyal, others, loyalShare, othersShare, ratio, verdict }) => [
    productId, title ?? "", loyal.buyers, others.buyers, writeShare(loyalShare), writeShare(othersShare), writeShare(ratio?.value ?? null), writeShare(ratio?.low ?? null), writeShare(ratio?.high ?? null), verdict,
  ]),
});

const DAY_DIGITS = 4;
const days = (count: number | null): string | null => count?.toFixed(DAY_DIGITS) ?? null;

/** A line per variant somebody bought again, the most gaps first. */
export const replenishmentReport = (variants: readonly Replenishment[], { today }: About): Report => ({
  name: "replenishment",
  fileName: `regulars-replenishment-${today}`,
  about: { asOf: today },
  columns: [
    ...columnsOf("text", "variant_id", "title"), ...columnsOf("integer", "gaps"), ...columnsOf("decimal", "p25", "p50", "p75", "p90"),
    ...columnsOf("text", "product_id"), ...columnsOf("decimal", "pack"), ...columnsOf("integer", "buyers", "returners", "after_one_gaps"), ...columnsOf("decimal", "after_one_days"), ...columnsOf("integer", "after_two_gaps"), ...columnsOf("decimal", "after_two_days"),
  ],
  rows: variants.map((row) => [
    row.variantId, titleOf(row), row.gaps, days(row.p25), days(row.p50), days(row.p75), days(row.p90),
    row.productId, days(row.pack), row.buyers, row.returners, row.afterOne.gaps, days(row.afterOne.days), row.afterTwo.gaps, days(row.afterTwo.days),
  ]),
});

/** As Shopify writes it; the only variant of a product has no name of its own. */
const titleOf = ({ productTitle, variantTitle }: Replenishment): string => [productTitle, variantTitle === "Default Title" ? null : variantTitle].filter(Boolean).join(" - ");
