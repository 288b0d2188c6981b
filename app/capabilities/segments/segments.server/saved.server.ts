// A segment's twin among Shopify's saved segments. It is known by its number alone: a merchant's own, however alike, is never touched.
import { createSavedSegment, deleteSavedSegment, findSavedSegment, renameSavedSegment, seekSavedSegment, type SavedSegment } from "../../../shopify/segments.server.ts";
import * as store from "../store.server/segments.server.ts";
import { markTelling } from "../store.server/tellings.server.ts";
import type { Post } from "./lease.server.ts";

type Told = { id: bigint; segmentId: string; tag: string; isSent: boolean };

/** It is created under a name nobody else would give, so that it is found again when no answer came, and then given its own. */
const passingName = ({ tag, id }: Told): string => `${tag} ${id}`;

/** There is one of this tag under the segment's name. `segment` null: it was deleted since, and what was begun for it goes. */
export async function saveSaved(post: Post, telling: Told, segment: { shopifySegmentId: bigint | null; shownName: string } | null): Promise<void> {
  const { shop: { id: shopId, domain }, lease } = post;
  if (segment === null) {
    const begun = telling.isSent ? await seek(post, telling) : null;
    return begun === null ? undefined : remove(post, begun.id);
  }
  const known = segment.shopifySegmentId === null ? null : await find(post, telling, segment.shopifySegmentId);
  const saved = known ?? (telling.isSent ? await seek(post, telling) : null) ?? (await create(post, telling));
  await lease.write((tx) => store.noteSaved(tx, shopId, telling.segmentId, saved.id));
  if (known?.name === segment.shownName) return;
  await lease.keep();
  await renameSavedSegment(domain, { id: saved.id, name: segment.shownName });
}

export async function removeSaved(post: Post, telling: Told & { shopifySegmentId: bigint | null }): Promise<void> {
  const { shopifySegmentId } = telling;
  if (shopifySegmentId === null) return; // nothing was ever saved for it
  if ((await find(post, telling, shopifySegmentId)) !== null) await remove(post, shopifySegmentId);
  await post.lease.write((tx) => store.forgetSaved(tx, post.shop.id, telling.segmentId, shopifySegmentId));
}

async function find({ shop, lease }: Post, { tag }: Told, id: bigint): Promise<SavedSegment | null> {
  await lease.keep();
  return findSavedSegment(shop.domain, { id, tag });
}

async function seek({ shop, lease }: Post, telling: Told): Promise<SavedSegment | null> {
  for (let after: string | null = null; ; ) {
    await lease.keep();
    const page = await seekSavedSegment(shop.domain, { name: passingName(telling), tag: telling.tag }, after);
    if (page.found !== null || page.after === null) return page.found;
    after = page.after;
  }
}

async function create({ shop, lease }: Post, telling: Told): Promise<SavedSegment> {
  await lease.write((tx) => markTelling(tx, shop.id, telling.id, { isSent: true }));
  return createSavedSegment(shop.domain, { name: passingName(telling), tag: telling.tag });
}

async function remove({ shop, lease }: Post, id: bigint): Promise<void> {
  await lease.keep();
  await deleteSavedSegment(shop.domain, id);
}
