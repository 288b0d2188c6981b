// A question on the screen: from the first press to the thanks, as a card of its own or inside a page. Loaded when one is shown.

const THANKS_MS = 8000;
const SWIPE_PX = 60;
const CHANGE_MS = 3_600_000; // within so long the app takes another answer
const GAP_PX = 12; // to what else stands in the corner

/** Over the page, which stays usable. */
export function open(kit, root, survey, place) {
  const { one, idOf, send, forget, isTaken } = kit;
  const card = survey.content.firstElementChild.cloneNode(true);
  const wish = { place, surveyId: idOf(survey) };
  let before;
  const close = () => {
    document.removeEventListener("keydown", escape);
    const isInside = card.contains(document.activeElement);
    card.remove();
    if (isInside) before?.focus();
    if (card.isDone) return;
    forget(root, wish.surveyId);
    send(root, { wish: "dismiss", ...wish });
  };
  const escape = ({ key }) => key === "Escape" && !isTaken() && close();
  document.addEventListener("keydown", escape);
  card.addEventListener("focusin", ({ relatedTarget }) => {
    if (!card.contains(relatedTarget)) before = relatedTarget;
  });
  one("[data-do=close]", card).addEventListener("click", close);
  closeOnSwipe(card, close);
  standClear(root, one("regulars-loyalty"));
  root.append(card);
  return begin(kit, root, card, wish, close);
}

/** Above the loyalty panel's button, where both stand on one side; on a phone they always do. */
function standClear(root, other) {
  if (!other) return;
  root.style.setProperty("--rgs-lift", `${window.innerHeight - other.getBoundingClientRect().top + GAP_PX}px`);
  root.classList.toggle("is-above", root.classList.contains("is-left") === other.classList.contains("is-left"));
}

function closeOnSwipe(card, close) {
  let from;
  const pulled = ({ changedTouches: [{ clientY }] }) => Math.max(0, clientY - from) || 0;
  card.addEventListener("touchstart", ({ target, touches: [{ clientY }] }) => {
    const list = target.closest(".rgs-choices, textarea");
    from = list?.scrollHeight > list?.clientHeight ? NaN : clientY; // what scrolls is not pulled
  }, { passive: true });
  card.addEventListener("touchmove", (event) => {
    if (pulled(event)) event.preventDefault(); // else the page below would move
    card.style.translate = `0 ${pulled(event)}px`;
  });
  card.addEventListener("touchend", (event) => {
    card.style.translate = "";
    if (pulled(event) > SWIPE_PX) close();
  });
}

/** From the question to the thanks; `close` is there where it can be closed. */
export function begin({ one, pause, send, forget }, root, card, wish, close) {
  const [question, reason, last] = ["question", "reason", "end"].map((step) => one(`[data-step=${step}]`, card));
  const answerId = crypto.randomUUID(); // of every try, and of the reason: it is one answer
  const change = one("[data-do=change]", card);
  let choices, isBusy, answeredAt;
  let earned = 0;
  let ends = 0; // who thinks again is not closed upon

  const put = (name, text) => (one(`[data-part=${name}]`, card).textContent = text);
  const word = (key) => one(`[data-key=${key}]`, one("[data-words]", root).content)?.textContent ?? word("failed");

  function show(step) {
    if (!close) card.style.minHeight = `${card.offsetHeight}px`; // nothing below it moves
    for (const each of card.querySelectorAll("[data-step]")) each.hidden = each !== step;
    if (document.activeElement === document.body || card.contains(document.activeElement)) step.focus({ preventScroll: true }); // what was pressed is gone
  }

  async function end(why) {
    card.isDone = true;
    if (why) put("end", word(why));
    if (earned) put("got", count(earned, root.dataset.locale, one("[data-part=got]", card).dataset));
    if (change) change.hidden = Boolean(why) || !(Date.now() - answeredAt < CHANGE_MS);
    show(last);
    const at = (ends += 1);
    if (!close) return;
    do await pause(THANKS_MS);
    while (one(":focus-visible", card)); // somebody is there by keyboard
    if (card.isConnected && at === ends) close();
  }

  async function answer(form, pressed) {
    const data = new FormData(form);
    const text = data.get("text")?.trim() ?? "";
    if (form === question) choices = pressed.name ? [pressed.value] : data.getAll("choice");
    else if (!text) return end();
    if (!text && !choices.length) return put("say", word(one("textarea", question) ? "write" : "choose"));
    isBusy = card.ariaBusy = true;
    pressed.classList.add("is-pressed");
    const { ok, points, reason: why } = await send(root, { wish: "answer", ...wish, answerId, choices, text });
    isBusy = card.ariaBusy = false;
    pressed.classList.remove("is-pressed");
    put("say", ok ? "" : word(why));
    if (/already|not_live/.test(why)) end(why);
    if (!ok) return;
    card.isDone = true; // closed from now on, it is no refusal
    forget(root, wish.surveyId, true);
    if (!answeredAt) pause(CHANGE_MS).then(() => (change.hidden = true));
    answeredAt ??= Date.now();
    earned ||= points;
    const after = reason?.dataset.after?.split(",") ?? choices;
    if (form === question && reason && choices.some((choice) => after.includes(choice))) show(reason);
    else end();
  }

  card.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isBusy) answer(event.target, event.submitter);
  });
  one("[data-do=skip]", card)?.addEventListener("click", () => end());
  change?.addEventListener("click", () => {
    ends += 1;
    show(question);
  });
  card.addEventListener("error", ({ target }) => (target.hidden = true), true); // a picture that is not there
  for (const image of card.querySelectorAll("img")) image.hidden = image.complete && !image.naturalWidth; // or was not before this ran
  shuffle(one("[data-shuffled]", card));
  if (question) one("fieldset", question).disabled = false; // what says that it is closed asks nothing
  return { card, end };
}

const count = (n, locale, { one, other }) => (new Intl.PluralRules(locale).select(n) === "one" ? one : other).replace("{n}", n.toLocaleString(locale));
const shuffle = (list) => list?.append(...[...list.children].map((choice) => [Math.random(), choice]).sort(([a], [b]) => a - b).map(([, choice]) => choice));
