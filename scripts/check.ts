// Everything that can be said about the code without running it: types, lint, layers, unused code, migrations, theme.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export type CheckCounts = { passed: number; failed: number };

const ROOT = path.join(import.meta.dirname, "..");
const LANE_COUNT = 2; // the type checker alone keeps one core busy

const CHECKS = [
  { name: "types", words: ["node_modules/typescript/bin/tsc", "--noEmit"] },
  // Elements of the account and the checkout have the names of the Admin's and other properties.
  { name: "types of the account's extension", words: ["node_modules/typescript/bin/tsc", "--noEmit", "--project", "extensions/regulars-account"] },
  { name: "types of the survey's extension", words: ["node_modules/typescript/bin/tsc", "--noEmit", "--project", "extensions/regulars-survey"] },
  { name: "lint", words: ["node_modules/eslint/bin/eslint.js", "--max-warnings", "0", "."] },
  { name: "layers", words: ["node_modules/dependency-cruiser/bin/dependency-cruiser.mjs", "--config", ".dependency-cruiser.mjs", "app", "sandbox", "scripts", "tests", "server.ts"] },
  { name: "unused code", words: ["node_modules/knip/bin/knip.js"] },
  { name: "migrations", words: ["scripts/migrate.ts", "check"] },
  ...(existsSync(path.join(ROOT, "extensions")) ? [{ name: "theme", words: ["scripts/check-theme.ts"] }] : []),
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { failed } = await runChecks();
  process.exitCode = failed === 0 ? 0 : 1;
}

export async function runChecks(): Promise<CheckCounts> {
  const waiting = [...CHECKS];
  const counts = { passed: 0, failed: 0 };
  const workLane = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) counts[await isPassed(check) ? "passed" : "failed"] += 1;
  };
  await Promise.all(Array.from({ length: LANE_COUNT }, workLane));
  return counts;
}

async function isPassed({ name, words }: { name: string; words: string[] }): Promise<boolean> {
  const child = spawn(process.execPath, words, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  const [code, ...outputs] = await Promise.all([new Promise((resolve) => child.once("exit", resolve)), text(child.stdout), text(child.stderr)]);
  process.stdout.write(code === 0 ? `✓ ${name}\n` : `✗ ${name}\n${outputs.join("").trim()}\n`);
  return code === 0;
}
