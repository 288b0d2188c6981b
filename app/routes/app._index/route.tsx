// Home: the history being read, then the shop's retention, kept fresh while somebody looks.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { readOverview } from "../../capabilities/analytics/analytics.server.ts";
import { annotationsByMonth } from "../../capabilities/targets/rules/annotations.ts";
import { readHome } from "../../capabilities/targets/targets.server.ts";
import { sumOpen } from "../../capabilities/followups/followups.server.ts";
import { readSyncStatus } from "../../capabilities/sync/sync.server.ts";
import { now } from "../../platform/clock.server.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { parseRangeChoice } from "../../ui/range-choice.ts";
import { progressOf } from "../../ui/sync-progress.ts";
import { dayAt } from "../../values/day.ts";
import { Dashboard } from "./dashboard.tsx";
import { ReadingHistory } from "./reading-history.tsx";

export const handle: PageHandle = { titleKey: "analytics.home.titleTag" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const { backfill } = await readSyncStatus(shop.id);
  if (backfill.state === "running" || backfill.state === "none") return { isReading: true as const, progress: progressOf(backfill) };

  const today = dayAt(now(), shop.timeZone);
  const choice = parseRangeChoice(new URL(request.url).searchParams, today);
  // Before the figures: what moves between the two is then asked for again.
  const stamp = await readStamp(shop.id);
  const [overview, leaving, targets] = await Promise.all([
    readOverview(shop, choice.ok ? choice : {}, today), // an address nobody can read shows the shop's usual period
    sumOpen(shop),
    readHome(shop.id, today),
  ]);
  const months = overview.kpis[0]?.sparkline.map(({ month }) => month) ?? [];
  return {
    isReading: false as const, today, overview, leaving,
    tracks: targets.tracks, alert: targets.alert,
    bands: targets.bands.map((band) => ({ ...band, points: band.points.filter(({ month }) => months.includes(month)) })),
    notes: annotationsByMonth(targets.annotations, months),
    stamp,
    isHistoryBroken: backfill.state === "failed",
    isLimitedTo60Days: backfill.isLimitedTo60Days,
  };
}

export default function Home() {
  const data = useLoaderData<typeof loader>();
  return data.isReading ? <ReadingHistory progress={data.progress} /> : <Dashboard {...data} />;
}
