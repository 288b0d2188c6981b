// What the reports of the purchase rhythm are read from.
import { clockPages, readRhythm, type PurchaseRhythm } from "../../capabilities/cohorts/cohorts.server.ts";
import { lapsePointOf } from "../../capabilities/cohorts/rules/gaps.ts";
import { findMeasures, productRhythmPages, readSettings } from "../../capabilities/profiles/profiles.server.ts";
import type { Shop } from "../../capabilities/shops/model.ts";
import { now } from "../../platform/clock.server.ts";
import { USUAL_RHYTHM } from "../../ui/rhythm-query.ts";
import { dayAt, type Day } from "../../values/day.ts";
import type { Report, ReportAnswer } from "./report.ts";
import { clocksReport, intervalsReport, lapsePointsReport, parseRhythmReport, secondOrderReport, type RhythmReportWish } from "./rhythm-reports.ts";

export const rhythmReaders = {
  intervals: (shop: Shop, parameters: URLSearchParams) => ofRhythm(shop, parameters, ({ gaps }, wish, today) => intervalsReport(wish, gaps, today)),
  second_order: (shop: Shop, parameters: URLSearchParams) => ofRhythm(shop, parameters, ({ waiters }, { query }, today) => secondOrderReport(query, waiters, today)),
  second_order_clocks: async (shop: Shop) => done(clocksReport(clockPages(shop, todayOf(shop)), todayOf(shop))),
  lapse_points: async (shop: Shop) => {
    const today = todayOf(shop);
    const [{ gaps }, measures, { lapseDays }] = await Promise.all([readRhythm(shop, { ...USUAL_RHYTHM, today }), findMeasures(shop.id), readSettings(shop.id)]);
    return done(lapsePointsReport(lapsePointOf(gaps), { types: measures?.basis.types ?? [], products: productRhythmPages(shop.id) }, { asOf: today, ownDays: lapseDays }));
  },
};

async function ofRhythm(shop: Shop, parameters: URLSearchParams, write: (rhythm: PurchaseRhythm, wish: RhythmReportWish, today: Day) => Report): Promise<ReportAnswer> {
  const answer = parseRhythmReport(parameters);
  if (!answer.ok) return answer;
  const today = todayOf(shop);
  return done(write(await readRhythm(shop, { ...answer.wish.query, today }), answer.wish, today));
}

const todayOf = ({ timeZone }: Shop): Day => dayAt(now(), timeZone);
const done = (report: Report): ReportAnswer => ({ ok: true, report });
