// Shopify's side inside a block's frame: the `shopify` of extensions, a fetch that proves who asks, and what stands there when a block breaks.

"use strict";

{
  const facts = JSON.parse(document.getElementById("block-data").textContent);

  const tell = (type, detail) => window.parent.postMessage({ channel: "block", type, ...detail }, "*");
  const answers = new Map();
  window.addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || data?.channel !== "block") return;
    answers.get(data.question)?.(data.value);
    answers.delete(data.question);
  });
  const readToken = () => new Promise((resolve) => {
    const question = crypto.randomUUID?.() ?? String(Math.random()); // over plain HTTP only localhost has the former
    answers.set(question, resolve);
    tell("token", { question });
  });

  // The block is a stranger to the app's origin, so the browser asks the app first whether it may come.
  const fetchPlain = window.fetch.bind(window);
  window.fetch = async (address, options = {}) => {
    const url = new URL(address, document.baseURI);
    const headers = new window.Headers(options.headers);
    const token = url.host === new URL(document.baseURI).host ? await readToken() : null;
    if (token !== null) headers.set("Authorization", `Bearer ${token}`);
    return fetchPlain(url, { ...options, headers });
  };

  const own = {
    extension: { target: facts.target },
    data: { selected: [{ id: facts.resource }] },
    auth: { idToken: readToken },
    i18n: {
      translate: (key) => facts.words[key] ?? key,
      formatNumber: (number, options) => new Intl.NumberFormat(facts.locale, options).format(number),
      formatCurrency: (number, options) => new Intl.NumberFormat(facts.locale, { style: "currency", ...options }).format(number),
      formatDate: (date, options) => new Intl.DateTimeFormat(facts.locale, options).format(date),
    },
    extend: async (target, draw) => {
      if (target !== facts.target) return;
      try {
        await draw();
      } catch (error) {
        fail();
        throw error; // so that the browser tells the developer
      }
    },
  };
  window.shopify = new Proxy(own, {
    get(target, name) {
      if (typeof name === "string" && !(name in target)) throw new Error(`sandbox: shopify.${name} is not implemented`);
      return target[name];
    },
  });

  function fail() {
    const sentence = document.createElement("p");
    sentence.className = "failed";
    sentence.setAttribute("role", "alert");
    sentence.textContent = facts.failed;
    document.body.replaceChildren(sentence);
  }
  window.addEventListener("error", fail, true); // also of a script that does not load, which does not bubble
  window.addEventListener("unhandledrejection", fail);

  new window.ResizeObserver(() => tell("height", { height: Math.ceil(document.body.getBoundingClientRect().height) })).observe(document.body);
}
