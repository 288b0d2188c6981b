import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { API_VERSION, ensureAdminSchema } from "./schema.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "regulars-schema-"));
  vi.stubEnv("PATH", ""); // no npm here: whoever needs it fails
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("a schema that is there is not fetched again", async () => {
  const file = join(folder, `admin_${API_VERSION}.json.gz`);
  writeFileSync(file, "kept");
  expect(await ensureAdminSchema(folder)).toBe(file);
});

test("without the registry it says so in a sentence, and leaves nothing half done", async () => {
  await expect(ensureAdminSchema(folder)).rejects.toThrow(/npm could not fetch it\. Is the npm registry reachable\?/);
  expect(readdirSync(folder)).toEqual([]);
});
