// A name says where a thing is and what it is: kebab-case nouns, no drawers, no barrels, rooms of one shape, files one reads in a sitting.
import { describe, expect, test } from "vitest";
import { listFiles, readText } from "./files.ts";

const FOLDERS = ["app", "docs", "extensions", "prisma", "public", "sandbox", "scripts", "tests"];
const KEBAB = /^_?[a-z0-9]+(-[a-z0-9]+)*$/;
const BANNED = /^(utils?|helpers?|common|misc|managers?|services?|index)$/;
const CODE = /[.](ts|tsx|js|mjs)$/;
const TEST = /[.]test[.]tsx?$/;
const OPENING_LINES_MAX = 10;
const LINES_MAX: [RegExp, number][] = [[/^app\/capabilities\/[^/]+\/README[.]md$/, 40], [/^docs\/architecture[.]md$/, 120], [/[.](css|liquid|prisma)$/, 300]]; // code itself: eslint.config.js

const files = listFiles().filter((file) => FOLDERS.includes(file.split("/")[0] ?? ""));
const ownNames = files.filter((file) => !file.startsWith("app/routes/") && !/(^|\/)(README[.]md|LICENSE)$/.test(file)); // Remix and readers have names of their own

/** What is wrong with a path's names. */
function faultsOf(file: string): string[] {
  const parts = file.split("/").flatMap((part) => part.split("."));
  const words = parts.flatMap((part) => part.split("-"));
  const isOdd = !file.startsWith("prisma/migrations/") && parts.some((part) => part !== "zh-CN" && !KEBAB.test(part));
  return [...(isOdd ? [`${file} is not kebab-case`] : []), ...words.filter((word) => BANNED.test(word)).map((word) => `${file}: "${word}" says nothing, name what it holds`)];
}

test("names are kebab-case and say something", () => expect(ownNames.flatMap(faultsOf)).toEqual([]));

test.each(["app/values/dateUtils.ts", "app/platform/date-utils.ts", "sandbox/shop/index.ts", "app/helpers/day.ts", "app/capabilities/orders/order-manager.server.ts"])("%s would be refused", (file) => {
  expect(faultsOf(file)).not.toEqual([]);
});

test("routes are named by audience: app, auth, proxy, account, flow, api, webhooks, health", () => {
  const names = new Set(files.filter((file) => file.startsWith("app/routes/")).map((file) => file.split("/")[2] ?? ""));
  expect([...names].filter((name) => !/^(app[.]|auth[.]|proxy[.]|account[.]|flow[.]|api[.]|webhooks[.]|health[.]|_index[.])/.test(name))).toEqual([]);
});

describe("a room has its doors where every room has them", () => {
  const rooms = [...new Set(files.filter((file) => file.startsWith("app/capabilities/")).map((file) => file.split("/")[2] ?? ""))];
  test.each(rooms)("%s", (room) => {
    const names = [...new Set(files.filter((file) => file.startsWith(`app/capabilities/${room}/`)).map((file) => file.split("/")[3] ?? ""))];
    const kinds = ["model", "rules", "store.server", `${room}.server`, "jobs.server"];
    const known = ["README.md", ...kinds, ...kinds.flatMap((kind) => [`${kind}.ts`, `${kind}.test.ts`])];
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });
});

test("every file opens with its promise, a sentence", () => {
  const code = files.filter((file) => CODE.test(file) && !TEST.test(file));
  expect(code.filter((file) => !opensWithSentence(readText(file)))).toEqual([]);
  expect(opensWithSentence('import path from "node:path";\n')).toBe(false);
  expect(opensWithSentence("// helpers\n\nexport {};\n")).toBe(false);
});

/** The first comment, over as many lines as it takes; a longer text may follow its first sentence. */
function opensWithSentence(text: string): boolean {
  const lines = text.split("\n").slice(0, OPENING_LINES_MAX);
  if (lines[0]?.startsWith("#!")) lines.shift();
  const end = lines.findIndex((line) => !/^(\/\/|\/?\*)/.test(line.trimStart()));
  const opening = lines.slice(0, end === -1 ? undefined : end).join(" ");
  return /^\/[/*]/.test(opening) && /[.!?](\s|$)/.test(opening);
}

test("what a linter does not count stays short too", () => {
  const long = files.flatMap((file) => LINES_MAX.filter(([kind]) => kind.test(file)).map(([, max]) => ({ file, max, lines: readText(file).trimEnd().split("\n").length })));
  expect(long.filter(({ lines, max }) => lines > max)).toEqual([]);
  expect(long.length).toBeGreaterThan(0);
});

test("nothing lies at the root that is neither a document nor what a tool looks for there", () => {
  const atRoot = listFiles().filter((file) => !file.includes("/") && !file.startsWith(".env"));
  const known = /^([A-Z]+([.]md)?|Dockerfile|compose[.]yaml|package(-lock)?[.]json|tsconfig[.]json|knip[.]json|server[.]ts|shopify[.](app|web)([.][a-z-]+)?[.]toml|[a-z]+[.]config[.](ts|js)|[.](gitignore|npmrc|dockerignore|gitattributes|editorconfig|graphqlrc[.]ts|dependency-cruiser[.]mjs|theme-check[.]yml))$/;
  expect(atRoot.filter((file) => !known.test(file))).toEqual([]);
});
