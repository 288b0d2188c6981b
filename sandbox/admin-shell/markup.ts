// Text never becomes markup by accident: whatever is put into html`…` is escaped, unless html`…` made it.

const marked = Symbol("markup");

export type Markup = { readonly [marked]: string };
type Piece = Markup | string | number | null | undefined | false | readonly Piece[];

export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return { [marked]: strings.map((text, index) => (index === 0 ? text : toText(pieces[index - 1]) + text)).join("") };
}

export function textOf(markup: Markup): string {
  return markup[marked];
}

/** what was escaped elsewhere by rules of its own, as Liquid does */
export function trusted(text: string): Markup {
  return { [marked]: text };
}

/** an attribute without a value, such as `selected`, present only when the claim holds */
export function flag(name: "selected" | "checked" | "disabled" | "hidden" | "required", holds: boolean): Markup | null {
  return holds ? { [marked]: ` ${name}` } : null;
}

/** data for a script of the page to read; `<` is written as an escape, so that no text can end the element early */
export function dataBlock(id: string, value: unknown): Markup {
  const json = JSON.stringify(value).replaceAll("<", "\\u003c");
  return html`<script type="application/json" id="${id}">${{ [marked]: json }}</script>`;
}

function toText(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return "";
  if (typeof piece === "string") return escapeText(piece);
  if (typeof piece === "number") return String(piece);
  return isMarkup(piece) ? piece[marked] : piece.map(toText).join("");
}

function isMarkup(piece: Markup | readonly Piece[]): piece is Markup {
  return marked in piece;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
