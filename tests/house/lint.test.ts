// Every restriction of eslint.config.js is broken here once, also in the ways one might slip around it, and seen to say what to do instead.
import path from "node:path";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, test } from "vitest";

// Text that is on no disk has no types, so the rules that need them are left out; ours do not.
const eslint = new ESLint({ cwd: path.join(import.meta.dirname, "../.."), overrideConfig: [{ files: ["**/*.{ts,tsx}"], ...tseslint.configs.disableTypeChecked }] });

async function lint(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: file });
  return result?.messages.map(({ message }) => message) ?? [];
}

const ROOM = "app/capabilities/orders/rules.ts";
const lines = (count: number) => "export const it = [\n" + "  1,\n".repeat(count - 2) + "];\n";
const longFunction = (count: number) => `export function run(): number[] {\n  return [\n${"    1,\n".repeat(count - 4)}  ];\n}\n`;

describe("refused, with a word about what to do instead", () => {
  test.each([
    ["the clock", ROOM, "export const at = new Date();", "platform/clock.server.ts"],
    ["the clock by its number", ROOM, "export const at = Date.now();", "platform/clock.server.ts"],
    ["the clock as text", ROOM, "export const at = Date();", "platform/clock.server.ts"],
    ["chance", ROOM, "export const chance = Math.random();", "seeded generator"],
    ["chance passed on", ROOM, "export const chance = Math.random;", "seeded generator"],
    ["the environment", ROOM, "export const key = process.env.KEY;", "platform/env.server.ts"],
    ["the environment in brackets", ROOM, 'export const key = process["env"].KEY;', "platform/env.server.ts"],
    ["the environment in pieces", ROOM, "const { env } = process; export const key = env.KEY;", "platform/env.server.ts"],
    ["the environment imported", ROOM, 'import { env } from "node:process"; export const key = env.KEY;', "platform/env.server.ts"],
    ["a barrel", ROOM, 'export * from "./model.ts";', "import the file that has the thing"],
    ["any", ROOM, "export const anything: any = 1;", "Unexpected any"],
    ["an exclamation mark", ROOM, "export const first = (list: string[]) => list[0]!.length;", "non-null assertion"],
    ["a bare cast", ROOM, "export const day = (text: unknown) => text as string;", "satisfies"],
    ["a cast with its why on another line", ROOM, "// checked above\nexport const day = (text: unknown) => text as string;", "satisfies"],
    ["a loose comparison", ROOM, "export const same = (a: number, b: number) => a == b;", "==="],
    ["the console", ROOM, 'console.log("here");', "console"],
    ["a promise to come back", ROOM, "export const rate = 1; // TODO: the real rate", "todo"],
    ["a long file", ROOM, lines(301), "300"],
    ["a long function", ROOM, longFunction(72), "70"],
    ["a long test file", "app/capabilities/orders/rules.test.ts", lines(401), "400"],
    ["words in a page", "app/routes/app.cohorts/part.tsx", "export const Part = () => <p>Hello</p>;", "app/i18n"],
    ["words of any script", "app/ui/part.tsx", "export const Part = () => <p>こんにちは</p>;", "app/i18n"],
    ["words in an attribute", "app/ui/part.tsx", 'export const Part = () => <img src="/a.png" alt="A cup" />;', "app/i18n"],
    ["a picture without words", "app/ui/part.tsx", 'export const Part = () => <img src="/a.png" />;', "alt"],
    ["a hook inside an if", "app/ui/part.tsx", 'import { useState } from "react"; export function Part({ isOpen }: { isOpen: boolean }) { if (isOpen) useState(1); return null; }', "conditionally"],
  ])("%s", async (_name, file, code, word) => {
    expect((await lint(file, code)).join("\n")).toContain(word);
  });
});

describe("welcome", () => {
  test.each([
    ["a date from a value", ROOM, "export const toDate = (ms: number) => new Date(ms);"],
    ["as const", ROOM, 'export const NAMES = ["a", "b"] as const;'],
    ["a cast beside its why", ROOM, "export const day = (text: unknown) => text as string; // checked above"],
    ["asking for null and undefined at once", ROOM, "export const isMissing = (value: string | null | undefined) => value == null;"],
    ["a file of 300 lines", ROOM, lines(300)],
    ["the clock in its own place", "app/platform/clock.server.ts", "export const now = () => new Date();"],
    ["the environment in its own place", "app/platform/env.server.ts", "export const env = process.env;"],
    ["the sandbox's own clock and chance", "sandbox/shop/clock.ts", "export const at = Date.now() + Math.random();"],
    ["a script that talks", "scripts/seed.ts", 'console.log("done");'],
    ["words from the dictionary", "app/ui/part.tsx", "export const Part = ({ words }: { words: string }) => <p>{words} · 100 %</p>;"],
  ])("%s", async (_name, file, code) => {
    expect(await lint(file, code)).toEqual([]);
  });
});
