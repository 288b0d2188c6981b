// Shopify's news to the app: signed, in the order of events, tried nine times over four hours, and as unreliable as one asks it to be.

import { createHmac, randomUUID } from "node:crypto";
import { join } from "node:path";
import type { AppIdentity, Deliveries, Faults } from "../context.ts";
import { hasScope } from "../admin-api/access.ts";
import type { SandboxClock, ShopEvent } from "../shop/model.ts";
import { complianceTopics, scopeOfTopic, type Subscription } from "./app-config.ts";
import { openDeliveryStore, type Delivery, type DeliveryListing } from "./delivery-store.ts";
import { pickFields } from "./pick-fields.ts";

export type DeliveryQueueOptions = {
  folder: string;
  clock: SandboxClock;
  app: AppIdentity;
  shopDomain: string;
  apiVersion: string;
  subscriptions: readonly Subscription[];
  faults: Faults;
  isInstalled(): boolean;
  scopes(): string[];
  /** how many deliveries are under way at once; 1 keeps the order of events */
  concurrency?: number;
  /** 1 is Shopify's four hours; tests take less */
  retryScale?: number;
};

export interface DeliveryQueue extends Deliveries {
  schedule(event: ShopEvent, dueAtMs: number): void;
  cancelScheduled(topic: string): void;
  /** the app is gone: only what Shopify tells an app that is gone stays */
  cancelForUninstall(): void;
  list(query: { isPending: boolean; limit: number }): DeliveryListing[];
  hurryRetries(): void;
  close(): Promise<void>;
}

// Eight retries with growing gaps, four hours in all (Shopify gives the number and the sum).
const retryGapsMs = [10, 30, 60, 300, 900, 1_800, 3_600, 7_700].map((seconds) => seconds * 1000);
const ANSWER_TIMEOUT_MS = 5_000; // Shopify's
const REORDER_HOLD_MS = 300; // long enough for the next event to come by
const POSITIONS_BACK = 2.5; // behind the next two
const WAKE_MAX_MS = 60_000; // timers are not trusted for longer; the clock may be moved

const topicsAfterUninstall = ["app/uninstalled", ...complianceTopics];

export function createDeliveryQueue(options: DeliveryQueueOptions): DeliveryQueue {
  const { clock, faults, concurrency = 1, retryScale = 1 } = options;
  const store = openDeliveryStore(join(options.folder, "deliveries.sqlite"));
  const underWay = new Map<number, Promise<void>>();
  const watchers = new Set<() => void>();
  const nowMs = (): number => clock.now().getTime();
  const nameEvent = createEventNamer();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function write(event: ShopEvent, later?: { dueAtMs: number }): void {
    const mayHear = options.isInstalled() || topicsAfterUninstall.includes(event.topic);
    const scope = scopeOfTopic(event.topic);
    if (!mayHear || (scope !== null && !hasScope(new Set(options.scopes()), scope))) return;
    const { eventId, triggeredAt } = nameEvent(event);
    for (const { topic, uri, name, includeFields } of options.subscriptions) {
      if (topic !== event.topic) continue;
      const isReordered = !later && faults.strikes("reorder");
      const delayMs = !later && faults.strikes("delay") ? faults.read().delayMs : isReordered ? REORDER_HOLD_MS : 0;
      const isDropped = !later && faults.strikes("drop");
      const delivery = {
        topic, uri, name: name ?? null, webhookId: randomUUID(), eventId, triggeredAt,
        body: includeFields ? pickFields(event.body, includeFields) : event.body,
        state: later ? "scheduled" as const : isDropped ? "dropped" as const : "pending" as const,
        dueAtMs: later?.dueAtMs ?? nowMs() + delayMs,
        positionShift: isReordered ? POSITIONS_BACK : 0,
      };
      store.add(delivery);
      if (!later && !isDropped && faults.strikes("duplicate")) store.add(delivery);
    }
    wake();
  }

  /** Soon, not now: the verb that caused the event shall end first. */
  function wake(): void {
    clearTimeout(timer);
    if (isClosed) return;
    const next = store.findNextDueMs();
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
    const outcome = await post(options, delivery);
    if (outcome.isDelivered) return store.finish(delivery.id, "delivered", outcome.status);
    const gapMs = retryGapsMs[delivery.attempts];
    if (gapMs === undefined) return store.finish(delivery.id, "failed", outcome.status);
    const webhookId = faults.read().newWebhookIdOnRetry ? randomUUID() : delivery.webhookId;
    store.postpone(delivery.id, { dueAtMs: nowMs() + Math.round(gapMs * retryScale), lastStatus: outcome.status, webhookId });
  }

  const stopListening = clock.onChange(wake);
  wake();

  return {
    publish: (event) => write(event),
    schedule: (event, dueAtMs) => write(event, { dueAtMs }),
    cancelScheduled: (topic) => store.cancel({ topic, state: "scheduled" }),
    cancelForUninstall: () => store.cancel({ keepTopics: topicsAfterUninstall }),
    counts: () => store.counts(),
    list: (query) => store.list(query),
    hurryRetries() {
      store.hurryRetries(nowMs());
      wake();
    },
    flush(timeoutMs) {
      store.hurryDelayed(nowMs());
      wake();
      return new Promise((resolve) => {
        const end = (isEmpty: boolean): void => {
          clearTimeout(deadline);
          watchers.delete(look);
          resolve(isEmpty);
        };
        const look = (): void => {
          if (underWay.size === 0 && store.counts().pending === 0) end(true);
        };
        const deadline = setTimeout(() => end(false), timeoutMs);
        watchers.add(look);
        look();
      });
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      stopListening();
      await Promise.all(underWay.values());
      store.close();
    },
  };
}

