// A page about retention before it has anything to show: being counted and having nothing to count look alike, and are not.
import { BlockStack, Page } from "@shopify/polaris";
import type { IconSource } from "@shopify/polaris";
import type { ComponentProps, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAddress } from "./address.ts";
import { EmptyCard } from "./empty-page.tsx";
import { RetentionTabs } from "./retention-tabs.tsx";

type UncountedPageProps = { title: string; subtitle?: string; tab: ComponentProps<typeof RetentionTabs>["current"]; icon: IconSource; isReady: boolean; /** what is missing, once all is counted */ empty: { heading: string; body: string }; children?: ReactNode };

export function UncountedPage({ title, subtitle, tab, icon, isReady, empty, children }: UncountedPageProps) {
  const { t } = useTranslation();
  const address = useAddress();
  const { heading, body } = isReady ? empty : { heading: t("cohorts.counting.heading"), body: t("cohorts.counting.body") };
  return (
    <Page title={title} {...(subtitle !== undefined && { subtitle })}>
      <BlockStack gap="400">
        <RetentionTabs current={tab} />
        <EmptyCard icon={icon} heading={heading} body={body} action={{ content: t("analytics.empty.action"), url: address("/app/sync") }} />
        {isReady && children}
      </BlockStack>
    </Page>
  );
}
