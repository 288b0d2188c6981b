// Shopify's own check of the theme extension, offline; an error or a warning fails it.
import path from "node:path";
import { themeCheckRun } from "@shopify/theme-check-node";

const FOLDER = path.join(import.meta.dirname, "../extensions/regulars-theme");

const { offenses } = await themeCheckRun(FOLDER, "theme-check:theme-app-extension");
for (const { uri, start, check, message } of offenses) process.stderr.write(`${path.relative(process.cwd(), new URL(uri).pathname)}:${start.line + 1}:${start.character + 1} ${check}: ${message}\n`);
process.exitCode = offenses.length === 0 ? 0 : 1;
