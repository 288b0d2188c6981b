// A running app's database as a test sees it: its rows, whether anything still waits, and its jobs, which may be rung for.
import pg from "pg";
import { vi } from "vitest";
import { jobs } from "../../app/jobs.server.ts";
import { closeDatabase, useDatabase } from "../../app/platform/db.server.ts";
import { enqueue, stopJobs } from "../../app/platform/jobs.server.ts";
import type { Sandbox } from "../../sandbox/server.ts";

export type Rows = Record<string, unknown>[];

/** bigint columns come as bigint, days as text; arrays and instants as the driver gives them. */
export async function readRows<Row extends Rows[number]>(databaseUrl: string, statement: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl, types: { getTypeParser } });
  await client.connect();
  try {
    return (await client.query<Row>(statement, values)).rows;
  } finally {
    await client.end();
  }
}

const OID = { bigint: 20, date: 1082 };

function getTypeParser(oid: number, format?: "text" | "binary"): (text: string) => unknown {
  if (oid === OID.bigint) return BigInt;
  return oid === OID.date ? String : pg.types.getTypeParser(oid, format);
}

/** Lets the app's modules in this process work on the running app's database. Answers a function that leaves it. */
export function joinDatabase(databaseUrl: string): () => Promise<void> {
  useDatabase(databaseUrl);
  return async () => {
    await stopJobs();
    await closeDatabase();
  };
}

/** What the worker's clock does on its own, each minute or hour: tests do not wait for it. Needs `joinDatabase`. */
export async function ring(...names: string[]): Promise<void> {
  for (const name of names) {
    const job = jobs.find((known) => known.name === name);
    if (job === undefined) throw new Error(`there is no job ${name}`);
    await enqueue(job, {});
  }
}

const WAIT = { timeout: 50_000, interval: 50 }; // what takes longer than a test may is stuck

/** Tries until it holds, and fails with the last reason why it did not. */
export const eventually = <T>(look: () => Promise<T> | T): Promise<T> => vi.waitFor(look, WAIT);

/** Every delivery made, opened and understood, every question asked again, every sum moved, everybody it moved looked at, every reward made and Shopify told. */
export async function settle({ sandbox, databaseUrl }: { sandbox: Sandbox; databaseUrl: string }): Promise<void> {
  const flushed = await fetch(`${sandbox.url}/sandbox/deliveries/flush`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ hurryRetries: true, timeoutMs: WAIT.timeout }),
  });
  if (!flushed.ok) throw new Error(`deliveries do not drain: ${await flushed.text()}`);
  await eventually(async () => {
    const [waiting] = await readRows(databaseUrl, `
      select (select count(*) from delivery where state = 'waiting') as deliveries, (select count(*) from reread) as rereads,
             (select count(*) from changed_buyer) as changes, (select count(*) from refresh_lock r left join cohort_lock l on l.shop_id = r.shop_id where r.rebuilt_at is distinct from l.rebuilt_at) as cohorts,
             (select count(*) from moved_customer) as customers, (select count(*) from member where is_to_tell) as members, (select count(*) from redemption where state in ('held', 'returning')) as rewards, (select count(*) from segment_telling where not is_refused) as tellings, (select count(*) from backfill_part where finished_at is null) as parts`);
    const left = Object.entries(waiting ?? {}).filter(([, count]) => count !== 0n);
    if (left.length > 0) throw new Error(`still waiting: ${left.map(([what, count]) => `${what} ${String(count)}`).join(", ")}`);
  });
}
