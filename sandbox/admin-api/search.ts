// Shopify's search syntax as far as a retention app needs it: `field:value` terms joined by AND; anything else is refused by name.

import { GraphQLError } from "graphql";

export type Operator = ":" | ">" | ">=" | "<" | "<=";
export type Term = { field: string; operator: Operator; value: string };

const TERM = /\s*([a-z_]+):(>=|<=|>|<)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s()'"]+))(?=\s|$)/y;
const CONNECTIVE = /\s*AND(?=\s)/y;

export function parseSearch(query: string | null | undefined): Term[] {
  const terms: Term[] = [];
  const text = query?.trim() ?? "";
  for (let at = 0; at < text.length; ) {
    CONNECTIVE.lastIndex = at;
    if (terms.length > 0 && CONNECTIVE.test(text)) at = CONNECTIVE.lastIndex;
    TERM.lastIndex = at;
    const match = TERM.exec(text);
    if (!match?.[1]) throw refuseSearch(`"${text.slice(at).trim()}" is not a term it understands (field:value, joined by AND or a space)`);
    terms.push({ field: match[1], operator: toOperator(match[2]), value: match[3] ?? match[4] ?? match[5] ?? "" });
    at = TERM.lastIndex;
  }
  return terms;
}

const toOperator = (text: string | undefined): Operator => {
  switch (text) {
    case ">": case ">=": case "<": case "<=": return text;
    default: return ":";
  }
};

/** Shopify would ignore what it does not know; here nobody shall build on that. */
export const refuseSearch = (reason: string): GraphQLError =>
  new GraphQLError(`sandbox: this search is not implemented: ${reason}`, { extensions: { code: "SANDBOX_SEARCH_NOT_IMPLEMENTED" } });

export type Bounds = { min?: string; max?: string };

/** An inclusive lower and an exclusive upper bound; a bare day means that day in UTC. */
export function toBounds({ field, operator, value }: Term): Bounds {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value);
  const startMs = Date.parse(value);
  if (Number.isNaN(startMs)) throw refuseSearch(`${field}:${value} is not a day or an instant`);
  const start = new Date(startMs).toISOString();
  const end = new Date(startMs + (isDay ? 86_400_000 : 1)).toISOString();
  switch (operator) {
    case ">=": return { min: start };
    case ">": return { min: end };
    case "<": return { max: start };
    case "<=": return { max: end };
    case ":": return { min: start, max: end };
  }
}

export const narrow = (a: Bounds, b: Bounds): Bounds => {
  const min = [a.min, b.min].filter((bound) => bound !== undefined).sort().at(-1);
  const max = [a.max, b.max].filter((bound) => bound !== undefined).sort().at(0);
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
};

export const isWithin = (instant: string, { min, max }: Bounds): boolean =>
  (min === undefined || instant >= min) && (max === undefined || instant < max);
