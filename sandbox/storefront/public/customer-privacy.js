// A stand-in for Shopify's Customer Privacy API and its banner: nothing is allowed before the visitor says so.

const { text, accept, decline } = document.currentScript.dataset;
const readConsent = () => /sandbox_consent=(yes|no)/.exec(document.cookie)?.[1] ?? "ask";
const keepConsent = (consent) => (document.cookie = `sandbox_consent=${consent}; path=/; SameSite=Lax`);

keepConsent(readConsent()); // the next pages know

const customerPrivacy = {
  shouldShowBanner: () => readConsent() === "ask",
  preferencesProcessingAllowed: () => readConsent() === "yes",
};

window.Shopify = {
  loadFeatures(_features, done) {
    window.Shopify.customerPrivacy = customerPrivacy;
    setTimeout(done);
  },
};

document.addEventListener("DOMContentLoaded", () => {
  if (!customerPrivacy.shouldShowBanner()) return;
  const banner = Object.assign(document.createElement("section"), { className: "consent", ariaLabel: text });
  banner.append(Object.assign(document.createElement("p"), { textContent: text }), makeButton(accept, "yes"), makeButton(decline, "no"));
  document.body.append(banner);

  function makeButton(label, consent) {
    const button = Object.assign(document.createElement("button"), { textContent: label, className: "button is-plain" });
    button.addEventListener("click", () => {
      keepConsent(consent);
      banner.remove();
      document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail: { preferencesAllowed: consent === "yes" } }));
    });
    return button;
  }
});
