// What a shop aims at, what it usually sees, and what happened when: goals with their tracks, bands with their alerts, and notes on the time axis.
import { now } from "../../platform/clock.server.ts";
import { db, inTransaction } from "../../platform/db.server.ts";
import { addDays, addMonths, moveMonths, monthOf, type Day } from "../../values/day.ts";
import { parseId, type ShopId } from "../../values/ids.ts";
import type { Shop } from "../shops/model.ts";
import { readSyncStatus } from "../sync/sync.server.ts";
import { ANNOTATIONS_MAX, GOAL_YEARS_MAX, MEASURE_UNITS, type Alert, type Annotation, type Cycle, type Finding, type Goal, type GoalForm, type Measure, type MixPart, type Suggestion, type Track, type UsualBand } from "./model.ts";
import { alertOf, stillTrue } from "./rules/alert.ts";
import { findingOf } from "./rules/band.ts";
import type { WindowValue } from "./rules/suggestion.ts";
import { isReached, trackOf } from "./rules/track.ts";
import * as annotations from "./store.server/annotations.server.ts";
import * as goals from "./store.server/goals.server.ts";
import * as watch from "./store.server/watch.server.ts";
import { judgedMeasures, readBands, readFigures, readSituation, readWindows, suggest } from "./targets.server/figures.server.ts";

export { eraseShop } from "./store.server/watch.server.ts";
export { readBands } from "./targets.server/figures.server.ts";

const GOALS_SHOWN = 200; // a merchant sets a handful a year
const ALERTS_SHOWN = 60; // a year of weeks

/** Where each goal stands on the last day that is over, or stood on the day it was due. */
export async function readTracks(shopId: ShopId, today: Day): Promise<Track[]> {
  return tracksOf(shopId, await goals.listOpen(db(), shopId), today);
}

async function tracksOf(shopId: ShopId, open: readonly Goal[], today: Day): Promise<Track[]> {
  if (open.length === 0) return [];
  const asked = open.map((goal) => ({ goal, measure: goal, asOf: asOfFor(goal, today) }));
  const values = await readFigures(shopId, asked, today);
  return asked.map(({ goal, asOf }, index) => trackOf(goal, values[index] ?? null, asOf));
}

const asOfFor = ({ dueOn }: Goal, today: Day): Day => (dueOn < today ? dueOn : addDays(today, -1));

/** What is worth saying on Home: tracks, what is usual, an alert nobody has put away, and all notes. */
export type HomeTargets = { tracks: Track[]; bands: UsualBand[]; alert: Alert | null; annotations: Annotation[] };

export async function readHome(shopId: ShopId, today: Day): Promise<HomeTargets> {
  const [tracks, bands, [alert], notes] = await Promise.all([
    readTracks(shopId, today), readBands(shopId, today), watch.listAlerts(db(), shopId, 1), listAnnotations(shopId),
  ]);
  const isNews = alert?.dismissedAt === null && alert.month === addMonths(monthOf(today), -1); // of a month before the last, another month has spoken since
  return { tracks, bands, alert: isNews ? stillTrue(alert, bands) : null, annotations: notes };
}

/** The whole page. `windows`: of each open goal, the last twelve months' ends. */
export type TargetsPage = {
  cycle: Cycle | null; mix: MixPart[]; suggestions: Suggestion[]; tracks: Track[]; windows: { goalId: string; values: WindowValue[] }[];
  ended: Goal[]; annotations: Annotation[]; alerts: Alert[]; monthsMissing: number;
};

export async function readTargetsPage(shop: Shop, today: Day): Promise<TargetsPage> {
  const [situation, all, notes, alerts, bands] = await Promise.all([
    readSituation(shop, today), goals.listGoals(db(), shop.id, GOALS_SHOWN), listAnnotations(shop.id), watch.listAlerts(db(), shop.id, ALERTS_SHOWN), readBands(shop.id, today),
  ]);
  const open = all.filter(({ state }) => state === "open");
  const [{ suggestions }, tracks, windows] = await Promise.all([suggest(shop, situation, today), tracksOf(shop.id, open, today), readWindows(shop.id, open, { firstOrderOn: situation.firstOrderOn, today })]);
  return {
    cycle: situation.cycle, mix: situation.mix, suggestions, tracks, annotations: notes, alerts,
    windows: open.map((goal) => ({ goalId: goal.id, values: windows.get(goal) ?? [] })),
    ended: all.filter(({ state }) => state !== "open"), monthsMissing: Math.min(...bands.map((band) => band.monthsMissing)),
  };
}

/** Newest first, those that ended too. */
export const listGoals = (shopId: ShopId): Promise<Goal[]> => goals.listGoals(db(), shopId, GOALS_SHOWN);

export type GoalAnswer = { ok: true } | { ok: false; field: "measure" | "target" | "dueOn"; reason: "not_judged" | "no_figure" | "out_of_range" | "not_ahead" | "too_far" };

