// A bulk operation as the app polls it.

import type { BulkOperationDoc } from "../bulk/bulk-operations.ts";
import { toGid } from "../gids.ts";
import { toDateTime, type FieldTable } from "./field-table.ts";

export const bulkOperations: FieldTable<BulkOperationDoc> = {
  id: ({ id }) => toGid("BulkOperation", id),
  status: ({ status }) => status,
  errorCode: ({ errorCode }) => errorCode,
  type: () => "QUERY",
  query: ({ query }) => query,
  createdAt: ({ createdAt }) => toDateTime(createdAt),
  completedAt: ({ completedAt }) => toDateTime(completedAt),
  // 64-bit numbers travel as text.
  objectCount: ({ objectCount }) => String(objectCount),
  rootObjectCount: ({ rootObjectCount }) => String(rootObjectCount),
  fileSize: ({ fileBytes }) => (fileBytes === null ? null : String(fileBytes)),
  url: (operation, _args, { bulkOperations: all }) => (operation.status === "COMPLETED" ? all.signUrl(operation) : null),
  partialDataUrl: (operation, _args, { bulkOperations: all }) => (operation.status === "FAILED" ? all.signUrl(operation) : null),
};
