// The frame around every page of the pretend Admin: top bar, navigation, the sandbox's own panel.

import { html, dataBlock, flag, textOf, type Markup } from "./markup.ts";
import { localeNames, locales } from "./languages.ts";
import { icons } from "./icons.ts";
import { renderPanel } from "./panel.ts";
import type { View } from "./view.ts";
import { words } from "./words.ts";

export type Page = {
  title: string;
  section: "home" | "orders" | "products" | "customers" | "segments" | "discounts" | "flow" | "app" | "other";
  body: Markup;
};

export function renderFrame(view: View, page: Page): string {
  const { t, locale, context } = view;
  return textOf(html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · ${context.state.shop().name} · ${t("frame.sandbox")}</title>
<link rel="icon" href="/sandbox/shell/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/sandbox/shell/shell.css">
<link rel="stylesheet" href="/sandbox/shell/pages.css">
</head>
<body class="${page.section === "app" ? "is-app" : "is-page"}">
<a class="skip" href="#main">${t("frame.skip")}</a>
${renderTopBar(view)}
<div class="below">
${renderNavigation(view, page.section)}
<main id="main" tabindex="-1">${page.body}</main>
${renderPanel(view)}
</div>
<div id="toasts" role="status" aria-live="polite"></div>
${dataBlock("shell-data", describeShell(view))}
<script type="module" src="/sandbox/shell/shell.js"></script>
</body>
</html>`);
}

function renderTopBar({ t, locale, context }: View): Markup {
  const { name } = context.state.shop();
  return html`<header class="top">
<button type="button" class="top-button menu-button" aria-controls="navigation" aria-expanded="false" aria-label="${t("frame.menu")}">${icons.menu}</button>
<a class="brand" href="/admin">${icons.shop}<span class="brand-name">${t("frame.admin")}</span></a>
<span class="badge">${t("frame.sandbox")}</span>
<form class="search" role="search" action="/admin/customers">${icons.search}<input type="search" name="query" autocomplete="off" aria-label="${t("frame.search")}" placeholder="${t("frame.search")}"></form>
<div class="save-bar" id="save-bar" role="group" aria-label="${t("app.unsaved")}" hidden>
<span class="save-bar-text">${icons.warning}<span>${t("app.unsaved")}</span></span>
<span class="save-bar-buttons"><button type="button" class="dark-button" data-discard>${t("app.discard")}</button><button type="button" class="dark-button is-primary" data-save>${t("app.save")}</button></span>
</div>
<div class="top-end">
<label class="visually-hidden" for="locale">${t("frame.language")}</label>
<select id="locale" class="top-select">${locales.map((each) => html`<option value="${each}" lang="${each}"${flag("selected", each === locale)}>${localeNames[each]}</option>`)}</select>
<button type="button" class="top-button panel-button" aria-controls="panel" aria-expanded="false">${icons.clock}<span class="panel-word">${t("panel.open")}</span></button>
<span class="shop-name"><span class="avatar" aria-hidden="true">${name.slice(0, 1)}</span><span class="shop-word">${name}</span></span>
</div>
<div id="progress" class="progress" hidden></div>
</header>`;
}

function renderNavigation({ t, context }: View, section: Page["section"]): Markup {
  const { app } = context;
  const item = (key: Page["section"], href: string, icon: Markup, word: string): Markup =>
    html`<li><a class="nav-item" href="${href}"${key === section ? currentPage : null}>${icon}<span>${word}</span></a></li>`;
  return html`<nav id="navigation" class="navigation" aria-label="${t("frame.main")}">
<ul>
${item("home", "/admin/home", icons.home, t("nav.home"))}
${item("orders", "/admin/orders", icons.orders, t("nav.orders"))}
${item("products", "/admin/products", icons.products, t("nav.products"))}
${item("customers", "/admin/customers", icons.customers, t("nav.customers"))}
<li><a class="nav-item is-sub" href="/admin/segments"${section === "segments" ? currentPage : null}>${t("nav.segments")}</a></li>
${item("discounts", "/admin/discounts", icons.discounts, t("nav.discounts"))}
</ul>
<h2 class="nav-heading">${t("nav.channels")}</h2>
<ul><li><a class="nav-item" href="/" target="_blank" rel="noopener">${icons.store}<span>${t("nav.store")}</span>${icons.external}</a></li>
<li><a class="nav-item is-sub" href="/admin/themes/current/editor">${t("nav.themes")}</a></li></ul>
<h2 class="nav-heading">${t("nav.apps")}</h2>
<ul>
<li><a class="nav-item" id="app-item" href="/admin/apps/${app.handle}"${section === "app" ? currentPage : null}><span class="app-icon" aria-hidden="true">${app.name.slice(0, 1)}</span><span>${app.name}</span></a>
<ul id="app-links" class="app-links"></ul></li>
${item("flow", "/admin/flow", icons.flow, t("nav.flow"))}
</ul>
</nav>`;
}

const currentPage = html` aria-current="page"`;

/** what the shell's scripts need to know, and the words they say */
function describeShell({ context, locale, t }: View): unknown {
  return {
    locale,
    timeZone: context.state.shop().timeZone,
    app: { name: context.app.name, handle: context.app.handle, home: `/admin/apps/${context.app.handle}` },
    words: Object.fromEntries(Object.keys(words).filter(isSpokenByScripts).map((key) => [key, t(key)])),
  };
}

function isSpokenByScripts(key: string): key is keyof typeof words {
  return key in words && /^(app|panel|frame)\./.test(key);
}
