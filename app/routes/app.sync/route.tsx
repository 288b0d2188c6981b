// Sync: whether the figures are whole, how fresh they are, what could not be read, and who asked for their data.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { listDataRequests } from "../../capabilities/privacy/privacy.server.ts";
import { listUnread, readSyncStatus, rereadUnread, startBackfill, startReconcile } from "../../capabilities/sync/sync.server.ts";
import { listQuarantined, replayAll, replayDelivery } from "../../inbox/inbox.server.ts";
import { useSteadyReload } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { DataRequestsCard } from "./data-requests-card.tsx";
import { HistoryCard } from "./history-card.tsx";
import { NewsCard } from "./news-card.tsx";
import { QuarantineCard } from "./quarantine-card.tsx";
import { ReconcileCard } from "./reconcile-card.tsx";
import { parseSyncWish, type SyncAnswer } from "./sync-wish.ts";
import { toDataRequestRows, toQuarantinePage, toSyncView, toUnreadRows } from "./sync-view.ts";
import { UnreadCard } from "./unread-card.tsx";

export const handle: PageHandle = { titleKey: "sync.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const page = pageIn(new URL(request.url));
  const [status, quarantine, unread, requests] = await Promise.all([readSyncStatus(shop.id), listQuarantined(shop.id, page), listUnread(shop.id), listDataRequests(shop.id)]);
  return { status: toSyncView(status), quarantine: toQuarantinePage(quarantine, page), unread: toUnreadRows(unread, status.unreadCount), requests: toDataRequestRows(requests) };
}

export async function action({ request }: ActionFunctionArgs): Promise<SyncAnswer> {
  const { shop } = await merchantFrom(request);
  const wish = parseSyncWish(await request.formData());
  switch (wish.intent) {
    case "backfill":
      await startBackfill(shop.id);
      return { ok: true };
    case "reconcile":
      await startReconcile(shop.id);
      return { ok: true };
    case "replay":
      return { ok: await replayDelivery(shop.id, wish.deliveryId) };
    case "rereadUnread":
      return { ok: await rereadUnread(shop.id) };
    case "replayAll":
      return { ok: (await replayAll(shop.id)) > 0 };
  }
}

const pageIn = (url: URL): number => Math.max(1, Math.trunc(Number(url.searchParams.get("page") ?? "1")) || 1);

const RUNNING_RELOAD_MS = 1_000; // bars that move
const RESTING_RELOAD_MS = 5_000; // lag and counts

export default function Sync() {
  const { status, quarantine, unread, requests } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const isRunning = status.history.state === "running" || (status.reconcile !== null && status.reconcile.state === "running");
  useSteadyReload(isRunning ? RUNNING_RELOAD_MS : RESTING_RELOAD_MS, true);
  return (
    <Page title={t("sync.title")}>
      <BlockStack gap="400">
        <HistoryCard history={status.history} counts={status.counts} />
        <NewsCard news={status.news} />
        <ReconcileCard reconcile={status.reconcile} />
        <QuarantineCard quarantine={quarantine} />
        {unread.count > 0 && <UnreadCard unread={unread} />}
        <DataRequestsCard requests={requests} />
      </BlockStack>
    </Page>
  );
}
