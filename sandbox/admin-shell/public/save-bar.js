// The save bar in the top bar, and the question before unsaved changes are lost.

import { say } from "./data.js";

const bar = document.getElementById("save-bar");
let asksBeforeDiscard = false;

export function startSaveBar({ save, discard }) {
  bar.querySelector("[data-save]").addEventListener("click", save);
  bar.querySelector("[data-discard]").addEventListener("click", async () => {
    if (!asksBeforeDiscard || (await confirmDiscard())) discard();
  });
}

export function showSaveBar({ asksBeforeDiscard: asks, actions }) {
  asksBeforeDiscard = asks;
  const save = actions.find(({ variant }) => variant === "primary");
  const discard = actions.find(({ variant }) => variant !== "primary");
  name(bar.querySelector("[data-save]"), save, "app.save");
  name(bar.querySelector("[data-discard]"), discard, "app.discard");
  bar.hidden = false;
  document.body.classList.add("has-save-bar");
}

function name(button, action, key) {
  button.textContent = action?.label || say(key);
  button.disabled = Boolean(action?.isDisabled || action?.isLoading);
}

export function hideSaveBar() {
  bar.hidden = true;
  document.body.classList.remove("has-save-bar");
}

export function isSaveBarShown() {
  return !bar.hidden;
}

export function confirmLeaving() {
  return confirmIn("app.leaveTitle", "app.leave");
}

export function confirmDiscard() {
  return confirmIn("app.discardTitle", "app.discard");
}

function confirmIn(titleKey, leaveKey) {
  const dialog = document.getElementById("leave-dialog");
  const leave = dialog.querySelector("[data-leave]");
  dialog.querySelector("#leave-title").textContent = say(titleKey);
  dialog.querySelector("#leave-body").textContent = say("app.leaveBody");
  leave.textContent = say(leaveKey);
  leave.onclick = () => dialog.close("leave");
  dialog.querySelector("[data-stay]").onclick = () => dialog.close("stay");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "leave");
  });
}
