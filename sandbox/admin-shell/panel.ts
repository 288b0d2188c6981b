// The drawer for playing with time and trouble: the markup; `public/panel.js` gives it life through the control API.

import { faultNames } from "../context.ts";
import { icons } from "./icons.ts";
import { html, type Markup } from "./markup.ts";
import type { View } from "./view.ts";

const daySteps = [1, 7, 30];
const deliveryStates = ["pending", "scheduled", "delivered", "failed", "dropped", "cancelled"] as const;
const chances = [
  ["0", "panel.never"],
  ["0.1", "panel.sometimes"],
  ["0.5", "panel.often"],
  ["1", "panel.always"],
] as const;

export function renderPanel(view: View): Markup {
  const { t } = view;
  return html`<aside id="panel" class="panel" aria-label="${t("panel.title")}" hidden>
<div class="panel-head"><h2>${t("panel.title")}</h2><button type="button" class="icon-button" data-close-panel aria-label="${t("frame.close")}">${icons.close}</button></div>
<section><h3>${t("panel.now")}</h3><p><output class="panel-now" data-now></output></p></section>
<section><h3>${t("panel.step")}</h3>
<div class="button-row">${daySteps.map((days) => html`<button type="button" class="button" data-days="${days}">${days === 1 ? t("panel.day") : t("panel.days", { days })}</button>`)}</div>
<p class="hint">${t("panel.hint")}</p>
<progress class="panel-progress" data-moving aria-label="${t("panel.moving")}" hidden></progress>
<p class="panel-result" data-result role="status"></p>
<button type="button" class="link-button" data-reload-app hidden>${t("panel.reload")}</button></section>
<section><h3>${t("panel.deliveries")}</h3>
<dl class="counts">${deliveryStates.map((state) => html`<div><dt>${t(`panel.${state}`)}</dt><dd data-delivery="${state}">0</dd></div>`)}</dl></section>
<section><h3>${t("panel.faults")}</h3>
${faultNames.map((name) => renderFault(view, name))}
<label class="check"><input type="checkbox" data-new-webhook-id> ${t("panel.newId")}</label>
<button type="button" class="button" data-clear-faults>${t("panel.clear")}</button></section>
<section><h3>${t("panel.app")}</h3>
<p data-installed></p>
<div class="button-row"><button type="button" class="button" data-install>${t("panel.install")}</button><button type="button" class="button is-critical" data-uninstall>${t("panel.uninstall")}</button>
<a class="button" href="/" target="_blank" rel="noopener">${t("panel.storefront")}</a></div></section>
</aside>`;
}

function renderFault({ t }: View, name: (typeof faultNames)[number]): Markup {
  const word = t(`fault.${name}`);
  return html`<div class="fault" data-fault="${name}">
<label for="fault-${name}">${word}</label>
<span class="fault-controls"><select id="fault-${name}">${chances.map(([value, key]) => html`<option value="${value}">${t(key)}</option>`)}</select>
<button type="button" class="button is-small" aria-label="${t("panel.next")}: ${word}" data-next>${t("panel.next")}</button></span>
<span class="hint" data-queued hidden></span>
</div>`;
}
