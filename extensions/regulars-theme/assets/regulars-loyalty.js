// One custom element: Liquid has drawn everything; this asks the app once it is opened, passes wishes on and says what became of them.

const WAITS_MS = [1000, 2000, 4000]; // then the shopper is told that it takes longer
const SOON_MS = 60 * 86_400_000; // what ends later is no news yet
const SAID = { issued: "redeem", returned: "return", void: "failed" }; // of a coupon's states, those that are said as something else
let root, box, panel, locale, words, drawnCoupons, following, isBusy;
let kept = {};

function start(element) {
  root = element;
  box = one("details");
  panel = one("section");
  locale = root.dataset.locale;
  words = new Map([...(one("[data-words]")?.content.children ?? [])].map((each) => [each.dataset.key, each.textContent]));
  for (const button of all("[data-do=share]")) button.hidden = !navigator.share;
  root.addEventListener("toggle", ({ target }) => target.open && opened(target), true); // toggle does not bubble
  root.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    box.open = false;
    one("summary").focus();
  });
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    wish(event.target);
  });
  root.addEventListener("click", ({ target }) => clicked(target.closest("[data-do]")));
  document.addEventListener("click", ({ target }) => {
    if (target.closest('[href="#regulars-loyalty"]')) box.open = true;
  });
  try {
    kept = window.sessionStorage;
  } catch {
    // Forbidden: then only as long as the page.
  }
}

function opened(details) {
  if (details === box) {
    panel.focus({ preventScroll: true });
    if (root.dataset.customer) refresh(); // a guest has been told everything
  }
  if (details.matches(".rgl-act")) details.scrollIntoView({ block: "nearest" }); // on a phone, what is asked would be below the edge
  const { fold } = details.dataset;
  if (fold) unfold(fold, details);
}

function clicked(button) {
  if (!button) return;
  const { do: what, link } = button.dataset;
  const near = button.closest("[data-id], [data-fold]");
  const source = near && one("input[readonly], code", near);
  if (what === "visit") send({ wish: what, linkId: link });
  if (what === "copy") copyFrom(source);
  if (what === "share") navigator.share({ url: source.value }).catch(() => null); // closing it again is no error
  if (what === "more") unfold("history", near, near.next);
}

async function copyFrom(source) {
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    say("copied");
  } catch {
    window.getSelection().selectAllChildren(source); // the shopper copies it by hand
  }
}

async function refresh() {
  const { ok, customer } = await ask("");
  if (customer) show(customer);
  else if (ok) say("not_logged_in");
}

async function wish(form) {
  const body = { wish: form.dataset.wish, ...Object.fromEntries(new FormData(form)) };
  for (const name of ["steps", "month", "day"]) if (name in body) body[name] = Number(body[name]);
  const key = `regulars:${root.dataset.customer}:${body.rewardId}:${body.steps}`;
  if (body.wish === "redeem") body.requestId = kept[key] ||= crypto.randomUUID(); // so that a repetition is the same wish
  if (isBusy) return;
  const answer = await send(body);
  if (!/offline|too_many/.test(answer.reason)) kept[key] = ""; // else it may be sent again
  if (!answer.ok) return;
  form.parentElement.open = false; // the step that asked
  focusOn(answer.coupon?.id);
}

async function send(body) {
  isBusy = root.ariaBusy = true;
  say("loading");
  const answer = await ask("", body);
  isBusy = root.ariaBusy = false;
  if (answer.customer) show(answer.customer);
  const state = answer.coupon?.state;
  say(!answer.ok ? answer.reason : SAID[state] ?? state ?? body.wish);
  return answer;
}

