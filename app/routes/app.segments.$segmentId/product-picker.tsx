// Products picked by typing part of their title.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Combobox, Icon, InlineStack, Listbox, Tag } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { PRODUCTS_PATH, type FoundProducts } from "../../ui/product-search.ts";
import type { DraftProduct } from "./draft.ts";
import type { TypingFault } from "./typed-values.ts";

const PAUSE_MS = 250;

export function ProductPicker({ products, fault, onChange }: { products: readonly DraftProduct[]; fault: TypingFault | undefined; onChange: (products: DraftProduct[]) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const { found, isAsking } = useFound(typed);
  const choose = (id: string): void => {
    const product = found.find((one) => one.id === id);
    if (products.some((one) => one.id === id)) onChange(products.filter((one) => one.id !== id));
    else if (product) onChange([...products, product]);
    setTyped("");
  };
  return (
    <BlockStack gap="200">
      <Combobox
        allowMultiple
        activator={
          <Combobox.TextField
            label={t("segments.builder.products.label")} labelHidden placeholder={t("segments.builder.products.placeholder")} autoComplete="off" value={typed} onChange={setTyped}
            prefix={<Icon source={SearchIcon} />} {...(fault !== undefined && { error: t("segments.builder.products.missing") })}
          />
        }
      >
        {found.length > 0 ? (
          <Listbox onSelect={choose}>
            {found.map(({ id, title }) => <Listbox.Option key={id} value={id} selected={products.some((one) => one.id === id)} accessibilityLabel={title}>{title}</Listbox.Option>)}
          </Listbox>
        ) : typed === "" || isAsking ? null : <Listbox><Listbox.Action value="" disabled>{t("segments.builder.products.nothing")}</Listbox.Action></Listbox>}
      </Combobox>
      {products.length > 0 && <InlineStack gap="100">{products.map(({ id, title }) => <Tag key={id} onRemove={() => onChange(products.filter((one) => one.id !== id))}>{title}</Tag>)}</InlineStack>}
    </BlockStack>
  );
}

/** The first page of titles at once, others a moment after the last key. */
function useFound(typed: string): { found: DraftProduct[]; isAsking: boolean } {
  const fetcher = useFetcher<FoundProducts>();
  const { load } = fetcher;
  useEffect(() => {
    const timer = setTimeout(() => load(`${PRODUCTS_PATH}?${new URLSearchParams({ q: typed }).toString()}`), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, load]);
  return { found: fetcher.data?.products ?? [], isAsking: fetcher.state !== "idle" };
}
