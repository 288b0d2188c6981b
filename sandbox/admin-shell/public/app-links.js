// The app's own links below its name in the navigation; remembered, so that they also stand there on the Admin's other pages.

import { data } from "./data.js";

const memory = `app-links:${data.locale}`;

export function listAppLinks() {
  return JSON.parse(window.sessionStorage.getItem(memory) ?? "[]");
}

/** links lead to the shell's own addresses; `follow(href)` may take them to the frame instead */
export function showAppLinks(items, follow) {
  window.sessionStorage.setItem(memory, JSON.stringify(items));
  const list = document.getElementById("app-links");
  list.replaceChildren(...items.filter(({ isHome }) => !isHome).map(({ label, href }) => {
    const link = document.createElement("a");
    link.className = "nav-item is-sub";
    link.href = data.app.home + href;
    link.dataset.path = href;
    link.textContent = label;
    if (follow) followWith(link, () => follow(href));
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
}

/** a plain click is handled by the page; one that asks for a new tab stays a link */
export function followWith(link, follow) {
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow();
  };
}

/** the link whose path fits the app's address best is the current one; at the app's home, its name is */
export function markCurrentLink(path) {
  const pathname = path.replace(/[?#].*$/, "");
  const links = [...document.querySelectorAll("#app-links a")];
  const fits = ({ dataset }) => {
    const own = dataset.path.replace(/[?#].*$/, "");
    return pathname === own || pathname.startsWith(`${own}/`);
  };
  const current = links.filter(fits).sort((one, other) => other.dataset.path.length - one.dataset.path.length)[0];
  for (const link of links) {
    if (link === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.getElementById("app-item").classList.toggle("has-current", current !== undefined);
}
