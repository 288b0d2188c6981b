// Products or collections picked by typing part of their title.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Combobox, Icon, InlineStack, Listbox, Tag } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TitledNoun } from "../../capabilities/orders/model.ts";
import { titleSearchAt, type FoundTitles } from "../../ui/title-search.ts";
import type { DraftPick } from "./draft.ts";
import type { TypingFault } from "./typed-values.ts";

const PAUSE_MS = 250;

type TitlePickerProps = { of: TitledNoun; picks: readonly DraftPick[]; fault: TypingFault | undefined; onChange: (picks: DraftPick[]) => void };

export function TitlePicker({ of, picks, fault, onChange }: TitlePickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const { found, isAsking } = useFound(of, typed);
  const choose = (id: string): void => {
    const pick = found.find((one) => one.id === id);
    if (picks.some((one) => one.id === id)) onChange(picks.filter((one) => one.id !== id));
    else if (pick) onChange([...picks, pick]);
    setTyped("");
  };
  return (
    <BlockStack gap="200">
      <Combobox
        allowMultiple
        activator={
          <Combobox.TextField
            label={t(`segments.builder.${of}.label`)} labelHidden placeholder={t(`segments.builder.${of}.placeholder`)} autoComplete="off" value={typed} onChange={setTyped}
            prefix={<Icon source={SearchIcon} />} {...(fault !== undefined && { error: t(`segments.builder.${of}.missing`) })}
          />
        }
      >
        {found.length > 0 ? (
          <Listbox onSelect={choose}>
            {found.map(({ id, title }) => <Listbox.Option key={id} value={id} selected={picks.some((one) => one.id === id)} accessibilityLabel={title}>{title}</Listbox.Option>)}
          </Listbox>
        ) : typed === "" || isAsking ? null : <Listbox><Listbox.Action value="" disabled>{t(`segments.builder.${of}.nothing`)}</Listbox.Action></Listbox>}
      </Combobox>
      {picks.length > 0 && <InlineStack gap="100">{picks.map(({ id, title }) => <Tag key={id} onRemove={() => onChange(picks.filter((one) => one.id !== id))}>{title}</Tag>)}</InlineStack>}
    </BlockStack>
  );
}

/** The first page of titles at once, others a moment after the last key. */
function useFound(of: TitledNoun, typed: string): { found: DraftPick[]; isAsking: boolean } {
  const fetcher = useFetcher<FoundTitles>();
  const { load } = fetcher;
  useEffect(() => {
    const timer = setTimeout(() => load(titleSearchAt(of, typed)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [of, typed, load]);
  return { found: fetcher.data?.found ?? [], isAsking: fetcher.state !== "idle" };
}
