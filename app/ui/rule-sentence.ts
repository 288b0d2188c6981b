// A segment as a sentence in the reader's language: customers who placed at least 3 orders and are VIPs.
import type { TFunction } from "i18next";
import { FIELDS, type Condition, type FieldName, type Rule } from "../capabilities/segments/model.ts";
import type { Formats } from "../i18n/formats.ts";
import type { Locale } from "../i18n/locales.ts";
import type { Day } from "../values/day.ts";
import type { SurveyAnswers } from "./survey-answers.ts";
import { writeChoice, writeCountry, writeLanguage } from "./rule-choices.ts";

export type RuleVoice = { t: TFunction; formats: Formats; locale: Locale; /** by number */ productTitles: ReadonlyMap<string, string>; collectionTitles: ReadonlyMap<string, string>; surveys: readonly SurveyAnswers[] };

export const writeRule = (rule: Rule, voice: RuleVoice): string => voice.t("segments.sentence.who", { rule: write(rule, voice) });

function write(rule: Rule, voice: RuleVoice): string {
  const { t } = voice;
  if ("field" in rule) return writeCondition(rule, voice);
  if ("not" in rule) return t(isMany(rule.not) ? "segments.sentence.notGroup" : "segments.sentence.not", { rule: write(rule.not, voice) });
  const [how, parts] = "all" in rule ? (["all", rule.all] as const) : (["any", rule.any] as const);
  const written = parts.map((part) => (parts.length > 1 && isMany(part) ? t("segments.sentence.group", { rule: write(part, voice) }) : write(part, voice)));
  return written.reduce((one, other, index) => t(`segments.sentence.joined.${how}.${joinOf(index, written.length)}`, { one, other }));
}

/** More than one condition: beside others it needs brackets. */
function isMany(rule: Rule): boolean {
  if ("field" in rule || "not" in rule) return false;
  const parts = "all" in rule ? rule.all : rule.any;
  const [only] = parts;
  return parts.length > 1 || (only !== undefined && isMany(only));
}

const joinOf = (index: number, length: number): "pair" | "more" | "last" => (length === 2 ? "pair" : index < length - 1 ? "more" : "last");

function writeCondition(condition: Condition, voice: RuleVoice): string {
  const { t } = voice;
  const { field, operator, value } = condition;
  if (isNumeric(field)) return t(`segments.sentence.numbers.${field}`, { amount: writeAmount(field, condition, voice) });
  if (field === "orders_in_days") return writeWindow(condition, voice);
  if (field === "orders_between") return writeSpan(condition, voice);
  if (field === "last_order" || field === "first_order" || field === "any_order" || field === "customer_since") return t(`segments.sentence.dates.${field}`, { when: writeWhen(condition, voice) });
  if (isFlag(field)) {
    const answer = value === true ? "yes" : "no";
    return t(`segments.sentence.flags.${field}.${answer}`);
  }
  const values = Array.isArray(value) ? value : [];
  const list = field === "survey_answer" ? writeAnswers(values, voice) : writeList(field, values, voice);
  const which = operator === "none_of" ? "none_of" : "any_of";
  return t(`segments.sentence.lists.${field}.${which}`, { list });
}

const FLAGS = ["vip", "last_refunded", "has_email", "first_discounted", "first_channel_known", "first_country_known"] as const satisfies FieldName[];
const isFlag = (field: FieldName): field is (typeof FLAGS)[number] => FLAGS.some((flag) => flag === field);

type Unit = "orders" | "days" | "money" | "share" | "score" | "moment";

const UNITS = {
  orders: "orders", expected_orders: "orders", revenue: "money", average_order: "money", expected_value: "money", stake: "money",
  days_since_last_order: "days", days_since_first_order: "days", usual_gap: "days", days_overdue: "days", days_to_next_order: "moment", any_gap: "days", days_to_second: "days", days_to_third: "days", days_to_fourth: "days",
  chance_30: "share", chance_60: "share", chance_90: "share", r_score: "score", f_score: "score", m_score: "score",
} as const satisfies Partial<Record<FieldName, Unit>>;
type NumericField = keyof typeof UNITS;

const isNumeric = (field: FieldName): field is NumericField => field in UNITS;

function writeAmount(field: NumericField, { operator, value }: Condition, voice: RuleVoice): string {
  const { t } = voice;
  const unit = UNITS[field];
  const words = unit === "moment" ? "moments" : "amounts";
  if (typeof value === "object" && "from" in value && typeof value.from === "number") {
    if (value.from === value.to && unit !== "moment") return field === "orders" && value.from === 0 ? t("segments.sentence.amounts.none") : t("segments.sentence.amounts.exactly", { value: writeNumber(value.from, unit, voice) });
    return t(`segments.sentence.${words}.between`, { from: unit === "moment" ? writeNumber(value.from, unit, voice) : writeBare(value.from, unit, voice), to: writeNumber(Number(value.to), unit, voice) });
  }
  if (field === "orders" && operator === "at_most" && value === 0) return t("segments.sentence.amounts.none");
  const limit = limitOf(operator);
  return t(`segments.sentence.${words}.${limit}`, { value: writeNumber(Number(value), unit, voice) });
}

