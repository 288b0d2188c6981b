// Prisma's schema engine without its downloaded binary: the same Rust code as WebAssembly, speaking through a driver adapter.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError, type SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import { splitStatements } from "./statements.ts";

export type SchemaEngine = glue.SchemaEngine;
export type RunStatement = (statement: string) => Promise<unknown>;
/** An adapter, and how to run a statement over its one connection. */
export type Connection = { adapter: SqlDriverAdapter; run: RunStatement };

/** `connectToShadow` opens an empty database for comparing; only a diff needs one. */
export async function openSchemaEngine(connect: () => Promise<Connection>, connectToShadow: () => Promise<Connection>): Promise<SchemaEngine> {
  loadEngine();
  const withWholeScripts = (open: () => Promise<Connection>) => async () => {
    const { adapter, run } = await open();
    adapter.executeScript = (script) => runScript(script, run);
    return adapter;
  };
  return glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory({
    provider: "postgres",
    adapterName: "regulars",
    connect: withWholeScripts(connect),
    connectToShadowDb: withWholeScripts(connectToShadow),
  }));
}

// The glue holds one engine for the whole process, but a test runner loads this file once per project: a second engine
// would be put under the first one's feet. So what is remembered has to be as wide as the glue.
const IS_LOADED = Symbol.for("regulars.schema-engine");

function loadEngine(): void {
  if (Reflect.has(globalThis, IS_LOADED)) return;
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const bytes = readFileSync(entry.replace(/schema_engine\.js$/, "schema_engine_bg.wasm"));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { "./schema_engine_bg.js": { ...glue } });
  glue.__wbg_set_wasm(exports);
  Reflect.set(globalThis, "PRISMA_WASM_PANIC_REGISTRY", { set_message: sayPanic }); // the name the engine calls
  if (typeof exports["__wbindgen_start"] === "function") Reflect.apply(exports["__wbindgen_start"], undefined, []);
  Reflect.set(globalThis, IS_LOADED, true);
}

function sayPanic(message: string): never {
  throw new Error(`Prisma's schema engine gave up: ${message}`);
}

/**
 * The adapters' own way to run a migration file splits it at every semicolon (adapter-pg) or does not wait for its end
 * (PGlite); and Citus refuses a file sent whole. So: statement by statement, in one transaction.
 */
async function runScript(script: string, run: RunStatement): Promise<void> {
  const statements = splitStatements(script);
  const isAtomic = statements.length > 1; // a lone CREATE INDEX CONCURRENTLY must stay outside a transaction
  try {
    if (isAtomic) await run("BEGIN");
    for (const statement of statements) await run(statement);
    if (isAtomic) await run("COMMIT");
  } catch (error) {
    if (isAtomic) await run("ROLLBACK");
    throw toAdapterError(error);
  }
}

function toAdapterError(error: unknown): Error {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return error instanceof Error ? error : new Error(String(error));
  return new DriverAdapterError({ kind: "postgres", code: error.code, severity: "ERROR", message: error.message, detail: undefined, column: undefined, hint: undefined });
}
