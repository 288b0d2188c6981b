// Bulk operations: accepted by Shopify's rules, run beside the other work of the sandbox, written as JSON Lines, told by webhook; one that a kill interrupted starts again.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { GraphQLError, type GraphQLSchema } from "graphql";
import type { RequestJournal } from "../../control/request-journal.ts";
import type { Id, Instant, SandboxClock, ShopEvent, ShopState } from "../../shop/model.ts";
import { parseGid, toGid } from "../gids.ts";
import type { ApiContext } from "../resolvers/field-table.ts";
import { parseSearch, refuseSearch } from "../search.ts";
import { checkBulkQuery } from "./bulk-rules.ts";
import { createFileSigner, removeExpiredFiles, type FileSigner } from "./bulk-files.ts";
import { writeBulkFile } from "./bulk-run.ts";

export type BulkStatus = "CREATED" | "RUNNING" | "COMPLETED" | "CANCELING" | "CANCELED" | "FAILED";
export type BulkOperationDoc = {
  id: Id;
  status: BulkStatus;
  errorCode: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR" | null;
  query: string;
  isGrouped: boolean;
  granted: string[];
  createdAt: Instant;
  completedAt: Instant | null;
  objectCount: number;
  rootObjectCount: number;
  fileBytes: number | null;
};

type RunPayload = { bulkOperation: BulkOperationDoc | null; userErrors: { field: string[] | null; message: string; code: string }[] };
type CancelPayload = { bulkOperation: BulkOperationDoc | null; userErrors: { field: string[] | null; message: string }[] };

export type BulkOperations = {
  find: (gid: string) => BulkOperationDoc | null;
  /** oldest first */
  list: (query: unknown) => BulkOperationDoc[];
  run: (wish: { query: string; isGrouped: boolean }, context: ApiContext) => RunPayload;
  cancel: (gid: string) => CancelPayload;
  signUrl: (operation: BulkOperationDoc) => string | null;
  files: FileSigner;
  /** goes on with what an earlier process left undone */
  resume: (createContext: (granted: ReadonlySet<string>) => ApiContext) => void;
  close: () => Promise<void>;
}

export type BulkOptions = {
  state: ShopState;
  clock: SandboxClock;
  schema: GraphQLSchema;
  folder: string;
  journal: RequestJournal;
  publish: (event: ShopEvent) => void;
};

const RUNNING_MAX = 5; // per app and shop, since 2026-01
const KEPT_MAX = 200; // operations the shop remembers
const STORE_KEY = "bulk-operations";

export function createBulkOperations(options: BulkOptions): BulkOperations {
  const { state, clock, schema, folder } = options;
  mkdirSync(folder, { recursive: true });
  const files = createFileSigner({ state, clock, folder });
  const operations = (state.recall(STORE_KEY) ?? []) as BulkOperationDoc[]; // only save() stores under this key
  const save = (): void => { state.remember(STORE_KEY, operations); };
  const now = (): Instant => clock.now().toISOString();
  const runner = createRunner(options, save);
  const find = (gid: string): BulkOperationDoc | null => {
    const parsed = parseGid(gid);
    return parsed?.typeName === "BulkOperation" ? (operations.find(({ id }) => id === parsed.id) ?? null) : null;
  };
  return {
    files,
    find,
    list: (query) => operations.filter(testOf(query)),
    run({ query, isGrouped }, context) {
      const plan = checkBulkQuery(schema, query);
      if ("refusals" in plan) return { bulkOperation: null, userErrors: plan.refusals.map((message) => ({ field: ["query"], message, code: "INVALID" })) };
      const busy = operations.filter(isUnfinished);
      if (busy.length >= RUNNING_MAX) return { bulkOperation: null, userErrors: [tooMany(busy)] };
      removeExpiredFiles(folder);
      const operation: BulkOperationDoc = {
        id: String(BigInt(operations.at(-1)?.id ?? "7200000000000") + 1n),
        status: "CREATED", errorCode: null, query, isGrouped, granted: [...context.granted],
        createdAt: now(), completedAt: null, objectCount: 0, rootObjectCount: 0, fileBytes: null,
      };
      operations.push(operation);
      if (operations.length > KEPT_MAX && operations[0] && !isUnfinished(operations[0])) operations.shift();
      save();
      runner.start(operation, context);
      return { bulkOperation: { ...operation }, userErrors: [] };
    },
    cancel(gid) {
      const operation = find(gid);
      if (!operation) return { bulkOperation: null, userErrors: [{ field: ["id"], message: "Bulk operation does not exist" }] };
      if (!isUnfinished(operation)) {
        return { bulkOperation: operation, userErrors: [{ field: null, message: `A bulk operation cannot be canceled when it is ${operation.status.toLowerCase()}` }] };
      }
      operation.status = "CANCELING";
      save();
      return { bulkOperation: operation, userErrors: [] };
    },
    signUrl: (operation) => (operation.fileBytes === 0 ? null : files.sign(fileNameOf(operation), operation.completedAt ?? now())),
    resume(createContext) {
      for (const operation of operations.filter(isUnfinished)) runner.start(operation, createContext(new Set(operation.granted)));
    },
    close: runner.close,
  };
}

