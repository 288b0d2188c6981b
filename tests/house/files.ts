// The files of the project as they lie on disk, without what is generated, built or installed.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "../..");
const LEFT_OUT = new Set(["node_modules", "build", "generated", ".data", ".cache", ".git", ".shopify"]);

/** Paths from the project's root with forward slashes, sorted. */
export function listFiles(folder = ""): string[] {
  const entries = readdirSync(path.join(ROOT, folder), { withFileTypes: true }).filter(({ name }) => !LEFT_OUT.has(name));
  return entries.flatMap((entry) => (entry.isDirectory() ? listFiles(path.posix.join(folder, entry.name)) : [path.posix.join(folder, entry.name)])).sort();
}

export const readText = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
