// Fields of a form: each writes into its own slot, and says there what is wrong with it.
import { Checkbox, ChoiceList, Select, TextField } from "@shopify/polaris";
import { useState } from "react";
import { decimalsOf, toDecimal } from "../../values/money.ts";
import { readNumber, type NumberKind } from "../typed-number.ts";
import { put, type Slot } from "./slot.ts";
import { useFault, useWriting } from "./writing.tsx";

type Look = { label: string; /** in a sentence the words around it say what it is */ isLabelHidden?: boolean; help?: string };
type NumberLook = Look & { unit?: "number" | "money"; suffix?: string; prefix?: string; placeholder?: string; isDisabled?: boolean };

export const NumberField = ({ slot, ...look }: NumberLook & { slot: Slot<number | string> }) => <TypedNumber {...look} at={slot.at} value={slot.value} onChange={(value) => put(slot, value ?? "")} />;

/** Nothing typed is null: no limit, never, as before. */
export const OptionalNumberField = ({ slot, ...look }: NumberLook & { slot: Slot<number | string | null> }) => <TypedNumber {...look} at={slot.at} value={slot.value} onChange={(value) => put(slot, value)} />;

type TypedNumberProps = NumberLook & { at: string; value: number | string | null; onChange: (value: number | string | null) => void };

/** What was typed stays as it was typed for as long as it means what is kept: 1.0 on its way to 1.05. */
function TypedNumber({ at, value, onChange, label, isLabelHidden = false, help, unit = "number", suffix, prefix, placeholder, isDisabled = false }: TypedNumberProps) {
  const { currency } = useWriting();
  const [typed, setTyped] = useState("");
  const fault = useFault(at, unit);
  const kind: NumberKind = unit === "money" ? { is: "minor", decimals: decimalsOf(currency) } : { is: "whole" };
  const type = (text: string): void => {
    setTyped(text);
    onChange(meaningOf(text, kind));
  };
  return (
    <TextField
      label={label} labelHidden={isLabelHidden} autoComplete="off" inputMode={unit === "money" ? "decimal" : "numeric"} disabled={isDisabled}
      value={meaningOf(typed, kind) === value ? typed : written(value, unit, currency)} onChange={type}
      {...(unit === "money" ? { suffix: currency } : suffix !== undefined && { suffix })} {...(prefix !== undefined && { prefix })}
      {...(placeholder !== undefined && { placeholder })} {...(help !== undefined && { helpText: help })} {...(fault !== undefined && { error: fault })}
    />
  );
}

function meaningOf(text: string, kind: NumberKind): number | string | null {
  if (text.trim() === "") return null;
  const read = readNumber(text, kind, { min: -Infinity, max: Infinity });
  return "value" in read ? read.value : text;
}

function written(value: number | string | null, unit: "number" | "money", currency: string): string {
  if (typeof value !== "number") return value ?? "";
  return unit === "money" && Number.isInteger(value) ? toDecimal({ minor: value, currency }).replace(/\.0+$/, "") : String(value);
}

export function TextLine({ slot, label, isLabelHidden = false, help, placeholder, type = "text" }: Look & { slot: Slot<string>; placeholder?: string; type?: "text" | "url" | "date" }) {
  const fault = useFault(slot.at);
  return (
    <TextField
      label={label} labelHidden={isLabelHidden} autoComplete="off" type={type} value={slot.value} onChange={(text) => put(slot, text)}
      {...(placeholder !== undefined && { placeholder })} {...(help !== undefined && { helpText: help })} {...(fault !== undefined && { error: fault })}
    />
  );
}

export const Check = ({ slot, label, help }: Look & { slot: Slot<boolean> }) => <Checkbox label={label} checked={slot.value} onChange={(isOn) => put(slot, isOn)} {...(help !== undefined && { helpText: help })} />;

type Options<Value extends string> = { options: readonly { value: Value; label: string; helpText?: string }[]; isDisabled?: boolean };

export function Choice<Value extends string>({ slot, label, isLabelHidden = false, help, options, isDisabled = false }: Look & Options<Value> & { slot: Slot<Value> }) {
  const choose = (said: string): void => {
    const chosen = options.find(({ value }) => value === said);
    if (chosen) put(slot, chosen.value);
  };
  return <Select label={label} labelHidden={isLabelHidden} options={options.map(({ value, label: said }) => ({ value, label: said }))} disabled={isDisabled} value={slot.value} onChange={choose} {...(help !== undefined && { helpText: help })} />;
}

/** One of a few, all in sight. */
export function Radios<Value extends string>({ slot, label, isLabelHidden = false, options, isDisabled = false }: Look & Options<Value> & { slot: Slot<Value> }) {
  const choose = ([said]: string[]): void => {
    const chosen = options.find(({ value }) => value === said);
    if (chosen) put(slot, chosen.value);
  };
  return <ChoiceList title={label} titleHidden={isLabelHidden} choices={[...options]} selected={[slot.value]} disabled={isDisabled} onChange={choose} />;
}

/** Any number of a few. */
export function Checks<Value extends string>({ slot, label, isLabelHidden = false, options }: Look & Options<Value> & { slot: Slot<Value[]> }) {
  const fault = useFault(slot.at);
  const choose = (said: string[]): void => put(slot, options.map(({ value }) => value).filter((value) => said.includes(value)));
  return <ChoiceList allowMultiple title={label} titleHidden={isLabelHidden} choices={[...options]} selected={slot.value} onChange={choose} {...(fault !== undefined && { error: fault })} />;
}
