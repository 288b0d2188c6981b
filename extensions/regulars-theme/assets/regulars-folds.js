// What is folded away in the panel, loaded when a shopper first unfolds it: the history with its reasons, and inviting friends.

export async function history(kit, details, before) {
  const { entries, next } = await kit.ask(`/history${before ? `?before=${before}` : ""}`);
  if (!entries) return;
  details.next = next;
  kit.one("[data-do=more]", details).hidden = !next;
  kit.put(details, { empty: !before && !entries.length });
  kit.fill("history", entries.map((entry) => drawEntry(kit, entry)), before);
}

function drawEntry({ word, points, count, number, draw, one, writeDay }, { on, kind, points: n, why = {} }) {
  const name = word(`kind.${(kind === "event" && why.event) || kind}`);
  const reasons = [
    word(`why.${kind}`),
    why.number && word("number", why),
    ...(why.lines ?? []).map((line) => word("line", { title: line.title, points: points(line.points) })),
    ...(why.parts ?? []).map(({ part, points: m }) => word("line", { title: word(`part.${part}`), points: (m < 0 ? "−" : "") + points(Math.abs(m)) })),
    why.percent > 100 && word("percent", { percent: why.percent - 100 }),
    why.months && count("months", why.months),
    why.note,
  ];
  const drawn = draw("entry", { label: `${name} ${why.order ?? ""}`, on: writeDay(on), points: (n < 0 ? "−" : "+") + number(Math.abs(n)) });
  one("[data-part=why]", drawn).replaceChildren(...reasons.filter(Boolean).map((reason) => write("p", reason)));
  return drawn;
}

/** The first time, Shopify has to make the code; until then it is asked for again. */
export async function referral(kit, details) {
  for (const wait of [0, ...kit.WAITS_MS]) {
    await kit.pause(wait);
    const { ok, code, path, friends, reason } = await kit.ask("/referral");
    if (!ok) return kit.say(reason);
    if (code) kit.one("input", details).value = location.origin + path;
    kit.put(details, { preparing: !code, link: !!code, friends: friends.length });
    kit.fill("friends", friends.map((friend) => drawFriend(kit, details, friend)));
    if (code) return;
  }
}

function drawFriend(kit, details, { id, on, state, canAppeal }) {
  const { word, writeDay, send } = kit;
  const drawn = write("li", `${writeDay(on)} · ${word(`friend.${state}`)} `);
  if (!canAppeal) return drawn;
  const button = Object.assign(write("button", word("appeal")), { type: "button", className: "rgl-link" });
  button.addEventListener("click", async () => {
    const { ok } = await send({ wish: "appeal", friendId: id });
    if (ok) referral(kit, details);
  });
  drawn.append(button);
  return drawn;
}

const write = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
