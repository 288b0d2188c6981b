// Forecasts that mark their own homework: which method is in use and why, and how well it did on this shop's own past.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { TargetIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { findForecast, findNextCheckOn, listChecks } from "../../capabilities/forecasts/forecasts.server.ts";
import type { Horizon } from "../../capabilities/forecasts/model.ts";
import { askMeasures } from "../../capabilities/profiles/profiles.server.ts";
import { refreshSegments } from "../../capabilities/segments/jobs.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import { useAddress } from "../../ui/address.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { useFreshFigures } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { CalibrationCard } from "./calibration-card.tsx";
import { checksOf } from "./forecast-view.ts";
import { MethodCard } from "./method-card.tsx";
import { ModelCard } from "./model-card.tsx";
import { MonthsCard } from "./months-card.tsx";

export const handle: PageHandle = { titleKey: "forecasts.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const [forecast, checks, nextCheckOn] = await Promise.all([findForecast(shop.id), listChecks(shop.id), findNextCheckOn(shop.id)]);
  return {
    forecast: forecast && { ...forecast, fittedAt: forecast.fittedAt.toISOString() }, nextCheckOn, stamp,
    checks: checks.map(({ cutOn, horizon, isKept, result }) => ({ cutOn, horizon, isKept, result })),
  };
}

/** The night's work by day: whoever presses twice asks once, as one refresh waits per shop. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await merchantFrom(request);
  await askMeasures(shop.id);
  await enqueue(refreshSegments, { shopId: shop.id });
  return { ok: true as const };
}

export default function Forecasts() {
  const { forecast, checks, nextCheckOn, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  const [horizon, setHorizon] = useState<Horizon>(90);
  const again = useFetcher<typeof action>();
  useFreshFigures(stamp);
  useAnswer(again.data, () => showToast(t("forecasts.again.asked")));
  if (forecast === null) {
    return (
      <Page title={t("forecasts.title")}>
        <EmptyCard icon={TargetIcon} heading={t("forecasts.emptyHeading")} body={t("forecasts.emptyBody")} action={{ content: t("analytics.empty.action"), url: address("/app/sync") }} />
      </Page>
    );
  }
  const shown = checksOf(checks, horizon);
  return (
    <Page title={t("forecasts.title")} subtitle={t("forecasts.subtitle")} secondaryActions={[{ content: t("forecasts.again.action"), loading: again.state !== "idle", onAction: () => again.submit(null, { method: "post" }) }]} primaryAction={<DownloadButton address="/app/reports/calibration.csv">{t("frame.downloadCsv")}</DownloadButton>}>
      <BlockStack gap="400">
        <MethodCard forecast={forecast} />
        <CalibrationCard key={horizon} checks={shown} horizon={horizon} onHorizon={setHorizon} hasChecks={checks.length > 0} />
        <MonthsCard checks={shown} horizon={horizon} nextCheckOn={nextCheckOn} isAnyKept={checks.some(({ isKept }) => isKept)} />
        <ModelCard forecast={forecast} />
      </BlockStack>
    </Page>
  );
}
