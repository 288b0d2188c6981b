// The language of the person in front of the screen, among those we have words for.
import { toLocale, type Locale } from "../i18n/locales.ts";

/**
 * Shopify Admin puts `locale` on the address of the first page; pages keep it in their links. A request that lacks it is
 * asked for its page (Referer, same origin), then for the browser's languages.
 */
export function localeFrom(request: Request): Locale {
  const referer = request.headers.get("referer");
  return (
    toLocale(new URL(request.url).searchParams.get("locale")) ??
    (referer !== null && URL.canParse(referer) ? toLocale(new URL(referer).searchParams.get("locale")) : null) ??
    preferredOf(request.headers.get("accept-language") ?? "") ??
    "en"
  );
}

/** The first language of an Accept-Language header that we speak, by its weights. */
function preferredOf(header: string): Locale | null {
  const wishes = header.split(",").map((part) => {
    const [tag = "", ...parameters] = part.trim().split(";");
    const weight = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find((found) => found !== undefined);
    return { tag, weight: weight === undefined ? 1 : Number(weight) };
  });
  const spoken = wishes.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight);
  for (const { tag } of spoken) {
    const locale = toLocale(tag);
    if (locale !== null) return locale;
  }
  return null;
}
