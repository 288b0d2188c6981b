// A rule while it is being written: everything as typed, so that what is not yet right can stay on the page.
import { CHOICES, DEPTH_MAX, FIELDS, OPERATORS, ruleSchema, type ChoiceField, type Condition, type FieldName, type Rule, type RuleNames } from "../../capabilities/segments/model.ts";
import { decimalsOf, toDecimal } from "../../values/money.ts";
import { surveyIdOf } from "../../ui/survey-answers.ts";
import { readTyped, type Slot, type TypingFault } from "./typed-values.ts";

/** A product or a collection. */
export type DraftPick = { id: string; title: string };

export type DraftCondition = {
  key: string;
  field: FieldName;
  operator: string;
  value: string;
  from: string;
  to: string;
  count: string;
  days: string;
  isTrue: boolean;
  choices: readonly string[];
  words: readonly string[];
  picks: readonly DraftPick[];
  /** whose answers are chosen among; none yet: empty */
  surveyId: string;
  marks: readonly string[];
};

/** all: and · any: or · none: not one of them · notAll: not all of them together */
export const MODES = ["all", "any", "none", "notAll"] as const;
export type Mode = (typeof MODES)[number];
export type DraftGroup = { key: string; mode: Mode; parts: readonly DraftPart[] };
export type DraftPart = DraftGroup | DraftCondition;

/** Alike for drafts that say the same, whatever the keys of their parts. */
export const writtenIn = (draft: DraftGroup): string => JSON.stringify(draft, (name, value: unknown) => (name === "key" ? undefined : value));

export const isGroup = (part: DraftPart): part is DraftGroup => "mode" in part;

const BLANK = { value: "", from: "", to: "", count: "", days: "", isTrue: true, choices: [], words: [], picks: [], surveyId: "", marks: [] } as const;

export const blankCondition = (key: string, field: FieldName = "orders"): DraftCondition => ({ key, field, operator: OPERATORS[FIELDS[field]][0], ...BLANK });

/** Levels a group takes of the rule's: not is one more. */
export const levelsOf = (mode: Mode): number => (mode === "all" || mode === "any" ? 1 : 2);

/** Whether a group at this many levels has room for another group with a condition in it. */
export const hasRoomForGroup = (levelsAbove: number): boolean => levelsAbove + 2 <= DEPTH_MAX;
export const hasRoomForCondition = (levelsAbove: number): boolean => levelsAbove + 1 <= DEPTH_MAX;

/** The part with this key made anew; null takes it away. */
export function changePart(group: DraftGroup, key: string, change: (part: DraftPart) => DraftPart | null): DraftGroup {
  return { ...group, parts: group.parts.flatMap((part) => {
    if (part.key === key) return change(part) ?? [];
    return [isGroup(part) ? changePart(part, key, change) : part];
  }) };
}

export const addPart = (root: DraftGroup, groupKey: string, part: DraftPart): DraftGroup =>
  root.key === groupKey ? { ...root, parts: [...root.parts, part] } : changePart(root, groupKey, (group) => (isGroup(group) ? { ...group, parts: [...group.parts, part] } : group));

// Reading back what is kept

type Reading = { currency: string; names: RuleNames };

/** Keys tell where a part stands, so that server and browser give the same ones. */
export function draftOf(rule: Rule, reading: Reading): DraftGroup {
  const part = partOf(rule, "0", reading);
  return isGroup(part) ? part : { key: "0", mode: "all", parts: [{ ...part, key: "0.0" }] };
}

function partOf(rule: Rule, key: string, reading: Reading): DraftPart {
  if ("field" in rule) return conditionOf(rule, key, reading);
  const [mode, rules] = modeOf(rule);
  return { key, mode, parts: rules.map((part, index) => partOf(part, `${key}.${index}`, reading)) };
}

function modeOf(rule: Exclude<Rule, Condition>): [Mode, Rule[]] {
  if ("all" in rule) return ["all", rule.all];
  if ("any" in rule) return ["any", rule.any];
  if ("any" in rule.not) return ["none", rule.not.any];
  return "all" in rule.not ? ["notAll", rule.not.all] : ["none", [rule.not]];
}

function conditionOf({ field, operator, value }: Condition, key: string, reading: Reading): DraftCondition {
  const blank: DraftCondition = { ...blankCondition(key, field), operator };
  const write = (said: string | number) => writeValue(field, said, reading.currency);
  if (typeof value === "boolean") return { ...blank, isTrue: value };
  if (Array.isArray(value)) return { ...blank, ...listIn(field, value, reading) };
  if (typeof value !== "object") return { ...blank, value: write(value) };
  if ("count" in value && "from" in value) return { ...blank, count: String(value.count), from: value.from, to: value.to };
  return "days" in value ? { ...blank, count: String(value.count), days: String(value.days) } : { ...blank, from: write(value.from), to: write(value.to) };
}

function listIn(field: FieldName, values: readonly string[], { names }: Reading): Partial<DraftCondition> {
  if (FIELDS[field] === "choice") return { choices: values };
  if (FIELDS[field] === "marks") return { marks: values, surveyId: surveyIdOf(values[0] ?? "") };
  const known = FIELDS[field] === "ids" ? names.products : FIELDS[field] === "collections" ? names.collections : null;
  return known === null ? { words: values } : { picks: values.map((id) => known.find((one) => one.id === id) ?? { id, title: id }) };
}

function writeValue(field: FieldName, value: string | number, currency: string): string {
  if (typeof value === "string") return value;
  if (FIELDS[field] === "money") return toDecimal({ minor: value, currency }).replace(/\.0+$/, "");
  return String(FIELDS[field] === "share" ? Number((value * 100).toFixed(6)) : value);
}

// From what is typed to the rule

export type DraftFaults = ReadonlyMap<string, Partial<Record<Slot, TypingFault>>>;
/** By the condition's key; `whole` is about all of it. */
export type DraftAnswer = { ok: true; rule: Rule } | { ok: false; faults: DraftFaults; whole: "empty" | "too_much" | null };

export function ruleIn(root: DraftGroup, currency: string): DraftAnswer {
  const faults = new Map<string, Partial<Record<Slot, TypingFault>>>();
  const rule = ruleOfGroup(root, (condition) => {
    const read = readTyped(condition, decimalsOf(currency));
    if (!read.ok) faults.set(condition.key, read.faults);
    return read.ok ? read.condition : null;
  });
  if (faults.size > 0) return { ok: false, faults, whole: null };
  if (rule === null) return { ok: false, faults, whole: "empty" };
  const checked = ruleSchema.safeParse(rule);
  return checked.success ? { ok: true, rule: checked.data } : { ok: false, faults, whole: "too_much" };
}

/** A group of one is what is in it: levels are scarce. Groups without a part say nothing. */
function ruleOfGroup({ mode, parts }: DraftGroup, read: (condition: DraftCondition) => Condition | null): Rule | null {
  const rules = parts.flatMap((part) => (isGroup(part) ? ruleOfGroup(part, read) : read(part)) ?? []);
  const [only] = rules;
  if (only === undefined) return null;
  const inner = rules.length === 1 ? only : mode === "all" || mode === "notAll" ? { all: rules } : { any: rules };
  return levelsOf(mode) === 1 ? inner : { not: inner };
}

export const choicesOf = (field: FieldName): readonly string[] => (isChoiceField(field) ? CHOICES[field] : []);
export const isChoiceField = (field: FieldName): field is ChoiceField => field in CHOICES;
