// How new the figures are that a page shows: the sums, and the profiles that follow them a moment later.
import { findRefreshedAt } from "../capabilities/analytics/analytics.server.ts";
import { findFollowedAt } from "../capabilities/profiles/profiles.server.ts";
import type { ShopId } from "../values/ids.ts";

/** Ask before the figures are read: what moves between the two is then asked for again. null: there are none yet. */
export async function readStamp(shopId: ShopId): Promise<string | null> {
  const [refreshedAt, followedAt] = await Promise.all([findRefreshedAt(shopId), findFollowedAt(shopId)]);
  return refreshedAt && [refreshedAt, followedAt].map((at) => at?.toISOString() ?? "").join(" ");
}