async function ask(path, body) {
  try {
    const post = body && { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" }, keepalive: true };
    return await (await fetch(`${root.dataset.proxy}/loyalty${path}`, post)).json();
  } catch {
    return { ok: false, reason: "offline" }; // no line, or somebody's page instead of the app's answer
  }
}

/** Asks again until a coupon is made, or given back, or neither could be done. */
async function follow(id) {
  if (following === id) return;
  following = id;
  let became = "slow";
  for (const wait of WAITS_MS) {
    await pause(wait);
    const { customer, coupon } = await ask(`?coupon=${id}`);
    if (customer) show(customer);
    if (!coupon || isWaiting(coupon)) continue;
    became = coupon.state;
    break;
  }
  following = null;
  say(SAID[became] ?? became);
  if (document.activeElement === document.body) focusOn(id); // it was on the coupon that was drawn anew
}

const focusOn = (id) => box.open && (one(`[data-id="${id}"]`) ?? panel).focus();

function show(customer) {
  const { balance, coupons, spendableUntil, isMember, followed } = customer;
  const isIn = isMember || "everyone" in root.dataset; // then joining only brings a gift
  const facts = { balance: points(balance), count: isIn && number(balance), member: isIn, stranger: !isMember, birthday: isIn && !customer.hasBirthday, coupons: coupons.length };
  for (const name of ["owed", "pending", "waiting", "expiring"]) facts[name] = customer[name] && word(name, { points: points(customer[name]), day: spendableUntil && writeDay(spendableUntil) });
  if (new Date(spendableUntil) - Date.now() > SOON_MS) facts.expiring = 0;
  for (const id of followed) facts[`done.${id}`] = true;
  for (const part of all("[data-fact]")) put(part, facts[part.dataset.fact]);
  for (const row of all("[data-reward]")) showReward(row, balance - customer.owed, isIn);
  const text = JSON.stringify(coupons);
  if (text !== drawnCoupons) fill("coupons", coupons.map(drawCoupon)); // else focus stays where it is
  drawnCoupons = text;
  const waiting = coupons.find(isWaiting);
  if (waiting) follow(waiting.id);
}

const isWaiting = ({ state }) => state === "held" || state === "returning";

function showReward(row, balance, isIn) {
  const { cost, theirs } = row.dataset;
  const missing = theirs === undefined ? 0 : Math.max(0, cost - balance);
  put(row, { missing: missing && word("missing", { points: points(missing) }), bar: missing, act: isIn && theirs !== undefined && !missing });
  one("[data-part=bar] span", row).style.width = `${Math.min(100, (Math.max(0, balance) * 100) / cost)}%`;
  for (const option of all("option", row)) {
    option.disabled = option.dataset.cost > balance;
    option.selected &&= !option.disabled;
  }
}

function drawCoupon({ id, rewardId, kind, steps, code, state, endsOn }) {
  const isOpen = state === "issued";
  const isForCart = isOpen && !!code && kind !== "gift_card";
  const drawn = draw("coupon", {
    title: one(`[data-reward="${rewardId}"] [data-title][value="${steps}"]`)?.dataset.title ?? word("reward"),
    state: isOpen ? !code && word(kind === "store_credit" ? "credit" : "perk") : word(`state.${state}`),
    row: isOpen && !!code, code,
    until: isOpen && endsOn && word("until", { day: writeDay(endsOn) }),
    use: isForCart, back: isForCart,
  });
  const link = one("a", drawn);
  link.href = link.href.replace("/discount/", `/discount/${code}`);
  drawn.dataset.id = one("input", drawn).value = id;
  return drawn;
}

/** The folded parts come with a file of their own, once one is opened. */
const unfold = (name, ...given) => import(root.dataset.folds).then((folds) => folds[name](kit, ...given), () => say("offline"));

const one = (selector, within = root) => within.querySelector(selector);
const all = (selector, within = root) => within.querySelectorAll(selector);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const fill = (name, items, isMore) => one(`[data-list=${name}]`)[isMore ? "append" : "replaceChildren"](...items);

function draw(pattern, parts) {
  const drawn = one(`[data-pattern=${pattern}]`).content.firstElementChild.cloneNode(true);
  put(drawn, parts);
  return drawn;
}

/** Says a text, or hides where nothing is to be said; of several, each in its part. */
function put(element, said) {
  if (Object(said) === said) for (const [name, each] of Object.entries(said)) put(one(`[data-part=${name}]`, element), each);
  else {
    element.hidden = !said;
    if (typeof said === "string" && said) element.textContent = said;
  }
}

const say = (name) => void (one("[data-say]").textContent = word(`say.${name}`) || word("say.failed"));
const word = (key, values = {}) => (words.get(key) ?? "").replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank);
const count = (key, n) => word(`${key}.${new Intl.PluralRules(locale).select(n) === "one" ? "one" : "other"}`, { n: number(n) });
const number = (n) => n.toLocaleString(locale);
const points = (n) => count("points", n);
const writeDay = (on) => new Date(on).toLocaleDateString(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** what the folded parts are made with */
const kit = { WAITS_MS, one, pause, fill, draw, put, say, word, count, number, points, writeDay, ask, send };

customElements.define("regulars-loyalty", class extends HTMLElement {
  connectedCallback() {
    if (root !== this) start(this); // the theme editor moves elements about
  }
});
