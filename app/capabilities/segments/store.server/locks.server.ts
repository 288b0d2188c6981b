// The locks of those who work on a shop's segments: held rows, and a lease where Shopify is asked meanwhile.
import type { Tx } from "../../../platform/db.server.ts";
import type { ShopId } from "../../../values/ids.ts";

/** Held until the caller's transaction ends; false: somebody measures this shop's customers now. */
export async function tryMeasuringLock(tx: Tx, shopId: ShopId): Promise<boolean> {
  await tx.$executeRaw`insert into segment_lock (shop_id, work) values (${shopId}::bigint, 'measure') on conflict (shop_id, work) do nothing`;
  const rows = await tx.$queryRaw<unknown[]>`select 1 from segment_lock where shop_id = ${shopId}::bigint and work = 'measure' for update skip locked`;
  return rows.length > 0;
}

/** Waits for whoever follows this shop's customers, or changes its segments, now. */
export async function takeLock(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.$executeRaw`insert into segment_lock (shop_id, work) values (${shopId}::bigint, 'refresh') on conflict (shop_id, work) do nothing`;
  await tx.$queryRaw`select 1 from segment_lock where shop_id = ${shopId}::bigint and work = 'refresh' for update`;
}

type Lease = { owner: string; until: Date };

/** For telling, which may not hold a transaction while it asks Shopify. Answers false while somebody else's lease runs. */
export async function takeLease(tx: Tx, shopId: ShopId, { owner, at, until }: Lease & { at: Date }): Promise<boolean> {
  const taken = await tx.$executeRaw`
    insert into segment_lock as t (shop_id, work, owner, leased_until) values (${shopId}::bigint, 'tell', ${owner}::uuid, ${until})
    on conflict (shop_id, work) do update set owner = excluded.owner, leased_until = excluded.leased_until where t.leased_until is null or t.leased_until <= ${at}`;
  return taken > 0;
}

/** Answers false when it has become somebody else's. */
export const renewLease = async (tx: Tx, shopId: ShopId, { owner, until }: Lease): Promise<boolean> =>
  (await tx.segmentLock.updateMany({ where: { shopId, work: "tell", owner }, data: { leasedUntil: until } })).count > 0;

/** Somebody else's stays theirs. */
export async function returnLease(tx: Tx, shopId: ShopId, owner: string): Promise<void> {
  await tx.segmentLock.updateMany({ where: { shopId, work: "tell", owner }, data: { owner: null, leasedUntil: null } });
}
