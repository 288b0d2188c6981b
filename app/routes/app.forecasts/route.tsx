// Forecasts that mark their own homework: which method is in use and why, and how well it did on this shop's own past.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { TargetIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { findRefreshedAt } from "../../capabilities/analytics/analytics.server.ts";
import { findForecast, findNextCheckOn, listChecks } from "../../capabilities/forecasts/forecasts.server.ts";
import type { Horizon } from "../../capabilities/forecasts/model.ts";
import { useAddress } from "../../ui/address.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { useFreshFigures } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { CalibrationCard } from "./calibration-card.tsx";
import { checksOf } from "./forecast-view.ts";
import { MethodCard } from "./method-card.tsx";
import { ModelCard } from "./model-card.tsx";
import { MonthsCard } from "./months-card.tsx";

export const handle: PageHandle = { titleKey: "forecasts.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const refreshedAt = await findRefreshedAt(shop.id); // before the figures: what moves between the two is then asked for again
  const [forecast, checks, nextCheckOn] = await Promise.all([findForecast(shop.id), listChecks(shop.id), findNextCheckOn(shop.id)]);
  return {
    forecast: forecast && { ...forecast, fittedAt: forecast.fittedAt.toISOString() }, nextCheckOn, stamp: refreshedAt?.toISOString() ?? null,
    checks: checks.map(({ cutOn, horizon, isKept, result }) => ({ cutOn, horizon, isKept, result })),
  };
}

export default function Forecasts() {
  const { forecast, checks, nextCheckOn, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  const [horizon, setHorizon] = useState<Horizon>(90);
  useFreshFigures(stamp);
  if (forecast === null) {
    return (
      <Page title={t("forecasts.title")}>
        <EmptyCard icon={TargetIcon} heading={t("forecasts.emptyHeading")} body={t("forecasts.emptyBody")} action={{ content: t("analytics.empty.action"), url: address("/app/sync") }} />
      </Page>
    );
  }
  const shown = checksOf(checks, horizon);
  return (
    <Page title={t("forecasts.title")} subtitle={t("forecasts.subtitle")} primaryAction={<DownloadButton address="/app/reports/calibration.csv">{t("frame.downloadCsv")}</DownloadButton>}>
      <BlockStack gap="400">
        <MethodCard forecast={forecast} />
        <CalibrationCard key={horizon} checks={shown} horizon={horizon} onHorizon={setHorizon} hasChecks={checks.length > 0} />
        <MonthsCard checks={shown} horizon={horizon} nextCheckOn={nextCheckOn} isAnyKept={checks.some(({ isKept }) => isKept)} />
        <ModelCard forecast={forecast} />
      </BlockStack>
    </Page>
  );
}