type Outcome = { isDelivered: boolean; status: string };

async function post({ app, shopDomain, apiVersion }: DeliveryQueueOptions, delivery: Delivery): Promise<Outcome> {
  const body = Buffer.from(delivery.body, "utf8");
  try {
    const response = await fetch(new URL(delivery.uri, app.baseUrl), {
      method: "POST",
      body,
      redirect: "manual", // 3xx is a failure, too
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "Shopify-Captain-Hook",
        "X-Shopify-Topic": delivery.topic,
        "X-Shopify-Hmac-Sha256": createHmac("sha256", app.apiSecret).update(body).digest("base64"),
        "X-Shopify-Shop-Domain": shopDomain,
        "X-Shopify-API-Version": apiVersion,
        "X-Shopify-Webhook-Id": delivery.webhookId,
        "X-Shopify-Event-Id": delivery.eventId,
        "X-Shopify-Triggered-At": delivery.triggeredAt,
        ...(delivery.name === null ? {} : { "X-Shopify-Name": delivery.name }),
      },
    });
    await response.body?.cancel();
    return { isDelivered: response.ok, status: String(response.status) };
  } catch (error) {
    return { isDelivered: false, status: error instanceof Error ? describeFailure(error) : String(error) };
  }
}

const describeFailure = (error: Error): string => (error.cause instanceof Error ? error.cause.message || error.cause.name : error.message);

/** One merchant action causes several events, which share an Event-Id: those told in one go, until a topic comes again. */
function createEventNamer(): (event: ShopEvent) => { eventId: string; triggeredAt: string } {
  let action = { eventId: "", topics: new Set<string>() };
  let last = { occurredAt: "", count: 0 };
  return ({ topic, occurredAt }) => {
    if (action.topics.size === 0 || action.topics.has(topic)) action = { eventId: randomUUID(), topics: new Set() };
    if (action.topics.size === 0) setImmediate(() => (action = { eventId: "", topics: new Set() }));
    action.topics.add(topic);
    last = occurredAt === last.occurredAt ? { occurredAt, count: last.count + 1 } : { occurredAt, count: 0 };
    // Events of one millisecond are told apart by the digits behind it, as Shopify's are.
    return { eventId: action.eventId, triggeredAt: occurredAt.replace(/(\.\d{3})?Z$/, (_all, millis) => `${millis ?? ".000"}${String(Math.min(last.count, 999)).padStart(3, "0")}Z`) };
  };
}
