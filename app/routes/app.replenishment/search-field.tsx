// A product found by part of its name, as soon as the typing rests.
import { Icon, InlineStack, TextField } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

const TYPING_MS = 300; // between two letters

export function SearchField({ like, onSearch, children }: { like: string; onSearch: (text: string) => void; children: ReactNode }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null || typed.trim() === like) return;
    const timer = setTimeout(() => onSearch(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return (
    <InlineStack align="space-between" blockAlign="end" gap="300">
      <TextField label={t("cohorts.replenishment.search")} type="search" autoComplete="off" value={typed ?? like} onChange={setTyped} prefix={<Icon source={SearchIcon} />} clearButton onClearButtonClick={() => setTyped("")} />
      {children}
    </InlineStack>
  );
}
