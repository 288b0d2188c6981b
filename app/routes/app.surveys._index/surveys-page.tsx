// The page of all surveys: those that ask or may, in the order they take their turn, then those that are over.
import { BlockStack, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import type { ThemeBlock } from "../../capabilities/shops/model.ts";
import { EmbedCard } from "../../ui/embed-card.tsx";
import { NoSurveys } from "./no-surveys.tsx";
import { RestCard } from "./rest-card.tsx";
import type { SurveyRow } from "./survey-rows.ts";
import { SurveysCard } from "./surveys-card.tsx";

export type SurveysData = { rows: SurveyRow[]; restDays: number; activateUrl: string; blocks: readonly { block: ThemeBlock; url: string }[]; /** for those that are begun here */ freshIds: string[] };

export function SurveysPage({ data: { rows, restDays, activateUrl, blocks, freshIds } }: { data: SurveysData }) {
  const { t } = useTranslation();
  const address = useAddress();
  const over = rows.filter(({ state }) => state === "ended");
  return (
    <Page
      title={t("surveys.list.title")} subtitle={t("surveys.list.subtitle")} primaryAction={{ content: t("surveys.list.create"), url: address("/app/surveys/new") }}
      {...(rows.length > 0 && { secondaryActions: <DownloadButton address="/app/reports/surveys.csv">{t("frame.downloadCsv")}</DownloadButton> })}
    >
      <BlockStack gap="400">
        {rows.length === 0 ? <NoSurveys freshIds={freshIds} /> : <SurveysCard rows={rows.filter(({ state }) => state !== "ended")} />}
        {over.length > 0 && <SurveysCard rows={over} isOver />}
        <EmbedCard embed="survey" activateUrl={activateUrl} blocks={blocks} />
        <RestCard days={restDays} />
      </BlockStack>
    </Page>
  );
}
