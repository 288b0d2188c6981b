// The value of a condition: numbers, money, shares, days, choices, words, products, collections or answers.
import { ChoiceList, InlineStack, RadioButton, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { DAYS_MAX, FIELDS } from "../../capabilities/segments/model.ts";
import { toLocale } from "../../i18n/locales.ts";
import { writeChoice } from "../../ui/rule-choices.ts";
import type { SurveyAnswers } from "../../ui/survey-answers.ts";
import { WordList } from "../../ui/word-list.tsx";
import { AnswerPicker } from "./answer-picker.tsx";
import { choicesOf, isChoiceField, type DraftCondition } from "./draft.ts";
import { TitlePicker } from "./title-picker.tsx";
import { slotsOf, type Slot, type TypingFault } from "./typed-values.ts";

type Faults = Partial<Record<Slot, TypingFault>>;
type ValueProps = { condition: DraftCondition; currency: string; surveys: readonly SurveyAnswers[]; faults: Faults; onChange: (more: Partial<DraftCondition>) => void };

export function ValueControls(props: ValueProps) {
  switch (FIELDS[props.condition.field]) {
    case "flag": return <Flag {...props} />;
    case "choice": return <Choices {...props} />;
    case "words": return <Words {...props} />;
    case "marks": return <AnswerPicker condition={props.condition} surveys={props.surveys} fault={props.faults.list} onChange={props.onChange} />;
    case "ids": return <TitlePicker of="products" picks={props.condition.picks} fault={props.faults.list} onChange={(picks) => props.onChange({ picks })} />;
    case "collections": return <TitlePicker of="collections" picks={props.condition.picks} fault={props.faults.list} onChange={(picks) => props.onChange({ picks })} />;
    default: return <Fields {...props} />;
  }
}

function Fields(props: ValueProps) {
  const slots = slotsOf(props.condition).filter((slot) => slot !== "list");
  return <InlineStack gap="200" blockAlign="start">{slots.map((slot) => <div key={slot} className="regulars-slot"><Field slot={slot} {...props} /></div>)}</InlineStack>;
}

function Field({ slot, condition, currency, faults, onChange }: ValueProps & { slot: Exclude<Slot, "list"> }) {
  const { t } = useTranslation();
  const kind = FIELDS[condition.field];
  const isDay = kind === "span" ? slot !== "count" : kind === "date" && condition.operator !== "in_last_days" && condition.operator !== "not_in_last_days";
  const fault = faults[slot];
  return (
    <TextField
      label={isDay && (slot === "from" || slot === "to") ? t(`segments.builder.dayRange.${slot}`) : t(`segments.builder.slots.${slot}`)} labelHidden={slot === "value"} autoComplete="off" value={condition[slot]} onChange={(text) => onChange({ [slot]: text })}
      type={isDay ? "date" : "text"} inputMode={isDay || condition.field === "days_to_next_order" ? "text" : kind === "money" || kind === "share" || kind === "decimal" ? "decimal" : "numeric"}
      {...suffixOf(slot, { kind, isDay, currency, days: t("segments.builder.suffix.days"), orders: t("segments.builder.suffix.orders") })}
      {...(fault !== undefined && { error: t(`segments.builder.faults.${fault}`, { max: DAYS_MAX }) })}
    />
  );
}

function suffixOf(slot: Slot, { kind, isDay, currency, days, orders }: { kind: string; isDay: boolean; currency: string; days: string; orders: string }): { suffix?: string } {
  if (kind === "money") return { suffix: currency };
  if (kind === "share") return { suffix: "%" };
  if (kind === "span") return isDay ? {} : { suffix: orders };
  if (kind === "window") return { suffix: slot === "days" ? days : orders };
  return kind === "days" || (kind === "date" && !isDay) ? { suffix: days } : {};
}

function Flag({ condition, onChange }: ValueProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="regulars-flag">
      <legend className="regulars-hidden">{t(`segments.fields.${condition.field}`)}</legend>
      <InlineStack gap="400">
        <RadioButton name={condition.key} id={`${condition.key}-yes`} label={t("segments.builder.yes")} checked={condition.isTrue} onChange={() => onChange({ isTrue: true })} />
        <RadioButton name={condition.key} id={`${condition.key}-no`} label={t("segments.builder.no")} checked={!condition.isTrue} onChange={() => onChange({ isTrue: false })} />
      </InlineStack>
    </fieldset>
  );
}

function Choices({ condition: { field, key, choices }, faults, onChange }: ValueProps) {
  const { t, i18n } = useTranslation();
  if (!isChoiceField(field)) return null;
  const locale = toLocale(i18n.language) ?? "en";
  return (
    <div className="regulars-choices">
      <ChoiceList
        name={key} title={t(`segments.fields.${field}`)} titleHidden allowMultiple selected={[...choices]} onChange={(chosen) => onChange({ choices: chosen })}
        choices={choicesOf(field).map((value) => ({ value, label: writeChoice(field, value, { t, locale }) }))} {...(faults.list !== undefined && { error: t(`segments.builder.faults.${faults.list}`) })}
      />
    </div>
  );
}

function Words({ condition: { field, words }, faults, onChange }: ValueProps) {
  const { t } = useTranslation();
  const help = t(field === "country" || field === "language" ? `segments.builder.wordsHelp.${field}` : "segments.builder.wordsHelp.other");
  return <WordList label={t(`segments.fields.${field}`)} labelHidden helpText={help} words={words} onChange={(all) => onChange({ words: all })} error={faults.list === undefined ? undefined : t("segments.builder.faults.missing")} />;
}
