// Keeps the shell's address and navigation in step with the app's, and sends links out of the app to the shell's pages.

/** the page of the sandbox's Admin that an address means, or null for one that is not in the Admin */
function toAdminPath(href) {
  const address = href.replace(/^shopify:(\/\/)?admin/, `https://admin.shopify.com/store/${facts.store}`);
  if (!URL.canParse(address, location.href)) return null;
  const url = new URL(address, location.href);
  const rest = url.search + url.hash;
  const store = `/store/${facts.store}`;
  if (url.hostname === "admin.shopify.com" && url.pathname.startsWith(store)) {
    return `/admin${url.pathname.slice(store.length)}`.replace(`/apps/${config.apiKey}`, `/apps/${facts.handle}`) + rest;
  }
  const isOfShop = url.origin === location.origin || url.hostname === facts.shop;
  return isOfShop && /^\/admin(\/|$)/.test(url.pathname) ? url.pathname + rest : null;
}

/** where an address goes when it leaves the frame */
function toOutside(href) {
  const url = new URL(href, location.href);
  const isOfApp = url.origin === location.origin && /^\/app(\/|$)/.test(url.pathname);
  return toAdminPath(href) ?? (isOfApp ? `/admin/apps/${facts.handle}${url.pathname}${url.search}${url.hash}` : url.href);
}

function openOutside(href) {
  if (isFramed) tell("open", { href: toOutside(href) });
  else location.assign(toOutside(href));
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (link === null || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const href = link.getAttribute("href");
  const target = link.getAttribute("target") ?? "_self";
  const adminPath = toAdminPath(href);
  if (target === "_self" ? adminPath === null : adminPath === null && target !== "_top" && target !== "_parent") return;
  event.preventDefault();
  if (target === "_blank" || target === "_new") plainOpen(adminPath, "_blank", "noopener");
  else openOutside(href);
});

const plainOpen = window.open.bind(window);
window.open = function open(address = "", target = "_blank", features) {
  const href = String(address);
  if (target === "_top" || target === "_parent") {
    openOutside(href);
    return window;
  }
  return plainOpen(toAdminPath(href) ?? href, target, features);
};

function reportLocation() {
  if (!isNested) tell("location", { path: location.pathname + location.search + location.hash, title: document.title });
}

for (const name of ["pushState", "replaceState"]) {
  const change = history[name].bind(history);
  history[name] = (...details) => {
    change(...details);
    reportLocation();
  };
}
window.addEventListener("popstate", reportLocation);
window.addEventListener("hashchange", reportLocation);
window.addEventListener("pageshow", reportLocation);

// An app that routes by itself listens for `shopify:navigate`; any other gets its next page in the ordinary way.
let routerCount = 0;
for (const place of [window, document]) {
  const { addEventListener, removeEventListener } = place;
  place.addEventListener = function (type, ...rest) {
    if (type === "shopify:navigate") routerCount += 1;
    return addEventListener.call(place, type, ...rest);
  };
  place.removeEventListener = function (type, ...rest) {
    if (type === "shopify:navigate") routerCount -= 1;
    return removeEventListener.call(place, type, ...rest);
  };
}

/** the listener reads the address from the event's target, so there is one even if the app's menu has no such link */
function navigate(href) {
  if (routerCount === 0) {
    location.assign(href);
    return;
  }
  const link = document.createElement("a");
  link.setAttribute("href", href);
  link.hidden = true;
  document.body.append(link);
  link.dispatchEvent(new CustomEvent("shopify:navigate", { bubbles: true, cancelable: true }));
  link.remove();
}

hear("navigate", ({ href }) => navigate(href));

// Opened without a shell around it, on a browser that did not tell the server so.
if (!isFramed && /^\/app(\/|$)/.test(location.pathname)) location.replace(toOutside(location.href));
