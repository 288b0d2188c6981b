// What is wrong with something that is being written, told by its place; what is not yet right stays as it was typed.
import type { z } from "zod";
import type { Day } from "../../values/day.ts";

/** A number may still be a text that is none, and a day half a day. */
export type Loose<T> = T extends number ? number | string : T extends Day ? string : T extends string | boolean | null | undefined ? T : T extends (infer Item)[] ? Loose<Item>[] : { [Key in keyof T]: Loose<T[Key]> };

/** Words: `frame.faults.<code>`. */
type FaultCode =
  | "missing" | "not_a_number" | "not_whole" | "too_small" | "too_large" | "too_long" | "too_full" | "not_enough" | "not_a_day" | "reversed" | "not_an_address" | "not_a_path" | "bad_id" | "same_id" | "twice" | "no_words"
  | "above_entry" | "not_rising" | "unknown_tier" | "nowhere" | "in_future" | "in_past" | "changed" | "wrong";
/** `limit`: what it may be at least or at most */
export type Fault = { code: FaultCode; limit: number | null };
/** By place, as in `rewards.0.cost`. */
export type Faults = Readonly<Record<string, Fault>>;
export type ReadDraft<T> = { ok: true; value: T } | { ok: false; faults: Faults };

type Issue = z.core.$ZodIssue;
/** `plain` makes a fault of a code, there unless told where. */
export type Found = { place: string; value: unknown; plain: (code: Fault["code"], limit?: number | null, where?: string) => PlacedFault };
export type PlacedFault = [place: string, fault: Fault];
/** What a form's own rules, and the shapes of its texts, say of a place. */
export type OwnFault = (issue: Issue, found: Found) => PlacedFault;

const WHOLE = "whole";

/** From a form: text that nobody's browser of ours would send is as wrong as an empty one. */
export function readDraftText<T>(text: string, read: (draft: unknown) => ReadDraft<T>): ReadDraft<T> {
  try {
    return read(JSON.parse(text));
  } catch {
    return { ok: false, faults: { [WHOLE]: { code: "wrong", limit: null } } };
  }
}

/** The first of a place counts. */
export const faultsOf = (issues: readonly Issue[], draft: unknown, own: OwnFault): Faults => Object.fromEntries(issues.toReversed().map((issue) => faultOf(issue, draft, own)));

function faultOf(issue: Issue, draft: unknown, own: OwnFault): PlacedFault {
  const value = valueAt(draft, issue.path);
  const place = issue.path.join(".") || WHOLE;
  const plain: Found["plain"] = (code, limit = null, where = place) => [where, { code, limit }];
  switch (issue.code) {
    case "invalid_type":
      if (value === "" || value === null || value === undefined) return plain("missing");
      return plain(typeof value === "number" ? "not_whole" : issue.expected === "number" || issue.expected === "int" ? "not_a_number" : "wrong");
    case "too_small":
      return issue.origin === "string" || issue.origin === "array" ? plain("missing") : plain("too_small", Number(issue.minimum));
    case "too_big":
      return plain(issue.origin === "string" ? "too_long" : issue.origin === "array" ? "too_full" : "too_large", Number(issue.maximum));
    case "invalid_format":
    case "custom":
      return own(issue, { place, value, plain });
    default:
      return plain("wrong");
  }
}

export function valueAt(from: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined), from);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Of a first and a last day. */
export const firstDayFault = ({ value, plain }: Found): PlacedFault => plain(value === "" ? "missing" : "not_a_day");
export const lastDayFault = ({ value, plain }: Found): PlacedFault => plain(value === "" ? "missing" : DAY.test(String(value)) ? "reversed" : "not_a_day");
