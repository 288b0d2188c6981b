// The purchase rhythm as rows: gaps, the curve of who waits, the clock of each first product, lapse points.
import { STEPS, type LapsePoint, type Step } from "../../capabilities/cohorts/model.ts";
import { clockOf, type Waiters } from "../../capabilities/cohorts/rules/clock.ts";
import { bucketsOf } from "../../capabilities/cohorts/rules/gaps.ts";
import { survivalOf } from "../../capabilities/cohorts/rules/survival.ts";
import type { PlacedGap, ProductClock } from "../../capabilities/cohorts/cohorts.server.ts";
import type { TypeRhythm } from "../../capabilities/profiles/model.ts";
import type { ProductRhythm } from "../../capabilities/profiles/profiles.server.ts";
import { atRiskFrom } from "../../capabilities/profiles/rules/profile.ts";
import { parseRhythmQuery, type RhythmQuery } from "../../ui/rhythm-query.ts";
import type { Day } from "../../values/day.ts";
import { writeShare, type Column, type Report, type ReportAnswer, type Row } from "./report.ts";

const BUCKET_MAX_DAYS = 365;

/** `step` (null: between any two orders), `product`, and for `intervals` `bucket`: days in a row of it. */
export type RhythmReportWish = { step: Step | null; query: RhythmQuery; bucketDays: number };

export function parseRhythmReport(parameters: URLSearchParams): { ok: true; wish: RhythmReportWish } | Extract<ReportAnswer, { ok: false }> {
  const parsed = parseRhythmQuery(parameters);
  if (!parsed.ok) return refused(parsed.field);
  const bucket = parameters.get("bucket") || "1";
  const bucketDays = /^\d{1,3}$/.test(bucket) ? Number(bucket) : 0;
  if (bucketDays < 1 || bucketDays > BUCKET_MAX_DAYS) return refused("bucket");
  return { ok: true, wish: { step: parameters.get("step") ? parsed.query.step : null, query: parsed.query, bucketDays } };
}

const refused = (field: string) => ({ ok: false as const, field, message: `${field} cannot be understood. docs/reports.md lists what it may be.` });

const integers = (...names: string[]): Column[] => names.map((name) => ({ name, type: "integer" }));
const decimals = (...names: string[]): Column[] => names.map((name) => ({ name, type: "decimal" }));
const texts = (...names: string[]): Column[] => names.map((name) => ({ name, type: "text" }));

export function intervalsReport({ step, query, bucketDays }: RhythmReportWish, gaps: readonly PlacedGap[], asOf: Day): Report {
  const chosen = step === null ? gaps : gaps.filter(({ sequence }) => sequence === STEPS[step]);
  return {
    name: "intervals", fileName: `regulars-intervals-${asOf}`,
    about: { step: step ?? "", product: query.productId ?? "", bucket: String(bucketDays), asOf },
    columns: integers("bucket_days", "count"),
    rows: bucketsOf(chosen, bucketDays).map(({ to, orders }) => [to, orders]),
  };
}

export function secondOrderReport({ step, productId }: RhythmQuery, waiters: Waiters, asOf: Day): Report {
  const clock = clockOf(waiters);
  const number = (value: number | null | undefined): string | null => (value === null || value === undefined ? null : String(value));
  return {
    name: "second_order", fileName: `regulars-${step}-order-${asOf}`,
    about: { step, product: productId ?? "", asOf, horizonDays: number(clock?.horizonDays), halfDay: number(clock?.half.day), writeDay: number(clock?.moment?.day) },
    columns: [...integers("day", "at_risk", "events"), ...decimals("survival", "survival_low", "survival_high", "hazard", "hazard_smoothed")],
    rows: survivalOf(waiters).map(({ day, atRisk, events, survival, low, high }) => [day, atRisk, events, writeShare(survival), writeShare(low), writeShare(high), writeShare(events / atRisk), writeShare(clock?.chances[day - 1] ?? null)]),
  };
}

export function clocksReport(pages: AsyncIterable<ProductClock[]>, asOf: Day): Report {
  return {
    name: "second_order_clocks", fileName: `regulars-second-order-clocks-${asOf}`, about: { asOf },
    columns: [...texts("product", "title"), ...integers("customers", "second_orders", "horizon_days"), ...decimals("share"), ...integers("half_day", "half_low", "half_high", "write_day", "write_low", "write_high", "peak_day"), ...decimals("still_waiting", "remaining")],
    rows: eachPage(pages, ({ productId, title, customers, cameLater, clock }) => {
      const [half, moment] = [clock?.half, clock?.moment];
      return [productId, title, customers, cameLater, clock?.horizonDays ?? null, writeShare(clock?.share ?? null), half?.day ?? null, half?.low ?? null, half?.high ?? null,
        moment?.day ?? null, moment?.low ?? null, moment?.high ?? null, moment?.peakDay ?? null, writeShare(moment?.stillWaiting ?? null), writeShare(moment?.remaining ?? null)];
    }),
  };
}

/** The whole shop's first, then product types, then products. */
export function lapsePointsReport(shop: LapsePoint | null, { types, products }: { types: readonly TypeRhythm[]; products: AsyncIterable<ProductRhythm[]> }, { asOf, ownDays }: { asOf: Day; ownDays: number | null }): Report {
  const figures = ({ gapCount, typicalDays, lapseDays }: Pick<LapsePoint, "gapCount" | "typicalDays" | "lapseDays">): Row => [gapCount, writeShare(typicalDays), atRiskFrom(lapseDays), lapseDays];
  async function* rows(): AsyncGenerator<Row[]> {
    if (shop) yield [["shop", "", "", ...figures(shop)]];
    yield types.map((type) => ["product_type", type.productType, "", ...figures(type)]);
    yield* eachPage(products, (product) => ["product", product.productId, product.title, ...figures(product)]);
  }
  return {
    name: "lapse_points", fileName: `regulars-lapse-points-${asOf}`, about: { asOf, ownDays: ownDays === null ? null : String(ownDays) },
    columns: [...texts("group", "value", "title"), ...integers("gaps"), ...decimals("typical_days"), ...integers("at_risk_days", "lapse_days")],
    rows: rows(),
  };
}

async function* eachPage<One>(pages: AsyncIterable<One[]>, write: (one: One) => Row): AsyncGenerator<Row[]> {
  for await (const page of pages) yield page.map(write);
}
