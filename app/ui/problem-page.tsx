// What a merchant sees when a page fails, and what they can do.
import { useRevalidator } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "./address.ts";

export function ProblemPage() {
  const { t } = useTranslation();
  const { revalidate, state } = useRevalidator();
  return (
    <Page title={t("frame.problem.title")}>
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">{t("frame.problem.heading")}</Text>
          <Text as="p">{t("frame.problem.body")}</Text>
          <InlineStack>
            <Button variant="primary" loading={state === "loading"} onClick={revalidate}>{t("frame.problem.retry")}</Button>
          </InlineStack>
        </BlockStack>
      </Card>
    </Page>
  );
}

export function MissingPage() {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <Page title={t("frame.problem.missingTitle")}>
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">{t("frame.problem.missingHeading")}</Text>
          <Text as="p">{t("frame.problem.missingBody")}</Text>
          <InlineStack>
            <Button variant="primary" url={address("/app")}>{t("frame.problem.home")}</Button>
          </InlineStack>
        </BlockStack>
      </Card>
    </Page>
  );
}
