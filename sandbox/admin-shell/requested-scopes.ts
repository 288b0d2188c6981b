// The access scopes the app asks for, as its shopify.app.toml says; the merchant sees them before installing.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readAppConfig } from "../webhooks/app-config.ts";

const tomlFile = fileURLToPath(new URL("../../shopify.app.toml", import.meta.url));

/** nothing while there is no configuration: the page then says so, instead of failing */
export function readRequestedScopes(): { required: string[]; optional: string[] } {
  if (!existsSync(tomlFile)) return { required: [], optional: [] };
  const { scopes, optionalScopes } = readAppConfig(tomlFile);
  return { required: scopes, optional: optionalScopes };
}
