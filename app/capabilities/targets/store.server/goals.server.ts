// What a shop aims at, and aimed at before.
import type { Tx } from "../../../platform/db.server.ts";
import { dayOfDate, toDate, type Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { RETENTION_FORMULAS } from "../../analytics/model.ts";
import { GOAL_STATES, MEASURES, type Goal, type GoalState } from "../model.ts";

type Row = Awaited<ReturnType<Tx["kpiGoal"]["findMany"]>>[number];

/** A measure this version no longer knows is left out. */
const toGoals = ({ id, measure, formula, windowMonths, startValue, setOn, target, dueOn, state, endedOn, endValue }: Row): Goal[] => {
  const name = MEASURES.find((known) => known === measure);
  return name === undefined ? [] : [{
    id, name, formula: RETENTION_FORMULAS.find((known) => known === formula) ?? null, windowMonths, startValue, target, endValue,
    setOn: dayOfDate(setOn), dueOn: dayOfDate(dueOn), endedOn: endedOn && dayOfDate(endedOn), state: GOAL_STATES.find((known) => known === state) ?? "ended",
  }];
};

/** Newest first. */
export const listGoals = async (tx: Tx, shopId: ShopId, limit: number): Promise<Goal[]> =>
  (await tx.kpiGoal.findMany({ where: { shopId }, orderBy: [{ setOn: "desc" }, { endedOn: { sort: "desc", nulls: "first" } }, { id: "asc" }], take: limit })).flatMap(toGoals);

export const listOpen = async (tx: Tx, shopId: ShopId): Promise<Goal[]> =>
  (await tx.kpiGoal.findMany({ where: { shopId, state: "open" }, orderBy: [{ dueOn: "asc" }, { id: "asc" }] })).flatMap(toGoals);

export const findGoal = async (tx: Tx, shopId: ShopId, id: string): Promise<Goal | null> => {
  const row = await tx.kpiGoal.findUnique({ where: { shopId_id: { shopId, id } } });
  return row === null ? null : (toGoals(row)[0] ?? null);
};

export async function addGoal(tx: Tx, shopId: ShopId, { name, setOn, dueOn, endedOn, ...goal }: Goal): Promise<void> {
  await tx.kpiGoal.create({ data: { shopId, ...goal, measure: name, setOn: toDate(setOn), dueOn: toDate(dueOn), endedOn: endedOn && toDate(endedOn) } });
}

/** One that is over stays as it ended. */
export async function endGoal(tx: Tx, shopId: ShopId, id: string, { state, endedOn, endValue }: { state: Exclude<GoalState, "open">; endedOn: Day; endValue: number | null }): Promise<void> {
  await tx.kpiGoal.updateMany({ where: { shopId, id, state: "open" }, data: { state, endedOn: toDate(endedOn), endValue } });
}
