// The real Admin API schema of Shopify, taken once out of a pinned npm tarball, checked, kept in a cache folder and loaded in a fifth of a second.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, GraphQLError, GraphQLScalarType, type GraphQLSchema, type IntrospectionQuery } from "graphql";
import { SandboxError } from "../shop/model.ts";
import { createAccessRules, type AccessRules, type ScopeItem } from "./access.ts";

export const API_VERSION = "2026-10";

const PACKAGE = "@shopify/dev-mcp@1.16.0";
const PACKAGE_SHA512 = "tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw==";
const SCHEMA_IN_PACKAGE = `package/dist/data/admin_${API_VERSION}.json.gz`;
const DOWNLOAD_TIMEOUT_MS = 180_000; // 14 MB, also on a slow line

const schemaCacheFolder = fileURLToPath(new URL("../../.cache/shopify/", import.meta.url));

export type AdminSchema = { schema: GraphQLSchema; access: AccessRules };

/** Answers the path of the schema file, fetching it only when it is not there yet. */
export async function ensureAdminSchema(cacheFolder = schemaCacheFolder): Promise<string> {
  const file = join(cacheFolder, `admin_${API_VERSION}.json.gz`);
  if (existsSync(file)) return file;
  await mkdir(cacheFolder, { recursive: true });
  const workFolder = await mkdtemp(join(cacheFolder, "download-"));
  try {
    const tarball = await readFile(await downloadPackage(workFolder));
    const found = createHash("sha512").update(tarball).digest("base64");
    if (found !== PACKAGE_SHA512) {
      throw new SandboxError(`The downloaded ${PACKAGE} is not the one we pinned (sha512 ${found}); nothing of it was used.`);
    }
    const ready = join(workFolder, "schema");
    await writeFile(ready, readFromTar(gunzipSync(tarball), SCHEMA_IN_PACKAGE));
    await rename(ready, file); // whole or not at all, also when two starts race
    return file;
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function downloadPackage(folder: string): Promise<string> {
  try {
    await promisify(execFile)("npm", ["pack", PACKAGE, "--pack-destination", folder, "--silent"], {
      timeout: DOWNLOAD_TIMEOUT_MS,
      shell: process.platform === "win32", // npm is a script there
    });
  } catch (cause) {
    throw new SandboxError(
      `The Shopify schema comes out of the npm package ${PACKAGE}, and npm could not fetch it. Is the npm registry reachable? It is needed once.`,
      { cause },
    );
  }
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new SandboxError(`npm pack ${PACKAGE} said it had succeeded but left no tarball.`);
  return join(folder, tarball);
}

// A tar archive is blocks of 512 bytes: a header with the name at 0 and the size in octal at 124, then the content.
const TAR_BLOCK = 512;

function readFromTar(tar: Buffer, name: string): Buffer {
  for (let at = 0; at + TAR_BLOCK <= tar.length; ) {
    const entryName = readTarText(tar, at, 100);
    const size = Number.parseInt(readTarText(tar, at + 124, 12), 8) || 0;
    const start = at + TAR_BLOCK;
    if (entryName === name) return tar.subarray(start, start + size);
    at = start + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
  throw new SandboxError(`${PACKAGE} has no ${name} in it.`);
}

const readTarText = (tar: Buffer, at: number, length: number): string => {
  const text = tar.toString("latin1", at, at + length);
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
};

type SchemaFile = { data: IntrospectionQuery; offline_scopes: { items: ScopeItem[] } };

let loaded: Promise<AdminSchema> | undefined;

/** One schema per process: it is 3,546 types large. */
export function loadAdminSchema(): Promise<AdminSchema> {
  loaded ??= readAdminSchema();
  return loaded;
}

async function readAdminSchema(): Promise<AdminSchema> {
  const file = await ensureAdminSchema();
  const content = JSON.parse(gunzipSync(await readFile(file)).toString("utf8")) as SchemaFile; // its package's integrity was checked before it was kept
  const schema = buildClientSchema(content.data, { assumeValid: true });
  checkInstants(schema);
  return { schema, access: createAccessRules(content.offline_scopes.items) };
}

/** An introspected scalar takes anything; what reaches our resolvers as a DateTime is one. */
function checkInstants(schema: GraphQLSchema): void {
  const scalar = schema.getType("DateTime");
  if (!(scalar instanceof GraphQLScalarType)) return;
  const parse = (value: unknown): unknown => {
    if (typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value))) return value;
    throw new GraphQLError(`DateTime is an ISO 8601 instant, not ${JSON.stringify(value)}`);
  };
  scalar.parseValue = parse;
  scalar.parseLiteral = (node) => parse("value" in node ? node.value : null);
}
