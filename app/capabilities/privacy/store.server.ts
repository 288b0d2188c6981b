// Data requests, and what privacy reaches in tables that have no room of their own: the sums' rows about a person, waiting jobs.
import { Prisma, type Tx } from "../../platform/db.server.ts";
import type { CustomerId, ShopId } from "../../values/ids.ts";
import { toJson } from "../../values/json.ts";
import type { DataRequest } from "./model.ts";

/** Twice the same request is one. */
export async function addRequest(tx: Tx, shopId: ShopId, request: { id: bigint; customerId: CustomerId; requestedAt: Date; export: Record<string, unknown> }): Promise<void> {
  await tx.$executeRaw`
    insert into data_request (shop_id, id, customer_id, requested_at, export)
    values (${shopId}::bigint, ${request.id}::bigint, ${request.customerId}::bigint, ${request.requestedAt}, ${toJson(request.export)}::jsonb) on conflict (shop_id, id) do nothing`;
}

export async function listRequests(tx: Tx, shopId: ShopId, limit: number): Promise<DataRequest[]> {
  const rows = await tx.dataRequest.findMany({ where: { shopId }, orderBy: { requestedAt: "desc" }, take: limit, omit: { export: true } });
  return rows.map((row) => ({ id: String(row.id), customerId: String(row.customerId), requestedAt: row.requestedAt, handedOverAt: row.handedOverAt }));
}

/** The file as text, so that ids beyond 2^53 stay exact; the first taking is remembered. null: there is no such request. */
export async function takeRequest(tx: Tx, shopId: ShopId, id: bigint, at: Date): Promise<string | null> {
  const rows = await tx.$queryRaw<{ export: string }[]>`
    update data_request set handed_over_at = coalesce(handed_over_at, ${at}) where shop_id = ${shopId}::bigint and id = ${id}::bigint returning jsonb_pretty(export) as export`;
  return rows[0]?.export ?? null;
}

export async function deleteRequestsOf(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<void> {
  await tx.dataRequest.deleteMany({ where: { shopId, customerId } });
}

export async function forgetMoves(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[]): Promise<void> {
  await tx.movedCustomer.deleteMany({ where: { shopId, customerId: { in: [...customerIds] } } });
}

/** What the sums know of one person. */
export async function readFacts(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Record<string, unknown>> {
  const shop = Prisma.sql`${shopId}::bigint`;
  const [row] = await tx.$queryRaw<{ facts: Record<string, unknown> }[]>`
    select jsonb_build_object(
      'facts', (select coalesce(jsonb_agg(to_jsonb(t) - 'shop_id'), '[]') from customer_fact t where t.shop_id = ${shop} and t.customer_id = ${customerId}::bigint),
      'countedOrders', (select coalesce(jsonb_agg(to_jsonb(t) - 'shop_id' order by t.sequence), '[]') from counted_order t where t.shop_id = ${shop} and t.buyer_id = ${customerId}::bigint)) as facts`;
  return row?.facts ?? {};
}

const TABLES = ["changed_buyer", "moved_customer", "counted_order", "customer_fact", "kpi_day", "kpi_gap", "kpi_since", "refresh_lock", "analytics_setting", "data_request"] as const;

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint`;
}

/** Jobs name their shop by its number. Before the first start of a worker there is no table of them. */
export async function deleteJobs(tx: Tx, shopId: ShopId): Promise<void> {
  const [there] = await tx.$queryRaw<{ exists: boolean }[]>`select to_regclass('pgboss.job') is not null as exists`;
  if (there?.exists) await tx.$executeRaw`delete from pgboss.job where data ->> 'shopId' = ${String(shopId)}`;
}
