// Cohorts: what became of each month's new customers.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Button, ButtonGroup, Card, InlineStack, Page, Text } from "@shopify/polaris";
import { CalendarIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { readCohorts } from "../../capabilities/analytics/analytics.server.ts";
import { now } from "../../platform/clock.server.ts";
import { useAddress } from "../../ui/address.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { useFreshFigures } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { RetentionGrid, RetentionLegend, type GridView } from "../../ui/retention-grid.tsx";
import { dayAt } from "../../values/day.ts";

const RULES = ["cohort", "cell", "average", "empty", "excluded"] as const;

export const handle: PageHandle = { titleKey: "analytics.cohorts.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  return { table: await readCohorts(shop, dayAt(now(), shop.timeZone)), stamp };
}

export default function Cohorts() {
  const { table, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  const [view, setView] = useState<GridView>("percent");
  useFreshFigures(stamp);
  if (table.rows.length === 0) {
    return (
      <Page title={t("analytics.cohorts.title")}>
        <EmptyCard icon={CalendarIcon} heading={t("analytics.cohorts.emptyHeading")} body={t("analytics.cohorts.emptyBody")} action={{ content: t("analytics.empty.action"), url: address("/app/sync") }} />
      </Page>
    );
  }
  return (
    <Page fullWidth title={t("analytics.cohorts.title")} primaryAction={<DownloadButton address="/app/reports/cohorts.csv">{t("frame.downloadCsv")}</DownloadButton>}>
      <Card>
        <BlockStack gap="400">
          <Text as="p">{t("analytics.cohorts.intro")}</Text>
          <InlineStack align="space-between" blockAlign="center" gap="300">
            <ViewToggle view={view} onChange={setView} />
            <HowPopover title={t("analytics.cohorts.title")} rules={RULES.map((rule) => t(`analytics.cohorts.how.${rule}`))} />
          </InlineStack>
          <RetentionGrid table={table} view={view} />
          <RetentionLegend table={table} />
        </BlockStack>
      </Card>
    </Page>
  );
}

function ViewToggle({ view, onChange }: { view: GridView; onChange: (view: GridView) => void }) {
  const { t } = useTranslation();
  return (
    <div role="group" aria-label={t("analytics.cohorts.show")}>
      <ButtonGroup variant="segmented">
        <Button pressed={view === "percent"} onClick={() => onChange("percent")}>{t("analytics.cohorts.percent")}</Button>
        <Button pressed={view === "count"} onClick={() => onChange("count")}>{t("analytics.cohorts.count")}</Button>
      </ButtonGroup>
    </div>
  );
}
