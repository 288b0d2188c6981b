// What a merchant may ask of goals, notes and alerts, from the form it is typed into to what the room takes.
import { z } from "zod";
import { ANNOTATION_TEXT_MAX, annotationForm, goalForm, MEASURE_UNITS, MEASURES, type Annotation, type GoalForm, type MeasureName } from "../../capabilities/targets/model.ts";
import { daySchema } from "../../values/day-schema.ts";
import { isDay, type Day } from "../../values/day.ts";
import { readNumber, type NumberFault, type ReadNumber } from "../typed-number.ts";

/** Where every such form goes. */
export const TARGETS_PATH = "/app/targets";

export type SaidTargetWish =
  | { intent: "goal"; id: string; measure: MeasureName; target: string; dueOn: string }
  | { intent: "end"; id: string }
  | { intent: "note"; id: string; kind: string; from: string; to: string; text: string }
  | { intent: "delete_note"; id: string }
  | { intent: "dismiss"; raisedOn: string };
export type TargetWish = { intent: "goal"; form: GoalForm } | { intent: "end"; id: string } | { intent: "note"; annotation: Annotation } | { intent: "delete_note"; id: string } | { intent: "dismiss"; raisedOn: Day };

export type TargetField = "measure" | "target" | "dueOn" | "from" | "to" | "text";
export type TargetFault = NumberFault | "out_of_range" | "not_a_day" | "not_ahead" | "too_far" | "reversed" | "no_text" | "full" | "not_judged" | "no_figure";
export type TargetRefusal = { ok: false; field: TargetField; reason: TargetFault };
export type TargetAnswer = { ok: true; done: SaidTargetWish["intent"] } | TargetRefusal;

const id = z.uuid();
const plain = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("end"), id }), z.object({ intent: z.literal("delete_note"), id }), z.object({ intent: z.literal("dismiss"), raisedOn: daySchema }),
]);

/** Throws for a form that is not one of ours; a person's mistake is an answer with the field's name. `decimals`: of the shop's currency. */
export function parseTargetWish(form: FormData, decimals: number): { ok: true; wish: TargetWish } | TargetRefusal {
  const said = Object.fromEntries(form);
  if (said["intent"] === "goal") return parseGoal(said, decimals);
  if (said["intent"] === "note") return parseNote(said);
  return { ok: true, wish: plain.parse(said) };
}

function parseGoal(said: Record<string, FormDataEntryValue>, decimals: number): ReturnType<typeof parseTargetWish> {
  const name = z.enum(MEASURES).parse(said["measure"]);
  const target = readTarget(textOf(said["target"]), name, decimals);
  if ("fault" in target) return { ok: false, field: "target", reason: target.fault };
  if (!isDay(textOf(said["dueOn"]))) return { ok: false, field: "dueOn", reason: "not_a_day" };
  return { ok: true, wish: { intent: "goal", form: goalForm.parse({ id: said["id"], measure: name, target: target.value, dueOn: said["dueOn"] }) } };
}

/** People, percent with a digit after the point, or money, as it is typed. */
function readTarget(text: string, name: MeasureName, decimals: number): ReadNumber {
  const unit = MEASURE_UNITS[name];
  if (unit === "count") return readNumber(text, { is: "whole" });
  if (unit === "money") return readNumber(text, { is: "minor", decimals });
  const percent = readNumber(text.replace(/[%％]\s*$/u, ""), { is: "minor", decimals: 1 });
  return "fault" in percent ? percent : { value: percent.value / 1_000 };
}

/** The way back into the field. */
export function typeTarget(value: number, name: MeasureName, decimals: number): string {
  const unit = MEASURE_UNITS[name];
  if (unit === "count") return String(Math.round(value));
  return unit === "money" ? (Math.round(value) / 10 ** decimals).toFixed(decimals) : (value * 100).toFixed(1);
}

function parseNote(said: Record<string, FormDataEntryValue>): ReturnType<typeof parseTargetWish> {
  const [from, to, text] = [textOf(said["from"]), textOf(said["to"]), textOf(said["text"]).trim()];
  if (!isDay(from)) return { ok: false, field: "from", reason: "not_a_day" };
  if (to !== "" && !isDay(to)) return { ok: false, field: "to", reason: "not_a_day" };
  if (to !== "" && to < from) return { ok: false, field: "to", reason: "reversed" };
  if (text === "") return { ok: false, field: "text", reason: "no_text" };
  if (text.length > ANNOTATION_TEXT_MAX) return { ok: false, field: "text", reason: "too_large" };
  return { ok: true, wish: { intent: "note", annotation: annotationForm.parse({ id: said["id"], kind: said["kind"], from, to: to === "" ? from : to, text }) } };
}

const textOf = (entry: FormDataEntryValue | undefined): string => (typeof entry === "string" ? entry : "");
