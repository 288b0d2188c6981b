// Shopify's own libraries, configured once: the Remix one for merchants' pages, the API one for signatures.
import "@shopify/shopify-app-remix/adapters/node";
import { ApiVersion, LogSeverity, shopifyApi } from "@shopify/shopify-api";
import { AppDistribution, shopifyApp } from "@shopify/shopify-app-remix/server";
import { env } from "../platform/env.server.ts";
import { log } from "../platform/log.server.ts";
import { API_VERSION } from "./api-version.ts";
import { sessionStorage } from "./session-storage.server.ts";

// Scopes are missing on purpose: Shopify manages the installation, so shopify.app.toml alone says what we ask for.
const identity = {
  apiKey: env.SHOPIFY_API_KEY,
  apiSecretKey: env.SHOPIFY_API_SECRET,
  apiVersion: toApiVersion(API_VERSION),
  logger: { level: LogSeverity.Warning, log: logLibrary }, // its finer levels write session tokens
};

export const shopify = shopifyApp({
  ...identity,
  appUrl: env.SHOPIFY_APP_URL,
  distribution: AppDistribution.AppStore,
  sessionStorage,
  future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
});

/** The Remix library keeps its own copy to itself. */
export const api = shopifyApi({ ...identity, hostName: new URL(env.SHOPIFY_APP_URL).host, isEmbeddedApp: true });

function toApiVersion(text: string): ApiVersion {
  if (!isKnown(text)) throw new Error(`Shopify's library does not know the API version ${text}`);
  return text;
}
function isKnown(text: string): text is ApiVersion {
  return Object.values<string>(ApiVersion).includes(text);
}

function logLibrary(severity: LogSeverity, message: string): void {
  const text = message.split("\n", 1)[0] ?? ""; // what follows may be a request
  if (severity === LogSeverity.Error) log.error("shopify library", new Error(text), { text });
  else log.warn("shopify library", { text });
}
