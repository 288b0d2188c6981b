// What Liquid can see of the pretend shop: the objects every theme has, with money in hundredths.

import { Drop } from "liquidjs";
import { toGid } from "../../admin-api/gids.ts";
import { APP_ID, type MetafieldDoc, type Metafields } from "../../admin-api/metafields.ts";
import { listCollections } from "../../admin-api/resolvers/collections.ts";
import { installationGid } from "../../admin-api/resolvers/shop.ts";
import type { SandboxContext } from "../../context.ts";
import type { CustomerDoc, ProductDoc } from "../../shop/model.ts";
import { sum } from "../../shop/rules/remaining.ts";
import { listCartLines } from "../cart.ts";
import { priceCheckout } from "../checkout-price.ts";
import type { Visit } from "../page.ts";
import type { LiquidObjects } from "./liquid-engine.ts";

export type Page = { template: string; product: ProductDoc | null };

export function describePage(visit: Visit, metafields: Metafields, { template, product }: Page): LiquidObjects {
  const { context, session, path } = visit;
  const { name, currency, domain } = context.state.shop();
  const toHundredths = hundredthsOf(currency);
  const origin = context.publicUrl();
  const language = { iso_code: session.locale, root_url: "/" };
  const { pathname, searchParams } = new URL(path, origin);
  return {
    shop: { name, currency, domain, permanent_domain: domain, url: origin },
    request: { design_mode: false, locale: language, origin, host: new URL(origin).host, path: pathname, page_type: pageTypeOf(pathname, searchParams) },
    localization: { language, available_languages: [language], country: { iso_code: readCountry(visit, searchParams) } },
    template: { name: template },
    routes,
    customer: visit.customer === null ? null : describeCustomer(visit, visit.customer, metafields),
    cart: describeCart(visit, toHundredths),
    product: product === null ? null : describeProduct(visit.context, product, toHundredths),
    app: { metafields: describeMetafields(metafields.list(installationGid)) },
  };
}

const routes = {
  root_url: "/", account_url: "/account", account_login_url: "/account/login", account_logout_url: "/account/logout", account_register_url: "/account/register",
  storefront_login_url: "/account/login", collections_url: "/collections/all", all_products_collection_url: "/collections/all", cart_url: "/cart", search_url: "/collections/all",
};

function hundredthsOf(currency: string): (minor: number) => number {
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return (minor) => Math.round((minor * 100) / 10 ** digits);
}

/** Shopify's names for what is shown; our one collection is a search when something is looked for */
function pageTypeOf(path: string, query: URLSearchParams): string {
  if (path === "/") return "index";
  if (path === "/collections/all") return query.has("q") ? "search" : "collection";
  if (path === "/account") return "customers/account";
  const [, folder = "", name = ""] = path.split("/");
  return { products: "product", pages: "page", cart: "cart", account: `customers/${name}` }[folder] ?? "404";
}

/** a visitor's market: as `?country=JP` says, else where they live, else the shop's own */
function readCountry({ context, customer }: Visit, query: URLSearchParams): string {
  const asked = query.get("country") ?? "";
  return /^[A-Z]{2}$/.test(asked) ? asked : (customer?.countryCode ?? context.state.shop().countryCode);
}

function describeCustomer({ context }: Visit, customer: CustomerDoc, metafields: Metafields): LiquidObjects {
  return {
    id: customer.id, email: customer.email, first_name: customer.firstName, last_name: customer.lastName, tags: customer.tags, has_account: true,
    orders_count: context.state.customerTotals(customer.id).orderCount,
    metafields: describeMetafields(metafields.list(toGid("Customer", customer.id))),
  };
}

function describeProduct(context: SandboxContext, product: ProductDoc, toHundredths: (minor: number) => number): LiquidObjects {
  const variants = product.variants.map(({ id, title, sku, priceMinor }) => ({ id, title, sku, price: toHundredths(priceMinor), available: true }));
  const prices = variants.map(({ price }) => price);
  const [min, max] = prices.length === 0 ? [0, 0] : [Math.min(...prices), Math.max(...prices)];
  return {
    id: product.id, title: product.title, handle: product.handle, url: `/products/${product.handle}`, vendor: product.vendor, type: product.productType, tags: product.tags, "gift_card?": false,
    get collections() { // asked for by few pages, and every product is looked at for it
      return listCollections(context).filter(({ products }) => products.some(({ id }) => id === product.id)).map(({ id, title }) => ({ id, title }));
    },
    price: min, price_min: min, price_max: max, price_varies: min !== max, available: variants.length > 0, variants, selected_or_first_available_variant: variants[0] ?? null,
  };
}

/** A line's final price is less what falls on its product, the total less what falls on the order, too. */
function describeCart(visit: Visit, toHundredths: (minor: number) => number): LiquidObjects {
  const { context, session } = visit;
  const lines = listCartLines(visit);
  const { quote } = priceCheckout(visit, { lines, codes: session.codes, buyer: { email: "", isGuest: false }, usesCredit: false });
  const offMinor = (index: number) => sum((quote.lines[index]?.shares ?? []).filter(({ discount }) => quote.applied[discount]?.class === "product").map(({ amountMinor }) => amountMinor));
  const items = lines.map(({ product, variant, quantity }, index) => ({
    variant_id: variant.id, product_id: product.id, title: product.title, quantity, price: toHundredths(variant.priceMinor), gift_card: false, product: describeProduct(context, product, toHundredths),
    original_line_price: toHundredths(variant.priceMinor * quantity), final_line_price: toHundredths(variant.priceMinor * quantity - offMinor(index)),
  }));
  return {
    items, item_count: sum(lines.map(({ quantity }) => quantity)), currency: { iso_code: context.state.shop().currency }, taxes_included: false, requires_shipping: lines.length > 0,
    items_subtotal_price: sum(items.map((item) => item.final_line_price)), total_price: toHundredths(quote.subtotalMinor),
  };
}

/** `metafields.regulars.loyalty.value`, and an app's own as `metafields["$app:loyalty"]` */
function describeMetafields(fields: readonly MetafieldDoc[]): LiquidObjects {
  const byNamespace = Map.groupBy(fields, ({ namespace }) => namespace);
  return Object.fromEntries([...byNamespace].flatMap(([namespace, own]) => {
    const keys = Object.fromEntries(own.map(({ key, type, value }) => [key, new Metafield(type, parseValue(type, value))]));
    const ours = namespace === `app--${APP_ID}` ? "$app" : namespace.replace(`app--${APP_ID}--`, "$app:");
    return [[namespace, keys], [ours, keys]];
  }));
}

/** Written out, a metafield is its value. */
class Metafield extends Drop {
  type: string;
  value: unknown;

  constructor(type: string, value: unknown) {
    super();
    this.type = type;
    this.value = value;
  }

  override valueOf(): unknown {
    return this.value;
  }
}

const parseValue = (type: string, value: string): unknown => (type === "json" || type === "boolean" || type.startsWith("number_") || type.startsWith("list.") ? JSON.parse(value) : value);
