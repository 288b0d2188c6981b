// What stands in the app's frame while the app does not answer; it reloads itself until it does.

import type { SandboxContext } from "../../context.ts";
import { type Locale, translatorOf } from "../languages.ts";
import { html, textOf } from "../markup.ts";
import { words } from "../words.ts";

const RELOAD_AFTER_SECONDS = 2; // an app that starts needs a few of these, and nobody stares for longer

export function renderAppDownPage(context: SandboxContext, locale: Locale): string {
  const t = translatorOf(words, locale);
  return textOf(html`<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${RELOAD_AFTER_SECONDS}">
<title>${t("app.down", { app: context.app.name })}</title>
<link rel="stylesheet" href="/sandbox/shell/pages.css"></head>
<body class="app-down"><main><span class="spinner" aria-hidden="true"></span>
<h1>${t("app.down", { app: context.app.name })}</h1><p>${t("app.downBody")}</p></main></body>
</html>`);
}
