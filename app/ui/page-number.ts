// Which page of a list an address means.

const PAGES_MAX = 100_000; // PostgreSQL's offsets stay whole numbers

/** Counts from 1; whatever is no page is the first. */
export function parsePage(parameters: URLSearchParams): number {
  const text = parameters.get("page") ?? "";
  return /^[1-9]\d{0,5}$/.test(text) ? Math.min(PAGES_MAX, Number(text)) : 1;
}
