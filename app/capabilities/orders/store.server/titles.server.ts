// What products and collections are called.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { ShopId } from "../../../values/ids.ts";
import type { Titled, TitledNoun } from "../model.ts";

const TABLES = { products: "product", collections: "collection" } satisfies Record<TitledNoun, string>;

/** By part of the title; titles that begin with it come first. */
export function searchTitles(tx: Tx, shopId: ShopId, noun: TitledNoun, { text, limit }: { text: string; limit: number }): Promise<Titled[]> {
  const part = text.toLowerCase().replaceAll(/[\\%_]/gu, "\\$&");
  return tx.$queryRaw<Titled[]>`
    select id, title from ${Prisma.raw(TABLES[noun])} where shop_id = ${shopId}::bigint and lower(title) like ${`%${part}%`}
     order by lower(title) not like ${`${part}%`}, lower(title), id limit ${limit}`;
}

export const listTitles = (tx: Tx, shopId: ShopId, noun: TitledNoun, ids: readonly bigint[]): Promise<Titled[]> =>
  tx.$queryRaw<Titled[]>`select id, title from ${Prisma.raw(TABLES[noun])} where shop_id = ${shopId}::bigint and id = any (${[...ids]}::bigint[])`;