/** A goal for a measure that has one already takes its place; the same wish twice is one. */
export async function setGoal(shop: Shop, form: GoalForm, today: Day): Promise<GoalAnswer> {
  const situation = await readSituation(shop, today);
  const judged = judgedMeasures(situation).find(({ measure }) => measure.name === form.measure);
  if (judged?.refusal !== null) return { ok: false, field: "measure", reason: "not_judged" };
  const { measure } = judged;
  if (!isInRange(measure, form.target)) return { ok: false, field: "target", reason: "out_of_range" };
  if (form.dueOn <= today) return { ok: false, field: "dueOn", reason: "not_ahead" };
  if (form.dueOn > moveMonths(today, 12 * GOAL_YEARS_MAX)) return { ok: false, field: "dueOn", reason: "too_far" };
  const [startValue = null] = await readFigures(shop.id, [{ measure, asOf: situation.yesterday }], today);
  if (startValue === null) return { ok: false, field: "measure", reason: "no_figure" };
  return inTransaction(async (tx) => {
    await watch.takeLock(tx, shop.id);
    if ((await goals.findGoal(tx, shop.id, form.id)) !== null) return { ok: true };
    for (const { id, name } of await goals.listOpen(tx, shop.id)) if (name === measure.name) await goals.endGoal(tx, shop.id, id, { state: "changed", endedOn: today, endValue: startValue });
    await goals.addGoal(tx, shop.id, { ...measure, id: form.id, startValue, setOn: today, target: form.target, dueOn: form.dueOn, state: "open", endedOn: null, endValue: null });
    return { ok: true };
  });
}

const TARGET_MAX = 1e12;

/** A share of people is at most all of them; classic retention may be more, up to twice. */
function isInRange({ name, formula }: Measure, target: number): boolean {
  if (MEASURE_UNITS[name] === "share") return target > 0 && target <= (formula === "classic" ? 2 : 1);
  return Number.isInteger(target) && target > 0 && target <= TARGET_MAX;
}

/** The merchant no longer wants it. */
export async function endGoal(shopId: ShopId, id: string, today: Day): Promise<void> {
  const goal = await goals.findGoal(db(), shopId, id);
  if (goal?.state !== "open") return;
  const [endValue = null] = await readFigures(shopId, [{ measure: goal, asOf: asOfFor(goal, today) }], today);
  await inTransaction((tx) => goals.endGoal(tx, shopId, id, { state: "ended", endedOn: today, endValue }));
}

export const listAnnotations = (shopId: ShopId): Promise<Annotation[]> => annotations.listAnnotations(db(), shopId, ANNOTATIONS_MAX);

/** Answers false when the shop has as many as it can keep. The same one twice is one; said otherwise, the last word holds. */
export const saveAnnotation = (shopId: ShopId, annotation: Annotation): Promise<boolean> =>
  inTransaction(async (tx) => {
    await watch.takeLock(tx, shopId);
    if ((await annotations.countOthers(tx, shopId, annotation.id)) >= ANNOTATIONS_MAX) return false;
    await annotations.saveAnnotation(tx, shopId, annotation, now());
    return true;
  });

export const deleteAnnotation = (shopId: ShopId, id: string): Promise<void> => inTransaction((tx) => annotations.deleteAnnotation(tx, shopId, id));

export const dismissAlert = (shopId: ShopId, raisedOn: Day): Promise<void> => inTransaction((tx) => watch.dismissAlert(tx, shopId, raisedOn, now()));

/** Once a day: goals whose day is over end, and whatever left its usual band is said. Answers whether it looked: not while history is read, nor before the night
 *  has compared everything with Shopify, nor while news waits, as no figure is then what it will be. Twice a day is once. */
export async function lookAtShop(shop: Shop, today: Day): Promise<boolean> {
  if (shop.lastNightOn !== today) return false;
  const { backfill, lagSeconds } = await readSyncStatus(shop.id);
  if (backfill.state !== "done" || lagSeconds > LAG_MAX_SECONDS) return false;
  const due = (await goals.listOpen(db(), shop.id)).filter(({ dueOn }) => dueOn < today);
  const [endValues, bands] = await Promise.all([readFigures(shop.id, due.map((goal) => ({ measure: goal, asOf: goal.dueOn })), today), readBands(shop.id, today)]);
  const findings = bands.map(findingOf).filter((finding): finding is Finding => finding !== null);
  return inTransaction(async (tx) => {
    if ((await watch.takeLock(tx, shop.id)) === today) return false;
    for (const [index, goal] of due.entries()) {
      const endValue = endValues[index] ?? null;
      await goals.endGoal(tx, shop.id, goal.id, { state: isReached(goal, endValue) ? "reached" : "missed", endedOn: goal.dueOn, endValue });
    }
    const alert = alertOf({ findings, month: addMonths(monthOf(today), -1), today, earlier: await watch.listAlerts(tx, shop.id, ALERTS_SHOWN) });
    if (alert !== null) await watch.addAlert(tx, shop.id, alert);
    await watch.stampLook(tx, shop.id, today);
    return true;
  });
}

const LAG_MAX_SECONDS = 600; // a busy shop always has something that waits, but not for long

/** The day each shop was last looked at. */
export const listLooks = async (): Promise<Map<ShopId, string>> => new Map((await watch.listLooks(db())).map(({ shop_id, looked_on }) => [parseId<ShopId>(shop_id), looked_on.toISOString().slice(0, 10)]));
