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

export interface BulkOperations {
  find(gid: string): BulkOperationDoc | null;
  /** oldest first */
  list(query: unknown): BulkOperationDoc[];
  run(wish: { query: string; isGrouped: boolean }, context: ApiContext): RunPayload;
  cancel(gid: string): CancelPayload;
  signUrl(operation: BulkOperationDoc): string | null;
  files: FileSigner;
  /** goes on with what an earlier process left undone */
  resume(createContext: (granted: ReadonlySet<string>) => ApiContext): void;
  close(): Promise<void>;
}

export type BulkOptions = {
  state: ShopState;
  clock: SandboxClock;
  schema: GraphQLSchema;
  folder: string;
  journal: RequestJournal;
  publish(event: ShopEvent): void;
};

const RUNNING_MAX = 5; // per app and shop, since 2026-01
const KEPT_MAX = 200; // operations the shop remembers
const STORE_KEY = "bulk-operations";

export function createBulkOperations({ state, clock, schema, folder, journal, publish }: BulkOptions): BulkOperations {
  mkdirSync(folder, { recursive: true });
  const files = createFileSigner({ state, clock, folder });
  // Only save() stores under this key.
  const operations = (state.recall(STORE_KEY) ?? []) as BulkOperationDoc[];
  const runs = new Map<Id, Promise<void>>();
  let isClosed = false;
  const save = (): void => state.remember(STORE_KEY, operations);
  const now = (): Instant => clock.now().toISOString();
  const isUnfinished = ({ status }: BulkOperationDoc): boolean => status === "CREATED" || status === "RUNNING" || status === "CANCELING";

  function start(operation: BulkOperationDoc, context: ApiContext): void {
    const run = runOperation(operation, context).finally(() => runs.delete(operation.id));
    runs.set(operation.id, run);
  }

  async function runOperation(operation: BulkOperationDoc, context: ApiContext): Promise<void> {
    const note = journal.begin("bulk-operation");
    await new Promise(setImmediate); // the app sees it CREATED first
    try {
      if (operation.status === "CREATED") operation.status = "RUNNING";
      operation.objectCount = operation.rootObjectCount = 0;
      const isStopped = (): boolean => isClosed || operation.status === "CANCELING";
      operation.fileBytes = await writeBulkFile({ operation, schema, context, file: join(folder, `${operation.id}.jsonl`), isStopped });
      if (isClosed) return; // it starts again with the next process
      operation.status = isStopped() ? "CANCELED" : "COMPLETED";
      note({ status: 200, operationName: operation.id });
    } catch (error) {
      if (isClosed) return;
      operation.status = "FAILED";
      operation.errorCode = error instanceof GraphQLError && error.extensions.code === "ACCESS_DENIED" ? "ACCESS_DENIED" : "INTERNAL_SERVER_ERROR";
      note({ status: 500, operationName: operation.id, error: error instanceof Error ? error.message : String(error) });
    }
    operation.completedAt = now();
    save();
    publish({ topic: "bulk_operations/finish", occurredAt: operation.completedAt, body: toFinishBody(operation) });
  }

  return {
    files,
    find(gid) {
      const parsed = parseGid(gid);
      return parsed?.typeName === "BulkOperation" ? (operations.find(({ id }) => id === parsed.id) ?? null) : null;
    },
    list: (query) => operations.filter(testOf(query)),
    run({ query, isGrouped }, context) {
      const plan = checkBulkQuery(schema, query);
      if ("refusals" in plan) return { bulkOperation: null, userErrors: plan.refusals.map((message) => ({ field: ["query"], message, code: "INVALID" })) };
      const busy = operations.filter(isUnfinished);
      if (busy.length >= RUNNING_MAX) {
        const gids = busy.map(({ id }) => toGid("BulkOperation", id)).join(", ");
        return { bulkOperation: null, userErrors: [{ field: null, message: `A bulk query operation for this app and shop is already in progress: ${gids}.`, code: "OPERATION_IN_PROGRESS" }] };
      }
      removeExpiredFiles(folder);
      const operation: BulkOperationDoc = {
        id: String(BigInt(operations.at(-1)?.id ?? "7200000000000") + 1n),
        status: "CREATED", errorCode: null, query, isGrouped, granted: [...context.granted],
        createdAt: now(), completedAt: null, objectCount: 0, rootObjectCount: 0, fileBytes: null,
      };
      operations.push(operation);
      if (operations.length > KEPT_MAX && operations[0] && !isUnfinished(operations[0])) operations.shift();
      save();
      start(operation, context);
      return { bulkOperation: { ...operation }, userErrors: [] };
    },
    cancel(gid) {
      const parsed = parseGid(gid);
      const operation = operations.find(({ id }) => id === parsed?.id);
      if (!operation) return { bulkOperation: null, userErrors: [{ field: ["id"], message: "Bulk operation does not exist" }] };
      if (!isUnfinished(operation)) {
        return { bulkOperation: operation, userErrors: [{ field: null, message: `A bulk operation cannot be canceled when it is ${operation.status.toLowerCase()}` }] };
      }
      operation.status = "CANCELING";
      save();
      return { bulkOperation: operation, userErrors: [] };
    },
    signUrl: (operation) => (operation.fileBytes === 0 ? null : files.sign(`${operation.id}.jsonl`, operation.completedAt ?? now())),
    resume(createContext) {
      for (const operation of operations.filter(isUnfinished)) start(operation, createContext(new Set(operation.granted)));
    },
    async close() {
      isClosed = true;
      await Promise.all(runs.values());
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
