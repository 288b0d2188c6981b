// Four kinds of tests: beside the code, about the code, against a database and the sandbox, and in a browser.
import { defineConfig } from "vitest/config";

const FLOW_TIMEOUT_MS = 60_000; // a flow starts processes and waits for real jobs
const BROWSER_TIMEOUT_MS = 180_000;
const PATIENCE_MS = 30_000; // as the browser's own waiting: Vitest's second is too little for a page on a busy machine

const setupFiles = ["tests/support/environment.ts", "tests/support/no-console-errors.ts"];
const globalSetup = ["tests/support/postgres.ts"];

const WORKERS = 2; // by itself Vitest leaves a core idle, on a machine of two that is half of it

export default defineConfig({
  test: {
    maxWorkers: WORKERS,
    projects: [
      {
        test: {
          name: "unit", include: ["{app,extensions}/**/*.test.{ts,tsx}", "sandbox/**/*.test.ts", "scripts/**/*.test.ts"], setupFiles,
          server: { deps: { inline: [/@shopify\/ui-extensions-tester/] } }, // it imports the extension, TypeScript, which Vitest has to read
        },
      },
      { test: { name: "house", include: ["tests/house/**/*.test.ts"], setupFiles, testTimeout: FLOW_TIMEOUT_MS } },
      {
        test: {
          name: "integration", include: ["tests/integration/**/*.test.ts"], setupFiles, globalSetup,
          testTimeout: FLOW_TIMEOUT_MS, hookTimeout: FLOW_TIMEOUT_MS, sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "browser", include: ["tests/browser/**/*.test.ts"], setupFiles, globalSetup,
          testTimeout: BROWSER_TIMEOUT_MS, hookTimeout: BROWSER_TIMEOUT_MS, expect: { poll: { timeout: PATIENCE_MS } }, sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
