// Why something Shopify sent could not be read: a code for the words on screen, and the place, but never what it said.

export const MISREADING_CODES = [
  "missing", "wrong_kind", "unknown_word", "not_an_id", "not_an_instant", "not_an_amount", "out_of_range", "not_json", "misplaced", "unreadable",
  /** news of a kind we did not ask for */
  "unknown_topic",
  /** PostgreSQL's SQLSTATE stands for the place */
  "refused_by_database",
] as const;
export type MisreadingCode = (typeof MISREADING_CODES)[number];

/** `at`: `line_items.0.price_set.shop_money.amount`; empty: the whole. */
export type Misreading = { code: MisreadingCode; at: string };

/** As a column holds it. */
export const writeMisreading = ({ code, at }: Misreading): string => `${code} ${at}`.trimEnd();

export function readMisreading(text: string): Misreading {
  const [word = "", at = ""] = text.split(" ");
  return { code: MISREADING_CODES.find((known) => known === word) ?? "unreadable", at };
}
