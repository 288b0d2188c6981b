// The value of a condition: numbers, money, shares, days, choices, words or products.
import { BlockStack, ChoiceList, InlineStack, RadioButton, Tag, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DAYS_MAX, FIELDS } from "../../capabilities/segments/model.ts";
import { toLocale } from "../../i18n/locales.ts";
import { writeChoice } from "../../ui/rule-choices.ts";
import { choicesOf, isChoiceField, type DraftCondition } from "./draft.ts";
import { ProductPicker } from "./product-picker.tsx";
import { slotsOf, type Slot, type TypingFault } from "./typed-values.ts";

type Faults = Partial<Record<Slot, TypingFault>>;
type ValueProps = { condition: DraftCondition; currency: string; faults: Faults; onChange: (more: Partial<DraftCondition>) => void };

export function ValueControls(props: ValueProps) {
  switch (FIELDS[props.condition.field]) {
    case "flag": return <Flag {...props} />;
    case "choice": return <Choices {...props} />;
    case "words": return <Words {...props} />;
    case "ids": return <ProductPicker products={props.condition.products} fault={props.faults.list} onChange={(products) => props.onChange({ products })} />;
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
  const isDay = kind === "date" && condition.operator !== "in_last_days" && condition.operator !== "not_in_last_days";
  const fault = faults[slot];
  return (
    <TextField
      label={t(`segments.builder.slots.${slot}`)} labelHidden={slot === "value"} autoComplete="off" value={condition[slot]} onChange={(text) => onChange({ [slot]: text })}
      type={isDay ? "date" : "text"} inputMode={isDay || condition.field === "days_to_next_order" ? "text" : kind === "money" || kind === "share" || kind === "decimal" ? "decimal" : "numeric"}
      {...suffixOf(slot, { kind, isDay, currency, days: t("segments.builder.suffix.days"), orders: t("segments.builder.suffix.orders") })}
      {...(fault !== undefined && { error: t(`segments.builder.faults.${fault}`, { max: DAYS_MAX }) })}
    />
  );
}

function suffixOf(slot: Slot, { kind, isDay, currency, days, orders }: { kind: string; isDay: boolean; currency: string; days: string; orders: string }): { suffix?: string } {
  if (kind === "money") return { suffix: currency };
  if (kind === "share") return { suffix: "%" };
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

/** One word at a time: a comma, the Enter key or leaving the field takes it. */
function Words({ condition: { field, words }, faults, onChange }: ValueProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const take = (text: string): void => {
    const added = text.split(",").map((word) => word.trim()).filter((word) => word !== "");
    if (added.length > 0) onChange({ words: [...new Set([...words, ...added])] });
    setTyped("");
  };
  const takeOnEnter = (event: React.KeyboardEvent): void => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return; // Enter also ends a Japanese word
    event.preventDefault();
    take(typed);
  };
  return (
    <BlockStack gap="200">
      {/* Enter is heard here: Polaris' field does not tell of keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div onKeyDown={takeOnEnter}>
        <TextField
          label={t(`segments.fields.${field}`)} labelHidden autoComplete="off" value={typed} helpText={t(field === "country" || field === "language" ? `segments.builder.wordsHelp.${field}` : "segments.builder.wordsHelp.other")}
          onChange={(text) => (text.includes(",") ? take(text) : setTyped(text))} onBlur={() => take(typed)} {...(faults.list !== undefined && { error: t("segments.builder.faults.missing") })}
        />
      </div>
      {words.length > 0 && <InlineStack gap="100">{words.map((word) => <Tag key={word} onRemove={() => onChange({ words: words.filter((one) => one !== word) })}>{word}</Tag>)}</InlineStack>}
    </BlockStack>
  );
}