const fileNameOf = ({ id }: BulkOperationDoc): string => `${id}.jsonl`;
const isUnfinished = ({ status }: BulkOperationDoc): boolean => status === "CREATED" || status === "RUNNING" || status === "CANCELING";

const tooMany = (busy: readonly BulkOperationDoc[]): RunPayload["userErrors"][number] => ({
  field: null,
  message: `A bulk query operation for this app and shop is already in progress: ${busy.map(({ id }) => toGid("BulkOperation", id)).join(", ")}.`,
  code: "OPERATION_IN_PROGRESS",
});

type Runner = { start: (operation: BulkOperationDoc, context: ApiContext) => void; close: () => Promise<void> };

function createRunner({ clock, schema, folder, journal, publish }: BulkOptions, save: () => void): Runner {
  const runs = new Set<Promise<void>>();
  let isClosed = false;

  async function run(operation: BulkOperationDoc, context: ApiContext): Promise<void> {
    const note = journal.begin("bulk-operation");
    await new Promise(setImmediate); // the app sees it CREATED first
    const isCancelled = (): boolean => operation.status === "CANCELING";
    try {
      if (!isCancelled()) operation.status = "RUNNING";
      operation.objectCount = operation.rootObjectCount = 0;
      operation.fileBytes = await writeBulkFile({ operation, schema, context, file: join(folder, fileNameOf(operation)), isStopped: () => isClosed || isCancelled() });
      operation.status = isCancelled() ? "CANCELED" : "COMPLETED";
      note({ status: 200, operationName: operation.id });
    } catch (error) {
      operation.status = "FAILED";
      operation.errorCode = error instanceof GraphQLError && error.extensions.code === "ACCESS_DENIED" ? "ACCESS_DENIED" : "INTERNAL_SERVER_ERROR";
      note({ status: 500, operationName: operation.id, error: error instanceof Error ? error.message : String(error) });
    }
    if (isClosed) return; // what was saved last is unfinished, so the next process starts it again
    operation.completedAt = clock.now().toISOString();
    save();
    publish({ topic: "bulk_operations/finish", occurredAt: operation.completedAt, body: toFinishBody(operation) });
  }

  return {
    start(operation, context) {
      const started = run(operation, context).finally(() => runs.delete(started));
      runs.add(started);
    },
    async close() {
      isClosed = true;
      await Promise.all(runs);
    },
  };
}

function testOf(query: unknown): (operation: BulkOperationDoc) => boolean {
  const tests = parseSearch(typeof query === "string" ? query : null).map(({ field, operator, value }) => {
    if (operator !== ":" || (field !== "status" && field !== "operation_type")) throw refuseSearch(`bulkOperations by ${field}${operator}`);
    return (operation: BulkOperationDoc): boolean => value.toLowerCase() === (field === "status" ? operation.status.toLowerCase() : "query");
  });
  return (operation) => tests.every((test) => test(operation));
}

const toFinishBody = (operation: BulkOperationDoc): string => JSON.stringify({
  admin_graphql_api_id: toGid("BulkOperation", operation.id),
  completed_at: operation.completedAt,
  created_at: operation.createdAt,
  error_code: operation.errorCode?.toLowerCase() ?? null,
  status: operation.status.toLowerCase(),
  type: "query",
});
