// Shopify is told of segments: tags, saved segments and Flow, in the order it happened, each exactly once.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import { ShopifyMisunderstanding } from "../../../shopify/errors.ts";
import { readReceipt, removeSegment, saveSegment, tellCustomer, type FlowTrigger } from "../../../shopify/segments.server.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { readShop } from "../../shops/shops.server.ts";
import type { MoveReason, ReadyKey } from "../model.ts";
import * as store from "../store.server/segments.server.ts";
import * as tellings from "../store.server/tellings.server.ts";

/** Names and reasons in the language of whoever had Shopify told: words come from above. */
export type TellingWords = (locale: string) => Promise<{
  nameOf: (segment: { readyKey: ReadyKey | null; name: string }) => string;
  reasonOf: (reasons: readonly MoveReason[]) => string;
}>;
type Words = Awaited<ReturnType<TellingWords>>;

const BATCH = 20;
const LEASE_MS = 120_000; // of a worker that died; longer than any one question to Shopify may take

/** Works off what waits, unless somebody else does. A run ends after the batch in which `until` passes; answers whether anything is left. */
export async function tellShopify(shopId: ShopId, words: TellingWords, until: Date): Promise<boolean> {
  const shop = await readShop(shopId);
  if (shop.uninstalledAt !== null) return false;
  if (!(await inTransaction((tx) => store.takeLease(tx, shopId, "tell", { at: now(), until: leaseEnd() })))) return false;
  try {
    for (;;) {
      const batch = await tellings.listTellings(db(), shopId, BATCH);
      for (const telling of batch) await tellOne(shop, telling, words);
      if (batch.length < BATCH || now() >= until) return batch.length === BATCH;
    }
  } finally {
    await inTransaction((tx) => store.changeLease(tx, shopId, "tell", null));
  }
}

const leaseEnd = (): Date => new Date(now().getTime() + LEASE_MS);

type Shop = { id: ShopId; domain: string };

async function tellOne(shop: Shop, telling: tellings.Telling, words: TellingWords): Promise<void> {
  await inTransaction((tx) => store.changeLease(tx, shop.id, "tell", leaseEnd()));
  const segment = await store.findSegment(db(), shop.id, telling.segmentId); // null: deleted since, and only its tags are to go
  const spoken = segment && (await words(segment.locale));
  try {
    if (telling.customerId === null) await tellOfSegment(shop, telling, segment && (spoken?.nameOf(segment) ?? null));
    else await tellOfCustomer(shop, { ...telling, customerId: telling.customerId }, segment && spoken && flowOf(segment, telling, spoken));
  } catch (error) {
    if (!(error instanceof ShopifyMisunderstanding)) throw error;
    await inTransaction((tx) => tellings.markTelling(tx, shop.id, telling.id, { isSent: false, isRefused: true })); // shown at the segment; the others go on
    return;
  }
  await inTransaction((tx) => tellings.deleteTelling(tx, shop.id, telling.id));
}

async function tellOfSegment({ id: shopId, domain }: Shop, { tag, isEntry, segmentId }: tellings.Telling, name: string | null): Promise<void> {
  if (tag === null) return;
  if (!isEntry || name === null) return removeSegment(domain, tag);
  const shopifySegmentId = await saveSegment(domain, { name, tag });
  await inTransaction((tx) => store.changeSegment(tx, shopId, segmentId, { shopifySegmentId }));
}

const flowOf = (segment: store.StoredSegment, { startsFlow, reasons, isEntry }: tellings.Telling, words: Words): FlowTrigger | null =>
  !startsFlow || !segment.isFlowOn || reasons === null ? null : { isEntry, segmentName: words.nameOf(segment), reason: words.reasonOf(reasons) };

/** Asked before and not known to have been heard: then the customer's receipt says. */
async function tellOfCustomer(shop: Shop, telling: tellings.Telling & { customerId: CustomerId }, flow: FlowTrigger | null): Promise<void> {
  const receipt = telling.reasons === null ? null : String(telling.id);
  if (telling.isSent && (await readReceipt(shop.domain, telling.customerId)) === receipt) return;
  if (receipt !== null) await inTransaction((tx) => tellings.markTelling(tx, shop.id, telling.id, { isSent: true }));
  const [addTag, removeTag] = telling.isEntry ? [telling.tag, null] : [null, telling.tag];
  await tellCustomer(shop.domain, { customerId: telling.customerId, addTag, removeTag, flow, receipt });
}
