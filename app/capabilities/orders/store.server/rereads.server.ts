// Wishes to read something again from Shopify, each kept until an answer newer than the wish is stored.
import type { Tx } from "../../../platform/db.server.ts";
import type { ShopId } from "../../../values/ids.ts";
import type { Reread, RereadNoun } from "../model.ts";
import { columnsOf } from "../../../platform/columns.server.ts";

export async function addRereads(tx: Tx, shopId: ShopId, noun: RereadNoun, ids: readonly bigint[]): Promise<void> {
  await tx.$executeRaw`
    insert into reread as t (shop_id, noun, id) select distinct ${shopId}::bigint, ${noun}, r.id from unnest(${[...ids]}::bigint[]) as r(id) order by r.id
    on conflict (shop_id, noun, id) do update set version = t.version + 1`;
}

export const listRereads = (tx: Tx, shopId: ShopId, noun: RereadNoun, limit: number): Promise<Reread[]> => tx.$queryRaw`
  select noun, id, version from reread where shop_id = ${shopId}::bigint and noun = ${noun} order by id limit ${limit}`;

const wish = columnsOf({ noun: "text", id: "bigint" }, { version: "int" });

/** A wish made again meanwhile has another version and stays. */
export async function dropRereads(tx: Tx, shopId: ShopId, answered: readonly Reread[]): Promise<void> {
  await tx.$executeRaw`delete from reread t using ${wish.from(answered.map((told) => ({ ...told, id: String(told.id) })))} where t.shop_id = ${shopId}::bigint and (t.noun, t.id, t.version) = (r.noun, r.id, r.version)`;
}

export const listShopsWithRereads = (tx: Tx): Promise<{ shop_id: ShopId }[]> => tx.$queryRaw`select distinct shop_id from reread`;
