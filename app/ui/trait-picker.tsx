// One value of a trait, picked by typing part of its name; the commonest are offered at once.
import { useFetcher } from "@remix-run/react";
import { Combobox, Icon, Listbox } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ANY_CODE, type Trait, type TraitKind } from "../capabilities/cohorts/model.ts";
import { withTitle, writeTraitValue, type TraitVoice } from "./cohort-words.ts";
import { useFormats } from "./shop-formats.tsx";
import { TRAITS_PATH, type FoundTraits } from "./trait-search.ts";

const PAUSE_MS = 250;

export function TraitPicker({ kind, voice, onPick }: { kind: TraitKind; voice: TraitVoice; onPick: (trait: Trait) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [typed, setTyped] = useState("");
  const fetcher = useFetcher<FoundTraits>();
  const { load } = fetcher;
  useEffect(() => {
    const timer = setTimeout(() => load(`${TRAITS_PATH}?${new URLSearchParams({ kind, q: isNamedHere(kind) ? "" : typed }).toString()}`), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [kind, typed, load]);
  const found = (fetcher.data?.kind === kind ? fetcher.data.choices : []).map((choice) => ({ ...choice, label: writeTraitValue(choice, withTitle(voice, choice)) }));
  const shown = isNamedHere(kind) ? found.filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase())) : found;
  const isAsking = fetcher.state !== "idle" || fetcher.data === undefined;
  return (
    <Combobox activator={<Combobox.TextField label={t(`cohorts.kinds.${kind}`)} labelHidden placeholder={t("cohorts.controls.value")} autoComplete="off" value={typed} onChange={setTyped} prefix={<Icon source={SearchIcon} />} />}>
      {shown.length > 0 ? (
        <Listbox onSelect={(value) => onPick({ kind, value: value === NONE ? "" : value })}>
          {shown.map(({ value, label, customers }) => <Listbox.Option key={value} value={value === "" ? NONE : value} accessibilityLabel={label}>{t("cohorts.controls.choice", { label, customers: formats.count(customers) })}</Listbox.Option>)}
        </Listbox>
      ) : isAsking ? null : <Listbox><Listbox.Action value="" disabled>{t(fetcher.data?.isRead === false ? "cohorts.controls.noCollections" : "cohorts.controls.nothing")}</Listbox.Action></Listbox>}
    </Combobox>
  );
}

const NONE = `${ANY_CODE} none`; // an option must have a value

/** Values the shop knows by another word than the merchant reads are searched where the words are. */
const isNamedHere = (kind: TraitKind): boolean => kind === "country" || kind === "channel" || kind === "code";
