// The floors and rooms hold: every rule of .dependency-cruiser.mjs is broken here once, in a folder of its own, and seen to refuse.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import extractConfig from "dependency-cruiser/config-utl/extract-depcruise-config";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

const ROOT = path.join(import.meta.dirname, "../..");
const CONFIG_FILE = path.join(ROOT, ".dependency-cruiser.mjs");
const OUTPUT_MAX_BYTES = 50_000_000;

type Seed = { from: string; to: string; /** what stands in `from`; an import of `to` unless said otherwise */ code?: string };

const forbidden: Record<string, Seed[]> = {
  "no-cycles": [{ from: "app/values/chicken.ts", to: "app/values/egg.ts", code: 'import "./egg.ts"; export const chicken = 1;' }],
  "every-import-resolves": [{ from: "app/values/lost.ts", to: "app/values/here.ts", code: 'import "./nowhere.ts";' }, { from: "sandbox/lost.ts", to: "sandbox/here.ts", code: 'import "no-such-package";' }],
  "values-looks-down": [
    { from: "app/values/up.ts", to: "app/shopify/snapshots.ts" },
    { from: "app/values/up-by-alias.ts", to: "app/shopify/snapshots.ts", code: 'import "#app/shopify/snapshots.ts";' },
    { from: "app/values/up-by-type.ts", to: "app/shopify/snapshots.ts", code: 'import type { Nothing } from "../shopify/snapshots.ts"; export type Something = Nothing;' },
    { from: "app/values/up-later.ts", to: "app/shopify/snapshots.ts", code: 'export const later = () => import("../shopify/snapshots.ts");' },
    { from: "app/values/up-again.ts", to: "app/shopify/snapshots.ts", code: 'export * from "../shopify/snapshots.ts";' },
  ],
  "i18n-looks-down": [{ from: "app/i18n/up.ts", to: "app/ui/picture.ts" }],
  "platform-looks-down": [{ from: "app/platform/up.server.ts", to: "app/shopify/admin.server.ts" }],
  "shopify-looks-down": [{ from: "app/shopify/up.server.ts", to: "app/capabilities/orders/orders.server.ts" }],
  "capabilities-looks-down": [{ from: "app/capabilities/orders/up.server.ts", to: "app/inbox/inbox.server.ts" }],
  "ui-looks-down": [{ from: "app/ui/down-too-far.ts", to: "app/platform/statements.ts" }, { from: "app/ui/into-a-room.ts", to: "app/capabilities/orders/other.ts" }],
  "inbox-looks-down": [{ from: "app/inbox/up.server.ts", to: "app/callers/locale.ts" }],
  "callers-looks-down": [{ from: "app/callers/up.server.ts", to: "app/inbox/inbox.server.ts" }],
  "shops-keeps-its-place": [{ from: "app/capabilities/shops/up.ts", to: "app/capabilities/orders/model.ts" }],
  "orders-keeps-its-place": [{ from: "app/capabilities/orders/up.ts", to: "app/capabilities/analytics/model.ts" }],
  "analytics-keeps-its-place": [{ from: "app/capabilities/analytics/up.ts", to: "app/capabilities/sync/model.ts" }],
  "sync-keeps-its-place": [{ from: "app/capabilities/sync/up.ts", to: "app/capabilities/privacy/model.ts" }],
  "profiles-keeps-its-place": [{ from: "app/capabilities/profiles/up.ts", to: "app/capabilities/forecasts/model.ts" }],
  "forecasts-keeps-its-place": [{ from: "app/capabilities/forecasts/up.ts", to: "app/capabilities/loyalty/model/ledger.ts" }],
  "cohorts-keeps-its-place": [{ from: "app/capabilities/cohorts/up.ts", to: "app/capabilities/loyalty/model/ledger.ts" }],
  "targets-keeps-its-place": [{ from: "app/capabilities/targets/up.ts", to: "app/capabilities/loyalty/model/ledger.ts" }],
  "loyalty-keeps-its-place": [{ from: "app/capabilities/loyalty/up.ts", to: "app/capabilities/segments/model.ts" }],
  "segments-keeps-its-place": [{ from: "app/capabilities/segments/up.ts", to: "app/capabilities/followups/model.ts" }],
  "followups-keeps-its-place": [{ from: "app/capabilities/followups/up.ts", to: "app/capabilities/surveys/rules/words.ts" }],
  "surveys-keeps-its-place": [{ from: "app/capabilities/surveys/up.ts", to: "app/capabilities/privacy/model.ts" }],
  "privacy-keeps-its-place": [{ from: "app/capabilities/privacy/up.ts", to: "app/capabilities/unplanned/model.ts" }],
  "route-folders-are-apart": [{ from: "app/routes/app.reports.$report/stray.ts", to: "app/routes/app.cohorts/part.ts" }],
  "route-files-stand-alone": [{ from: "app/routes/app.stamp.ts", to: "app/routes/app.cohorts/part.ts" }],
  "store-is-private": [{ from: "app/capabilities/analytics/peek.server.ts", to: "app/capabilities/orders/store.server/columns.server.ts" }],
  "store-is-not-for-arrivals": [{ from: "app/routes/app.cohorts/route.tsx", to: "app/capabilities/analytics/store.server.ts" }, { from: "scripts/peek.ts", to: "app/capabilities/analytics/store.server.ts" }],
  "inbox-store-is-private": [{ from: "app/jobs.server.ts", to: "app/inbox/store.server.ts" }],
  "pure-means-pure": [{ from: "app/ui/live.ts", to: "app/i18n/words.server.ts" }, { from: "app/routes/app.cohorts/list.ts", to: "app/platform/db.server.ts" }],
  "pure-runs-anywhere": [{ from: "app/values/file.ts", to: "app/values/here.ts", code: 'import "node:fs";' }],
  "prisma-lives-in-stores": [{ from: "app/platform/peek.server.ts", to: "prisma/generated/client.ts" }],
  "drivers-live-in-platform": [{ from: "app/capabilities/orders/peek.server.ts", to: "node_modules/pg/index.js", code: 'import "pg";' }],
  "pg-boss-lives-in-jobs": [{ from: "app/capabilities/orders/jobs.server.ts", to: "node_modules/pg-boss/index.js", code: 'import "pg-boss";' }],
  "shopify-words-stay-home": [{ from: "app/routes/app.cohorts/peek.server.ts", to: "node_modules/@shopify/shopify-api/index.js", code: 'import "@shopify/shopify-api";' }],
  "pixels-stay-on-top": [{ from: "app/capabilities/orders/picture.ts", to: "node_modules/react/index.js", code: 'import "react";' }],
  "charts-are-drawn-apart": [{ from: "app/ui/chart.tsx", to: "node_modules/@shopify/polaris-viz/index.js", code: 'import "@shopify/polaris-viz";' }],
  "charts-load-late": [{ from: "app/ui/early.tsx", to: "app/ui/chart-drawn.tsx" }],
  "app-ignores-the-yard": [{ from: "app/platform/yard.server.ts", to: "sandbox/start.ts" }, { from: "server.ts", to: "scripts/demo.ts" }],
  "app-needs-no-tools": [{ from: "app/platform/tool.server.ts", to: "node_modules/graphql/index.js", code: 'import "graphql";' }],
  "sandbox-is-shopify": [{ from: "sandbox/app-word.ts", to: "app/values/here.ts" }],
  "nobody-needs-the-tests": [{ from: "scripts/borrow.ts", to: "tests/support/builders.ts" }],
  "nobody-needs-the-scripts": [{ from: "sandbox/borrow.ts", to: "scripts/demo.ts" }],
};

