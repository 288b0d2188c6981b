// The pages about retention as links: each is a page of its own, with an address.
import { Box, Button, InlineStack } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "./address.ts";

const TABS = [["cohorts", "/app/cohorts"], ["value", "/app/value"], ["rhythm", "/app/rhythm"], ["products", "/app/first-products"], ["definitions", "/app/definitions"]] as const;

export function RetentionTabs({ current }: { current: (typeof TABS)[number][0] }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <nav aria-label={t("cohorts.tabs.label")}>
      <Box paddingInline={{ xs: "400", sm: "0" }}>
        <InlineStack gap="100">
          {TABS.map(([name, path]) => <Button key={name} variant={name === current ? "secondary" : "tertiary"} pressed={name === current} url={address(path)}>{t(`cohorts.tabs.${name}`)}</Button>)}
        </InlineStack>
      </Box>
    </nav>
  );
}
