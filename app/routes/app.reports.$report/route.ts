// Reports for machines and spreadsheets: /app/reports/overview and its like, with .csv or .json, or ?format=.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../../callers/merchant.server.ts";
import type { Shop } from "../../capabilities/shops/model.ts";
import type { Survey } from "../../capabilities/surveys/model/survey.ts";
import { orderPages, readOverview } from "../../capabilities/analytics/analytics.server.ts";
import { ORDER_KINDS, type Overview } from "../../capabilities/analytics/model.ts";
import { listCosts, listReplenishment, listTraitChoices, readBrightSpots, readCohorts, readFirstProducts, readFlows, readValue, type Value } from "../../capabilities/cohorts/cohorts.server.ts";
import { boardPages } from "../../capabilities/followups/followups.server.ts";
import { findForecast, listChecks } from "../../capabilities/forecasts/forecasts.server.ts";
import { entryPages, memberPages, readLiability, redemptionPages, referralPages } from "../../capabilities/loyalty/loyalty.server.ts";
import { countRfmCells, findMeasures, readSettings } from "../../capabilities/profiles/profiles.server.ts";
import { countMoves, customerPages, listSegments } from "../../capabilities/segments/segments.server.ts";
import { fileLanguageOf } from "../../capabilities/surveys/rules/words.ts";
import { answerPages, listSurveys, readOutcomes } from "../../capabilities/surveys/surveys.server.ts";
import { readSyncStatus } from "../../capabilities/sync/sync.server.ts";
import { listAnnotations, listGoals, readBands, readTracks } from "../../capabilities/targets/targets.server.ts";
import { now } from "../../platform/clock.server.ts";
import { openKeyNames } from "../../ui/answer-words.ts";
import { parseBoardChoice } from "../../ui/board-query.ts";
import { parseCustomerList, toCustomerQuery } from "../../ui/customer-query.ts";
import { parseMemberList } from "../../ui/member-query.ts";
import { parseOrderChoice } from "../../ui/order-query.ts";
import { parseRangeChoice } from "../../ui/range-choice.ts";
import { dayAt } from "../../values/day.ts";
import { BY_MAX, cohortsReport, parseCohortsWish, type CohortBlock, type CohortsWish } from "./cohorts-report.ts";
import { atRiskReport, customersReport, segmentMembersReport } from "./customer-reports.ts";
import { definitionsReport } from "./definitions-report.ts";
import { calibrationReport, modelReport } from "./forecast-reports.ts";
import { ledgerReport, liabilityReport, membersReport, redemptionsReport, referralsReport } from "./loyalty-reports.ts";
import { ordersReport } from "./orders-report.ts";
import { overviewReport } from "./overview-report.ts";
import { brightSpotsReport, firstProductsReport, replenishmentReport } from "./product-reports.ts";
import { rfmReport, segmentsReport } from "./profile-reports.ts";
import { REPORT_NAMES, type Report, type ReportAnswer, type ReportName } from "./report.ts";
import { rhythmReaders } from "./rhythm-readers.server.ts";
import { refuseReport, sendReport } from "./send-report.server.ts";
import { surveyAnswersReport, surveyOutcomesReport, surveysReport } from "./survey-reports.ts";
import { syncReport } from "./sync-report.ts";
import { acquisitionCostsReport, ltvReport, parseValueWish, paybackReport, type ValueWish } from "./value-reports.ts";
import { annotationsReport, goalsReport, usualBandsReport } from "./target-reports.ts";

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
  overview: (shop, parameters) => ofRange(shop, parameters, (overview) => overviewReport(overview, shop.currency)),
  orders: async (shop, parameters) => {
    const answer = parseOrderChoice(parameters);
    if (!answer.ok) return { ok: false, field: answer.field, message: answer.field === "kind" ? `kind must be ${ORDER_KINDS.join(", ")}.` : `${answer.field} ${RANGE_MESSAGES[answer.reason]}` };
    return done(ordersReport(answer.choice, orderPages(shop.id, answer.choice), shop.currency));
  },
  retention_definitions: (shop, parameters) => ofRange(shop, parameters, definitionsReport),
  cohorts: async (shop, parameters) => {
    const answer = parseCohortsWish(parameters);
    if (!answer.ok) return answer;
    const { currency, today } = aboutOf(shop);
    return done(cohortsReport(answer.wish, await readBlocks(shop, answer.wish), { asOf: today, currency }));
  },
  ...rhythmReaders,
  ltv: (shop, parameters) => ofValue(shop, parameters, ltvReport),
  payback: (shop, parameters) => ofValue(shop, parameters, paybackReport),
  acquisition_costs: async (shop) => done(acquisitionCostsReport(await listCosts(shop), aboutOf(shop))),
  goals: async (shop) => {
    const [tracks, goals] = await Promise.all([readTracks(shop.id, aboutOf(shop).today), listGoals(shop.id)]);
    return done(goalsReport(tracks, goals.filter(({ state }) => state !== "open"), aboutOf(shop)));
  },
  usual_bands: async (shop) => done(usualBandsReport(await readBands(shop.id, aboutOf(shop).today), aboutOf(shop))),
  annotations: async (shop) => done(annotationsReport(await listAnnotations(shop.id), aboutOf(shop))),
  first_products: async (shop) => {
    const about = aboutOf(shop);
    const [products, flows] = await Promise.all([readFirstProducts(shop, about.today), readFlows(shop.id, null)]);
    return done(firstProductsReport(products, flows, about));
  },
  bright_spots: async (shop) => done(brightSpotsReport(await readBrightSpots(shop.id), aboutOf(shop))),
  replenishment: async (shop) => done(replenishmentReport(await listReplenishment(shop.id, { of: "variants" }), aboutOf(shop))),
  sync: async (shop) => done(syncReport(await readSyncStatus(shop.id))),
  customers: async (shop, parameters) => {
    const answer = parseCustomerList(parameters);
    if (!answer.ok) return { ok: false, field: answer.field, message: `${answer.field} cannot be understood. docs/reports.md lists what it may be.` };
    return done(customersReport(customerPages(shop, toCustomerQuery(answer.list)), aboutOf(shop)));
  },
  at_risk: async (shop, parameters) => {
    const answer = parseBoardChoice(parameters);
    if (!answer.ok) return { ok: false, field: answer.field, message: `${answer.field} cannot be understood. docs/reports.md lists what it may be.` };
    return done(atRiskReport(answer.choice, boardPages(shop, answer.choice), aboutOf(shop)));
  },
  rfm: async (shop) => {
    const [cells, measures, settings] = await Promise.all([countRfmCells(shop.id), findMeasures(shop.id), readSettings(shop.id)]);
    return done(rfmReport(cells, { basis: measures?.basis ?? null, settings, currency: shop.currency }));
  },
  segments: async (shop) => {
    const { today } = aboutOf(shop);
    const since = new Date(now().getTime() - 30 * DAY_MS);
    const [segments, moves] = await Promise.all([listSegments(shop.id), countMoves(shop.id, { segmentId: null, since })]);
    const moveOf = new Map(moves.map((move) => [move.segmentId, move]));
    return done(segmentsReport(segments.map((segment) => ({ ...segment, entered: moveOf.get(segment.id)?.entered ?? 0, left: moveOf.get(segment.id)?.left ?? 0 })), today));
  },
  segment_members: async (shop, parameters) => {
    const wanted = parameters.get("segment") ?? "";
    const segment = (await listSegments(shop.id)).find(({ id, readyKey }) => id === wanted || readyKey === wanted);
    if (!segment) return { ok: false, field: "segment", message: "segment must be the id of a segment, or the name of a ready-made one such as at_risk; the report segments lists both." };
    return done(segmentMembersReport(segment, customerPages(shop, { rule: null, segmentId: segment.id, search: "" }), aboutOf(shop)));
  },
  model: async (shop) => done(modelReport(await findForecast(shop.id))),
  calibration: async (shop) => done(calibrationReport(await listChecks(shop.id))),
  ledger: async (shop) => done(ledgerReport(entryPages(shop.id), aboutOf(shop))),
  liability: async (shop) => done(liabilityReport(await readLiability(shop), aboutOf(shop))),
  members: async (shop, parameters) => {
    const answer = parseMemberList(parameters);
    if (!answer.ok) return { ok: false, field: answer.field, message: `${answer.field} cannot be understood. docs/reports.md lists what it may be.` };
    return done(membersReport(memberPages(shop, answer.list), aboutOf(shop)));
  },
  redemptions: async (shop) => done(redemptionsReport(redemptionPages(shop.id), aboutOf(shop))),
  referrals: async (shop) => done(referralsReport(referralPages(shop.id), aboutOf(shop))),
  surveys: async (shop) => done(surveysReport(await listSurveys(shop.id), aboutOf(shop))),
  survey_answers: async (shop, parameters) => {
    const chosen = await chooseSurvey(shop, parameters);
    return chosen.ok ? done(surveyAnswersReport(chosen.survey, { surveys: chosen.surveys, pages: answerPages(shop.id, chosen.survey?.id ?? null) }, aboutOf(shop))) : chosen;
  },
  survey_outcomes: async (shop, parameters) => {
    const chosen = await chooseSurvey(shop, parameters);
    return chosen.ok ? done(surveyOutcomesReport(chosen.survey, outcomesOfEach(shop, chosen.survey === null ? chosen.surveys.filter(({ startedAt }) => startedAt !== null) : [chosen.survey]), aboutOf(shop))) : chosen;
  },
};

