// What is typed into a condition, as the value it means, or what is wrong with it.
import { DAYS_MAX, FIELDS, type Condition, type FieldName, type Kind } from "../../capabilities/segments/model.ts";
import { plainDigits, readNumber, type NumberFault } from "../../ui/typed-number.ts";
import { parseDay, type Day } from "../../values/day.ts";
import type { DraftCondition } from "./draft.ts";

export type Slot = "value" | "from" | "to" | "count" | "days" | "list";
export type TypingFault = NumberFault | "not_a_share" | "not_a_day" | "reversed" | "days_range" | "choose";
type Faults = Partial<Record<Slot, TypingFault>>;

type Read = { ok: true; condition: Condition } | { ok: false; faults: Faults };
type Parsed<T> = { value: T } | { fault: TypingFault };

export function readTyped(typed: DraftCondition, decimals: number): Read {
  const kind = FIELDS[typed.field];
  switch (kind) {
    case "flag": return kept(typed, typed.isTrue);
    case "choice": return list(typed, typed.choices);
    case "words": return list(typed, typed.words);
    case "marks": return list(typed, typed.marks);
    case "ids":
    case "collections": return list(typed, typed.picks.map(({ id }) => id));
    case "window": return both(typed, ["count", "days"], (slot) => (slot === "days" ? daysIn(typed.days) : numberIn(typed.count, "count", { decimals, max: COUNT_MAX })), (count, days) => ({ count, days }));
    case "span": return readSpan(typed, decimals);
    case "date": return readDate(typed);
    default: return readAmount(typed, kind, decimals);
  }
}

function readAmount(typed: DraftCondition, kind: Kind, decimals: number): Read {
  const parse = (slot: "value" | "from" | "to") => numberIn(typed[slot], kind, { decimals, min: typed.field === "days_to_next_order" ? -DAYS_MAX : 0 });
  return typed.operator === "between" ? range(typed, parse) : one(typed, parse("value"));
}

function readDate(typed: DraftCondition): Read {
  if (typed.operator === "between") return range(typed, (slot) => dayIn(typed[slot]));
  return one(typed, typed.operator === "since" || typed.operator === "before" ? dayIn(typed.value) : daysIn(typed.value));
}

function readSpan(typed: DraftCondition, decimals: number): Read {
  const count = numberIn(typed.count, "count", { decimals, max: COUNT_MAX });
  const days = range(typed, (slot) => dayIn(typed[slot]));
  if (days.ok && "value" in count) return kept(typed, { count: count.value, from: typed.from, to: typed.to });
  return { ok: false, faults: { ...("fault" in count && { count: count.fault }), ...(!days.ok && days.faults) } };
}

/** Field, operator and value belong together by how they were read: ruleSchema looks again before anything is done with them. */
const kept = ({ field, operator }: DraftCondition, value: unknown): Read => ({ ok: true, condition: { field, operator, value } as Condition }); // see above

const one = (typed: DraftCondition, parsed: Parsed<unknown>): Read => ("fault" in parsed ? { ok: false, faults: { value: parsed.fault } } : kept(typed, parsed.value));

const list = (typed: DraftCondition, values: readonly string[]): Read => (values.length === 0 ? { ok: false, faults: { list: "choose" } } : kept(typed, [...values]));

function both<T, One extends Slot, Other extends Slot>(typed: DraftCondition, [first, second]: [One, Other], parse: (slot: One | Other) => Parsed<T>, join: (one: T, other: T) => unknown): Read {
  const [one, other] = [parse(first), parse(second)];
  if ("value" in one && "value" in other) return kept(typed, join(one.value, other.value));
  return { ok: false, faults: { ...("fault" in one && { [first]: one.fault }), ...("fault" in other && { [second]: other.fault }) } };
}

function range<T extends number | Day>(typed: DraftCondition, parse: (slot: "from" | "to") => Parsed<T>): Read {
  const [from, to] = [parse("from"), parse("to")];
  if ("value" in from && "value" in to && from.value > to.value) return { ok: false, faults: { to: "reversed" } };
  return both(typed, ["from", "to"], (slot) => (slot === "from" ? from : to), (first, second) => ({ from: first, to: second }));
}

const COUNT_MAX = 1_000;

function numberIn(text: string, kind: Kind, { decimals, ...limits }: { decimals: number; min?: number; max?: number }): Parsed<number> {
  if (kind !== "share") return readNumber(text, kind === "money" ? { is: "minor", decimals } : { is: kind === "decimal" ? "exact" : "whole" }, limits);
  const read = readNumber(text, { is: "exact" }, { min: -Infinity, max: Infinity });
  if ("fault" in read) return read;
  return read.value < 0 || read.value > 100 ? { fault: "not_a_share" } : { value: Number((read.value / 100).toFixed(8)) };
}

function daysIn(text: string): Parsed<number> {
  const read = readNumber(text, { is: "whole" });
  return "value" in read && (read.value < 1 || read.value > DAYS_MAX) ? { fault: "days_range" } : read;
}

function dayIn(text: string): Parsed<Day> {
  const said = plainDigits(text);
  if (said === "") return { fault: "missing" };
  try {
    return { value: parseDay(said) };
  } catch {
    return { fault: "not_a_day" };
  }
}

/** The slots a condition is typed into. */
export function slotsOf({ field, operator }: Pick<DraftCondition, "field" | "operator">): readonly Slot[] {
  const kind = FIELDS[field];
  if (kind === "flag") return [];
  if (kind === "window") return ["count", "days"];
  if (kind === "span") return ["count", "from", "to"];
  if (kind === "choice" || kind === "words" || kind === "ids" || kind === "collections" || kind === "marks") return ["list"];
  return operator === "between" ? ["from", "to"] : ["value"];
}

export const isFieldName = (name: string): name is FieldName => name in FIELDS;
