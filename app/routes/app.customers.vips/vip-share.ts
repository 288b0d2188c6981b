// How many of those who came back count as VIPs, from the form it is typed into.

export const PERCENT_MIN = 1;
export const PERCENT_MAX = 50;

export type ShareAnswer = { ok: true } | { ok: false; field: "percent" };

/** null: it is not a whole percentage within the limits. */
export function parsePercent(value: unknown): number | null {
  if (typeof value !== "string" || !/^\d{1,2}$/.test(value.trim())) return null;
  const percent = Number(value);
  return percent >= PERCENT_MIN && percent <= PERCENT_MAX ? percent : null;
}
