// A version is written once; where a tool forces a second place, the two say the same.
import { describe, expect, test } from "vitest";
import { parse } from "smol-toml";
import { z } from "zod";
import { API_VERSION } from "../../app/shopify/api-version.ts";
import { API_VERSION as SANDBOX_API_VERSION } from "../../sandbox/admin-api/schema.ts";
import { listFiles, readText } from "./files.ts";

const Pins = z.record(z.string(), z.string());
const Package = z.object({ dependencies: Pins, devDependencies: Pins, optionalDependencies: Pins });
const AppToml = z.object({ webhooks: z.object({ api_version: z.string() }) });
const ExtensionToml = z.object({ api_version: z.string().optional() });

const { dependencies, devDependencies, optionalDependencies } = Package.parse(JSON.parse(readText("package.json")));
const pins = { ...dependencies, ...devDependencies, ...optionalDependencies };
const majorOf = (version: string | undefined) => version?.split(".")[0];

describe("one version of Shopify's API", () => {
  test("in code, webhooks and sandbox", () => {
    expect(AppToml.parse(parse(readText("shopify.app.toml"))).webhooks.api_version).toBe(API_VERSION);
    expect(SANDBOX_API_VERSION).toBe(API_VERSION);
  });

  test("in every extension", () => {
    const extensions = listFiles().filter((file) => /^extensions\/[^/]+\/shopify[.]extension[.]toml$/.test(file));
    const versions = extensions.map((file) => ({ file, version: ExtensionToml.parse(parse(readText(file))).api_version }));
    expect(versions.filter(({ version }) => version !== undefined && version !== API_VERSION)).toEqual([]);
  });

  test("and nowhere else in the app's code", () => {
    const code = listFiles("app").filter((file) => /[.]tsx?$/.test(file) && !/[.]test[.]/.test(file) && file !== "app/shopify/api-version.ts");
    expect(code.filter((file) => /["'`/]20\d\d-(01|04|07|10)["'`/]/.test(readText(file)))).toEqual([]);
  });
});

test("one major version of Node: brought along, in the image, in the types", () => {
  const brought = Object.entries(optionalDependencies).filter(([name]) => /^node-(bin-)?(linux|darwin|win)-/.test(name)).map(([, version]) => majorOf(version));
  const images = [...readText("Dockerfile").matchAll(/^FROM node:(\d+)/gm)].map(([, major]) => major);
  expect(images.length).toBeGreaterThan(0);
  expect(new Set([...brought, ...images, majorOf(devDependencies["@types/node"])])).toEqual(new Set(["24"]));
});

test("one version of Prisma, its schema engine included", () => {
  const prisma = Object.entries(pins).filter(([name]) => name === "prisma" || name.startsWith("@prisma/"));
  expect(prisma.length).toBeGreaterThan(3);
  expect(new Set(prisma.map(([, version]) => version.replace(/-.*/, ""))).size).toBe(1);
  const engine = z.object({ version: z.string() }).parse(JSON.parse(readText("node_modules/@prisma/engines-version/package.json")));
  expect(pins["@prisma/schema-engine-wasm"]).toBe(engine.version); // the engine whose tables and checksums `prisma migrate deploy` reads
});

test("one version of each family that is released together", () => {
  for (const family of [/^@remix-run\//, /^(react|react-dom)$/]) {
    expect(new Set(Object.entries(pins).filter(([name]) => family.test(name)).map(([, version]) => version)).size, String(family)).toBe(1);
  }
});

test("every dependency is pinned to one release", () => {
  expect(Object.entries(pins).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))).toEqual([]);
});
