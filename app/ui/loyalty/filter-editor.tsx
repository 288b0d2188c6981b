// Which products a rule names: by themselves, by their collection, type or tag.
import { BlockStack, Button, InlineError, InlineGrid, InlineStack, Tag, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ProductFilter } from "../../capabilities/loyalty/model/programme.ts";
import { WordList } from "../word-list.tsx";
import { part, put, type Slot } from "./slot.ts";
import { useFault, useWriting } from "./writing.tsx";

export const NO_PRODUCTS: ProductFilter = { productIds: [], collectionIds: [], productTypes: [], tags: [] };

export function FilterEditor({ slot }: { slot: Slot<ProductFilter> }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="300">
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
        <Picked slot={part(slot, "productIds")} type="product" label={t("loyalty.editor.products.products")} action={t("loyalty.editor.products.pickProducts")} />
        <Picked slot={part(slot, "collectionIds")} type="collection" label={t("loyalty.editor.products.collections")} action={t("loyalty.editor.products.pickCollections")} />
      </InlineGrid>
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
        <TextList slot={part(slot, "productTypes")} label={t("loyalty.editor.products.types")} />
        <TextList slot={part(slot, "tags")} label={t("loyalty.editor.products.tags")} />
      </InlineGrid>
    </BlockStack>
  );
}

type Resource = "product" | "collection";

function Picked({ slot, type, label, action }: { slot: Slot<string[]>; type: Resource; label: string; action: string }) {
  const { t } = useTranslation();
  const { titles, learnTitles } = useWriting();
  const fault = useFault(slot.at);
  const pick = async (): Promise<void> => {
    const picked = await window.shopify.resourcePicker({ type, multiple: true, action: "select", selectionIds: slot.value.map((id) => ({ id: gidOf(type, id) })), filter: { variants: false } });
    if (picked === undefined) return;
    const known = picked.map(({ id, title }) => [idOf(id), title ?? ""] as const);
    learnTitles(Object.fromEntries(known.filter(([, title]) => title !== "")));
    put(slot, known.map(([id]) => id));
  };
  return (
    <BlockStack gap="150" inlineAlign="start">
      <Text as="p">{label}</Text>
      {slot.value.length > 0 && (
        <InlineStack gap="100">
          {slot.value.map((id) => <Tag key={id} onRemove={() => put(slot, slot.value.filter((one) => one !== id))}>{titles[id] ?? t("loyalty.editor.products.unnamed", { id })}</Tag>)}
        </InlineStack>
      )}
      <Button onClick={() => void pick()}>{action}</Button>
      {fault !== undefined && <InlineError message={fault} fieldID={slot.at} />}
    </BlockStack>
  );
}

const gidOf = (type: Resource, id: string): string => `gid://shopify/${type === "product" ? "Product" : "Collection"}/${id}`;
export const idOf = (gid: string): string => gid.slice(gid.lastIndexOf("/") + 1);

function TextList({ slot, label }: { slot: Slot<string[]>; label: string }) {
  const { t } = useTranslation();
  return <WordList label={label} placeholder={t("loyalty.editor.products.listHelp")} words={slot.value} onChange={(words) => put(slot, words)} error={useFault(slot.at)} />;
}
