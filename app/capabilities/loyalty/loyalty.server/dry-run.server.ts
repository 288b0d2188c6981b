// What publishing the draft would do, told over everybody, a page of customers at a time. Nothing of it counts.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../../platform/db.server.ts";
import { dayAt, type Day } from "../../../values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../../values/ids.ts";
import { countNouns, listCollectionsOf, listNextCustomers, listOrderFacts, nameCustomers } from "../../orders/orders.server.ts";
import { toPerson } from "../../profiles/profiles.server.ts";
import { readShop } from "../../shops/shops.server.ts";
import { NOTHING, type DryRun, type DryRunSums } from "../model/dry-run.ts";
import { addCustomer, tellMove, tellYear, type Means } from "../rules/dry-run.ts";
import { collectionIdsIn } from "../rules/facts.ts";
import * as store from "../store.server/dry-runs.server.ts";
import * as programmes from "../store.server/programmes.server.ts";
import { readCollectionsOf } from "./collections.server.ts";
import { readFacts, type Place } from "./settle.server.ts";

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
  if (found === null) return null;
  const { createdAt, isDone, keptUntil, customersToDo, sums } = found;
  const movers = isDone ? sums.moves.flatMap(({ firstIds }) => firstIds).map((text) => parseId<CustomerId>(BigInt(text))) : [];
  const names = Object.fromEntries([...(await nameCustomers(db(), shopId, movers))].map(([customerId, person]) => [String(customerId), toPerson(person).name]));
  return { id, createdAt, isDone, keptUntil, customersToDo, sums, names };
}

const PAGE = 1_000;

/** To the end, a page a transaction; a killed process goes on after the last one. All of it as of when it was asked. */
export async function tellDryRun(shopId: ShopId, id: string): Promise<void> {
  const shop = await readShop(shopId);
  const begun = await store.findDryRun(db(), shopId, id);
  if (begun === null || begun.isDone) return;
  await readCollectionsOf(shop, begun.programme);
  while (await inTransaction(async (tx) => {
    const run = await store.findDryRun(tx, shopId, id);
    if (run === null || run.isDone) return false;
    const ids = await listNextCustomers(tx, shopId, { after: run.doneUpTo, limit: PAGE });
    const sums = await addPage(tx, shop, run, ids);
    const isDone = ids.length < PAGE;
    return (await store.noteProgress(tx, shopId, id, { from: run.doneUpTo, doneUpTo: ids.at(-1) ?? run.doneUpTo, isDone, sums })) && !isDone;
  }));
}

async function addPage(tx: Tx, { id: shopId, timeZone }: Place, run: store.StoredDryRun, ids: readonly CustomerId[]): Promise<DryRunSums> {
  const versions = await programmes.listVersions(tx, shopId);
  const today = dayAt(run.createdAt, timeZone);
  const facts = await readFacts(tx, ids, { shopId, timeZone, today, versions });
  const histories = await listOrderFacts(tx, shopId, ids);
  const collections = await listCollectionsOf(tx, shopId, [run.programme, ...versions.map(({ programme }) => programme)].flatMap(collectionIdsIn));
  const means: Means = { versions, timeZone, today, at: run.createdAt, collectionIdsOf: ({ productId }) => collections.get(String(productId)) ?? [] };
  const inForce = versions.at(-1)?.programme ?? null;
  return [...facts].reduce((sums, [customerId, found]) => {
    const past = histories.get(customerId) ?? [];
    return addCustomer(sums, { customerId, now: tellYear(found, past, inForce, means), then: tellYear(found, past, run.programme, means), move: tellMove(found, run.programme, means) });
  }, run.sums);
}

export const listDryRunsUnfinished = (): Promise<{ shopId: ShopId; id: string }[]> => store.listUnfinished(db(), new Date(now().getTime() - KEPT_MS));
