// The four ways to look at customers, as links: each is a page of its own, with an address.
import { Box, Button, InlineStack } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "./address.ts";

const TABS = [["all", "/app/customers"], ["vips", "/app/customers/vips"], ["rfm", "/app/customers/rfm"], ["stages", "/app/customers/stages"]] as const;

export function CustomerTabs({ current }: { current: (typeof TABS)[number][0] }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <nav aria-label={t("profiles.tabs.label")}>
      <Box paddingInline={{ xs: "400", sm: "0" }}>
        <InlineStack gap="100">
          {TABS.map(([name, path]) => (
            <Button key={name} variant={name === current ? "secondary" : "tertiary"} pressed={name === current} url={address(path)}>{t(`profiles.tabs.${name}`)}</Button>
          ))}
        </InlineStack>
      </Box>
    </nav>
  );
}