const allowed: Seed[] = [
  { from: "app/values/sideways.ts", to: "app/values/here.ts" },
  { from: "app/capabilities/orders/front.server.ts", to: "app/capabilities/orders/store.server/columns.server.ts" },
  { from: "app/capabilities/analytics/front.server.ts", to: "app/capabilities/orders/orders.server.ts" },
  { from: "app/capabilities/analytics/numbers.ts", to: "app/capabilities/orders/orders.server.ts", code: 'import type { Nothing } from "../orders/orders.server.ts"; export type Something = Nothing;' },
  { from: "app/inbox/topics.server.ts", to: "app/capabilities/privacy/privacy.server.ts" },
  { from: "app/callers/merchant.server.ts", to: "app/capabilities/sync/sync.server.ts" },
  { from: "app/routes/webhooks.tsx", to: "app/inbox/inbox.server.ts" },
  { from: "app/routes/app.reports.$report/route.ts", to: "app/routes/app.reports.$report/part.ts" },
  { from: "app/ui/rate.ts", to: "app/capabilities/analytics/model.ts" },
  { from: "app/ui/late.tsx", to: "app/ui/late-drawn.tsx", code: 'export const late = () => import("./late-drawn.tsx");' },
  { from: "app/ui/other-drawn.tsx", to: "node_modules/@shopify/polaris-viz/index.js", code: 'import "@shopify/polaris-viz";' },
  { from: "app/platform/jobs.server.ts", to: "node_modules/pg-boss/index.js", code: 'import "pg-boss";' },
  { from: "app/platform/db.server.ts", to: "prisma/generated/client.ts" },
  { from: "app/values/some.test.ts", to: "tests/support/builders.ts" },
  { from: "tests/integration/some.test.ts", to: "app/capabilities/analytics/analytics.server.ts" },
];

