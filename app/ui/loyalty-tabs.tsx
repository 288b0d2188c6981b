// The pages of the loyalty programme as links: each is a page of its own, with an address.
import { Box, Button, InlineStack } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "./address.ts";

const TABS = [["overview", "/app/loyalty"], ["programme", "/app/loyalty/programme"], ["members", "/app/loyalty/members"], ["tasks", "/app/loyalty/tasks"], ["liability", "/app/loyalty/liability"], ["compare", "/app/loyalty/compare"], ["import", "/app/loyalty/import"], ["api", "/app/loyalty/api"]] as const;

export function LoyaltyTabs({ current }: { current: (typeof TABS)[number][0] }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <nav aria-label={t("loyalty.members.tabs.label")}>
      <Box paddingInline={{ xs: "400", sm: "0" }}>
        <InlineStack gap="100">
          {TABS.map(([name, path]) => (
            <Button key={name} variant={name === current ? "secondary" : "tertiary"} pressed={name === current} url={address(path)}>{t(`loyalty.members.tabs.${name}`)}</Button>
          ))}
        </InlineStack>
      </Box>
    </nav>
  );
}
