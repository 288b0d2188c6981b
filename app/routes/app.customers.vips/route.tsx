// VIPs: those who bring most, what they are to the shop, and who of them is slipping away.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { BlockStack, Card, Page } from "@shopify/polaris";
import { StarIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { changeSettings, findMeasures, listVips, readSettings, sumVips, VIP_PAGE_SIZE } from "../../capabilities/profiles/profiles.server.ts";
import { refreshSegments } from "../../capabilities/segments/jobs.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import { useAddress } from "../../ui/address.ts";
import { EVERYBODY, toFilterParameters } from "../../ui/customer-query.ts";
import { CustomerTabs } from "../../ui/customer-tabs.tsx";
import { DownloadButton } from "../../ui/download-button.tsx";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { useFreshFigures, useSteadyReload } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import "../../ui/customers.css";
import { parsePercent, type ShareAnswer } from "./vip-share.ts";
import { VipSumsCard } from "./vip-sums-card.tsx";
import { VipTable } from "./vip-table.tsx";
import { toVipRow } from "./vips-view.ts";
import { WhoCard } from "./who-card.tsx";

export const handle: PageHandle = { titleKey: "profiles.vips.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const { searchParams } = new URL(request.url);
  const isLeavingFirst = searchParams.get("order") === "leaving";
  const page = pageIn(searchParams);
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const measures = await findMeasures(shop.id);
  const by = measures?.basis.knowsCosts === true ? "margin" : "revenue";
  const [sums, vips, settings] = await Promise.all([sumVips(shop.id), listVips(shop.id, { by, isLeavingFirst }, page - 1), readSettings(shop.id)]);
  return {
    by, isLeavingFirst, page, sums, rows: vips.map(toVipRow), hasNext: page * VIP_PAGE_SIZE < sums.vips, vipShare: settings.vipShare, vipFromMinor: measures?.basis.vipFromMinor ?? null,
    isMeasuring: measures?.isWhole !== true, stamp,
  } as const;
}

const PAGES_MAX = 10_000;
const pageIn = (parameters: URLSearchParams): number => Math.min(PAGES_MAX, Math.max(1, Math.trunc(Number(parameters.get("page") ?? "1")) || 1));

const PERCENT = 100;

export async function action({ request }: ActionFunctionArgs): Promise<ShareAnswer> {
  const { shop } = await merchantFrom(request);
  const percent = parsePercent((await request.formData()).get("percent"));
  if (percent === null) return { ok: false, field: "percent" };
  await changeSettings(shop.id, { vipShare: percent / PERCENT });
  await enqueue(refreshSegments, { shopId: shop.id });
  return { ok: true };
}

const MEASURING_RELOAD_MS = 2_000;

export default function Vips() {
  const { by, isLeavingFirst, page, sums, rows, hasNext, vipShare, vipFromMinor, isMeasuring, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  const { state } = useNavigation();
  useFreshFigures(stamp);
  useSteadyReload(MEASURING_RELOAD_MS, isMeasuring);
  const why = isMeasuring ? "measuring" : "empty";
  const report = `/app/reports/customers.csv?${new URLSearchParams(toFilterParameters({ ...EVERYBODY, isVipOnly: true })).toString()}`;
  return (
    <Page fullWidth title={t("profiles.vips.title")} {...(sums.vips > 0 && { primaryAction: <DownloadButton address={report}>{t("frame.downloadCsv")}</DownloadButton> })}>
      <BlockStack gap="400">
        <CustomerTabs current="vips" />
        {sums.vips === 0 ? (
          <EmptyCard icon={StarIcon} heading={t(`profiles.vips.${why}.heading`)} body={t(`profiles.vips.${why}.body`)} action={{ content: t("profiles.vips.empty.action"), url: address("/app/customers") }} />
        ) : (
          <>
            <VipSumsCard sums={sums} />
            <Card padding="0"><VipTable by={by} isLeavingFirst={isLeavingFirst} page={page} rows={rows} hasNext={hasNext} isLoading={state === "loading"} /></Card>
          </>
        )}
        <WhoCard key={vipShare} percent={Math.round(vipShare * PERCENT)} vipFromMinor={vipFromMinor} />
      </BlockStack>
    </Page>
  );
}