/** Of the days asked for; none: those Home opens with. */
async function ofRange(shop: Shop, parameters: URLSearchParams, write: (overview: Overview) => Report): Promise<ReportAnswer> {
  const today = dayAt(now(), shop.timeZone);
  const choice = parseRangeChoice(parameters, today);
  if (!choice.ok) return { ok: false, field: choice.field, message: `${choice.field} ${choice.field === "compare" ? COMPARE_MESSAGE : RANGE_MESSAGES[choice.reason]}` };
  return done(write(await readOverview(shop, choice, today)));
}

async function ofValue(shop: Shop, parameters: URLSearchParams, write: (wish: ValueWish, value: Value, about: ReturnType<typeof aboutOf>) => Report): Promise<ReportAnswer> {
  const answer = parseValueWish(parameters);
  if (!answer.ok) return answer;
  const about = aboutOf(shop);
  return done(write(answer.wish, await readValue(shop, { trait: answer.wish.trait, today: about.today }), about));
}

/** Of everybody selected, or of those with each of the commonest values. */
async function readBlocks(shop: Shop, { grain, selection, by }: CohortsWish): Promise<CohortBlock[]> {
  const { today } = aboutOf(shop);
  const values = by === null ? [] : (await listTraitChoices(shop.id, by)).slice(0, BY_MAX).map(({ value }) => value);
  if (by === null) return [{ value: "", table: await readCohorts(shop, { grain, selection, today }) }];
  return Promise.all(values.map(async (value) => ({ value, table: await readCohorts(shop, { grain, selection: [...selection, { kind: by, value }], today }) })));
}