const Cruise = z.object({ summary: z.object({ totalCruised: z.int(), violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })) }) });
let folder = "";
let broken: Map<string, string[]>;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "regulars-layers-"));
  build([...Object.values(forbidden).flat(), ...allowed]);
  const words = [path.join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs"), "--config", CONFIG_FILE, "--output-type", "json", "app", "sandbox", "scripts", "tests", "server.ts"];
  const { summary } = Cruise.parse(JSON.parse(execFileSync(process.execPath, words, { cwd: folder, encoding: "utf8", maxBuffer: OUTPUT_MAX_BYTES })));
  const files = [...new Set(summary.violations.map(({ from }) => from))];
  broken = new Map(files.map((file) => [file, [...new Set(summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name))]]));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("refused, by exactly the rule that is meant", () => {
  test.each(Object.entries(forbidden).flatMap(([rule, seeds]) => seeds.map((seed) => ({ rule, ...seed }))))("$rule: $from", ({ rule, from }) => {
    expect(broken.get(from)).toEqual([rule]);
  });
});

test.each(allowed)("welcome: $from may import $to", ({ from }) => expect(broken.get(from)).toBeUndefined());

test("every rule is broken here once", async () => {
  const { forbidden: rules } = await extractConfig(CONFIG_FILE);
  expect(Object.keys(forbidden).sort()).toEqual(rules?.map(({ name }) => name).sort());
});

test("every room has its place in the order", () => {
  const rooms = readdirSync(path.join(ROOT, "app/capabilities"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(Object.keys(forbidden)).toEqual(expect.arrayContaining(rooms.map((room) => `${room}-keeps-its-place`)));
});

function build(seeds: Seed[]): void {
  const dependencies = ["react", "pg", "pg-boss", "@shopify/shopify-api", "@shopify/polaris-viz"];
  write("package.json", JSON.stringify({ type: "module", imports: { "#app/*": "./app/*" }, dependencies: versions(dependencies), devDependencies: versions(["graphql"]) }));
  write("tsconfig.json", JSON.stringify({ compilerOptions: { module: "ESNext", moduleResolution: "Bundler", allowImportingTsExtensions: true, noEmit: true } }));
  for (const name of [...dependencies, "graphql"]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
    write(`node_modules/${name}/index.js`, "");
  }
  for (const { to } of seeds) if (!to.startsWith("node_modules/")) write(to, "export type Nothing = never; export {};");
  for (const { from, to, code } of seeds) write(from, code ?? `import ${JSON.stringify(specifier({ from, to }))};`);
  write("app/values/egg.ts", 'export { chicken } from "./chicken.ts";');
}

const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, "1.0.0"]));

function specifier({ from, to }: { from: string; to: string }): string {
  const relative = path.posix.relative(path.posix.dirname(from), to);
  return relative.startsWith(".") ? relative : `./${relative}`;
}

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), content);
}
