// Cohorts in words: what a measure says, which period a row is, and who is selected.
import type { TFunction } from "i18next";
import { ANY_CODE, MEASURE_UNITS, type Grain, type Measure, type Selection, type Trait, type TraitTitles } from "../capabilities/cohorts/model.ts";
import type { Formats } from "../i18n/formats.ts";
import type { Locale } from "../i18n/locales.ts";
import { monthOf, type Day } from "../values/day.ts";
import { writeTrait } from "./cohort-query.ts";
import { writeCountry } from "./rule-choices.ts";

export function writeMeasure(measure: Measure, value: number, formats: Formats): string {
  switch (MEASURE_UNITS[measure]) {
    case "share": return formats.share(value);
    case "count": return Number.isInteger(value) ? formats.count(value) : formats.decimal(value);
    case "money": return formats.money(Math.round(value));
    case "decimal": return formats.decimal(value);
  }
}

const QUARTER_MONTHS = 3;

export function writePeriod(grain: Grain, start: Day, { t, formats }: { t: TFunction; formats: Formats }): string {
  const [year = "", month = ""] = start.split("-");
  switch (grain) {
    case "week": return formats.day(start);
    case "month": return formats.month(monthOf(start));
    case "quarter": return t("cohorts.quarter", { year, quarter: Math.ceil(Number(month) / QUARTER_MONTHS) });
    case "year": return t("cohorts.year", { year });
  }
}

export type TraitVoice = { t: TFunction; locale: Locale; titles: TraitTitles };

const CHANNELS = ["web", "pos", "shopify_draft_order", "shop_app", "iphone", "android"] as const;

export function writeTraitValue({ kind, value }: Trait, { t, locale, titles }: TraitVoice): string {
  if (kind === "code" && value === "") return t("cohorts.values.noCode");
  if (kind === "code" && value === ANY_CODE) return t("cohorts.values.anyCode");
  if (value === "") return t("cohorts.values.unknown");
  if (kind === "product") return titles.product[value] ?? t("segments.sentence.unknownProduct", { id: value });
  if (kind === "collection") return titles.collection[value] ?? t("segments.sentence.unknownCollection", { id: value });
  if (kind === "country") return writeCountry(value, locale);
  const channel = kind === "channel" ? CHANNELS.find((known) => known === value) : undefined;
  return channel === undefined ? value : t(`cohorts.values.channels.${channel}`);
}

/** "First product: Sencha and country: Japan"; everybody has a name too. */
export function writeSelection(selection: Selection, voice: TraitVoice): string {
  if (selection.length === 0) return voice.t("cohorts.everybody");
  const parts = selection.map((trait) => voice.t("cohorts.trait", { kind: voice.t(`cohorts.kinds.${trait.kind}`), value: writeTraitValue(trait, voice) }));
  return new Intl.ListFormat(voice.locale, { type: "conjunction" }).format(parts);
}

/** With one more title, of a value as it was found. */
export const withTitle = (voice: TraitVoice, { kind, value, title }: Trait & { title: string | null }): TraitVoice =>
  title === null || (kind !== "product" && kind !== "collection") ? voice : { ...voice, titles: { ...voice.titles, [kind]: { ...voice.titles[kind], [value]: title } } };

export const keyOf = (selection: Selection): string => selection.map(writeTrait).join(" ");