type ChosenSurvey = { ok: true; survey: Survey | null; surveys: Survey[] } | Extract<ReportAnswer, { ok: false }>;

/** One of the shop's, or null: all of them. */
async function chooseSurvey(shop: Shop, parameters: URLSearchParams): Promise<ChosenSurvey> {
  const wanted = parameters.get("survey") ?? "";
  const surveys = await listSurveys(shop.id);
  const survey = surveys.find(({ id }) => id === wanted) ?? null;
  return survey === null && wanted !== "" ? { ok: false, field: "survey", message: "survey must be the id of a survey; the report surveys lists them." } : { ok: true, survey, surveys };
}

async function* outcomesOfEach(shop: Shop, surveys: readonly Survey[]) {
  for (const survey of surveys) yield { survey, rows: await readOutcomes(shop.id, survey), nameKey: await openKeyNames(fileLanguageOf(survey.definition.question)) };
}

const DAY_MS = 86_400_000;
const aboutOf = ({ currency, timeZone }: Shop) => ({ currency, today: dayAt(now(), timeZone) });

const done = (report: Report): ReportAnswer => ({ ok: true, report });

const COMPARE_MESSAGE = "must be previous, last_year or none; or give compare_from and compare_to instead.";
const RANGE_MESSAGES = {
  unknown: "must be this_month, last_month, last_3_months, last_12_months or all_time.",
  missing: "is missing: give both the first and the last day as YYYY-MM-DD, or neither.",
  not_a_day: "must be a day of the calendar, as YYYY-MM-DD.",
  reversed: "must not come before the first day.",
  ahead: "must not come after today.",
};
