// The merchant's own lapse point, from its form.
import { LAPSE_DAYS_MAX } from "../capabilities/profiles/model.ts";
import { readNumber } from "./typed-number.ts";

export type LapseFault = "missing" | "not_a_number" | "not_whole" | "out_of_range";
export type LapseWish = { intent: "automatic" } | { intent: "save"; days: number } | { intent: "refused"; fault: LapseFault };
export type LapseAnswer = { ok: true } | { ok: false; fault: LapseFault };

/** Throws for a form that is not one of ours. */
export function parseLapseWish(form: FormData): LapseWish {
  const intent = form.get("intent");
  if (intent === "automatic") return { intent };
  const typed = form.get("days");
  if (intent !== "save" || typeof typed !== "string") throw new RangeError("not a form of ours");
  const read = readNumber(typed, { is: "whole" });
  if ("value" in read) return read.value >= 1 && read.value <= LAPSE_DAYS_MAX ? { intent, days: read.value } : { intent: "refused", fault: "out_of_range" };
  const { fault } = read;
  return { intent: "refused", fault: fault === "missing" || fault === "not_a_number" || fault === "not_whole" ? fault : "out_of_range" };
}
