// Liquid as a shop renders a theme extension: Shopify's tags and filters, as far as the extension uses them; any other fails by name.

import { Liquid, Tag, type Context, type Emitter, type TagToken, type TopLevelToken } from "liquidjs";
import { findWord, type ThemeExtension } from "./theme-extension.ts";

export type LiquidObjects = Record<string, unknown>;
export type RenderLiquid = (source: string, objects: LiquidObjects) => Promise<string>;

type Shop = { currency: string; timeZone: string };
type FilterThis = { context: Context };
type FilterArgument = unknown;

export function createLiquid(extension: ThemeExtension, wish: { readShop: () => Shop; readNow: () => Date; assetUrl: (file: string) => string }): RenderLiquid {
  const liquid = new Liquid({
    templates: Object.fromEntries(extension.snippets), extname: "",
    strictFilters: true, ownPropertyOnly: true, timezoneOffset: 0, cache: true,
  });
  liquid.registerTag("doc", Documentation);
  registerWords(liquid, extension);
  registerMoney(liquid, wish.readShop);
  registerDate(liquid, wish);
  liquid.registerFilter("asset_url", (file: string) => wish.assetUrl(file));
  liquid.registerFilter("stylesheet_tag", (url: string) => `<link href="${escapeText(url)}" rel="stylesheet" type="text/css" media="all" />`);
  liquid.registerFilter("json", (value: unknown) => JSON.stringify(value ?? null).replaceAll("<", "\\u003c"));
  liquid.registerFilter("color_contrast", (one: string, other: string) => readContrast(one, other));
  liquid.registerFilter("divided_by", (value: unknown, by: unknown) => divide(toNumber(value), toNumber(by)));
  return async (source, objects) => String(await liquid.parseAndRender(source, {}, { globals: objects })); // globals are seen in snippets, too
}

/** `{% doc %}`: what a snippet takes, for people and for theme-check */
class Documentation extends Tag {
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    while (remaining.length > 0) if (/^\{%-?\s*enddoc\b/.test(remaining.shift()?.getText() ?? "")) return;
    throw new Error("doc is not closed");
  }

  *render(_context: Context, _emitter: Emitter): Generator<unknown, void> {
    // It says nothing to shoppers.
  }
}

/** Shopify escapes translations and what is put into them, unless their key ends in `_html`. */
function registerWords(liquid: Liquid, { words, defaultLocale }: ThemeExtension): void {
  const translate = function (this: FilterThis, key: string, ...given: FilterArgument[]): string {
    const values = new Map(given.filter((each): each is [string, unknown] => Array.isArray(each)));
    const iso = String(this.context.getSync(["request", "locale", "iso_code"]));
    const spoken = words.has(iso) ? iso : defaultLocale;
    const found = findWord(words.get(spoken), key) ?? findWord(words.get(defaultLocale), key);
    const count = values.get("count");
    const form = typeof found === "object" && typeof count === "number" ? (found[new Intl.PluralRules(spoken).select(count)] ?? found["other"]) : found;
    if (typeof form !== "string") return `Translation missing: ${spoken}.${key}`;
    const said = form.replace(/\{\{\s*(\w+)\s*\}\}/g, (_blank, name: string) => toText(values.get(name)));
    return key.endsWith("_html") ? said : escapeText(said);
  };
  liquid.registerFilter("t", translate);
  liquid.registerFilter("translate", translate);
}

/** Amounts in Liquid are hundredths of the currency's unit, also of those without smaller coins. */
function registerMoney(liquid: Liquid, readShop: () => Shop): void {
  liquid.registerFilter("money", (hundredths: unknown) =>
    new Intl.NumberFormat("en", { style: "currency", currency: readShop().currency, currencyDisplay: "narrowSymbol" }).format(toNumber(hundredths) / 100));
}

/** "now" is the sandbox's time, on the shop's own clock. */
function registerDate(liquid: Liquid, { readShop, readNow }: { readShop: () => Shop; readNow: () => Date }): void {
  const usual = liquid.filters["date"];
  if (typeof usual !== "function") throw new Error("liquidjs has no filter for dates");
  liquid.registerFilter("date", function (value: unknown, format: unknown): unknown {
    const said: unknown = value === "now" ? usual.call(this, readNow().toISOString(), format, readShop().timeZone) : usual.call(this, value, format);
    return said;
  });
}

/** Two whole numbers make a whole one. */
function divide(value: number, by: number): number {
  if (by === 0) throw new Error("Liquid error: divided by 0");
  return Number.isInteger(value) && Number.isInteger(by) ? Math.floor(value / by) : value / by;
}

/** WCAG's ratio of two `#rrggbb`, 1 to 21, with one decimal as Shopify gives it */
function readContrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [lightOf(one), lightOf(other)].sort((a, b) => a - b);
  return Math.round(((light + 0.05) / (dark + 0.05)) * 10) / 10;
}

function lightOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const toText = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const toNumber = (value: unknown): number => (typeof value === "number" ? value : typeof value === "string" ? Number(value) || 0 : 0);

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
