// Relay connections as Shopify makes them: first or last up to 250, cursors that name the last row seen, and page info.

import { GraphQLError } from "graphql";
import { z } from "zod";
import type { Id } from "../shop/model.ts";
import { compareIds } from "./gids.ts";

export const PAGE_MAX = 250; // Shopify's own limit

export type Cursor = { key: string; id: Id };
export type Connection<T> = {
  readonly edges: { node: T; cursor: string }[];
  readonly nodes: T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly startCursor: string | null; readonly endCursor: string | null };
};
export type PageWish = { size: number; isBackward: boolean; from: Cursor | null; isReversed: boolean };

/** Bulk operations leave `first` out, and get everything by other means. */
export function readPageWish(args: Readonly<Record<string, unknown>>, sizeMax = PAGE_MAX): PageWish {
  const { first, last, after, before, reverse } = args;
  const isBackward = typeof last === "number" && typeof first !== "number";
  const size = isBackward ? last : first;
  if (typeof size !== "number") throw badPage("you must provide one of first or last");
  if (typeof first === "number" && typeof last === "number") throw badPage("providing both first and last is not supported");
  if (size < 1 || size > sizeMax) throw badPage(`${isBackward ? "last" : "first"} must be between 1 and ${sizeMax}`);
  if (((isBackward ? after : before) ?? null) !== null) throw badPage("sandbox: only first with after, and last with before, are implemented");
  const from = isBackward ? before : after;
  return { size, isBackward, from: typeof from === "string" ? parseCursor(from) : null, isReversed: reverse === true };
}

/** Reads one row more than asked for, to know whether there are more. */
export function connect<T>(wish: PageWish, cursorOf: (row: T) => Cursor, list: (query: { first: number; after: Cursor | null; reverse: boolean }) => T[]): Connection<T> {
  // Going backward is going forward in the other direction, and turning the page around.
  const rows = list({ first: wish.size + 1, after: wish.from, reverse: wish.isReversed !== wish.isBackward });
  const hasMore = rows.length > wish.size;
  const page = hasMore ? rows.slice(0, wish.size) : rows;
  if (wish.isBackward) page.reverse();
  const cursorAt = (index: number): string | null => {
    const row = page.at(index);
    return row === undefined ? null : toCursor(cursorOf(row));
  };
  return {
    nodes: page,
    // Worked out only when asked for: bulk operations read half a million rows and no cursor.
    get edges() {
      return page.map((node) => ({ node, cursor: toCursor(cursorOf(node)) }));
    },
    pageInfo: {
      hasNextPage: wish.isBackward ? wish.from !== null : hasMore,
      hasPreviousPage: wish.isBackward ? hasMore : wish.from !== null,
      get startCursor() {
        return cursorAt(0);
      },
      get endCursor() {
        return cursorAt(-1);
      },
    },
  };
}

/** A connection over rows that are already in memory, such as an order's lines, in their own order. */
export function connectRows<T>(rows: readonly T[], idOf: (row: T) => Id, args: Readonly<Record<string, unknown>>, sizeMax = PAGE_MAX): Connection<T> {
  const cursorOf = (row: T): Cursor => ({ key: idOf(row), id: idOf(row) });
  return connect(readPageWish(args, sizeMax), cursorOf, ({ first, after, reverse }) => {
    const ordered = reverse ? rows.toReversed() : rows;
    const start = after === null ? 0 : ordered.findIndex((row) => idOf(row) === after.id) + 1;
    return ordered.slice(start, start + first);
  });
}

/** A page of rows that nobody has sorted by this key: keeps no more of them than the page needs. */
export function sortPage<T>(rows: Iterable<T>, cursorOf: (row: T) => Cursor, { first, after, reverse }: { first: number; after: Cursor | null; reverse: boolean }): T[] {
  const direction = reverse ? -1 : 1;
  const compare = (a: Cursor, b: Cursor): number => direction * ((a.key < b.key ? -1 : a.key > b.key ? 1 : 0) || compareIds(a.id, b.id));
  const compareRows = (a: T, b: T): number => compare(cursorOf(a), cursorOf(b));
  const kept: T[] = [];
  for (const row of rows) {
    if (after !== null && compare(cursorOf(row), after) <= 0) continue;
    kept.push(row);
    if (kept.length >= first * 8) kept.sort(compareRows).splice(first);
  }
  return kept.sort(compareRows).slice(0, first);
}

const toCursor = ({ key, id }: Cursor): string => Buffer.from(JSON.stringify({ last_id: id, last_value: key })).toString("base64");

const Cursor = z.object({ last_id: z.string(), last_value: z.string() });

function parseCursor(text: string): Cursor {
  try {
    const cursor = Cursor.safeParse(JSON.parse(Buffer.from(text, "base64").toString("utf8")));
    if (cursor.success) return { key: cursor.data.last_value, id: cursor.data.last_id };
  } catch {
    // not one of ours: said below
  }
  throw badPage(`'${text}' is not a valid cursor`);
}

const badPage = (message: string): GraphQLError => new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });
