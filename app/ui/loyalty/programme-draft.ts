// A programme while it is being written: what is not yet right stays as it was typed, and what is wrong is told by its place.
import type { z } from "zod";
import { programmeSchema, type Programme } from "../../capabilities/loyalty/model/programme.ts";
import type { Day } from "../../values/day.ts";

/** A number may still be a text that is none, and a day half a day. */
export type Loose<T> = T extends number ? number | string : T extends Day ? string : T extends string | boolean | null | undefined ? T : T extends (infer Item)[] ? Loose<Item>[] : { [Key in keyof T]: Loose<T[Key]> };
export type ProgrammeDraft = Loose<Programme>;

export const FAULT_CODES = [
  "missing", "not_a_number", "not_whole", "too_small", "too_large", "too_long", "too_full", "not_a_day", "reversed", "not_an_address", "bad_id", "same_id", "twice", "no_words", "above_entry", "not_rising", "unknown_tier", "in_future", "in_past", "changed", "wrong",
] as const;
/** `limit`: what it may be at least or at most */
export type Fault = { code: (typeof FAULT_CODES)[number]; limit: number | null };
/** By place, as in `rewards.0.cost`. */
export type Faults = Readonly<Record<string, Fault>>;
export type ReadDraft = { ok: true; programme: Programme } | { ok: false; faults: Faults };

/** From a form: text that nobody's browser of ours would send is as wrong as an empty one. */
export function readDraftText(text: string): ReadDraft {
  try {
    return readDraft(JSON.parse(text));
  } catch {
    return { ok: false, faults: { programme: { code: "wrong", limit: null } } };
  }
}

export function readDraft(draft: unknown): ReadDraft {
  const read = programmeSchema.safeParse(draft);
  const faults = read.success ? strayTiers(read.data) : Object.fromEntries(read.error.issues.toReversed().map((issue) => faultOf(issue, draft))); // the first of a place counts
  return read.success && Object.keys(faults).length === 0 ? { ok: true, programme: read.data } : { ok: false, faults };
}

/** Rewards for tiers there are not could be had by nobody. */
function strayTiers({ rewards, tiers }: Programme): Faults {
  const known = new Set(tiers?.levels.map(({ id }) => id));
  return Object.fromEntries(rewards.flatMap(({ tierIds }, index) => (tierIds.every((id) => known.has(id)) ? [] : [[`rewards.${index}.tierIds`, { code: "unknown_tier", limit: null } satisfies Fault]])));
}

type Issue = z.core.$ZodIssue;

function faultOf(issue: Issue, draft: unknown): [place: string, Fault] {
  const value = valueAt(draft, issue.path);
  const place = issue.path.join(".") || "programme";
  const plain = (code: Fault["code"], limit: number | null = null, where = place): [string, Fault] => [where, { code, limit }];
  switch (issue.code) {
    case "invalid_type":
      if (value === "" || value === null || value === undefined) return plain("missing");
      return plain(typeof value === "number" ? "not_whole" : issue.expected === "number" || issue.expected === "int" ? "not_a_number" : "wrong");
    case "too_small":
      return issue.origin === "string" || issue.origin === "array" ? plain("missing") : plain("too_small", Number(issue.minimum));
    case "too_big":
      return plain(issue.origin === "string" ? "too_long" : issue.origin === "array" ? "too_full" : "too_large", Number(issue.maximum));
    case "invalid_format":
      return place.endsWith(".url") ? plain(value === "" ? "missing" : "not_an_address") : plain(value === "" ? "missing" : "bad_id");
    case "custom":
      return customFault(issue, { place, value, plain });
    default:
      return plain("wrong");
  }
}

type Known = { place: string; value: unknown; plain: (code: Fault["code"], limit?: number | null, where?: string) => [string, Fault] };

/** What a rule of ours refused: each place has one, or two that tell themselves apart by what was said. */
function customFault({ path }: Issue, { place, value, plain }: Known): [string, Fault] {
  switch (path.at(-1)) {
    case "from": return plain(value === "" ? "missing" : "not_a_day");
    case "to": return plain(value === "" ? "missing" : DAY.test(String(value)) ? "reversed" : "not_a_day");
    case "keep": return plain("above_entry");
    case "levels": return plain("not_rising", null, `${place}.${indexOf(value, (one, before) => numberOf(one, "entry") <= numberOf(before, "entry"))}.entry`);
    case "nthOrders": return plain("twice", null, `${place}.${indexOf(value, (one, before) => numberOf(one, "number") === numberOf(before, "number"), "any")}.number`);
    case "links": case "custom": case "windows": case "rewards":
      return plain("same_id", null, `${place}.${indexOf(value, (one, before) => valueAt(one, ["id"]) === valueAt(before, ["id"]), "any")}.id`);
    case "title": case "pointName": return plain("no_words");
    default: return plain(value === "" ? "missing" : "wrong");
  }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The first that goes badly with the one before it, or with any before it. */
function indexOf(list: unknown, isBad: (one: unknown, before: unknown) => boolean, against: "last" | "any" = "last"): number {
  const all: unknown[] = Array.isArray(list) ? list : [];
  return Math.max(0, all.findIndex((one, index) => all.slice(against === "last" ? Math.max(0, index - 1) : 0, index).some((before) => isBad(one, before))));
}

const numberOf = (from: unknown, key: string): number => Number(valueAt(from, [key]));

function valueAt(from: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined), from);
}

/** An id nothing else in the list has: what it is, and a number if need be. */
export function freshId(stem: string, taken: readonly { id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  const numbered = Array.from({ length: taken.length + 1 }, (_, index) => (index === 0 ? stem : `${stem}-${index + 1}`));
  return numbered.find((id) => !ids.has(id)) ?? stem;
}
