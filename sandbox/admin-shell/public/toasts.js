// Short messages at the bottom of the Admin.

import { say } from "./data.js";

const place = document.getElementById("toasts");

export function showToast({ id, message, durationMs = 5000, isError = false, action, onAction, onDismiss }) {
  const toast = document.createElement("div");
  toast.className = isError ? "toast is-error" : "toast";
  toast.dataset.id = id ?? "";
  const text = document.createElement("span");
  text.textContent = message;
  toast.append(text);
  if (action) toast.append(makeButton(action, action, () => end(onAction)));
  toast.append(makeButton("×", say("app.dismiss"), () => end(onDismiss)));
  place.append(toast);
  const timer = setTimeout(() => end(onDismiss), durationMs);

  function end(then) {
    clearTimeout(timer);
    if (!toast.isConnected) return;
    toast.remove();
    then?.();
  }
}

export function hideToast(id) {
  for (const toast of place.children) if (toast.dataset.id === id) toast.remove();
}

function makeButton(text, label, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.setAttribute("aria-label", label);
  button.addEventListener("click", press);
  return button;
}