const limitOf = (operator: Condition["operator"]): "at_most" | "at_least" => (operator === "at_most" ? "at_most" : "at_least");

function writeNumber(value: number, unit: Unit, voice: RuleVoice): string {
  const { t } = voice;
  if (unit === "orders" || unit === "days" || unit === "score") return t(`segments.sentence.units.${unit}`, { count: value });
  if (unit !== "moment") return writeBare(value, unit, voice);
  if (value === 0) return t("segments.sentence.moments.today");
  const side = value < 0 ? "past" : "future";
  return t(`segments.sentence.moments.${side}`, { count: Math.abs(value) });
}

/** Without its unit, where that follows in the same breath: "between 3 and 5 orders". */
function writeBare(value: number, unit: Unit, { formats, locale }: RuleVoice): string {
  if (unit === "money") return formats.money(value);
  return new Intl.NumberFormat(locale, unit === "share" ? { style: "percent", maximumFractionDigits: 1 } : { maximumFractionDigits: 2 }).format(value);
}

function writeWindow({ operator, value }: Condition, voice: RuleVoice): string {
  const { count, days } = typeof value === "object" && "days" in value ? value : { count: 0, days: 0 };
  return voice.t("segments.sentence.window", { amount: writeOrders(operator, count, voice), count: days });
}

function writeSpan({ operator, value }: Condition, voice: RuleVoice): string {
  if (typeof value !== "object" || !("count" in value) || !("from" in value)) return "";
  return voice.t("segments.sentence.span", { amount: writeOrders(operator, value.count, voice), from: voice.formats.day(value.from), to: voice.formats.day(value.to) });
}

function writeOrders(operator: Condition["operator"], count: number, { t }: RuleVoice): string {
  const limit = limitOf(operator);
  return limit === "at_most" && count === 0 ? t("segments.sentence.amounts.none") : t(`segments.sentence.amounts.${limit}`, { value: t("segments.sentence.units.orders", { count }) });
}

function writeWhen({ operator, value }: Condition, { t, formats }: RuleVoice): string {
  const writeDay = (day: unknown): string => formats.day(day as Day); // a date's values are days: ruleSchema
  if (operator === "between" && typeof value === "object" && "from" in value && value.from === value.to) return t("segments.sentence.when.on", { day: writeDay(value.from) });
  if (operator === "between" && typeof value === "object" && "from" in value) return t("segments.sentence.when.between", { from: writeDay(value.from), to: writeDay(value.to) });
  if (operator === "in_last_days" || operator === "not_in_last_days") return t(`segments.sentence.when.${operator}`, { count: value });
  const side = operator === "before" ? "before" : "since";
  return t(`segments.sentence.when.${side}`, { day: writeDay(value) });
}

type ListField = Exclude<FieldName, NumericField | "orders_in_days" | "orders_between" | "last_order" | "first_order" | "any_order" | "customer_since" | (typeof FLAGS)[number] | "survey_answer">;

function writeList(field: ListField, values: readonly string[], voice: RuleVoice): string {
  const words = values.map((value) => writeWord(field, value, voice));
  return writeAny(words, voice);
}

const writeAny = (words: readonly string[], { locale }: RuleVoice): string => new Intl.ListFormat(locale, { type: "disjunction" }).format(words);

/** Each survey once, however many of its answers are chosen. */
function writeAnswers(marks: readonly string[], voice: RuleVoice): string {
  const { t, surveys } = voice;
  const known = surveys.flatMap(({ name, answers }) => {
    const chosen = answers.filter(({ mark }) => marks.includes(mark)).map(({ words }) => t("segments.sentence.quoted", { word: words }));
    return chosen.length === 0 ? [] : [t("segments.sentence.answers", { survey: name, answers: writeAny(chosen, voice) })];
  });
  const isAnyGone = marks.some((mark) => surveys.every(({ answers }) => answers.every((answer) => answer.mark !== mark)));
  return writeAny([...known, ...(isAnyGone ? [t("segments.sentence.goneAnswer")] : [])], voice);
}

function writeWord(field: ListField, value: string, { t, locale, productTitles, collectionTitles }: RuleVoice): string {
  const quoted = (word: string) => t("segments.sentence.quoted", { word });
  if (field === "country" || field === "first_country") return writeCountry(value, locale);
  if (field === "language") return writeLanguage(value, locale);
  if (FIELDS[field] === "ids") {
    const title = productTitles.get(value);
    return title === undefined ? t("segments.sentence.unknownProduct", { id: value }) : quoted(title);
  }
  if (FIELDS[field] === "collections") {
    const title = collectionTitles.get(value);
    return title === undefined ? t("segments.sentence.unknownCollection", { id: value }) : quoted(title);
  }
  if (field === "birthday_month") return value === "this_month" || value === "next_month" ? t(`segments.sentence.months.${value}`) : t("segments.sentence.months.named", { month: writeChoice(field, value, { t, locale }) });
  return quoted(field === "stage" || field === "rfm_group" || field === "shopify_rfm_group" || field === "email_consent" ? writeChoice(field, value, { t, locale }) : value);
}
