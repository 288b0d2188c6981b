// `npm test`: checks, build, then every test; the last line counts them all. Words after `--` go to vitest.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { runChecks, type CheckCounts } from "./check.ts";
import { provideChromium } from "./chromium.ts";

const ROOT = path.join(import.meta.dirname, "..");
const Report = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numFailedTestSuites: z.int(), success: z.boolean() });

const checks = await runChecks();
const tests = await runBuildAndTests(process.argv.slice(2));
process.stdout.write(`${checks.passed + tests.passed} passed, ${checks.failed + tests.failed} failed\n`);
process.exitCode = checks.failed + tests.failed === 0 ? 0 : 1;

async function runBuildAndTests(words: string[]): Promise<CheckCounts> {
  try {
    const chromium = provideChromium((line) => process.stderr.write(`${line}\n`));
    if (await run(["scripts/bootstrap.mjs", "--build"], {}) !== 0) return { passed: 0, failed: 1 };
    return await runTests(words, chromium);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { passed: 0, failed: 1 };
  }
}

async function runTests(words: string[], chromium: string): Promise<CheckCounts> {
  const folder = mkdtempSync(path.join(tmpdir(), "regulars-report-"));
  const file = path.join(folder, "report.json");
  try {
    const code = await run(["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`, ...words], { CHROMIUM_PATH: chromium });
    const report = Report.parse(JSON.parse(readFileSync(file, "utf8")));
    const isUnexplained = code !== 0 && report.numFailedTests === 0; // a file that does not load, a hook or an error outside every test
    return { passed: report.numPassedTests, failed: report.numFailedTests + (isUnexplained ? Math.max(1, report.numFailedTestSuites) : 0) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(words: string[], environment: Record<string, string>): Promise<number | null> {
  const child = spawn(process.execPath, words, { cwd: ROOT, env: { ...process.env, ...environment }, stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.once("exit", resolve);
    child.once("error", reject);
  });
}
