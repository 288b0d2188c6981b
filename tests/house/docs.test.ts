// Documents keep to what is there: commands, files and links they name exist.
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parseEnvironment } from "../../app/platform/env.server.ts";
import { listFiles, readText } from "./files.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const BUILT_IN = ["ci", "install", "audit"]; // npm's own
const scripts = Object.keys(z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readText("package.json"))).scripts);
const TOPICS = /^app\/(uninstalled|scopes_update)$/; // look like files, come from Shopify
const documents = listFiles().filter((file) => file.endsWith(".md"));

/** In backticks or at the start of a line; elsewhere npm is a word. */
const unknownCommands = (text: string): string[] =>
  [...text.matchAll(/(?:`|^|&& )npm (?:run )?([a-z][\w:-]*)/gm)].map(([, name = ""]) => name).filter((name) => !scripts.includes(name) && !BUILT_IN.includes(name));

/** Paths in backticks below a folder of ours: `app/values/day.ts`, also with a line or a brace in it. */
function missingFiles(text: string): string[] {
  const paths = [...text.matchAll(/`((?:app|docs|extensions|prisma|public|sandbox|scripts|tests|[.]ci)\/[^`\s]*)`/g)].map(([, found = ""]) => found);
  const plain = paths.flatMap(unfold).filter((found) => !/[*<>…]|NNNN/.test(found) && !found.startsWith("prisma/generated") && !TOPICS.test(found));
  return plain.filter((found) => !existsSync(path.join(ROOT, found)));
}

function unfold(text: string): string[] {
  const match = /^(.*)\{([^}]*)\}(.*)$/.exec(text);
  return match ? (match[2] ?? "").split(",").flatMap((part) => unfold(`${match[1] ?? ""}${part}${match[3] ?? ""}`)) : [text];
}

function brokenLinks(file: string, text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link).filter((link) => !/^([a-z]+:|#)/.test(link));
  return links.filter((link) => !existsSync(path.join(ROOT, path.dirname(file), link.replace(/#.*/, ""))));
}

describe("what it names is there", () => {
  test.each(documents)("%s", (file) => {
    const text = readText(file);
    expect({ commands: unknownCommands(text), files: missingFiles(text), links: brokenLinks(file, text) }).toEqual({ commands: [], files: [], links: [] });
  });

  test("what is not there would be noticed", () => {
    expect(unknownCommands("run `npm run everything`, the npm package, and\nnpm test")).toEqual(["everything"]);
    expect(missingFiles("see `app/values/{day,night}.ts` and `docs/decisions/NNNN-*.md`")).toEqual(["app/values/night.ts"]);
    expect(brokenLinks("docs/scopes.md", "[here](sandbox.md#faults) and [there](nowhere.md) and [web](https://shopify.dev)")).toEqual(["nowhere.md"]);
  });
});

test(".env.example names everything a start needs, and nothing else", () => {
  const named = [...readText(".env.example").matchAll(/^#?\s*([A-Z][A-Z_]+)=/gm)].map(([, name = ""]) => name);
  const needed = [...complaintOf({}).matchAll(/^ {2}(\w+): is missing/gm)].map(([, name = ""]) => name);
  expect(needed).toHaveLength(4);
  expect(named).toEqual(expect.arrayContaining(needed));
  const readers = readText("app/platform/env.server.ts") + readText("compose.yaml");
  expect(named.filter((name) => !new RegExp(`\\b${name}\\b`).test(readers))).toEqual([]);
});

function complaintOf(environment: Record<string, string>): string {
  try {
    parseEnvironment(environment);
  } catch (error) {
    return String(error);
  }
  return "";
}

test("decisions are numbered once each, without a gap", () => {
  const numbers = listFiles("docs/decisions").map((file) => Number(path.basename(file).slice(0, 4)));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test("every document says what it is about in its first lines", () => {
  expect(documents.filter((file) => !/^# \S.*\n\n\S/.test(readText(file)))).toEqual([]);
});

test("every dependency has its reason in 0008-dependencies.md, and every reason its dependency", () => {
  const Pins = z.record(z.string(), z.string());
  const { dependencies, devDependencies, optionalDependencies } = z.object({ dependencies: Pins, devDependencies: Pins, optionalDependencies: Pins }).parse(JSON.parse(readText("package.json")));
  const rows = readText("docs/decisions/0008-dependencies.md").split("\n").filter((line) => line.startsWith("| `")).map((line) => line.split("|")[1] ?? "");
  const explained = rows.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  expect(explained.sort()).toEqual(Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).sort());
});
