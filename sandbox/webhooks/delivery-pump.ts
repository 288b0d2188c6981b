// Takes what is due out of the store, in the order of events, and tries it nine times over four hours of the sandbox's time.

import { randomUUID } from "node:crypto";
import type { Faults } from "../context.ts";
import type { SandboxClock } from "../shop/model.ts";
import { postDelivery, type Sender } from "./delivery-post.ts";
import type { Delivery, DeliveryStore } from "./delivery-store.ts";

export type PumpOptions = {
  store: DeliveryStore;
  clock: SandboxClock;
  faults: Faults;
  sender: Sender;
  concurrency: number;
  retryScale: number;
};

export type Pump = {
  /** looks again, soon and not now: the verb that caused an event shall end first */
  wake: () => void;
  /** resolves when nothing is pending, `false` after the time-out */
  waitUntilEmpty: (timeoutMs: number) => Promise<boolean>;
  close: () => Promise<void>;
};

// Eight retries with growing gaps, four hours in all (Shopify gives the number and the sum).
const retryGapsMs = [10, 30, 60, 300, 900, 1_800, 3_600, 7_700].map((seconds) => seconds * 1000);
const WAKE_MAX_MS = 60_000; // no timer is trusted for longer; the clock may be moved

export function createPump({ store, clock, faults, sender, concurrency, retryScale }: PumpOptions): Pump {
  const underWay = new Map<number, Promise<void>>();
  const watchers = new Set<() => void>();
  const nowMs = (): number => clock.now().getTime();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function wake(): void {
    clearTimeout(timer);
    const next = isClosed ? null : store.findNextDueMs();
    if (next === null) return;
    timer = setTimeout(pump, Math.min(Math.max(next - nowMs(), 0), WAKE_MAX_MS));
    timer.unref();
  }

  function pump(): void {
    if (isClosed) return;
    for (const delivery of store.listDue(nowMs(), concurrency - underWay.size, new Set(underWay.keys()))) {
      const run = deliver(delivery).finally(() => {
        underWay.delete(delivery.id);
        pump();
      });
      underWay.set(delivery.id, run);
    }
    if (underWay.size === 0) wake();
    for (const look of watchers) look();
  }

  async function deliver(delivery: Delivery): Promise<void> {
    const outcome = await postDelivery(sender, delivery);
    const gapMs = retryGapsMs[delivery.attempts];
    if (outcome.isDelivered || gapMs === undefined) {
      store.finish(delivery.id, outcome.isDelivered ? "delivered" : "failed", outcome.status);
      return;
    }
    const webhookId = faults.read().newWebhookIdOnRetry ? randomUUID() : delivery.webhookId;
    store.postpone(delivery.id, { dueAtMs: nowMs() + Math.round(gapMs * retryScale), lastStatus: outcome.status, webhookId });
  }

  function waitUntilEmpty(timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isEmpty: boolean): void => {
        clearTimeout(deadline);
        watchers.delete(look);
        resolve(isEmpty);
      };
      const look = (): void => {
        if (underWay.size === 0 && !store.hasPending()) end(true);
      };
      const deadline = setTimeout(() => { end(false); }, timeoutMs);
      watchers.add(look);
      look();
    });
  }

  const stopListening = clock.onChange(wake);
  return {
    wake,
    waitUntilEmpty,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      stopListening();
      await Promise.all(underWay.values());
    },
  };
}
