// A tier's perks delivered: for each an automatic discount for the customers who carry the tier's tag. What is no longer promised is taken away.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import { makePerk, removePerk } from "../../../shopify/perks.server.ts";
import { createSavedSegment, seekSavedSegment } from "../../../shopify/segments.server.ts";
import type { Shop } from "../../shops/model.ts";
import type { Programme, ProgrammeState } from "../model/programme.ts";
import { perksOf, type Perk } from "../rules/perks.ts";
import { tagOf } from "../rules/storefront.ts";
import * as store from "../store.server/perks.server.ts";

/** One at a time for each shop. Interrupted, it goes on where it was: what was made is found. */
export async function deliverPerks(shop: Shop, programme: Programme, state: ProgrammeState): Promise<void> {
  const wanted = perksOf(programme, state, "");
  const made = await store.listPerks(db(), shop.id);
  const isSame = (one: { tierId: string; kind: string }, other: { tierId: string; kind: string }) => one.tierId === other.tierId && one.kind === other.kind;
  for (const old of made.filter((one) => !wanted.some((perk) => isSame(perk, one) && perk.terms === one.terms))) {
    await removePerk(shop.domain, old.shopifyId);
    await inTransaction((tx) => store.dropPerk(tx, shop.id, old));
  }
  const kept = new Set((await store.listPerks(db(), shop.id)).map(({ shopifyId }) => shopifyId));
  for (const perk of wanted.filter((one) => !made.some((old) => isSame(old, one) && old.terms === one.terms))) {
    const segmentId = await segmentFor(shop.domain, perk);
    const shopifyId = await makePerk(shop.domain, { title: perk.title, percent: perk.percent, segmentId, startsAt: now() }, kept);
    kept.add(shopifyId);
    await inTransaction((tx) => store.savePerk(tx, shop.id, { tierId: perk.tierId, kind: perk.kind, shopifyId, segmentId: String(segmentId), terms: perk.terms }));
  }
}

/** Saved at Shopify under the tag's own name, where the merchant can use it for anything else. */
async function segmentFor(domain: string, { tierId }: Perk): Promise<bigint> {
  const wish = { name: tagOf(tierId), tag: tagOf(tierId) };
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof seekSavedSegment>> = await seekSavedSegment(domain, wish, after);
    if (page.found !== null) return page.found.id;
    if (page.after === null) return (await createSavedSegment(domain, wish)).id;
    ({ after } = page);
  }
}
