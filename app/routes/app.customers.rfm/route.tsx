// RFM: customers by how recently, how often and for how much they bought; the limits can be seen and set.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { ChartHistogramFullIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { changeSettings, countGroupPairs, countRfmCells, findMeasures, readSettings } from "../../capabilities/profiles/profiles.server.ts";
import { refreshSegments } from "../../capabilities/segments/jobs.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import { useAddress } from "../../ui/address.ts";
import { CustomerTabs } from "../../ui/customer-tabs.tsx";
import { DownloadButton } from "../../ui/download-button.tsx";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { useFreshFigures, useSteadyReload } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { GroupsCard } from "./groups-card.tsx";
import { LimitsCard } from "./limits-card.tsx";
import { parseRfmWish, type RfmAnswer } from "./limits-form.ts";
import { RfmMap } from "./rfm-map.tsx";
import { agreementOf, toGroupRows, toMap } from "./rfm-view.ts";

export const handle: PageHandle = { titleKey: "profiles.rfm.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const [cells, pairs, measures, settings] = await Promise.all([countRfmCells(shop.id), countGroupPairs(shop.id), findMeasures(shop.id), readSettings(shop.id)]);
  const map = toMap(cells);
  return {
    currency: shop.currency, map, groups: toGroupRows(map, pairs), agreement: agreementOf(pairs),
    limits: settings.rfm ?? measures?.basis.rfm ?? null, automatic: measures?.basis.rfm ?? null, isOwn: settings.rfm !== null,
    isPending: !measures?.isCurrent, stamp,
  };
}

export async function action({ request }: ActionFunctionArgs): Promise<RfmAnswer> {
  const { shop } = await merchantFrom(request);
  const wish = parseRfmWish(await request.formData(), shop.currency);
  if (wish.intent === "save" && !wish.answer.ok) return wish.answer;
  await changeSettings(shop.id, { rfm: wish.intent === "save" && wish.answer.ok ? wish.answer.limits : null });
  await enqueue(refreshSegments, { shopId: shop.id });
  return { ok: true };
}

const PENDING_RELOAD_MS = 3_000;

export default function Rfm() {
  const { map, groups, agreement, limits, automatic, isOwn, isPending, currency, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  useFreshFigures(stamp);
  useSteadyReload(PENDING_RELOAD_MS, isPending);
  const tabs = <CustomerTabs current="rfm" />;
  if (limits === null || automatic === null) {
    return (
      <Page title={t("profiles.rfm.title")}>
        <BlockStack gap="400">
          {tabs}
          <EmptyCard icon={ChartHistogramFullIcon} heading={t("profiles.rfm.emptyHeading")} body={t("profiles.rfm.emptyBody")} action={{ content: t("analytics.empty.action"), url: address("/app/sync") }} />
        </BlockStack>
      </Page>
    );
  }
  return (
    <Page title={t("profiles.rfm.title")} subtitle={t("profiles.rfm.subtitle")} primaryAction={<DownloadButton address="/app/reports/rfm.csv">{t("frame.downloadCsv")}</DownloadButton>}>
      <BlockStack gap="400">
        {tabs}
        {isPending && <Banner tone="info" title={t("profiles.rfm.pendingTitle")}><p>{t("profiles.rfm.pendingBody")}</p></Banner>}
        <RfmMap map={map} />
        <GroupsCard groups={groups} agreement={agreement} />
        <LimitsCard key={JSON.stringify(limits)} limits={limits} automatic={automatic} isOwn={isOwn} currency={currency} />
      </BlockStack>
    </Page>
  );
}
