// The two ways a delivery can be dealt with: together with others of its kind in the batch's transaction, or by itself after the commit.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Tx } from "../platform/db.server.ts";
import { ParseError } from "../shopify/parse/fields.ts";
import { parseJson } from "../values/json.ts";
import type { Misreading } from "../values/misreading.ts";
import type { Bell, OpenedShop, WaitingDelivery } from "./model.ts";

export type Unreadable = { id: bigint; reason: Misreading };
/** A set as far as it can be read before its transaction: what remains is to store it. */
export type ReadSet = { unreadable: Unreadable[]; store: (tx: Tx, at: Date) => Promise<readonly Bell[]> };
export type SetStep = { kind: "set"; read: (shop: OpenedShop, deliveries: readonly WaitingDelivery[]) => Promise<ReadSet> };
export type ActStep = { kind: "act"; run: (shop: OpenedShop, delivery: WaitingDelivery) => Promise<readonly Bell[]> };
export type Step = SetStep | ActStep;

type Parse<Item> = (json: unknown, shop: OpenedShop, topic: string) => Item;

const SLICE = 50; // two milliseconds of reading: meanwhile PostgreSQL's answers about the batch before wait

/** All of a batch as one set. One that cannot be read goes to quarantine, the others go on. */
export const project = <Item>(parse: Parse<Item>, apply: (tx: Tx, shop: OpenedShop, items: Item[], at: Date) => Promise<readonly Bell[]>): SetStep => ({
  kind: "set",
  read: async (shop, deliveries) => {
    const items: Item[] = [];
    const unreadable: Unreadable[] = [];
    const inOrder = deliveries.toSorted((one, other) => one.triggeredAt.getTime() - other.triggeredAt.getTime()); // Shopify's clock has seconds: of two words as old, the later told wins
    for (const [index, delivery] of inOrder.entries()) {
      try {
        items.push(parse(readPayload(delivery), shop, delivery.topic));
      } catch (error) {
        unreadable.push({ id: delivery.id, reason: reasonOf(error) });
      }
      if (index % SLICE === SLICE - 1) await nextTurn();
    }
    return { unreadable, store: (tx, at) => (items.length > 0 ? apply(tx, shop, items, at) : Promise.resolve([])) };
  },
});

/** By itself, after the batch: it has a transaction of its own, or several. Must bear being run twice. Throws a ParseError for a delivery it cannot read. */
export const act = <Item>(parse: Parse<Item>, run: (shop: OpenedShop, item: Item, delivery: WaitingDelivery) => Promise<readonly Bell[] | void>): ActStep => ({
  kind: "act",
  run: async (shop, delivery) => (await run(shop, parse(readPayload(delivery), shop, delivery.topic), delivery)) ?? [],
});

/** Answers why a delivery cannot be read; any other error is thrown on. */
export function reasonOf(error: unknown): Misreading {
  if (error instanceof ParseError) return { code: error.code, at: error.path };
  throw error;
}

function readPayload({ topic, text }: WaitingDelivery): unknown {
  try {
    return LONG_NUMBER.test(text) ? parseJson(text) : JSON.parse(text);
  } catch {
    throw new ParseError(topic, "", "not_json"); // a SyntaxError would quote what it met
  }
}

// Keeping numbers exact makes parsing eight times as slow, and a number a double cannot hold has at least sixteen digits.
const LONG_NUMBER = /\d{16}/;
