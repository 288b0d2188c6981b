// Starts what the page at hand needs: language picker, menu, panel, the frames of app and blocks, and buttons that post to the control API.

import { showApp } from "./app-frame.js";
import { startBlocks } from "./blocks.js";
import { askSandbox, data, say } from "./data.js";
import { listAppLinks, showAppLinks } from "./app-links.js";
import { openDrawer } from "./drawer.js";
import { startPanel } from "./panel.js";
import { showToast } from "./toasts.js";

// A redirect inside the app's frame may land on a page of the Admin, which belongs around the frame and not into it.
if (window.top !== window) window.top.location.replace(location.href);
else start();

function start() {
  document.getElementById("locale").addEventListener("change", ({ target }) => {
    document.cookie = `sandbox_locale=${target.value};path=/;max-age=31536000;samesite=lax`;
    location.reload();
  });
  openDrawer({ button: document.querySelector(".menu-button"), drawer: document.getElementById("navigation"), className: "is-open" });
  startPanel();
  startBlocks([...document.querySelectorAll("[data-block]")]);
  const frame = document.getElementById("app");
  if (frame === null) showAppLinks(listAppLinks());
  else showApp(frame);
  for (const button of document.querySelectorAll("[data-post]")) button.addEventListener("click", () => post(button));
  for (const button of document.querySelectorAll("main [data-install]")) button.addEventListener("click", () => install(button));
}

async function post(button) {
  const { post: path, ask, done } = button.dataset;
  if (ask && !window.confirm(ask)) return;
  button.disabled = true;
  try {
    await askSandbox(path, { method: "POST" });
    if (!done) return location.reload();
    showToast({ message: done });
  } catch (error) {
    showToast({ message: say("app.failed", { reason: error.message }), isError: true });
  }
  button.disabled = false;
}

async function install(button) {
  button.disabled = true;
  try {
    await askSandbox("/sandbox/app/install", { method: "POST" });
    location.assign(data.app.home);
  } catch (error) {
    document.querySelector("main [data-result]").textContent = say("app.failed", { reason: error.message });
    button.disabled = false;
  }
}
