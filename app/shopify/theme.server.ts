// Asks whether an app embed of ours is on in the theme shoppers see.
import { z } from "zod";
import { askShopify } from "./admin.server.ts";
import { isEmbedOn } from "./parse/theme-settings.ts";
import { themeSettingsQuery } from "./queries/themes.ts";

const PATIENCE_MS = 5_000; // somebody is looking at the page that asks

const answerSchema = z.object({
  currentAppInstallation: z.object({ app: z.object({ handle: z.string().nullable() }) }),
  themes: z.object({ nodes: z.array(z.object({ files: z.object({ nodes: z.array(z.object({ body: z.object({ content: z.string().optional() }) })) }).nullable() })) }).nullable(),
});

/** Null: the theme does not say. Throws ShopifyRefused without the scope, ShopifyUnreachable when nobody answers. */
export async function findEmbed(domain: string, block: string): Promise<boolean | null> {
  const { currentAppInstallation: { app: { handle } }, themes } = await askShopify(domain, themeSettingsQuery, {}, answerSchema, { patienceMs: PATIENCE_MS });
  const content = themes?.nodes[0]?.files?.nodes[0]?.body.content;
  return content === undefined || handle === null ? null : isEmbedOn(content, { handle, block });
}
