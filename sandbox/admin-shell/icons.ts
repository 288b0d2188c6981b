// The few pictures of the pretend Admin, drawn here.

import { html, type Markup } from "./markup.ts";

const draw = (shape: Markup): Markup =>
  html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${shape}</svg>`;

export const icons = {
  menu: draw(html`<path d="M3 5.5h14M3 10h14M3 14.5h14"/>`),
  search: draw(html`<circle cx="9" cy="9" r="5"/><path d="m13 13 4 4"/>`),
  home: draw(html`<path d="M3.5 9 10 3.5 16.5 9v7a.8.8 0 0 1-.8.8H12v-4.5H8v4.5H4.3a.8.8 0 0 1-.8-.8z"/>`),
  orders: draw(html`<path d="M4 4.5h12v11.5H4zM4 11h3.5l1 1.8h3l1-1.8H16"/>`),
  products: draw(html`<path d="m10.5 3.5 6 .2.2 6-7 7-6.2-6.2z"/><circle cx="13.4" cy="6.6" r=".8"/>`),
  customers: draw(html`<circle cx="10" cy="7" r="3"/><path d="M4 16.5c.7-3 3-4.5 6-4.5s5.3 1.5 6 4.5"/>`),
  discounts: draw(html`<path d="m6 14 8-8"/><circle cx="6.8" cy="6.8" r="1.6"/><circle cx="13.2" cy="13.2" r="1.6"/>`),
  flow: draw(html`<circle cx="5" cy="5.5" r="2"/><circle cx="15" cy="10" r="2"/><circle cx="5" cy="14.5" r="2"/><path d="M7 5.5h2.5L13 9M7 14.5h2.5L13 11"/>`),
  store: draw(html`<path d="M4 9v7h12V9M3 8l1.5-4h11L17 8c0 1.3-1 2-2.3 2S12.3 9.3 12.3 8c0 1.3-1 2-2.3 2S7.7 9.3 7.7 8c0 1.3-1 2-2.4 2S3 9.3 3 8z"/>`),
  shop: draw(html`<path d="M5 6.5h10l1 10H4zM7.5 8.5V6a2.5 2.5 0 0 1 5 0v2.5"/>`),
  clock: draw(html`<circle cx="10" cy="10" r="6.5"/><path d="M10 6.5V10l2.5 1.5"/>`),
  external: draw(html`<path d="M8 5H5v10h10v-3M11 4.5h4.5V9M15 5l-6 6"/>`),
  close: draw(html`<path d="m5 5 10 10M15 5 5 15"/>`),
  warning: draw(html`<path d="M10 3.5 17.5 16h-15zM10 8.5v3.5M10 14v.1"/>`),
};
