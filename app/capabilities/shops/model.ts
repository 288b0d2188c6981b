// A shop as the rest of the house sees it.
import type { Day } from "../../values/day.ts";
import type { ShopId } from "../../values/ids.ts";

/** Of ours in a theme: extensions/regulars-theme/blocks/<name>.liquid */
export const EMBEDS = ["loyalty", "survey"] as const;
export type Embed = (typeof EMBEDS)[number];
/** What an embed has to be placed by hand, and on which template it is of use. */
export const THEME_BLOCKS = {
  loyalty: [["product-points", "product"], ["cart-nudge", "cart"], ["programme", "page"], ["tier-card", "page"]],
  survey: [["survey-question", "page"]],
} as const satisfies Record<Embed, readonly (readonly [string, string])[]>;
export type ThemeBlock = (typeof THEME_BLOCKS)[Embed][number][0];
/** Whether shoppers see it. */
export type EmbedStatus = "on" | "off" | "unknown";

export type Shop = {
  id: ShopId;
  /** `x.myshopify.com` */
  domain: string;
  name: string;
  email: string | null;
  /** ISO 4217 */
  currency: string;
  /** IANA */
  timeZone: string;
  planName: string;
  scopes: string[];
  installedAt: Date;
  uninstalledAt: Date | null;
  /** the last day of the shop's own calendar whose night work is done */
  lastNightOn: Day | null;
};
