// The first thing a merchant sees: their history on its way in, moving by itself until it is there.
import { BlockStack, Card, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useSteadyReload } from "../../ui/live.ts";
import { ProgressBars } from "../../ui/progress-bars.tsx";
import type { SyncProgress } from "../../ui/sync-progress.ts";

const RELOAD_MS = 700; // a small shop is read in seconds, and its bar is to be seen moving

export function ReadingHistory({ progress }: { progress: SyncProgress }) {
  const { t } = useTranslation();
  useSteadyReload(RELOAD_MS, true);
  return (
    <Page title={t("sync.progress.title")}>
      <Card padding={{ xs: "400", sm: "600" }}>
        <BlockStack gap="600">
          <Text as="p">{t("sync.progress.body")}</Text>
          <ProgressBars progress={progress} />
        </BlockStack>
      </Card>
    </Page>
  );
}
