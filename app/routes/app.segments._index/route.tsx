// Segments: the ready-made ones, then the shop's own, with who is in them and what they are worth.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { PersonSegmentIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { findMeasures } from "../../capabilities/profiles/profiles.server.ts";
import { tellSegments } from "../../capabilities/segments/jobs.server.ts";
import { askRefusedAgain, countRefusedOfDeleted, listToldSegments, sumMembers } from "../../capabilities/segments/segments.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import { useAddress } from "../../ui/address.ts";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { useFreshFigures, useSteadyReload } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { RefusedBanner } from "./refused-banner.tsx";
import { SegmentsCard } from "./segments-card.tsx";
import { toSegmentRows } from "./segment-rows.ts";

export const handle: PageHandle = { titleKey: "segments.page.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const [segments, sums, measures, refusedOfDeleted] = await Promise.all([listToldSegments(shop.id), sumMembers(shop.id), findMeasures(shop.id), countRefusedOfDeleted(shop.id)]);
  return { rows: toSegmentRows(segments, sums), isWhole: measures?.isWhole ?? false, refusedOfDeleted, stamp };
}

/** There is one wish here: that Shopify is asked again for what it refused of deleted segments. */
export async function action({ request }: ActionFunctionArgs): Promise<{ ok: true }> {
  const { shop } = await merchantFrom(request);
  await askRefusedAgain(shop.id, null);
  await enqueue(tellSegments, { shopId: shop.id });
  return { ok: true };
}

const FIRST_ROUND_RELOAD_MS = 3_000;

export default function Segments() {
  const { rows, isWhole, refusedOfDeleted, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  useFreshFigures(stamp);
  useSteadyReload(FIRST_ROUND_RELOAD_MS, !isWhole || rows.some(({ isPopulated, isRefilling, waitingCount }) => !isPopulated || isRefilling || waitingCount > 0));
  const own = rows.filter(({ readyKey }) => readyKey === null);
  return (
    <Page title={t("segments.page.title")} subtitle={t("segments.page.subtitle")} primaryAction={{ content: t("segments.page.create"), url: address("/app/segments/new") }}>
      {rows.length === 0 ? (
        <EmptyCard icon={PersonSegmentIcon} heading={t("segments.page.emptyHeading")} body={t("segments.page.emptyBody")} action={{ content: t("analytics.empty.action"), url: address("/app/sync") }} />
      ) : (
        <BlockStack gap="400">
          {!isWhole && <Banner tone="info" title={t("segments.page.roundTitle")}><p>{t("segments.page.roundBody")}</p></Banner>}
          {refusedOfDeleted > 0 && <RefusedBanner count={refusedOfDeleted} />}
          <SegmentsCard title={t("segments.page.ready")} body={t("segments.page.readyBody")} rows={rows.filter(({ readyKey }) => readyKey !== null)} />
          <SegmentsCard title={t("segments.page.own")} body={own.length === 0 ? t("segments.page.ownEmpty") : null} rows={own} />
        </BlockStack>
      )}
    </Page>
  );
}
