// Session tokens: the one-minute proof App Bridge hands the app that a certain member of staff is looking at it.

import { randomUUID } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import type { Id, SandboxClock } from "../../shop/model.ts";

const LIFE_SECONDS = 60;

export type SessionTokenOptions = {
  shop: string;
  apiKey: string;
  secret: string;
  clock: SandboxClock;
  userId?: Id;
  locale?: string;
};

/** The staff of the pretend shop is one person, its owner. */
export const OWNER_ID: Id = "81000000001";

export function mintSessionToken({ shop, apiKey, secret, clock, userId = OWNER_ID, locale }: SessionTokenOptions): Promise<string> {
  const nowSeconds = Math.floor(clock.now().getTime() / 1000);
  return new SignJWT({ dest: `https://${shop}`, sid: randomUUID(), ...(locale === undefined ? {} : { locale }) })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(`https://${shop}/admin`)
    .setAudience(apiKey)
    .setSubject(userId)
    .setIssuedAt(nowSeconds)
    .setNotBefore(nowSeconds)
    .setExpirationTime(nowSeconds + LIFE_SECONDS)
    .setJti(randomUUID())
    .sign(new TextEncoder().encode(secret));
}

/** Whose token it is, or null for one that is wrong in any way. */
export async function findTokenUser(token: string, { shop, apiKey, secret, clock }: SessionTokenOptions): Promise<Id | null> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ["HS256"],
      audience: apiKey,
      issuer: `https://${shop}/admin`,
      currentDate: clock.now(),
      requiredClaims: ["exp", "nbf", "sub", "dest"],
    });
    return payload.dest === `https://${shop}` ? (payload.sub ?? null) : null;
  } catch {
    return null; // jose throws for each kind of wrong; to the caller they are one
  }
}
