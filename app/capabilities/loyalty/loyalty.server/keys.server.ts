// How another system proves that a shop sent it: a secret that is shown once, and a signature made with it.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import type { ShopId } from "../../../values/ids.ts";
import * as keys from "../store.server/keys.server.ts";

const SECRET_BYTES = 32; // as many as the hash has
const AGE_MAX_SECONDS = 300; // clocks of small systems are wrong by minutes

/** The only time it can be read. Null: somebody else made one meanwhile, and shows that. */
export async function makeKey(shopId: ShopId, seenAt: Date | null): Promise<{ secret: string; madeAt: Date } | null> {
  const key = { secret: randomBytes(SECRET_BYTES).toString("hex"), madeAt: now() };
  return (await inTransaction((tx) => keys.replaceKey(tx, shopId, { ...key, seenAt }))) ? key : null;
}

/** Null: there is none. */
export const findKeyMadeAt = (shopId: ShopId): Promise<Date | null> => keys.findKeyMadeAt(db(), shopId);

/** `timestamp` in seconds, as it was signed; `signature`: hex HMAC-SHA256 of it, a dot and the body. */
export async function isSignedBy(shopId: ShopId, { timestamp, signature, text }: { timestamp: string; signature: string; text: string }): Promise<boolean> {
  const secret = await keys.findSecret(db(), shopId);
  if (secret === null || !/^\d{1,12}$/.test(timestamp) || Math.abs(now().getTime() / 1000 - Number(timestamp)) > AGE_MAX_SECONDS) return false;
  const expected = createHmac("sha256", secret).update(`${timestamp}.${text}`).digest();
  const given = Buffer.from(signature, "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
