// A picture for every product, drawn from its type and coloured by its name: the sandbox fetches no images.

import { html, type Markup } from "../admin-shell/markup.ts";
import type { ProductDoc } from "../shop/model.ts";

const coats = ["#1f5f4a", "#8a4b2a", "#2f4b7c", "#7a2f4f", "#5b5f1f", "#355f6b", "#6b3f8a", "#9a5b13"];
const grounds = ["#eef3ea", "#f6ede3", "#e9eef6", "#f6e9ee", "#f2f1e0", "#e6f0f1", "#f0eaf5", "#faf0df"];

/** the first kind whose words occur in the title, else in the type; a parcel for everything else */
const kinds: [RegExp, (coat: string) => Markup][] = [
  [/gift|card|voucher|ギフト|礼/i, drawGift],
  [/kettle|pot\b|teapot|やかん|急須|壶/i, drawPot],
  [/mug|cup|bowl|glass|マグ|杯/i, drawCup],
  [/grinder|brewer|dripper|press|scale|filter|equipment|accessor|gear|器具/i, drawDripper],
  [/tea|matcha|oolong|sencha|chai|rooibos|herbal|茶/i, drawTin],
  [/coffee|espresso|bean|blend|roast|decaf|コーヒー|咖啡/i, drawBag],
];

export function drawProduct(product: Pick<ProductDoc, "title" | "productType">): Markup {
  const seed = Array.from(product.title, (character) => character.codePointAt(0) ?? 0).reduce((sum, code) => (sum * 31 + code) % 9973, 7);
  const coat = coats[seed % coats.length] ?? "#1f5f4a";
  const ground = grounds[seed % grounds.length] ?? "#eef3ea";
  const find = (text: string) => kinds.find(([words]) => words.test(text))?.[1];
  const draw = find(product.title) ?? find(product.productType) ?? drawParcel;
  return html`<svg class="drawing" viewBox="0 0 200 200" aria-hidden="true" focusable="false"><rect width="200" height="200" fill="${ground}"/><ellipse cx="100" cy="164" rx="58" ry="8" fill="#00000014"/>${draw(coat)}</svg>`;
}

function drawBag(coat: string): Markup {
  return html`<path d="M62 52h76l6 108a4 4 0 0 1-4 4H60a4 4 0 0 1-4-4z" fill="${coat}"/><path d="M62 52h76l1 14H61z" fill="#00000026"/><rect x="74" y="88" width="52" height="48" rx="4" fill="#fff"/><ellipse cx="100" cy="112" rx="11" ry="15" fill="${coat}" transform="rotate(24 100 112)"/><path d="M95 99c7 8 1 16 9 26" stroke="#fff" stroke-width="2.5" fill="none"/>`;
}

function drawTin(coat: string): Markup {
  return html`<rect x="60" y="66" width="80" height="98" rx="6" fill="${coat}"/><rect x="56" y="48" width="88" height="24" rx="5" fill="${coat}"/><rect x="56" y="64" width="88" height="8" fill="#00000026"/><rect x="60" y="92" width="80" height="46" fill="#fff"/><path d="M82 130c0-22 14-30 36-30 0 22-12 32-36 30zm0 0 22-18" fill="none" stroke="${coat}" stroke-width="3" stroke-linecap="round"/>`;
}

function drawCup(coat: string): Markup {
  return html`<path d="M60 82h70v52a28 28 0 0 1-28 28H88a28 28 0 0 1-28-28z" fill="${coat}"/><path d="M130 92h10a16 16 0 0 1 0 36h-10" fill="none" stroke="${coat}" stroke-width="9"/><path d="M80 66c-6-8 6-12 0-22m20 22c-6-8 6-12 0-22" fill="none" stroke="#00000033" stroke-width="4" stroke-linecap="round"/>`;
}

function drawPot(coat: string): Markup {
  return html`<path d="M60 104a42 42 0 0 1 84 0v34a26 26 0 0 1-26 26H86a26 26 0 0 1-26-26z" fill="${coat}"/><path d="M62 112 36 92l10-6 24 10" fill="${coat}"/><path d="M142 92c26 0 24 44-2 46" fill="none" stroke="${coat}" stroke-width="8"/><circle cx="102" cy="54" r="7" fill="${coat}"/><path d="M64 98h76" stroke="#00000026" stroke-width="4"/>`;
}

function drawDripper(coat: string): Markup {
  return html`<path d="M58 52h84l-26 46H84z" fill="${coat}"/><rect x="66" y="98" width="68" height="8" rx="4" fill="#00000040"/><path d="M70 108h60l8 50a6 6 0 0 1-6 6H68a6 6 0 0 1-6-6z" fill="#ffffffcc"/><path d="M65 138h70l3 20a6 6 0 0 1-6 6H68a6 6 0 0 1-6-6z" fill="${coat}"/><path d="M70 108h60l8 50a6 6 0 0 1-6 6H68a6 6 0 0 1-6-6z" fill="none" stroke="${coat}" stroke-width="4"/>`;
}

function drawGift(coat: string): Markup {
  return html`<rect x="52" y="84" width="96" height="80" rx="6" fill="${coat}"/><rect x="46" y="70" width="108" height="22" rx="5" fill="${coat}"/><rect x="92" y="70" width="16" height="94" fill="#ffffffd9"/><path d="M100 70c-30-4-36-32-16-30 12 1 16 16 16 30zm0 0c30-4 36-32 16-30-12 1-16 16-16 30z" fill="none" stroke="${coat}" stroke-width="6"/>`;
}

function drawParcel(coat: string): Markup {
  return html`<path d="m100 46 54 26v62l-54 30-54-30V72z" fill="${coat}"/><path d="m46 72 54 28 54-28M100 100v64" fill="none" stroke="#ffffff8c" stroke-width="3"/><path d="m73 58 54 28v22" fill="none" stroke="#ffffffd9" stroke-width="6"/>`;
}
