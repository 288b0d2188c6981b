// Which products a rule names: by themselves, by their collection, type or tag.
import { BlockStack, InlineGrid } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ProductFilter } from "../../capabilities/loyalty/model/programme.ts";
import { Picked } from "../forms/picked.tsx";
import { part, put, type Slot } from "../forms/slot.ts";
import { useFault } from "../forms/writing.tsx";
import { WordList } from "../word-list.tsx";

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

function TextList({ slot, label }: { slot: Slot<string[]>; label: string }) {
  const { t } = useTranslation();
  return <WordList label={label} placeholder={t("loyalty.editor.products.listHelp")} words={slot.value} onChange={(words) => put(slot, words)} error={useFault(slot.at)} />;
}
