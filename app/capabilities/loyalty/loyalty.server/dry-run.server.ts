// What the draft would have meant, told over everybody, a page of customers at a time. Nothing of it counts.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import { dayAt, type Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { countNouns, listNextCustomers, listOrderFacts } from "../../orders/orders.server.ts";
import { readShop } from "../../shops/shops.server.ts";
import { NOTHING, type DryRun } from "../model/dry-run.ts";
import { addCustomer, tellYear, versionsThen } from "../rules/dry-run.ts";
import { decidePercents, toOrderFact } from "../rules/facts.ts";
import { listCollectionsOf } from "../store.server/facts.server.ts";
import * as store from "../store.server/dry-runs.server.ts";
import * as programmes from "../store.server/programmes.server.ts";
import { readCollectionsOf } from "./collections.server.ts";
import { readFacts } from "./settle.server.ts";

const KEPT_MS = 86_400_000;

/** Of the draft as it is saved. `id` is made by the page: asked twice it is one run. Ring for `tellDryRun` after it. */
export async function startDryRun(shopId: ShopId, id: string, { keptUntil }: { keptUntil: Day | null }): Promise<void> {
  const { customers } = await countNouns(shopId);
  await inTransaction(async (tx) => {
    const stored = await programmes.findProgramme(tx, shopId);
    if (stored === null) return;
    await store.dropOlder(tx, shopId, new Date(now().getTime() - KEPT_MS));
    await store.addDryRun(tx, shopId, { id, programme: stored.draft, keptUntil, createdAt: now(), customersToDo: customers, sums: NOTHING });
  });
}

export async function readDryRun(shopId: ShopId, id: string): Promise<DryRun | null> {
  const found = await store.findDryRun(db(), shopId, id);
  return found && { id, createdAt: found.createdAt, isDone: found.isDone, keptUntil: found.keptUntil, customersToDo: found.customersToDo, sums: found.sums };
}

const PAGE = 1_000;

/** To the end, a page a transaction; a killed process goes on after the last one. */
export async function tellDryRun(shopId: ShopId, id: string): Promise<void> {
  const shop = await readShop(shopId);
  const today = dayAt(now(), shop.timeZone);
  const begun = await store.findDryRun(db(), shopId, id);
  if (begun !== null && !begun.isDone) await readCollectionsOf(shop, begun.programme);
  while (await inTransaction(async (tx) => {
    const run = await store.findDryRun(tx, shopId, id);
    if (run === null || run.isDone) return false;
    const versions = await programmes.listVersions(tx, shopId);
    const means = { shopId, timeZone: shop.timeZone, today, versions };
    const then = versionsThen(versions, run.programme, today);
    const ids = await listNextCustomers(tx, shopId, { after: run.doneUpTo, limit: PAGE });
    const facts = await readFacts(tx, ids, means);
    const histories = await listOrderFacts(tx, shopId, ids);
    const collections = await listCollectionsOf(tx, shopId);
    let { sums } = run;
    for (const customerId of ids) {
      const found = facts.get(customerId);
      if (found === undefined) continue;
      const orders = (histories.get(customerId) ?? []).map((order) => toOrderFact(order, { timeZone: shop.timeZone, percents: decidePercents(order, { versions: then, known: {}, collectionIdsOf: ({ productId }) => collections.get(String(productId)) ?? [] }) }));
      sums = addCustomer(sums, tellYear(found, means), tellYear({ ...found, orders }, { ...means, versions: then }));
    }
    const isDone = ids.length < PAGE;
    return (await store.noteProgress(tx, shopId, id, { from: run.doneUpTo, doneUpTo: ids.at(-1) ?? run.doneUpTo, isDone, sums })) && !isDone;
  }));
}

export const listDryRunsUnfinished = (): Promise<{ shopId: ShopId; id: string }[]> => store.listUnfinished(db(), new Date(now().getTime() - KEPT_MS));
