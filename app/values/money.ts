// Integer minor units and their currency: { minor: 1200, currency: "JPY" } is 1200 yen.

export type Money = { readonly minor: number; readonly currency: string };

const AMOUNT = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Digits after the point, as CLDR has them: 2 for USD, 0 for JPY, 3 for KWD. */
export function decimalsOf(currency: string): number {
  const known = decimals.get(currency);
  if (known !== undefined) return known;
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  decimals.set(currency, digits);
  return digits;
}
const decimals = new Map<string, number>();

/** Shopify's decimal text in minor units; more digits than the currency has are rounded half away from zero. Throws a RangeError. */
export function parseMinor(amount: unknown, currency: string): number {
  const match = typeof amount === "string" ? AMOUNT.exec(amount) : null;
  if (!match) throw new RangeError("not an amount");
  const [, sign, whole = "0", fraction = ""] = match;
  const digits = decimalsOf(currency);
  const kept = fraction.slice(0, digits).padEnd(digits, "0");
  const roundsUp = (fraction[digits] ?? "0") >= "5";
  const minor = Number(whole + kept) + (roundsUp ? 1 : 0);
  if (!Number.isSafeInteger(minor)) throw new RangeError("amount too large");
  return sign === "-" && minor !== 0 ? -minor : minor;
}

/** Plain decimal text for reports: 1234 USD is "12.34". */
export function toDecimal({ minor, currency }: Money): string {
  const digits = decimalsOf(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const sign = minor < 0 ? "-" : "";
  return digits === 0 ? sign + whole : `${sign}${whole}.${text.slice(-digits)}`;
}
