// The deliveries Shopify owes the app, in a file of their own, so that a kill forgets none of them.

import { DatabaseSync } from "node:sqlite";
import type { DeliveryCounts, DeliveryState } from "../context.ts";

export type Delivery = {
  id: number;
  /** the order in which things happened; a reordered one is moved back */
  position: number;
  topic: string;
  uri: string;
  name: string | null;
  webhookId: string;
  eventId: string;
  triggeredAt: string;
  body: string;
  state: DeliveryState;
  attempts: number;
  dueAtMs: number;
  lastStatus: string | null;
};
export type NewDelivery = Omit<Delivery, "id" | "position" | "attempts" | "lastStatus"> & { positionShift: number };
export type DeliveryListing = Omit<Delivery, "body" | "dueAtMs" | "position"> & { dueAt: string };

export type DeliveryStore = {
  add: (delivery: NewDelivery) => void;
  /** the earliest due ones that are not in `exceptIds` */
  listDue: (nowMs: number, limit: number, exceptIds: ReadonlySet<number>) => Delivery[];
  findNextDueMs: () => number | null;
  finish: (id: number, state: DeliveryState, lastStatus: string) => void;
  postpone: (id: number, wish: { dueAtMs: number; lastStatus: string; webhookId: string }) => void;
  /** what was delayed on purpose is due now; retries wait on */
  hurryDelayed: (nowMs: number) => void;
  hurryRetries: (nowMs: number) => void;
  cancel: (where: { keepTopics: readonly string[] } | { topic: string; state: "scheduled" }) => void;
  hasPending: () => boolean;
  counts: () => DeliveryCounts;
  list: (query: { isPending: boolean; limit: number }) => DeliveryListing[];
  close: () => void;
}

const FINISHED_KEPT = 5_000; // for looking at; older ones are forgotten

const SCHEMA = `
  pragma journal_mode = wal;
  pragma synchronous = normal;
  pragma busy_timeout = 5000;
  create table if not exists delivery (
    id integer primary key autoincrement, position real not null, topic text not null, uri text not null, name text, webhook_id text not null,
    event_id text not null, triggered_at text not null, body text not null, state text not null, attempts integer not null default 0,
    due_at_ms integer not null, last_status text
  ) strict;
  create index if not exists delivery_open on delivery (position) where state in ('pending', 'scheduled');
  create index if not exists delivery_due on delivery (due_at_ms) where state in ('pending', 'scheduled');
  create index if not exists delivery_state on delivery (state, id);
`;
const COLUMNS = `id, position, topic, uri, name, webhook_id as "webhookId", event_id as "eventId", triggered_at as "triggeredAt", body, state, attempts, due_at_ms as "dueAtMs", last_status as "lastStatus"`;

const toDeliveries = (rows: unknown[]): Delivery[] => rows as Delivery[]; // COLUMNS are named after the type's properties

export function openDeliveryStore(file: string): DeliveryStore {
  const database = new DatabaseSync(file);
  database.exec(SCHEMA);
  const add = database.prepare(`insert into delivery (position, topic, uri, name, webhook_id, event_id, triggered_at, body, state, due_at_ms)
    values ((select coalesce(max(id), 0) + 1 from delivery) + ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const due = database.prepare(`select ${COLUMNS} from delivery where state in ('pending', 'scheduled') and due_at_ms <= ? order by position, id limit ?`);
  const nextDue = database.prepare(`select min(due_at_ms) as "dueAtMs" from delivery where state in ('pending', 'scheduled')`);
  const pending = database.prepare(`select 1 from delivery where state = 'pending' limit 1`);
  const finish = database.prepare(`update delivery set state = ?, last_status = ?, attempts = attempts + 1 where id = ?`);
  const postpone = database.prepare(`update delivery set due_at_ms = ?, last_status = ?, webhook_id = ?, attempts = attempts + 1 where id = ?`);
  const prune = database.prepare(`delete from delivery where state not in ('pending', 'scheduled') and id <= (select max(id) from delivery) - ${FINISHED_KEPT}`);
  let finishedCount = 0;
  return {
    add: ({ positionShift, topic, uri, name, webhookId, eventId, triggeredAt, body, state, dueAtMs }) =>
      void add.run(positionShift, topic, uri, name, webhookId, eventId, triggeredAt, body, state, dueAtMs),
    listDue(nowMs, limit, exceptIds) {
      return toDeliveries(due.all(nowMs, limit + exceptIds.size)).filter(({ id }) => !exceptIds.has(id)).slice(0, limit);
    },
    findNextDueMs() {
      const dueAtMs = nextDue.get()?.dueAtMs;
      return typeof dueAtMs === "number" ? dueAtMs : null;
    },
    finish(id, state, lastStatus) {
      finish.run(state, lastStatus, id);
      finishedCount += 1;
      if (finishedCount % 500 === 0) prune.run();
    },
    postpone: (id, { dueAtMs, lastStatus, webhookId }) => void postpone.run(dueAtMs, lastStatus, webhookId, id),
    hurryDelayed: (nowMs) => void database.prepare(`update delivery set due_at_ms = ? where state = 'pending' and attempts = 0 and due_at_ms > ?`).run(nowMs, nowMs),
    hurryRetries: (nowMs) => void database.prepare(`update delivery set due_at_ms = ? where state = 'pending' and due_at_ms > ?`).run(nowMs, nowMs),
    cancel(where) {
      if ("topic" in where) database.prepare(`update delivery set state = 'cancelled' where state = ? and topic = ?`).run(where.state, where.topic);
      else {
        const kept = where.keepTopics.map(() => "?").join(", ");
        database.prepare(`update delivery set state = 'cancelled' where state = 'pending' and topic not in (${kept})`).run(...where.keepTopics);
      }
    },
    hasPending: () => pending.get() !== undefined,
    counts() {
      const counts: DeliveryCounts = { pending: 0, scheduled: 0, delivered: 0, failed: 0, dropped: 0, cancelled: 0 };
      const rows = database.prepare(`select state, count(*) as "count" from delivery group by state`).all() as { state: DeliveryState; count: number }[]; // as the table says
      for (const { state, count } of rows) counts[state] = count;
      return counts;
    },
    list({ isPending, limit }) {
      const filter = isPending ? "where state in ('pending', 'scheduled')" : "";
      const rows = toDeliveries(database.prepare(`select ${COLUMNS} from delivery ${filter} order by id desc limit ?`).all(limit));
      return rows.map(({ id, topic, uri, name, webhookId, eventId, triggeredAt, state, attempts, dueAtMs, lastStatus }) =>
        ({ id, topic, uri, name, webhookId, eventId, triggeredAt, state, attempts, lastStatus, dueAt: new Date(dueAtMs).toISOString() }));
    },
    close: () => { database.close(); },
  };
}
