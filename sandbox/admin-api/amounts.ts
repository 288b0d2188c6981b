// Minor units to the decimal text of the GraphQL API, which drops closing zeros down to one digit: 4050 is "40.5", 500 is "5.0"; and back.

const digitsOf = new Map<string, number>();

export function toDecimal(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  if (digits === 0) return `${minor}.0`;
  const sign = minor < 0 ? "-" : "";
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const fraction = text.slice(-digits).replace(/0+$/, "");
  return `${sign}${text.slice(0, -digits)}.${fraction || "0"}`;
}

function minorDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  digitsOf.set(currency, digits);
  return digits;
}

/** Decimal text to minor units; null for what is no amount, or finer than the currency. */
export function toMinor(amount: unknown, currency: string): number | null {
  const text = typeof amount === "number" ? String(amount) : amount;
  if (typeof text !== "string" || !/^-?\d+(\.\d+)?$/.test(text)) return null;
  const minor = Math.round(Number(text) * 10 ** minorDigits(currency));
  return Number.isSafeInteger(minor) && Math.abs(minor / 10 ** minorDigits(currency) - Number(text)) < 1e-9 ? minor : null;
}
