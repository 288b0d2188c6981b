// The global the app talks to, with the names and promises of the real one (contract §2.6).

let toastCount = 0;
const toasts = new Map();

hear("toast", ({ id, verb }) => {
  const { onAction, onDismiss } = toasts.get(id) ?? {};
  toasts.delete(id);
  (verb === "action" ? onAction : onDismiss)?.();
});

const toast = {
  show(message, { duration = 5000, isError = false, action, onAction, onDismiss } = {}) {
    toastCount += 1;
    const id = `toast-${toastCount}`;
    toasts.set(id, { onAction, onDismiss });
    tell("toast", { id, message, durationMs: duration, isError, action });
    return id;
  },
  hide(id) {
    tell("hideToast", { id });
  },
};

function elementOf(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`There is no element with the id "${id}".`);
  return element;
}

const byId = (verb) => async (id) => elementOf(id)[verb]();

const saveBar = {
  show: byId("show"),
  hide: byId("hide"),
  toggle: byId("toggle"),
  /** settles only when leaving is all right: at once, or after the merchant said so */
  leaveConfirmation: () =>
    unsaved === null
      ? Promise.resolve()
      : new Promise((resolve) => void ask("leaveConfirmation").then((isLeaving) => isLeaving && resolve())),
};

async function readScopes() {
  const answer = await plainFetch("/sandbox/shell/scopes.json");
  return answer.json();
}

async function changeScopes(change) {
  const answer = await plainFetch("/sandbox/scopes", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(change) });
  if (!answer.ok) throw new Error(await answer.text());
}

const scopes = {
  query: readScopes,
  async request(wanted) {
    const isGranted = await askForScopes(wanted);
    if (isGranted) await changeScopes({ add: wanted });
    return { result: isGranted ? "granted-all" : "declined-all", detail: await readScopes() };
  },
  async revoke(unwanted) {
    await changeScopes({ remove: unwanted });
    return { detail: await readScopes() };
  },
};

function askForScopes(wanted) {
  return new Promise((resolve) => {
    const finish = (isGranted) => {
      overlay.remove();
      resolve(isGranted);
    };
    const body = make("ul", { className: "app-bridge-rows" }, ...wanted.map((scope) => make("li", {}, make("label", { textContent: scope }))));
    const buttons = [
      { label: say("decline"), press: () => finish(false) },
      { label: say("grant"), variant: "primary", press: () => finish(true) },
    ];
    const overlay = openOverlay({ title: say("scopesTitle"), body, variant: "small", buttons, close: () => finish(false) });
  });
}

let handleSupport = null;
hear("support", () => handleSupport?.());

window.shopify = {
  config,
  origin: location.origin,
  ready: Promise.resolve(),
  protocol: "shopify:",
  environment: { mobile: false, embedded: isFramed, pos: false, intent: false },
  loading: (isLoading = true) => tell("loading", { isLoading: Boolean(isLoading) }),
  idToken,
  user: async () => ({ accountAccess: "Administrator" }),
  toast,
  resourcePicker,
  picker,
  modal: { show: byId("show"), hide: byId("hide"), toggle: byId("toggle") },
  saveBar,
  scopes,
  // The shop's theme has no extension of this app in it yet, and says so truthfully.
  app: { extensions: async () => [] },
  webVitals: {
    async onReport(report) {
      reportVitals = report;
    },
  },
  support: {
    async registerHandler(handler) {
      handleSupport = handler;
      tell("support", { isOffered: handler !== null });
    },
  },
  reviews: {
    request: async () => ({ success: false, code: "merchant-ineligible", message: "The sandbox's merchant writes no reviews." }),
  },
  intents: { request: { value: null, subscribe: () => () => undefined } },
  scanner: { capture: async () => Promise.reject(new Error("The sandbox has no camera.")) },
  pos: undefined,
};

if (!isNested) tell("start");
reportLocation();
window.addEventListener("DOMContentLoaded", () => tell("ready"));
