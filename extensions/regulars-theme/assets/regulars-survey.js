// One custom element, as pop-up or inside a page: Liquid has drawn every question; this waits for its moment, asks the app, and remembers for guests.

const DAY_MS = 86_400_000;
const REST_MS = 30 * DAY_MS; // between two pop-ups for a guest; of customers the app knows
const AGAIN_MS = 1_800_000; // on the next page an open question is still there
const MEMORY = "regulars-survey";
const IN_PAGE = "regulars-survey:not(.is-popup)";
const ID = /^[0-9a-f-]{36}$/;

const one = (selector, within = document) => within.querySelector(selector);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const idOf = ({ dataset }) => dataset.survey;
const listSurveys = (root) => [...root.querySelectorAll("[data-survey]")];

/** Opened by a message's link at once, else the first survey whose moment comes. */
async function popUp(root) {
  await consent();
  const surveys = listSurveys(root);
  const id = new URL(location).searchParams.get("survey");
  if (ID.test(id)) openLinked(root, id, surveys.find((survey) => idOf(survey) === id));
  else waitFor(root, surveys.filter(mayAsk(root.dataset)));
}

/** What is closed or answered says so, and nothing else opens on this page. */
async function openLinked(root, id, linked) {
  const url = new URL(location);
  const over = hasAnswered(root, id) ? { reason: "already_answered" } : {};
  const [{ surveyId, reason = "not_live" }, { open }] = await Promise.all([linked && !over.reason ? ask(root, [linked], "link") : over, load(root)]);
  url.searchParams.delete("survey"); // a reload opens nothing
  history.replaceState(history.state, "", url);
  const { card, end } = open(kit, root, linked ?? one("[data-closed]", root), "link");
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
  return (survey) => survey.dataset.on && (isOpen(survey) || (isRested && moments[survey.dataset.on])) && !done.includes(idOf(survey)) && !one(`${IN_PAGE} [data-survey="${idOf(survey)}"]`);
}

async function waitFor(root, surveys) {
  let waiting = surveys;
  for (let seconds = 0; waiting.length; await pause(1000)) {
    if (document.hidden || isTaken() || isAskedInPage()) continue;
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

/** Another question stands open in the page, or may yet. */
const isAskedInPage = () => one(`${IN_PAGE} :is(form:not([hidden]), template[data-survey])`);

/** Something else asks for attention: the loyalty panel, or any dialog on the screen. */
const isTaken = () => [...document.querySelectorAll("regulars-loyalty .rgl-box[open], dialog[open], [role$=dialog]")].some((each) => {
  const { top, right, bottom, left } = each.getBoundingClientRect();
  const isOnScreen = bottom > 0 && right > 0 && top < window.innerHeight && left < window.innerWidth;
  return isOnScreen && !each.closest("regulars-survey") && each.checkVisibility?.({ opacityProperty: true, visibilityProperty: true });
});

/** Inside a page it stands from the start, and counts as asked once it is seen. */
async function standIn(root) {
  const card = one("section", root);
  if (!card) return standOnceKnown(root, listSurveys(root));
  const { begin } = await load(root);
  const { end } = begin(kit, root, card, { place: "page", surveyId: idOf(card) });
  if (hasAnswered(root, idOf(card))) return end("already_answered");
  await consent();
  await reached(root, "0px");
  const { surveyId, reason = "not_live" } = await ask(root, [card], "page");
  if (surveyId === null) end(reason);
}

/** Only the app can tell whom these are for: asked shortly before the place is reached, so that nothing moves on the screen. */
async function standOnceKnown(root, surveys) {
  await consent();
  await reached(root, "50%");
  const { surveyId, reason } = await ask(root, surveys, "page");
  const asked = surveys.find((survey) => idOf(survey) === surveyId) ?? (reason === "already_answered" && surveys[0]);
  if (!asked) return root.remove();
  const { begin } = await load(root);
  const card = asked.content.firstElementChild;
  root.append(card);
  for (const survey of surveys) survey.remove();
  const { end } = begin(kit, root, card, { place: "page", surveyId: idOf(card) });
  if (!surveyId) end(reason);
}

const reached = (root, rootMargin) => new Promise((done) => new window.IntersectionObserver((entries, observer) => {
  if (!entries[0].isIntersecting) return;
  observer.disconnect();
  done();
}, { rootMargin }).observe(root));

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

/** A guest who closed or answered it is not asked again by this browser; by a link, or inside a page, only who answered. */
function forget({ dataset: { customer } }, surveyId, isAnswered) {
  if (customer) return;
  const { done = [], answered = [] } = recall();
  remember({ done: [...new Set([...done, surveyId])], answered: [...new Set([...answered, ...(isAnswered ? [surveyId] : [])])] });
}

const hasAnswered = ({ dataset: { customer } }, surveyId) => !customer && recall().answered?.includes(surveyId);

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
