// One pool, one client, one way to open a transaction.
import pg from "pg";
import { PrismaPg } from "@prisma/adapter-pg";
import { z } from "zod";
import { Prisma, PrismaClient } from "../../prisma/generated/client.ts";
import { env } from "./env.server.ts";

export { Prisma };
export type Tx = Prisma.TransactionClient;

const TRANSACTION_TIMEOUT_MS = 60_000; // a batch of anything takes a second or two, on a machine that is busy as well
const TRANSACTION_WAIT_MS = 10_000;

/** The address in force: DATABASE_URL, or the embedded server's, set by `provideDatabase` before anything asks. */
let url = env.DATABASE_URL;
let opened: { client: PrismaClient; pool: pg.Pool } | undefined;

export function useDatabase(address: string): void {
  if (opened) throw new Error("the database is already open");
  url = address;
}

function open() {
  if (opened) return opened;
  if (url === undefined) throw new Error("DATABASE_URL is not set and no embedded server was started");
  const pool = new pg.Pool({ connectionString: url, max: env.DATABASE_POOL_SIZE });
  pool.on("error", () => undefined); // an idle connection that breaks is replaced by the pool; the next query says what is wrong
  opened = { pool, client: new PrismaClient({ adapter: new PrismaPg(pool) }) };
  return opened;
}

export const db = (): PrismaClient => open().client;
/** For COPY and pg-boss, which speak to `pg` directly. */
export const pool = (): pg.Pool => open().pool;
export const databaseUrl = (): string | undefined => url;

export const inTransaction = <T>(run: (tx: Tx) => Promise<T>, { timeoutMs = TRANSACTION_TIMEOUT_MS }: { timeoutMs?: number } = {}): Promise<T> =>
  db().$transaction(run, { timeout: timeoutMs, maxWait: TRANSACTION_WAIT_MS });

const driverError = z.object({ meta: z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) }) });

/** The SQLSTATE when PostgreSQL did not like what a row says: classes 22 and 23. Any other error is not the row's fault: null. */
export function dataErrorOf(error: unknown): string | null {
  const state = driverError.safeParse(error).data?.meta.driverAdapterError.cause.originalCode;
  return state !== undefined && /^2[23]/.test(state) ? state : null;
}

export async function closeDatabase(): Promise<void> {
  const closing = opened;
  opened = undefined;
  await closing?.client.$disconnect();
  if (closing && !closing.pool.ended) await closing.pool.end();
}
