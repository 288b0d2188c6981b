// Stages: how many customers stand where, what is at stake, and how they moved from month to month.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { ChartFunnelIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { changeSettings, countStages, findMeasures, listFlows, readSettings } from "../../capabilities/profiles/profiles.server.ts";
import { refreshSegments } from "../../capabilities/segments/jobs.server.ts";
import { now } from "../../platform/clock.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import { useAddress } from "../../ui/address.ts";
import { CustomerTabs } from "../../ui/customer-tabs.tsx";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { useFreshFigures, useSteadyReload } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { dayAt, monthOf } from "../../values/day.ts";
import { FlowCard } from "./flow-card.tsx";
import { LapseCard } from "../../ui/lapse-card.tsx";
import { parseLapseWish, type LapseAnswer } from "../../ui/lapse-form.ts";
import { StagesCard } from "./stages-card.tsx";

export const handle: PageHandle = { titleKey: "profiles.flow.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const [stages, flows, measures, settings] = await Promise.all([countStages(shop.id), listFlows(shop.id), findMeasures(shop.id), readSettings(shop.id)]);
  return {
    stages, flows, thisMonth: monthOf(dayAt(now(), shop.timeZone)), isMeasured: measures !== null, isPending: !measures?.isCurrent,
    lapse: { ownDays: settings.lapseDays, shopDays: measures?.basis.rhythm?.lapseDays ?? null, gapCount: measures?.basis.rhythm?.gapCount ?? 0 },
    stamp,
  };
}

export async function action({ request }: ActionFunctionArgs): Promise<LapseAnswer> {
  const { shop } = await merchantFrom(request);
  const wish = parseLapseWish(await request.formData());
  if (wish.intent === "refused") return { ok: false, fault: wish.fault };
  await changeSettings(shop.id, { lapseDays: wish.intent === "save" ? wish.days : null });
  await enqueue(refreshSegments, { shopId: shop.id });
  return { ok: true };
}

const PENDING_RELOAD_MS = 3_000;

export default function Stages() {
  const { stages, flows, thisMonth, isMeasured, isPending, lapse, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  useFreshFigures(stamp);
  useSteadyReload(PENDING_RELOAD_MS, isPending);
  return (
    <Page title={t("profiles.flow.title")} subtitle={t("profiles.flow.subtitle")}>
      <BlockStack gap="400">
        <CustomerTabs current="stages" />
        {!isMeasured ? (
          <EmptyCard icon={ChartFunnelIcon} heading={t("profiles.flow.emptyHeading")} body={t("profiles.rfm.emptyBody")} action={{ content: t("analytics.empty.action"), url: address("/app/sync") }} />
        ) : (
          <>
            {isPending && <Banner tone="info" title={t("profiles.flow.pendingTitle")}><p>{t("profiles.rfm.pendingBody")}</p></Banner>}
            <StagesCard stages={stages} />
            <FlowCard flows={flows} thisMonth={thisMonth} />
            <LapseCard key={String(lapse.ownDays)} {...lapse} />
          </>
        )}
      </BlockStack>
    </Page>
  );
}
