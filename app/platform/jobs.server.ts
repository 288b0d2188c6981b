// Background work: jobs are declared as data beside their owner, pg-boss keeps them in the same database.
import { PgBoss } from "pg-boss";
import { z } from "zod";
import { toJson } from "../values/json.ts";
import { databaseUrl, pool } from "./db.server.ts";
import { log } from "./log.server.ts";

export type JobDefinition<Payload extends z.ZodType> = {
  name: string;
  payload: Payload;
  /** Jobs with the same answer wait as one. It must be sent after the commit of what it should see (docs/decisions/0004-jobs.md). */
  oncePer?: (payload: z.output<Payload>) => string;
  retries: number;
  /** How long one run may take before it counts as lost and is tried again. */
  timeoutSeconds: number;
  /** Cron, UTC. The payload is then `{}`. What is due every minute is also due when a worker starts. */
  schedule?: string;
  /** How many run at once in one process. */
  concurrency?: number;
  run: (payload: z.output<Payload>) => Promise<void>;
};
/** A job as whoever rings for it sees it: what it does may be filled in elsewhere. */
export type JobBell<Payload extends z.ZodType> = Omit<JobDefinition<Payload>, "run">;
/** A job of any payload, as the lists of the rooms hold it. */
export type AnyJob = JobDefinition<z.ZodType<any>>; // eslint-disable-line @typescript-eslint/no-explicit-any -- run is contravariant in its payload

export const defineJob = <Payload extends z.ZodType>(job: JobDefinition<Payload>): JobDefinition<Payload> => job;

/** Runs when a worker starts and every minute from then on: for what a dead process left, and for days that begin. */
export const defineSweep = ({ name, run }: { name: string; run: () => Promise<void> }): AnyJob => defineJob({
  name, run,
  payload: z.object({}),
  oncePer: () => "all",
  schedule: EVERY_MINUTE,
  retries: 0, // the next minute does it again
  timeoutSeconds: 60,
});
const EVERY_MINUTE = "* * * * *";

const POLL_SECONDS = 2; // NOTIFY wakes workers at once; polling finds what became due since it was sent, and what a lost notification left
const POLLING = { pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_SECONDS }; // pg-boss would take 30 for the second
const RETRY_DELAY_SECONDS = 5;
const KEEP_DONE_SECONDS = 86_400;

let sender: Promise<PgBoss> | undefined;
const known = new Set<string>();

async function openBoss(asWorker: boolean): Promise<PgBoss> {
  const connectionString = databaseUrl();
  const boss = new PgBoss({
    ...(asWorker && connectionString !== undefined ? { connectionString, max: 4, useListenNotify: true } : { db: { executeSql: (text: string, values?: unknown[]) => pool().query(text, values) } }),
    supervise: asWorker,
    schedule: asWorker,
  });
  boss.on("error", (error) => log.error("pg-boss", error));
  await boss.start();
  return boss;
}

async function ensureQueue(boss: PgBoss, job: Pick<AnyJob, "name" | "oncePer" | "retries" | "timeoutSeconds">): Promise<void> {
  if (known.has(job.name)) return;
  await boss.createQueue(job.name, {
    policy: job.oncePer ? "short" : "standard",
    retryLimit: job.retries,
    retryDelay: RETRY_DELAY_SECONDS,
    retryBackoff: true,
    expireInSeconds: job.timeoutSeconds,
    deleteAfterSeconds: KEEP_DONE_SECONDS,
    notify: true,
  });
  known.add(job.name);
}

const Data = z.looseObject({});

/** Sends a job; outside any transaction, so that what it needs to see is committed. */
export async function enqueue<Payload extends z.ZodType>(
  job: JobBell<Payload>,
  payload: z.output<Payload>,
  options: { startAfterSeconds?: number } = {},
): Promise<void> {
  sender ??= openBoss(false);
  const boss = await sender;
  await ensureQueue(boss, job);
  await boss.send(job.name, Data.parse(JSON.parse(toJson(payload))), {
    ...(job.oncePer ? { singletonKey: job.oncePer(payload) } : {}),
    ...(options.startAfterSeconds === undefined ? {} : { startAfter: options.startAfterSeconds }),
  });
}

/** Starts working every job of the lists; answers a function that finishes what runs and stops. */
export async function startWorker(jobs: readonly AnyJob[]): Promise<() => Promise<void>> {
  const boss = await openBoss(true);
  sender = Promise.resolve(boss);
  for (const job of jobs) {
    await ensureQueue(boss, job);
    if (job.schedule !== undefined) await boss.schedule(job.name, job.schedule, {});
    await boss.work(job.name, { ...POLLING, localConcurrency: job.concurrency ?? 1, batchSize: 1 }, async ([queued]) => {
      if (queued) await runLogged(job, queued.data);
    });
    if (job.schedule === EVERY_MINUTE) await enqueue(job, {}); // what a crash left waiting goes on at once
  }
  return stopJobs;
}

async function runLogged(job: AnyJob, data: unknown): Promise<void> {
  try {
    await job.run(job.payload.parse(data));
  } catch (error) {
    const cause = error instanceof Response ? new Error(`Shopify answered ${error.status}`) : error; // Shopify's library throws Responses
    log.error("job failed", cause, { job: job.name });
    throw cause;
  }
}

export async function stopJobs(): Promise<void> {
  const stopping = sender;
  sender = undefined;
  known.clear();
  await (await stopping)?.stop({ graceful: true, timeout: 10_000 });
}
