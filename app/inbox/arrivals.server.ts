// Deliveries that arrive while one is being committed are committed together next: a burst costs a few commits, and nobody waits for more than two.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Arrival } from "./model.ts";
import * as store from "./store.server.ts";

const TOGETHER_MAX = 100; // half a megabyte of usual orders; more would keep the first one waiting
const TOGETHER_MAX_LENGTH = 4_000_000; // and a few enormous ones travel alone

type Waiting = { arrival: Arrival; resolve: () => void; reject: (error: unknown) => void };
const waiting: Waiting[] = [];
let isWriting = false;

/** Resolves when it is committed; a repeated delivery is as good as committed. */
export const writeDown = (arrival: Arrival): Promise<void> =>
  new Promise((resolve, reject) => {
    waiting.push({ arrival, resolve, reject });
    if (!isWriting) void writeAll();
  });

async function writeAll(): Promise<void> {
  isWriting = true;
  while (waiting.length > 0) {
    await nextTurn(); // whoever has just been answered may have the next one ready
    await writeTogether(waiting.splice(0, countTogether()));
  }
  isWriting = false;
}

function countTogether(): number {
  let length = 0;
  const tooMany = waiting.findIndex(({ arrival }, index) => (length += arrival.text.length) > TOGETHER_MAX_LENGTH && index > 0);
  return Math.min(TOGETHER_MAX, tooMany === -1 ? waiting.length : tooMany);
}

async function writeTogether(batch: Waiting[]): Promise<void> {
  try {
    await store.addAll(batch.map(({ arrival }) => arrival));
    for (const { resolve } of batch) resolve();
  } catch (error) {
    for (const { reject } of batch) reject(error); // Shopify sends them again
  }
}
