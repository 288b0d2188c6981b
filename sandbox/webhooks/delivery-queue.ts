// Shopify's news to the app: every event is written down for each subscription to its topic, and as unreliable as one asks it to be.

import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { hasScope } from "../admin-api/access.ts";
import type { AppIdentity, Deliveries, Faults } from "../context.ts";
import type { SandboxClock, ShopEvent } from "../shop/model.ts";
import { complianceTopics, scopeOfTopic, type Subscription } from "./app-config.ts";
import { createPump } from "./delivery-pump.ts";
import { openDeliveryStore, type DeliveryListing, type DeliveryStore, type NewDelivery } from "./delivery-store.ts";
import { pickFields } from "./pick-fields.ts";

export type DeliveryQueueOptions = {
  folder: string;
  clock: SandboxClock;
  app: AppIdentity;
  shopDomain: string;
  apiVersion: string;
  subscriptions: readonly Subscription[];
  faults: Faults;
  isInstalled: () => boolean;
  scopes: () => string[];
  /** how many deliveries are under way at once; 1 keeps the order of events */
  concurrency?: number;
  /** 1 is Shopify's four hours; tests take less */
  retryScale?: number;
};

export type DeliveryQueue = Deliveries & {
  schedule: (event: ShopEvent, dueAtMs: number) => void;
  cancelScheduled: (topic: string) => void;
  /** the app is gone: only what Shopify tells an app that is gone stays */
  cancelForUninstall: () => void;
  list: (query: { isPending: boolean; limit: number }) => DeliveryListing[];
  hurryRetries: () => void;
  close: () => Promise<void>;
};

const topicsAfterUninstall: readonly string[] = ["app/uninstalled", ...complianceTopics];

export function createDeliveryQueue(options: DeliveryQueueOptions): DeliveryQueue {
  const { clock, faults, app, shopDomain, apiVersion, concurrency = 1, retryScale = 1 } = options;
  const store = openDeliveryStore(join(options.folder, "deliveries.sqlite"));
  const pump = createPump({ store, clock, faults, sender: { app, shopDomain, apiVersion }, concurrency, retryScale });
  const write = createWriter(options, store);
  const nowMs = (): number => clock.now().getTime();
  pump.wake();
  return {
    publish(event) {
      write(event);
      pump.wake();
    },
    schedule(event, dueAtMs) {
      write(event, dueAtMs);
      pump.wake();
    },
    cancelScheduled: (topic) => { store.cancel({ topic, state: "scheduled" }); },
    cancelForUninstall: () => { store.cancel({ keepTopics: topicsAfterUninstall }); },
    counts: store.counts,
    list: store.list,
    hurryRetries() {
      store.hurryRetries(nowMs());
      pump.wake();
    },
    flush(timeoutMs) {
      store.hurryDelayed(nowMs());
      pump.wake();
      return pump.waitUntilEmpty(timeoutMs);
    },
    async close() {
      await pump.close();
      store.close();
    },
  };
}

const REORDER_HOLD_MS = 300; // long enough for the next event to come by
const POSITIONS_BACK = 2.5; // behind the next two

/** `scheduledAtMs`: Shopify's own plan for later, which no fault touches. */
function createWriter({ clock, faults, subscriptions, isInstalled, scopes }: DeliveryQueueOptions, store: DeliveryStore): (event: ShopEvent, scheduledAtMs?: number) => void {
  const nameEvent = createEventNamer();
  const mayHear = (topic: string): boolean => {
    if (topicsAfterUninstall.includes(topic)) return true;
    const scope = scopeOfTopic(topic);
    return isInstalled() && (scope === null || hasScope(new Set(scopes()), scope));
  };
  return (event, scheduledAtMs) => {
    if (!mayHear(event.topic)) return;
    const { eventId, triggeredAt } = nameEvent(event);
    for (const { topic, uri, name = null, includeFields } of subscriptions) {
      if (topic !== event.topic) continue;
      const body = includeFields ? pickFields(event.body, includeFields) : event.body;
      const plain: NewDelivery = { topic, uri, name, eventId, triggeredAt, body, webhookId: randomUUID(), state: "pending", dueAtMs: clock.now().getTime(), positionShift: 0 };
      if (scheduledAtMs === undefined) for (const delivery of trouble(plain, faults)) store.add(delivery);
      else store.add({ ...plain, state: "scheduled", dueAtMs: scheduledAtMs });
    }
  };
}

function trouble(plain: NewDelivery, faults: Faults): NewDelivery[] {
  if (faults.strikes("drop")) return [{ ...plain, state: "dropped" }];
  const isReordered = faults.strikes("reorder");
  const delayMs = faults.strikes("delay") ? faults.read().delayMs : isReordered ? REORDER_HOLD_MS : 0;
  const delivery = { ...plain, dueAtMs: plain.dueAtMs + delayMs, positionShift: isReordered ? POSITIONS_BACK : 0 };
  return faults.strikes("duplicate") ? [delivery, delivery] : [delivery];
}

/** One merchant action causes several events, which share an Event-Id: those told in one go, until a topic comes again. */
function createEventNamer(): (event: ShopEvent) => { eventId: string; triggeredAt: string } {
  let action = { eventId: "", topics: new Set<string>() };
  let last = { occurredAt: "", count: 0 };
  return ({ topic, occurredAt }) => {
    if (action.topics.size === 0 || action.topics.has(topic)) {
      action = { eventId: randomUUID(), topics: new Set() };
      setImmediate(() => { action = { eventId: "", topics: new Set() }; });
    }
    action.topics.add(topic);
    last = occurredAt === last.occurredAt ? { occurredAt, count: last.count + 1 } : { occurredAt, count: 0 };
    return { eventId: action.eventId, triggeredAt: addMicros(occurredAt, last.count) };
  };
}

/** Events of one millisecond are told apart by the digits behind it, as Shopify's are. */
const addMicros = (instant: string, count: number): string =>
  `${instant.replace(/Z$/, "").padEnd("2026-01-01T00:00:00.000".length, ".000")}${String(Math.min(count, 999)).padStart(3, "0")}Z`;
