// Where the app turns a session token into an access token, and an old refresh token into a new pair.

import express, { Router } from "express";
import type { AppIdentity, Faults } from "../../context.ts";
import type { RequestJournal } from "../../control/request-journal.ts";
import type { SandboxClock } from "../../shop/model.ts";
import { findTokenUser, OWNER_ID } from "./session-tokens.ts";
import { ACCESS_LIFE_SECONDS, ONLINE_LIFE_SECONDS, REFRESH_LIFE_SECONDS, type TokenPair, type Tokens } from "./tokens.ts";

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";

export type TokenRouterOptions = {
  shop: string;
  app: AppIdentity;
  clock: SandboxClock;
  tokens: Tokens;
  faults: Faults;
  journal: RequestJournal;
  isInstalled: () => boolean;
  scopes: () => string[];
  ownerEmail: string;
};

type Answer = { status: number; body: Record<string, unknown> };

export function createTokenRouter(options: TokenRouterOptions): Router {
  const router = Router();
  router.post("/admin/oauth/access_token", express.json(), express.urlencoded({ extended: false }), (request, response, next) => {
    const note = options.journal.begin("token");
    if (options.faults.strikes("serverError")) {
      note({ status: 503, error: "unavailable on request" });
      response.status(503).json({ error: "unavailable" });
      return;
    }
    grant(options, readBody(request)).then(({ status, body }) => {
      note({ status, operationName: readBody(request).grant_type?.split(":").at(-1) ?? null, ...(status === 200 ? {} : { error: String(body.error) }) });
      response.status(status).json(body);
    }).catch(next);
  });
  return router;
}

type Fields = Readonly<Record<string, string | undefined>>;

/** JSON and forms alike; whatever is not a text becomes one. */
const readBody = ({ body }: { body: unknown }): Fields =>
  typeof body === "object" && body !== null ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)])) : {};

async function grant(options: TokenRouterOptions, body: Fields): Promise<Answer> {
  const { app, tokens } = options;
  if (body.client_id !== app.apiKey || body.client_secret !== app.apiSecret) return refuse("invalid_client", "The client credentials are not those of an app we know.");
  if (body.grant_type === "refresh_token") {
    const pair = options.isInstalled() ? tokens.refresh((body.refresh_token ?? "")) : null;
    return pair ? accept(toOfflineBody(pair, options)) : refuse("invalid_grant", "The refresh token is not valid any more.");
  }
  if (body.grant_type !== EXCHANGE) return refuse("unsupported_grant_type", `grant_type ${body.grant_type ?? ""}`);
  if (!options.isInstalled()) return refuse("invalid_subject_token", "The app is not installed in this shop.");
  if (body.subject_token_type === OFFLINE) {
    const pair = tokens.migrate((body.subject_token ?? ""));
    return pair ? accept(toOfflineBody(pair, options)) : refuse("invalid_subject_token", "The offline token is not valid.");
  }
  if (body.subject_token_type !== ID_TOKEN) return refuse("invalid_request", `subject_token_type ${body.subject_token_type ?? ""}`);
  const userId = await findTokenUser((body.subject_token ?? ""), { shop: options.shop, apiKey: app.apiKey, secret: app.apiSecret, clock: options.clock });
  if (userId === null) return refuse("invalid_subject_token", "The session token is not valid: wrong signature, audience or shop, or too old.");
  switch (body.requested_token_type) {
    case OFFLINE: return accept(toOfflineBody(tokens.issue({ isOnline: false, isExpiring: body.expiring === "1", userId }), options));
    case ONLINE: return accept(toOnlineBody(tokens.issue({ isOnline: true, isExpiring: true, userId }), userId, options));
    default: return refuse("invalid_request", `requested_token_type ${body.requested_token_type ?? ""}`);
  }
}

const accept = (body: Record<string, unknown>): Answer => ({ status: 200, body });
const refuse = (error: string, description: string): Answer => ({ status: 400, body: { error, error_description: description } });

const toOfflineBody = ({ accessToken, refreshToken }: TokenPair, { scopes }: TokenRouterOptions): Record<string, unknown> => ({
  access_token: accessToken,
  scope: scopes().join(","),
  ...(refreshToken === null ? {} : { expires_in: ACCESS_LIFE_SECONDS, refresh_token: refreshToken, refresh_token_expires_in: REFRESH_LIFE_SECONDS }),
});

const toOnlineBody = ({ accessToken }: TokenPair, userId: string, { scopes, ownerEmail }: TokenRouterOptions): Record<string, unknown> => ({
  access_token: accessToken,
  scope: scopes().join(","),
  expires_in: ONLINE_LIFE_SECONDS,
  associated_user_scope: scopes().join(","),
  associated_user: {
    id: Number(userId), // staff ids are small; the library expects a number
    first_name: "Robin",
    last_name: "Owner",
    email: ownerEmail,
    account_owner: userId === OWNER_ID,
    locale: "en",
    collaborator: false,
    email_verified: true,
  },
});
