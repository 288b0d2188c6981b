// One run of a bulk operation: pages through the rows by id, and lets everything else in the process have its turn in between.

import { open, type FileHandle } from "node:fs/promises";
import { parse, type GraphQLSchema } from "graphql";
import type { Page } from "../../shop/model.ts";
import { notImplemented } from "../refusals.ts";
import type { ApiContext, Arguments } from "../resolvers/field-table.ts";
import { sourceOfCustomers, sourceOfOrders, sourceOfProducts } from "../resolvers/listings.ts";
import { listVariants } from "../resolvers/products.ts";
import type { BulkOperationDoc } from "./bulk-operations.ts";
import { compileBulkQuery, type ProjectNode } from "./projector.ts";

const ROWS_PER_READ = 200; // some 10 ms of work, then others have their turn

type BulkRun = { operation: BulkOperationDoc; schema: GraphQLSchema; context: ApiContext; file: string; isStopped: () => boolean };

/** Answers how many bytes were written. */
export async function writeBulkFile({ operation, schema, context, file, isStopped }: BulkRun): Promise<number> {
  const handle = await open(file, "w");
  try {
    const roots = compileBulkQuery(schema, parse(operation.query), context);
    let byteCount = 0;
    for (const root of roots) {
      for (const sources of readPages(root.fieldName, root.args, context)) {
        byteCount += await writeRows(handle, sources, root.project, operation);
        await new Promise(setImmediate);
        if (isStopped()) return byteCount;
      }
    }
    return byteCount;
  } finally {
    await handle.close();
  }
}

async function writeRows(handle: FileHandle, sources: readonly unknown[], project: ProjectNode, operation: BulkOperationDoc): Promise<number> {
  const parents: string[] = [];
  const descendants: string[] = [];
  // Ungrouped, children come anywhere after their parents; grouped, right behind them.
  const below = operation.isGrouped ? parents : descendants;
  const write = (source: unknown, projectNode: ProjectNode, parentId: unknown, lines: string[]): void => {
    const { row, children } = projectNode(source);
    if (parentId !== undefined) row.__parentId = parentId;
    lines.push(`${JSON.stringify(row)}\n`);
    operation.objectCount += 1;
    for (const child of children) write(child.source, child.project, row.id, below);
  };
  for (const source of sources) {
    operation.rootObjectCount += 1;
    write(source, project, undefined, parents);
  }
  const lines = operation.isGrouped ? parents : parents.concat(descendants);
  if (lines.length === 0) return 0;
  const bytes = Buffer.from(lines.join(""));
  await handle.appendFile(bytes);
  return bytes.length;
}

/** By ascending id, each page a new read: rows that change in between are read as they are then, as in Shopify. */
function readPages(fieldName: string, args: Arguments, context: ApiContext): Iterable<readonly unknown[]> {
  switch (fieldName) {
    case "orders": return pagesOf(sourceOfOrders(context, args.query, {}));
    case "customers": return pagesOf(sourceOfCustomers(context, args.query));
    case "products": return pagesOf(sourceOfProducts(context, args.query));
    case "productVariants":
      if (args.query) throw notImplemented("bulk query", "productVariants", "with a search");
      return pagesOf(sourceOfProducts(context, null)).map((products) => products.flatMap(listVariants));
    default: throw notImplemented("bulk query", fieldName);
  }
}

function* pagesOf<T extends { id: string }>({ list, tests }: { list(page: Page): T[]; tests: ((row: T) => boolean)[] }): Generator<T[], void> {
  for (let after: Page["after"] = null; ; ) {
    const rows: T[] = list({ sortKey: "ID", first: ROWS_PER_READ, after });
    if (rows.length > 0) yield rows.filter((row) => tests.every((test) => test(row)));
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_PER_READ) return;
    after = { key: last.id, id: last.id };
  }
}
