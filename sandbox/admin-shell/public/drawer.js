// A drawer and the button that opens it: Esc and a click elsewhere close it, focus goes in and comes back.

export function openDrawer({ button, drawer, className, toggled = () => undefined }) {
  const set = (isOpen, { returnsFocus = false } = {}) => {
    if (className) drawer.classList.toggle(className, isOpen);
    else drawer.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    toggled(isOpen);
    if (isOpen) drawer.querySelector("a, button")?.focus();
    else if (returnsFocus) button.focus();
  };
  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  button.addEventListener("click", () => set(!isOpen()));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) set(false, { returnsFocus: true });
  });
  // The app's frame swallows clicks, but takes the focus with them.
  if (className) {
    const closeWhenElsewhere = ({ target }) => {
      if (isOpen() && !drawer.contains(target) && !button.contains(target)) set(false);
    };
    document.addEventListener("pointerdown", closeWhenElsewhere);
    window.addEventListener("blur", () => document.activeElement?.tagName === "IFRAME" && isOpen() && set(false));
    drawer.addEventListener("click", ({ target }) => target.closest("a") && set(false));
  }
  return set;
}
