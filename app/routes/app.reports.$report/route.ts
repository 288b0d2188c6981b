// Reports for machines and spreadsheets: /app/reports/overview, cohorts or sync, with .csv or .json, or ?format=.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../../callers/merchant.server.ts";
import type { Shop } from "../../capabilities/shops/model.ts";
import { readCohorts, readOverview } from "../../capabilities/analytics/analytics.server.ts";
import { readSyncStatus } from "../../capabilities/sync/sync.server.ts";
import { now } from "../../platform/clock.server.ts";
import { parseRangeChoice } from "../../ui/range-choice.ts";
import { dayAt } from "../../values/day.ts";
import { cohortsReport } from "./cohorts-report.ts";
import { overviewReport } from "./overview-report.ts";
import { REPORT_NAMES, type Report, type ReportAnswer, type ReportName } from "./report.ts";
import { refuseReport, sendReport } from "./send-report.ts";
import { syncReport } from "./sync-report.ts";

export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = await merchantFrom(request);
  const { searchParams } = new URL(request.url);
  const [wanted = "", ending] = (params["report"] ?? "").split(".");
  const name = REPORT_NAMES.find((known) => known === wanted);
  if (!name) return refuseReport(404, { field: "report", message: `There is no report of this name. Reports: ${REPORT_NAMES.join(", ")}.` });
  const format = ending ?? searchParams.get("format") ?? "csv";
  if (format !== "csv" && format !== "json") return refuseReport(400, { field: "format", message: "format must be csv or json." });
  const answer = await readers[name](shop, searchParams);
  return answer.ok ? sendReport(answer.report, format) : refuseReport(400, answer);
}

type Reader = (shop: Shop, parameters: URLSearchParams) => Promise<ReportAnswer>;

const readers: Record<ReportName, Reader> = {
  overview: async (shop, parameters) => {
    const choice = parseRangeChoice(parameters);
    if (!choice.ok) return { ok: false, field: choice.field, message: `${choice.field} ${RANGE_MESSAGES[choice.reason]}` };
    return done(overviewReport(await readOverview(shop, choice, dayAt(now(), shop.timeZone)), shop.currency));
  },
  cohorts: async (shop, parameters) => {
    const grain = parameters.get("grain") ?? "month";
    if (grain !== "month") return { ok: false, field: "grain", message: "grain must be month." };
    return done(cohortsReport(await readCohorts(shop, dayAt(now(), shop.timeZone)), shop.currency));
  },
  sync: async (shop) => done(syncReport(await readSyncStatus(shop.id))),
};

const done = (report: Report): ReportAnswer => ({ ok: true, report });

const RANGE_MESSAGES = {
  unknown: "must be this_month, last_month, last_3_months, last_12_months or all_time.",
  missing: "is missing: give both from and to as YYYY-MM-DD, or neither.",
  not_a_day: "must be a day of the calendar, as YYYY-MM-DD.",
  reversed: "must not come before from.",
};
