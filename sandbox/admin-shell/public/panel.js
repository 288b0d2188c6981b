// The drawer for time and trouble: shows the sandbox's clock, deliveries and faults while it is open, and changes them.

import { askSandbox, data, say } from "./data.js";
import { openDrawer } from "./drawer.js";

const REFRESH_EVERY_MS = 2000; // deliveries move in seconds
const panel = document.getElementById("panel");
const find = (selector) => panel.querySelector(selector);
const time = new Intl.DateTimeFormat(data.locale, { dateStyle: "full", timeStyle: "short", timeZone: data.timeZone });

export function startPanel() {
  let timer;
  const toggled = (isOpen) => {
    window.clearInterval(timer);
    document.body.classList.toggle("has-panel", isOpen);
    if (!isOpen) return;
    refresh();
    timer = window.setInterval(refresh, REFRESH_EVERY_MS);
  };
  const set = openDrawer({ button: document.querySelector(".panel-button"), drawer: panel, toggled });
  find("[data-close-panel]").addEventListener("click", () => set(false, { returnsFocus: true }));
  for (const button of panel.querySelectorAll("[data-days]")) button.addEventListener("click", () => letPass(Number(button.dataset.days)));
  for (const fault of panel.querySelectorAll("[data-fault]")) connectFault(fault);
  find("[data-clear-faults]").addEventListener("click", () => attempt(() => askSandbox("/sandbox/faults", { method: "DELETE" })));
  find("[data-new-webhook-id]").addEventListener("change", ({ target }) => changeFaults({ newWebhookIdOnRetry: target.checked }));
  find("[data-install]").addEventListener("click", () => changeApp("install"));
  find("[data-uninstall]").addEventListener("click", () => changeApp("uninstall"));
  find("[data-reload-app]").addEventListener("click", () => location.reload());
}

async function letPass(days) {
  const buttons = panel.querySelectorAll("[data-days]");
  for (const button of buttons) button.disabled = true;
  find("[data-moving]").hidden = false;
  tellResult(say("panel.moving"));
  await attempt(async () => {
    const { orderCount } = await askSandbox("/sandbox/clock", { method: "POST", body: { days } });
    tellResult(say("panel.moved", { orders: new Intl.NumberFormat(data.locale).format(orderCount) }));
    find("[data-reload-app]").hidden = document.getElementById("app") === null;
  });
  find("[data-moving]").hidden = true;
  for (const button of buttons) button.disabled = false;
}

function connectFault(fault) {
  const name = fault.dataset.fault;
  fault.querySelector("select").addEventListener("change", ({ target }) => changeFaults({ [name]: { probability: Number(target.value) } }));
  fault.querySelector("[data-next]").addEventListener("click", () => changeFaults({ [name]: { next: Number(fault.dataset.queued ?? 0) + 1 } }));
}

const changeFaults = (body) => attempt(() => askSandbox("/sandbox/faults", { method: "POST", body }));

async function changeApp(verb) {
  await attempt(() => askSandbox(`/sandbox/app/${verb}`, { method: "POST" }));
  location.assign(data.app.home);
}

async function attempt(change) {
  try {
    await change();
  } catch (error) {
    tellResult(say("panel.refused", { reason: error.message }));
  }
  await refresh();
}

function tellResult(text) {
  find("[data-result]").textContent = text;
}

async function refresh() {
  try {
    const [state, faults] = await Promise.all([askSandbox("/sandbox/state"), askSandbox("/sandbox/faults")]);
    showState(state);
    showFaults(faults);
  } catch (error) {
    tellResult(say("panel.refused", { reason: error.message }));
  }
}

function showState({ now, deliveries, isInstalled }) {
  find("[data-now]").textContent = time.format(new Date(now));
  for (const [state, count] of Object.entries(deliveries)) {
    const place = find(`[data-delivery="${state}"]`);
    if (place !== null) place.textContent = new Intl.NumberFormat(data.locale).format(count);
  }
  find("[data-installed]").textContent = say(isInstalled ? "panel.installed" : "panel.notInstalled", { app: data.app.name });
  find("[data-install]").hidden = isInstalled;
  find("[data-uninstall]").hidden = !isInstalled;
}

function showFaults(faults) {
  for (const row of panel.querySelectorAll("[data-fault]")) {
    const { probability, next } = faults[row.dataset.fault];
    const select = row.querySelector("select");
    const values = [...select.options].map(({ value }) => Number(value));
    // A chance set by a script may lie between those offered; the nearest one is shown.
    const nearest = values.reduce((best, value) => (Math.abs(value - probability) < Math.abs(best - probability) ? value : best));
    if (document.activeElement !== select) select.value = String(nearest);
    row.classList.toggle("is-on", probability > 0 || next > 0);
    row.dataset.queued = String(next);
    const queued = row.querySelector("span[data-queued]");
    queued.hidden = next === 0;
    queued.textContent = say("panel.queued", { count: next });
  }
  find("[data-new-webhook-id]").checked = faults.newWebhookIdOnRetry;
}
