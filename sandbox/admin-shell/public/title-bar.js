// The app's title and its buttons above its frame.

import { say } from "./data.js";

const place = document.getElementById("title-actions");
let support = null;
let shown = { title: null, actions: [], press: () => undefined };

export function showTitleBar(bar) {
  shown = bar;
  const heading = document.getElementById("title");
  heading.textContent = bar.title ?? "";
  heading.hidden = !bar.title;
  drawActions();
}

/** the app answers a call for support itself */
export function offerSupport(ask) {
  support = ask;
  drawActions();
}

function drawActions() {
  const indexed = shown.actions.map((action, index) => ({ ...action, press: () => shown.press(index) }));
  const back = indexed.find(({ variant }) => variant === "breadcrumb");
  const grouped = indexed.filter(({ group }) => group !== null);
  const single = indexed.filter((action) => action !== back && action.group === null);
  // The primary action stands last, where Shopify puts it.
  single.sort((one, other) => Number(one.variant === "primary") - Number(other.variant === "primary"));
  document.getElementById("title-back").replaceChildren(...(back === undefined ? [] : [makeButton({ ...back, label: `← ${back.label || say("app.back")}` })]));
  place.replaceChildren(
    ...(support === null ? [] : [makeButton({ label: say("app.support"), press: support })]),
    ...[...new Set(grouped.map(({ group }) => group))].map((group) => makeMenu(group, grouped.filter((action) => action.group === group))),
    ...single.map(makeButton),
  );
}

function makeButton({ label, variant, tone, isDisabled, isLoading, press }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `button is-small${variant === "primary" ? " is-primary" : ""}${tone === "critical" ? " is-critical" : ""}`;
  button.disabled = Boolean(isDisabled || isLoading);
  button.textContent = label;
  button.addEventListener("click", press);
  return button;
}

function makeMenu(group, actions) {
  const menu = document.createElement("details");
  menu.className = "menu";
  const summary = document.createElement("summary");
  summary.className = "button is-small";
  summary.textContent = group || say("app.more");
  const list = document.createElement("div");
  list.className = "menu-list";
  list.append(...actions.map(makeButton));
  list.addEventListener("click", () => menu.removeAttribute("open"));
  menu.append(summary, list);
  return menu;
}
