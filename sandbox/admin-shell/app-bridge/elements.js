// The custom elements of App Bridge: what they hold is shown by the shell (menu, title bar, save bar) or over the page (modals).

/** calls `changed` soon after anything in the element changes, once for many changes */
class WatchedElement extends HTMLElement {
  #observer = new MutationObserver(() => this.#soon());
  #isWaiting = false;

  connectedCallback() {
    this.#observer.observe(this, { subtree: true, childList: true, attributes: true, characterData: true });
    this.#soon();
  }

  disconnectedCallback() {
    this.#observer.disconnect();
    this.#soon();
  }

  #soon() {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    queueMicrotask(() => {
      this.#isWaiting = false;
      this.changed();
    });
  }
}

class NavigationMenu extends WatchedElement {
  changed() {
    if (isNested) return;
    const links = this.isConnected ? [...this.querySelectorAll("a[href], s-link[href]")] : [];
    const items = links.map((link) => ({ label: link.textContent.trim(), href: link.getAttribute("href"), isHome: link.getAttribute("rel") === "home" }));
    tell("navigation", { items });
  }
}

/** buttons and links of a title bar, those in a `section` with its label as their group */
function readActions(bar) {
  return [...bar.querySelectorAll("button, a[href]")].map((element) => ({
    label: element.textContent.trim() || element.getAttribute("aria-label") || "",
    variant: element.getAttribute("variant"),
    tone: element.getAttribute("tone"),
    isDisabled: element.hasAttribute("disabled"),
    isLoading: element.hasAttribute("loading"),
    group: element.closest("section")?.getAttribute("label") ?? null,
  }));
}

class TitleBar extends WatchedElement {
  changed() {
    const modal = this.closest("ui-modal, s-app-window");
    if (modal !== null) modal.changed();
    else if (!isNested && this.isConnected) this.#publish();
    else if (!isNested) withdrawTitle(this);
  }

  #publish() {
    shownTitleBar = this;
    tell("titleBar", { title: this.getAttribute("title") ?? document.title, actions: readActions(this) });
  }

  press(index) {
    this.querySelectorAll("button, a[href]")[index]?.click();
  }
}

let shownTitleBar = null;

/** the bar of the page left may say goodbye after the next page's bar has come */
function withdrawTitle(bar) {
  if (shownTitleBar !== bar) return;
  shownTitleBar = null;
  tell("titleBar", { title: null, actions: [] });
}

hear("titleBar", ({ index }) => shownTitleBar?.press(index));

/** whatever holds unsaved changes at the moment: an element or a form, as `{save, discard}` */
let unsaved = null;

function showSaveBar(holder) {
  unsaved = holder;
  tell("saveBar", { isShown: true, asksBeforeDiscard: holder.asksBeforeDiscard(), actions: holder.readActions() });
}

function hideSaveBar(holder) {
  if (unsaved !== holder) return;
  unsaved = null;
  tell("saveBar", { isShown: false });
}

hear("saveBar", ({ verb }) => unsaved?.[verb]());

class SaveBar extends WatchedElement {
  get showing() {
    return unsaved === this;
  }

  async show() {
    if (this.showing) return;
    showSaveBar(this);
    this.dispatchEvent(new Event("show"));
  }

  async hide() {
    if (!this.showing) return;
    hideSaveBar(this);
    this.dispatchEvent(new Event("hide"));
  }

  toggle() {
    return this.showing ? this.hide() : this.show();
  }

  changed() {
    if (!this.showing) return;
    if (this.isConnected) showSaveBar(this);
    else hideSaveBar(this);
  }

  asksBeforeDiscard() {
    return this.hasAttribute("discardconfirmation") || this.hasAttribute("discardConfirmation");
  }

  readActions() {
    return readActions(this);
  }

  save() {
    this.querySelector('button[variant="primary"]')?.click();
  }

  discard() {
    this.querySelector('button:not([variant="primary"])')?.click();
  }
}

const formHolders = new WeakMap();

function holderOf(form) {
  if (!formHolders.has(form)) {
    formHolders.set(form, {
      asksBeforeDiscard: () => form.hasAttribute("data-discard-confirmation"),
      readActions: () => [],
      save: () => form.requestSubmit(),
      discard: () => form.reset(),
    });
  }
  return formHolders.get(form);
}

const savedForm = (event) => (event.target instanceof Element ? event.target.closest("form[data-save-bar]") : null);
for (const [type, react] of [["input", showSaveBar], ["change", showSaveBar], ["submit", hideSaveBar], ["reset", hideSaveBar]]) {
  document.addEventListener(type, (event) => {
    const form = savedForm(event);
    if (form !== null) react(holderOf(form));
  });
}

class ModalElement extends WatchedElement {
  /** React puts its children here; it is in the document only while the modal is open */
  content = document.createElement("div");
  #overlay = null;
  #frame = null;

  get contentWindow() {
    return this.#frame?.contentWindow ?? null;
  }

  get src() {
    return this.getAttribute("src") ?? undefined;
  }

  set src(address) {
    this.setAttribute("src", address);
  }

  get variant() {
    return this.getAttribute("variant") ?? (this.localName === "s-app-window" ? "max" : "base");
  }

  async show() {
    if (this.#overlay !== null) return;
    if (this.src !== undefined) this.#frame = make("iframe", { src: new URL(this.src, location.href).href, title: this.#title() });
    else if (this.content.childElementCount === 0) this.content.append(...[...this.children].filter((child) => !/^UI-(TITLE|SAVE)-BAR$/.test(child.tagName)));
    this.#overlay = openOverlay({ title: this.#title(), body: this.#frame ?? this.content, variant: this.variant, buttons: this.#buttons(), close: () => this.hide() });
    this.dispatchEvent(new Event("show"));
  }

  async hide() {
    if (this.#overlay === null) return;
    this.#overlay.remove();
    this.#overlay = null;
    this.#frame = null;
    this.dispatchEvent(new Event("hide"));
  }

  toggle() {
    return this.#overlay === null ? this.show() : this.hide();
  }

  changed() {
    if (!this.isConnected) return void this.hide();
    this.#overlay?.setTitle(this.#title());
    this.#overlay?.setButtons(this.#buttons());
  }

  #title() {
    return this.querySelector("ui-title-bar")?.getAttribute("title") ?? "";
  }

  #buttons() {
    const bar = this.querySelector("ui-title-bar");
    return bar === null ? [] : readActions(bar).map((action, index) => ({ ...action, press: () => bar.press(index) })).reverse();
  }
}

for (const [name, element] of [
  ["ui-nav-menu", NavigationMenu],
  ["s-app-nav", class extends NavigationMenu {}],
  ["ui-title-bar", TitleBar],
  ["ui-save-bar", SaveBar],
  ["ui-modal", ModalElement],
  ["s-app-window", class extends ModalElement {}],
]) {
  customElements.define(name, element);
}
