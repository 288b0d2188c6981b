// The shop's one theme and its files, as far as an app that looks for its own blocks reads them.

import { createHash } from "node:crypto";
import { createThemeFiles } from "../../storefront/theme/theme-files.ts";
import { connectRows } from "../connections.ts";
import { toGid } from "../gids.ts";
import { asNode, toDateTime, type FieldTable } from "./field-table.ts";

const THEME_ID = "136082948225";
const FILES_FIRST = 50; // Shopify's own default

type ThemeSource = { role: "MAIN" };
type FileSource = { filename: string; content: string; id: string };

export const themeQueries: FieldTable = {
  themes: (_root, args) => {
    const isWanted = !Array.isArray(args.roles) || args.roles.includes("MAIN");
    return connectRows<ThemeSource>(isWanted ? [{ role: "MAIN" }] : [], () => THEME_ID, args);
  },
  theme: (_root, args): ThemeSource | null => (args.id === toGid("OnlineStoreTheme", THEME_ID) ? { role: "MAIN" } : null),
};

export const themes: FieldTable<ThemeSource> = {
  id: () => toGid("OnlineStoreTheme", THEME_ID),
  name: () => "Paper",
  prefix: () => "/t/1",
  role: ({ role }) => role,
  processing: () => false,
  processingFailed: () => false,
  createdAt: (_theme, _args, { shop }) => toDateTime(shop.createdAt),
  updatedAt: (_theme, _args, { shop }) => toDateTime(shop.createdAt),
  files: (_theme, args, context) => {
    const stored = createThemeFiles(context.state, context.app.handle).read();
    const names = Array.isArray(args.filenames) ? args.filenames.map(String) : [...stored.keys()];
    const files = names.flatMap((filename, index): FileSource[] => {
      const content = stored.get(filename);
      return content === undefined ? [] : [{ filename, content, id: String(index + 1) }];
    });
    const missing = names.filter((name) => !stored.has(name)).map((filename) => ({ filename, code: "NOT_FOUND" }));
    return Object.assign(connectRows(files, ({ id }) => id, { first: FILES_FIRST, ...args }), { userErrors: missing });
  },
};

export const themeFiles: FieldTable<FileSource> = {
  filename: ({ filename }) => filename,
  contentType: () => "application/json",
  size: ({ content }) => String(Buffer.byteLength(content)),
  checksumMd5: ({ content }) => createHash("md5").update(content).digest("hex"),
  body: ({ content }) => asNode("OnlineStoreThemeFileBodyText", { content }),
};
