// The shell's side of App Bridge: hears the app, keeps the address, and shows its menu, title bar, save bar, toasts and progress.

import { followWith, listAppLinks, markCurrentLink, showAppLinks } from "./app-links.js";
import { data } from "./data.js";
import { confirmDiscard, confirmLeaving, hideSaveBar, isSaveBarShown, showSaveBar, startSaveBar } from "./save-bar.js";
import { hideToast, showToast } from "./toasts.js";
import { showTitleBar, offerSupport } from "./title-bar.js";

const shopifyNames = ["embedded", "shop", "host", "id_token", "hmac", "session", "timestamp", "locale", "protocol", "appLoadId"];

export function showApp(frame) {
  const tell = (type, detail = {}) => frame.contentWindow.postMessage({ channel: "app-bridge", type, ...detail }, location.origin);
  const follow = async (href) => {
    if (isSaveBarShown() && !(await confirmLeaving())) return;
    tell("navigate", { href });
  };
  const hearers = createHearers({ tell, follow });

  window.addEventListener("message", (event) => {
    if (event.origin !== location.origin || event.data?.channel !== "app-bridge" || !isWithin(event.source, frame)) return;
    const { type, question, ...detail } = event.data;
    const answered = hearers[type]?.(detail);
    if (question !== undefined) {
      Promise.resolve(answered).then((value) => event.source.postMessage({ channel: "app-bridge", type: "answer", question, value }, event.origin));
    }
  });
  frame.addEventListener("load", () => endLoading());
  startSaveBar({ save: () => tell("saveBar", { verb: "save" }), discard: () => tell("saveBar", { verb: "discard" }) });
  showAppLinks(listAppLinks(), follow);
  // Only now is somebody listening to what the app says when it starts.
  frame.src = frame.dataset.src;
  markCurrentLink(location.pathname.slice(data.app.home.length) || "/app");
}

function createHearers({ tell, follow }) {
  return {
    // A new document knows nothing of what the one before it had put into the shell.
    start() {
      showTitleBar({ title: null, actions: [], press: () => undefined });
      offerSupport(null);
      hideSaveBar();
      document.getElementById("progress").hidden = true;
      document.body.classList.remove("has-modal");
    },
    ready: endLoading,
    location: ({ path, title }) => keepAddress(path, title),
    navigation({ items }) {
      const home = items.find(({ isHome }) => isHome)?.href ?? "/app";
      followWith(document.getElementById("app-item"), () => follow(home));
      if (items.length === 0) return;
      showAppLinks(items, follow);
      markCurrentLink(location.pathname.slice(data.app.home.length) || "/app");
    },
    titleBar: ({ title, actions }) => showTitleBar({ title, actions, press: (index) => tell("titleBar", { index }) }),
    saveBar: ({ isShown, ...bar }) => (isShown ? showSaveBar(bar) : hideSaveBar()),
    leaveConfirmation: () => confirmLeaving(),
    toast: (toast) =>
      showToast({
        ...toast,
        onAction: () => tell("toast", { id: toast.id, verb: "action" }),
        onDismiss: () => tell("toast", { id: toast.id, verb: "dismiss" }),
      }),
    hideToast: ({ id }) => hideToast(id),
    loading: ({ isLoading }) => {
      document.getElementById("progress").hidden = !isLoading;
    },
    modal: ({ isOpen }) => document.body.classList.toggle("has-modal", isOpen),
    support: ({ isOffered }) => offerSupport(isOffered ? () => tell("support") : null),
    async open({ href }) {
      if (isSaveBarShown() && !(await confirmDiscard())) return;
      location.assign(href);
    },
  };
}

/** the frame itself, or the frame of a modal inside it */
function isWithin(source, frame) {
  return source === frame.contentWindow || source?.parent === frame.contentWindow;
}

/** the shell's address says where the app is, without what Shopify added; history entries are the frame's own, so back goes back once */
function keepAddress(path, title) {
  const url = new URL(path, location.origin);
  for (const name of shopifyNames) url.searchParams.delete(name);
  history.replaceState(null, "", data.app.home + url.pathname + url.search + url.hash);
  markCurrentLink(url.pathname);
  if (title) document.title = document.title.replace(/^.*?(?= · )/, () => title);
}

function endLoading() {
  document.getElementById("app-loading").hidden = true;
}
