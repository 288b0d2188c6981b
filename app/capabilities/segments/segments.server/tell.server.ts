// Shopify is told of segments: tags, saved segments and Flow, in the order it happened, each exactly once.
import { now } from "../../../platform/clock.server.ts";
import { db } from "../../../platform/db.server.ts";
import { readReceipt } from "../../../shopify/customer-news.server.ts";
import { ShopifyMisunderstanding } from "../../../shopify/errors.ts";
import { tellMove, type FlowTrigger } from "../../../shopify/segments.server.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { readShop } from "../../shops/shops.server.ts";
import type { MoveReason, ReadyKey } from "../model.ts";
import * as store from "../store.server/segments.server.ts";
import * as tellings from "../store.server/tellings.server.ts";
import { holdLease, LeaseLost, type Post } from "./lease.server.ts";
import { removeSaved, saveSaved } from "./saved.server.ts";

/** Names and reasons in the language of whoever had Shopify told: words come from above. */
export type TellingWords = (locale: string) => Promise<{
  nameOf: (segment: { readyKey: ReadyKey | null; name: string }) => string;
  reasonOf: (reasons: readonly MoveReason[]) => string;
}>;
type Words = Awaited<ReturnType<TellingWords>>;

const BATCH = 20;

/** Works off what waits, unless somebody else does. A run ends after the batch in which `until` passes; answers whether anything is left. */
export async function tellShopify(shopId: ShopId, words: TellingWords, until: Date): Promise<boolean> {
  const shop = await readShop(shopId);
  if (shop.uninstalledAt !== null) return false;
  const lease = await holdLease(shopId);
  if (lease === null) return false;
  try {
    for (;;) {
      const batch = await tellings.listTellings(db(), shopId, BATCH);
      for (const telling of batch) await tellOne({ shop, lease }, telling, words);
      if (batch.length < BATCH || now() >= until) return batch.length === BATCH;
    }
  } catch (error) {
    if (error instanceof LeaseLost) return false; // whoever has it now goes on with this very telling
    throw error;
  } finally {
    await lease.giveBack();
  }
}

async function tellOne({ shop, lease }: Post, telling: tellings.Telling, words: TellingWords): Promise<void> {
  const segment = await store.findSegment(db(), shop.id, telling.segmentId); // null: deleted since, and only what is left of it at Shopify is to go
  const spoken = segment && (await words(segment.locale));
  try {
    if (telling.customerId === null) await tellOfSegment({ shop, lease }, telling, segment && spoken && { ...segment, shownName: spoken.nameOf(segment) });
    else await tellOfCustomer({ shop, lease }, { ...telling, customerId: telling.customerId }, segment && spoken && flowOf(segment, telling, spoken));
  } catch (error) {
    if (!(error instanceof ShopifyMisunderstanding)) throw error;
    await lease.write((tx) => tellings.markTelling(tx, shop.id, telling.id, { isSent: false, isRefused: true })); // shown to the merchant; the others go on
    return;
  }
  await lease.write((tx) => tellings.deleteTelling(tx, shop.id, telling.id));
}

async function tellOfSegment(post: Post, { tag, ...telling }: tellings.Telling, segment: (store.StoredSegment & { shownName: string }) | null): Promise<void> {
  if (tag === null) return;
  if (telling.isEntry) await saveSaved(post, { ...telling, tag }, segment);
  else await removeSaved(post, { ...telling, tag });
}

const flowOf = (segment: store.StoredSegment, { startsFlow, reasons, isEntry }: tellings.Telling, words: Words): FlowTrigger | null =>
  !startsFlow || !segment.isFlowOn || reasons === null ? null : { isEntry, segmentName: words.nameOf(segment), reason: words.reasonOf(reasons) };

/** Asked before and not known to have been heard: then the customer's receipt says. */
async function tellOfCustomer({ shop, lease }: Post, telling: tellings.Telling & { customerId: CustomerId }, flow: FlowTrigger | null): Promise<void> {
  const receipt = telling.reasons === null ? null : String(telling.id);
  await lease.keep();
  if (telling.isSent && (await readReceipt(shop.domain, telling.customerId)) === receipt) return;
  await lease.write((tx) => (receipt === null ? Promise.resolve() : tellings.markTelling(tx, shop.id, telling.id, { isSent: true })));
  const [addTag, removeTag] = telling.isEntry ? [telling.tag, null] : [null, telling.tag];
  await tellMove(shop.domain, { customerId: telling.customerId, addTag, removeTag, flow, receipt });
}
