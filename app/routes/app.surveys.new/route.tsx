// A new survey: from a ready question, or from nothing. Nothing is kept before it is saved.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { READY_KEYS } from "../../capabilities/surveys/rules/library.ts";
import { useAddress } from "../../ui/address.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { ReadyList } from "../../ui/surveys/ready-list.tsx";

export const handle: PageHandle = { titleKey: "surveys.library.title" };

/** Each has its id already: saved twice, it is one survey. */
export async function loader({ request }: LoaderFunctionArgs) {
  await merchantFrom(request);
  return { blankId: crypto.randomUUID(), choices: READY_KEYS.map((ready) => ({ ready, id: crypto.randomUUID() })) };
}

export default function NewSurvey() {
  const { blankId, choices } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <Page title={t("surveys.library.title")} subtitle={t("surveys.library.subtitle")} backAction={{ content: t("surveys.list.title"), url: address("/app/surveys") }}>
      <BlockStack gap="400">
        <Card>
          <InlineStack gap="300" align="space-between" blockAlign="center">
            <BlockStack gap="100">
              <Text as="h2" variant="headingMd">{t("surveys.library.blank")}</Text>
              <Text as="p" tone="subdued">{t("surveys.library.blankBody")}</Text>
            </BlockStack>
            <Button url={address(`/app/surveys/${blankId}`, { ready: "blank" })}>{t("surveys.library.start")}</Button>
          </InlineStack>
        </Card>
        <Card>
          <BlockStack gap="400">
            <Text as="h2" variant="headingMd">{t("surveys.library.ready")}</Text>
            <ReadyList choices={choices} />
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}
