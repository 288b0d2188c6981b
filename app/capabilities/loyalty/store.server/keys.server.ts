// The secret another system signs with: one for each shop, readable only with the app's own key.
import type { Tx } from "../../../platform/db.server.ts";
import { env } from "../../../platform/env.server.ts";
import { decrypt, encrypt } from "../../../shopify/cipher.ts";
import type { ShopId } from "../../../values/ids.ts";

const lockOf = (shopId: ShopId) => ({ key: Buffer.from(env.TOKEN_KEY, "base64"), place: `api_key/${shopId}` });

/** In place of the one made at `seenAt`, null: of none. False: there is another by now. */
export async function replaceKey(tx: Tx, shopId: ShopId, { secret, seenAt, madeAt }: { secret: string; seenAt: Date | null; madeAt: Date }): Promise<boolean> {
  const key = { secret: encrypt(secret, lockOf(shopId)), madeAt };
  const { count } = seenAt === null
    ? await tx.apiKey.createMany({ data: [{ shopId, ...key }], skipDuplicates: true })
    : await tx.apiKey.updateMany({ where: { shopId, madeAt: seenAt }, data: key });
  return count === 1;
}

export async function findKeyMadeAt(tx: Tx, shopId: ShopId): Promise<Date | null> {
  return (await tx.apiKey.findUnique({ where: { shopId }, select: { madeAt: true } }))?.madeAt ?? null;
}

export async function findSecret(tx: Tx, shopId: ShopId): Promise<string | null> {
  const row = await tx.apiKey.findUnique({ where: { shopId }, select: { secret: true } });
  return row && decrypt(row.secret, lockOf(shopId));
}
