// What Shopify hands an extension on its own pages for shoppers: a session token, whole or forged.
import { createHmac } from "node:crypto";

export const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
export const seconds = (): number => Math.floor(Date.now() / 1000);

export type BuyerToken = { secret?: string; alg?: string; dest?: string; sub?: string | null; exp?: number; nbf?: number };

/** Customer 7's; `sub` null: nobody who is logged in. */
export function tokenOf({ domain }: { domain: string }, { secret = "regulars-test-secret", alg = "HS256", dest = `https://${domain}`, sub = "gid://shopify/Customer/7", exp = seconds() + 300, nbf = seconds() - 1 }: BuyerToken = {}): string {
  const said = `${encoded({ alg, typ: "JWT" })}.${encoded({ dest, aud: "regulars-test-key", exp, nbf, iat: nbf, jti: "j", ...(sub !== null && { sub }) })}`;
  return `${said}.${createHmac("sha256", secret).update(said).digest("base64url")}`;
}
