// Keeps two processes from starting or stopping the same server at once, and counts who uses it. Both are files that name a
// process, so that one which was killed holds nothing.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAlive } from "./postmaster.server.ts";

const RETRY_MS = 50;
const WAIT_MS = 420_000; // longer than the longest start

let userCount = 0;

export async function withLock<Answer>(file: string, run: () => Promise<Answer>): Promise<Answer> {
  const deadline = performance.now() + WAIT_MS;
  while (!take(file)) {
    if (performance.now() > deadline) throw new Error(`Another process has been starting or stopping PostgreSQL for too long: end it, or delete ${file}.`);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  try {
    return await run();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const holder = readHolder(file);
  if (holder !== null && !isAlive(holder)) setAside(file, holder);
  return false;
}

/** Null while the holder is just writing its name, or has just left. */
function readHolder(file: string): number | null {
  try {
    return Number(readFileSync(file, "utf8")) || null;
  } catch {
    return null;
  }
}

/** Two may find the same dead holder; a rename tells which of them removed its file, and not the other's fresh one. */
function setAside(file: string, holder: number): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // the other was quicker
  }
  if (readHolder(aside) === holder) rmSync(aside);
  else renameSync(aside, file); // it was the other's: give it back
}

/** Answers the name to leave with. */
export function joinUsers(folder: string): string {
  mkdirSync(folder, { recursive: true });
  userCount += 1;
  const file = path.join(folder, `${process.pid}-${userCount}`);
  writeFileSync(file, "");
  return file;
}

/** Answers how many others remain. */
export function leaveUsers(file: string): number {
  rmSync(file, { force: true });
  const folder = path.dirname(file);
  const names = readdirSync(folder);
  const gone = names.filter((name) => !isAlive(Number.parseInt(name, 10)));
  for (const name of gone) rmSync(path.join(folder, name), { force: true });
  return names.length - gone.length;
}
