// Products or collections chosen in Shopify's own picker.
import { BlockStack, Button, InlineError, InlineStack, Tag, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { put, type Slot } from "./slot.ts";
import { useFault, useWriting } from "./writing.tsx";

type Resource = "product" | "collection";

export function Picked({ slot, type, label, action }: { slot: Slot<string[]>; type: Resource; label: string; action: string }) {
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
          {slot.value.map((id) => <Tag key={id} onRemove={() => put(slot, slot.value.filter((one) => one !== id))}>{titles[id] ?? t("frame.form.unnamed", { id })}</Tag>)}
        </InlineStack>
      )}
      <Button onClick={() => void pick()}>{action}</Button>
      {fault !== undefined && <InlineError message={fault} fieldID={slot.at} />}
    </BlockStack>
  );
}

const gidOf = (type: Resource, id: string): string => `gid://shopify/${type === "product" ? "Product" : "Collection"}/${id}`;
export const idOf = (gid: string): string => gid.slice(gid.lastIndexOf("/") + 1);
