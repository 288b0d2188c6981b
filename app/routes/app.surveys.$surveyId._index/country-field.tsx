// Countries of a shopper's market, found by name.
import { BlockStack, Combobox, Icon, InlineStack, Listbox, Tag } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { toLocale } from "../../i18n/locales.ts";
import { put, type Slot } from "../../ui/forms/slot.ts";
import { writeCountry } from "../../ui/rule-choices.ts";
import { COUNTRIES } from "../../values/countries.ts";

const SHOWN_MAX = 20; // of those that match: the next letter narrows them

export function CountryField({ slot }: { slot: Slot<string[]> }) {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState("");
  const locale = toLocale(i18n.language) ?? "en";
  const named = useMemo(() => COUNTRIES.map((code) => ({ code, name: writeCountry(code, locale) })).sort((one, other) => one.name.localeCompare(other.name, locale)), [locale]);
  const wanted = typed.trim().toLocaleLowerCase(locale);
  const found = named.filter(({ code, name }) => name.toLocaleLowerCase(locale).includes(wanted) || code.toLowerCase() === wanted).slice(0, SHOWN_MAX);
  const choose = (code: string): void => {
    put(slot, slot.value.includes(code) ? slot.value.filter((one) => one !== code) : [...slot.value, code]);
    setTyped("");
  };
  return (
    <BlockStack gap="200">
      <Combobox
        allowMultiple
        activator={<Combobox.TextField label={t("surveys.editor.audience.countries")} placeholder={t("surveys.editor.audience.anyCountry")} autoComplete="off" value={typed} onChange={setTyped} prefix={<Icon source={SearchIcon} />} />}
      >
        <Listbox onSelect={choose}>
          {found.length > 0
            ? found.map(({ code, name }) => <Listbox.Option key={code} value={code} selected={slot.value.includes(code)} accessibilityLabel={name}>{name}</Listbox.Option>)
            : <Listbox.Action value="" disabled>{t("surveys.editor.audience.noCountry")}</Listbox.Action>}
        </Listbox>
      </Combobox>
      {slot.value.length > 0 && <InlineStack gap="100">{slot.value.map((code) => <Tag key={code} onRemove={() => choose(code)}>{writeCountry(code, locale)}</Tag>)}</InlineStack>}
    </BlockStack>
  );
}
