// Modals inside the app's frame: one at a time, focus kept in, closed by Esc. Nothing is put into the document before one opens, since React
// hydrates whole documents and stumbles over elements it did not write.

const styles = new CSSStyleSheet();
styles.replaceSync(`
ui-nav-menu, s-app-nav, ui-title-bar, ui-save-bar, ui-modal, s-app-window { display: none; }
.app-bridge-overlay { position: fixed; inset: 0; z-index: 300; display: flex; align-items: center; justify-content: center; padding: 16px; background: rgb(0 0 0 / 50%); font: 400 13px/20px Inter, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans CJK JP", sans-serif; color: #303030; }
.app-bridge-modal { display: flex; flex-direction: column; width: 620px; max-width: 100%; max-height: 100%; border-radius: 16px; background: #fff; overflow: hidden; box-shadow: 0 8px 40px rgb(0 0 0 / 30%); }
.app-bridge-modal.is-small { width: 380px; }
.app-bridge-modal.is-large { width: 980px; }
.app-bridge-modal.is-max { width: 100%; height: 100%; }
.app-bridge-head { display: flex; align-items: center; gap: 8px; padding: 12px 16px; border-bottom: 1px solid #e3e3e3; background: #f3f3f3; }
.app-bridge-head h2 { flex: 1; margin: 0; font-size: 14px; font-weight: 650; }
.app-bridge-body { flex: 1; min-height: 0; overflow: auto; }
.app-bridge-body iframe { display: block; width: 100%; height: 60vh; border: 0; }
.app-bridge-foot { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 8px; padding: 12px 16px; border-top: 1px solid #e3e3e3; }
.app-bridge-foot:empty { display: none; }
.app-bridge-button { min-height: 32px; padding: 4px 12px; border: 1px solid #c9c9c9; border-radius: 8px; background: #fff; color: #303030; font: inherit; font-weight: 600; cursor: pointer; }
.app-bridge-button.is-primary { border-color: #303030; background: #303030; color: #fff; }
.app-bridge-button.is-critical { border-color: #b00e21; background: #c5122f; color: #fff; }
.app-bridge-button:disabled { opacity: .5; cursor: default; }
.app-bridge-close { width: 32px; height: 32px; border: 0; border-radius: 8px; background: none; color: inherit; font-size: 20px; line-height: 1; cursor: pointer; }
.app-bridge-close:hover { background: #e3e3e3; }
.app-bridge-overlay :focus-visible { outline: 2px solid #005bd3; outline-offset: 1px; }
.app-bridge-search { display: block; width: calc(100% - 32px); margin: 12px 16px; padding: 6px 12px; border: 1px solid #8a8a8a; border-radius: 8px; font: inherit; box-sizing: border-box; }
.app-bridge-rows { margin: 0; padding: 0; list-style: none; }
.app-bridge-rows label { display: flex; align-items: center; gap: 12px; padding: 8px 16px; border-top: 1px solid #ebebeb; cursor: pointer; }
.app-bridge-rows label.is-variant { padding-left: 44px; }
.app-bridge-rows label:hover { background: #f7f7f7; }
.app-bridge-empty { padding: 24px 16px; color: #616161; text-align: center; }
`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, styles];

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** shows `body` in a modal; `buttons` are `{label, variant, tone, isDisabled, press}` */
function openOverlay({ title, body, variant = "base", buttons = [], close }) {
  const heading = make("h2", { textContent: title, id: `app-bridge-title-${crypto.randomUUID()}` });
  const closer = make("button", { type: "button", className: "app-bridge-close", textContent: "×", onclick: close });
  closer.setAttribute("aria-label", say("close"));
  const foot = make("div", { className: "app-bridge-foot" });
  const modal = make("div", { className: `app-bridge-modal is-${variant}`, tabIndex: -1 },
    make("div", { className: "app-bridge-head" }, heading, closer), make("div", { className: "app-bridge-body" }, body), foot);
  modal.setAttribute("role", "dialog");
  modal.setAttribute("aria-modal", "true");
  modal.setAttribute("aria-labelledby", heading.id);
  const overlay = make("div", { className: "app-bridge-overlay" }, modal);
  const focusedBefore = document.activeElement;
  overlay.addEventListener("click", (event) => event.target === overlay && close());
  overlay.addEventListener("keydown", (event) => keepFocus(event, modal, close));
  document.body.append(overlay);
  setButtons(buttons);
  modal.focus();
  tell("modal", { isOpen: true });

  function setButtons(shown) {
    foot.replaceChildren(...shown.map(({ label, variant: look, tone, isDisabled, press }) =>
      make("button", {
        type: "button", textContent: label, disabled: Boolean(isDisabled), onclick: press,
        className: `app-bridge-button${look === "primary" ? " is-primary" : ""}${tone === "critical" ? " is-critical" : ""}`,
      })));
  }

  return {
    setButtons,
    setTitle(text) {
      heading.textContent = text;
    },
    remove() {
      overlay.remove();
      tell("modal", { isOpen: false });
      if (focusedBefore instanceof HTMLElement) focusedBefore.focus();
    },
  };
}

function keepFocus(event, modal, close) {
  if (event.key === "Escape" && !event.defaultPrevented) close();
  if (event.key !== "Tab") return;
  const stops = [...modal.querySelectorAll("a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), iframe, [tabindex='0']")];
  const [first, last] = [stops[0], stops.at(-1)];
  const isLeaving = event.shiftKey ? document.activeElement === first || document.activeElement === modal : document.activeElement === last;
  if (!isLeaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
