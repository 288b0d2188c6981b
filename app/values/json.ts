// JSON that keeps whole numbers whole: ids beyond 2^53 are read as text and bigints are written as text.

type Context = { source?: string };
type Reviver = (this: unknown, key: string, value: unknown, context: Context) => unknown;

/** Throws a SyntaxError for text that is not JSON. */
export function parseJson(text: string): unknown {
  const keepExact: Reviver = (_key, value, context) =>
    typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && context.source !== undefined
      ? context.source
      : value;
  return JSON.parse(text, keepExact as (key: string, value: unknown) => unknown); // TypeScript 5.9 does not know the third argument
}

export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? inner.toString() : inner));
