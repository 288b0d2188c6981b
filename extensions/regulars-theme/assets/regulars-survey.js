// One custom element, as pop-up or inside a page: Liquid has drawn every question; this waits for its moment, asks the app, and remembers for guests.

const DAY_MS = 86_400_000;
const REST_MS = 30 * DAY_MS; // between two pop-ups for a guest; of customers the app knows
const AGAIN_MS = 1_800_000; // on the next page an open question is still there
const MEMORY = "regulars-survey";

const one = (selector, within = document) => within.querySelector(selector);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const idOf = ({ dataset }) => dataset.survey;

/** Opened by a message's link at once, else the first survey whose moment comes. */
async function popUp(root) {
  await consent();
  const surveys = [...root.querySelectorAll("[data-survey]")];
  const url = new URL(location);
  const linked = surveys.find((survey) => idOf(survey) === url.searchParams.get("survey"));
  if (!linked) return waitFor(root, surveys.filter(mayAsk(root.dataset)));
  const [{ surveyId, reason = "not_live" }, { open }] = await Promise.all([ask(root, [linked], "link"), load(root)]);
  url.searchParams.delete("survey"); // a reload opens nothing
  history.replaceState(history.state, "", url);
  const { card, end } = open(kit, root, linked, "link");
  if (!surveyId) end(reason);
  card.focus();
}

/** What this browser knows against it: not the moment, asked before, or in the page already. */
function mayAsk({ customer }) {
  const { seen, at = 0, id, done = [] } = recall();
  const now = Date.now();
  const moments = { visit: true, return: now - seen > DAY_MS, login: customer && recall("sessionStorage").customer !== customer };
  remember({ seen: now });
  remember({ customer }, "sessionStorage");
  const isRested = customer || now - at > REST_MS;
  const isOpen = (survey) => id === idOf(survey) && now - at < AGAIN_MS;
  return (survey) => survey.dataset.on && (isOpen(survey) || (isRested && moments[survey.dataset.on])) && !done.includes(idOf(survey)) && !one(`regulars-survey[data-survey="${idOf(survey)}"]`);
}

async function waitFor(root, surveys) {
  let waiting = surveys;
  for (let seconds = 0; waiting.length; await pause(1000)) {
    if (document.hidden || isTaken()) continue;
    const due = waiting.filter(({ dataset }) => (dataset.seconds ? seconds >= dataset.seconds : isAtEnd()));
    seconds += 1;
    if (!due.length) continue;
    waiting = waiting.filter((survey) => !due.includes(survey));
    const { open } = await load(root);
    const isAgain = Date.now() - (recall().at ?? 0) < AGAIN_MS; // a guest's open question was counted when it opened
    const { surveyId } = await ask(root, due, "popup", { isAgain });
    const survey = due.find((each) => idOf(each) === surveyId);
    if (!survey) continue;
    remember({ at: Date.now(), id: surveyId });
    const { card } = open(kit, root, survey, "popup");
    const news = one("[data-news]", root); // the focus stays where it is: whoever cannot see the card hears of it
    news.textContent = `${news.dataset.news}: ${one("h2", card).textContent}`;
    return;
  }
}

const isAtEnd = () => window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 2; // heights are rounded

/** Something else asks for attention: the loyalty panel, or any dialog on the screen. */
const isTaken = () => [...document.querySelectorAll("regulars-loyalty .rgl-box[open], dialog[open], [role$=dialog]")].some((each) => {
  const { top, right, bottom, left } = each.getBoundingClientRect();
  const isOnScreen = bottom > 0 && right > 0 && top < window.innerHeight && left < window.innerWidth;
  return isOnScreen && !each.closest("regulars-survey") && each.checkVisibility?.({ opacityProperty: true, visibilityProperty: true });
});

/** Inside a page it stands from the start, and counts as asked once it is seen. */
async function standIn(root) {
  const { begin } = await load(root);
  const { end } = begin(kit, root, one("section", root), { place: "page", surveyId: idOf(root) });
  if (recall().done?.includes(idOf(root))) return end("already_answered");
  await consent();
  await new Promise((seen) => new window.IntersectionObserver((entries, observer) => {
    if (!entries[0].isIntersecting) return;
    observer.disconnect();
    seen();
  }).observe(root));
  const { surveyId } = await ask(root, [root], "page");
  if (surveyId === null) end("not_live");
}

const ask = (root, surveys, place, more) => send(root, { wish: "ask", place, surveyIds: surveys.map(idOf), ...more });

async function send({ dataset: { proxy, language } }, wish) {
  try {
    const body = JSON.stringify({ ...wish, language, page: location.pathname.slice(0, 200) });
    return await (await fetch(`${proxy}/survey`, { method: "POST", body, headers: { "Content-Type": "application/json" }, keepalive: true })).json();
  } catch {
    return { ok: false, reason: "offline" }; // no line, or somebody's page instead of the app's answer
  }
}

/** Nothing opens and nothing is kept before the visitor allows it, where the law has the shop ask. */
async function consent() {
  const { Shopify } = window;
  if (Shopify?.loadFeatures) await new Promise((done) => Shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], done));
  while (!isAllowed()) await new Promise((told) => document.addEventListener("visitorConsentCollected", told, { once: true }));
}

const isAllowed = () => window.Shopify?.customerPrivacy?.preferencesProcessingAllowed() ?? true;

/** A guest who closed or answered it is not asked again by this browser. */
function forget({ dataset: { customer } }, surveyId) {
  if (!customer) remember({ done: [...(recall().done ?? []), surveyId] });
}

function recall(storage = "localStorage") {
  try {
    return JSON.parse(window[storage][MEMORY]);
  } catch {
    return {}; // nothing there, or forbidden
  }
}

function remember(change, storage = "localStorage") {
  try {
    if (isAllowed()) window[storage][MEMORY] = JSON.stringify({ ...recall(storage), ...change });
  } catch {
    // Forbidden: then only the app remembers, and only customers.
  }
}

let loaded;
/** How a question looks and speaks comes with the first one that opens. */
const load = ({ dataset: { style, card } }) => (loaded ??= Promise.all([import(card), style && new Promise((done) => {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style, onload: done, onerror: done }));
})]).then(([speech]) => speech));

const kit = { one, pause, idOf, send, forget, isTaken };

customElements.define("regulars-survey", class extends HTMLElement {
  connectedCallback() {
    if (this.isStarted) return; // the theme editor moves elements about
    this.isStarted = true;
    if (this.classList.contains("is-popup")) popUp(this);
    else standIn(this);
  }
});
