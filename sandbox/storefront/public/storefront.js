// Small comforts for the storefront's forms; every one of them works without.

for (const field of document.querySelectorAll("[data-submit-on-change]")) field.addEventListener("change", () => field.form.requestSubmit());

for (const field of document.querySelectorAll("[data-submit-with]")) field.addEventListener("change", () => field.form.requestSubmit(document.getElementById(field.dataset.submitWith)));

for (const form of document.querySelectorAll("form[data-submit-once]")) {
  form.addEventListener("submit", () => form.querySelector("button:not([type])").setAttribute("aria-busy", "true"));
}
