// Who is calling: the configuration, fresh session tokens, and a fetch that carries them to the app's own server.

const loader = document.currentScript;
const query = new URLSearchParams(location.search);
const chosenLocale = /(?:^|;\s*)sandbox_locale=([^;]+)/.exec(document.cookie)?.[1];

const config = {
  apiKey: loader?.dataset.apiKey ?? document.querySelector('meta[name="shopify-api-key"]')?.content ?? "",
  // Only the first document of a frame has these in its address; later ones ask the sandbox.
  host: query.get("host") ?? btoa(`admin.shopify.com/store/${facts.store}`).replace(/=+$/, ""),
  shop: query.get("shop") ?? facts.shop,
  locale: query.get("locale") ?? chosenLocale ?? "en",
  appOrigins: [],
  disabledFeatures: [],
};

/** one of `words` in the language of the frame */
function say(key) {
  return facts.words[key][Math.max(0, facts.locales.indexOf(config.locale))];
}

const plainFetch = window.fetch.bind(window);

async function idToken() {
  const answer = await plainFetch(`/sandbox/token?locale=${encodeURIComponent(config.locale)}`, { cache: "no-store" });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.text()).trim();
}

/** the app's own server gets a token with every request, and one more chance with a newer token if it asks for that */
window.fetch = async function fetch(input, init) {
  const request = new Request(input, init);
  const url = new URL(request.url);
  if (url.origin !== location.origin || url.pathname.startsWith("/sandbox/") || request.headers.has("Authorization")) {
    return plainFetch(input, init);
  }
  const secondTry = request.clone();
  const answer = await sendWithToken(request);
  if (answer.status !== 401) return answer;
  const reauthorizeUrl = answer.headers.get("X-Shopify-API-Request-Failure-Reauthorize-Url");
  if (reauthorizeUrl) {
    openOutside(reauthorizeUrl);
    return answer;
  }
  return answer.headers.has("X-Shopify-Retry-Invalid-Session-Request") ? sendWithToken(secondTry) : answer;
};

async function sendWithToken(request) {
  request.headers.set("Authorization", `Bearer ${await idToken()}`);
  request.headers.set("X-Requested-With", "XMLHttpRequest");
  return plainFetch(request);
}

// A bounce page: the app could not verify who opened it and names the address to try again, where the sandbox adds a new token.
const reloadUrl = query.get("shopify-reload");
if (reloadUrl) {
  const { pathname, search } = new URL(reloadUrl, location.origin);
  location.replace(pathname + search);
}
