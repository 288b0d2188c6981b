// The token for work without a merchant in front of the screen: always fresh, refreshed by one at a time.
//
// Within this process refreshes of a shop queue up. Two processes may still refresh at once: both succeed, because Shopify
// keeps a refresh token alive until its replacement is first used; whoever stores first wins (the row must still hold what
// was read), and the other takes the winner's. No transaction and no lock is held while Shopify is asked.
import { Session } from "@shopify/shopify-api";
import { z } from "zod";
import { now } from "../platform/clock.server.ts";
import { env } from "../platform/env.server.ts";
import { ShopifyMisunderstanding, ShopifyRefused, ShopifyUnreachable } from "./errors.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { readStored, replaceStored, type StoredSession } from "./session-storage.server.ts";

const FRESH_MS = 5 * 60_000; // less life than this and a long request could outlive the token; the Remix library draws the same line
const REQUEST_TIMEOUT_MS = 10_000; // the token endpoint answers within a second or not at all

export type OfflineSession = { domain: string; accessToken: string; scopes: string[] };

/** Throws ShopifyRefused("token") when the shop has none that works: only a visit of the merchant brings a new one. */
export async function offlineSessionFor(domain: string): Promise<OfflineSession> {
  const stored = await readOffline(domain);
  return isFresh(stored.session) ? toOffline(stored.session) : renew(domain, (session) => !isFresh(session));
}

/** After Shopify said 401 to `refused`: what somebody else renewed meanwhile, or a new token. */
export const renewOfflineSession = (domain: string, refused: string): Promise<OfflineSession> => renew(domain, (session) => session.accessToken === refused);

function renew(domain: string, isStale: (session: Session) => boolean): Promise<OfflineSession> {
  return oneAtATime(`refresh ${domain}`, async () => {
    const stored = await readOffline(domain);
    if (!isStale(stored.session)) return toOffline(stored.session);
    const refreshed = await refresh(stored);
    if (await replaceStored(refreshed, stored.seen)) return toOffline(refreshed);
    return toOffline((await readOffline(domain)).session);
  });
}

async function refresh(stored: StoredSession): Promise<Session> {
  const { session } = stored;
  const answer = session.refreshToken === undefined ? null : await askForTokens(session.shop, session.refreshToken);
  if (answer === null) {
    await forget(stored);
    throw new ShopifyRefused("token");
  }
  const at = now().getTime();
  return new Session({
    ...session.toObject(),
    accessToken: answer.access_token,
    scope: answer.scope,
    expires: new Date(at + answer.expires_in * 1000),
    refreshToken: answer.refresh_token,
    refreshTokenExpires: new Date(at + answer.refresh_token_expires_in * 1000),
  });
}

/** Without an access token the merchant's next request exchanges a new one instead of trusting this. */
async function forget({ session, seen }: StoredSession): Promise<void> {
  const { id, shop, state, isOnline } = session;
  await replaceStored(new Session({ id, shop, state, isOnline }), seen);
}

const tokensSchema = z.object({
  access_token: z.string().min(1),
  scope: z.string(),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1),
  refresh_token_expires_in: z.number().positive(),
});

/** null: Shopify does not accept the refresh token any more. */
async function askForTokens(domain: string, refreshToken: string): Promise<z.infer<typeof tokensSchema> | null> {
  const body = { client_id: env.SHOPIFY_API_KEY, client_secret: env.SHOPIFY_API_SECRET, grant_type: "refresh_token", refresh_token: refreshToken };
  const { status, json } = await post(`https://${domain}/admin/oauth/access_token`, body);
  if (status >= 500 || status === 429) throw new ShopifyUnreachable(`token endpoint: status ${status}`);
  if (status >= 400) return null;
  const tokens = tokensSchema.safeParse(json);
  if (!tokens.success) throw new ShopifyMisunderstanding("token endpoint: an answer without tokens");
  return tokens.data;
}

async function post(url: string, body: object): Promise<{ status: number; json: unknown }> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    const text = await response.text();
    return { status: response.status, json: response.ok ? JSON.parse(text) : null };
  } catch {
    throw new ShopifyUnreachable("token endpoint: no answer"); // without the cause: it names the shop
  }
}

async function readOffline(domain: string): Promise<StoredSession> {
  const stored = await readStored(`offline_${domain}`); // the library's name for a shop's offline session
  if (!stored?.session.accessToken) throw new ShopifyRefused("token");
  return stored;
}

const isFresh = (session: Session): boolean => session.expires === undefined || session.expires.getTime() - now().getTime() > FRESH_MS;

function toOffline({ shop, accessToken, scope }: Session): OfflineSession {
  if (!accessToken) throw new ShopifyRefused("token");
  return { domain: shop, accessToken, scopes: scope?.split(",") ?? [] };
}
