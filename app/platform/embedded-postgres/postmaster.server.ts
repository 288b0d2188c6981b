// Is a server running on this data folder? PostgreSQL says so in postmaster.pid, which outlives a crash.
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";

export type Postmaster = { pid: number; port: number };

const PID_LINE = 0;
const PORT_LINE = 3;

export function findPostmaster(data: string): Postmaster | null {
  const file = path.join(data, "postmaster.pid");
  const lines = readLines(file);
  const pid = Number(lines?.[PID_LINE]);
  if (lines === null || !Number.isInteger(pid) || pid <= 0) return null;
  if (isPostgres(pid)) return { pid, port: Number(lines[PORT_LINE]) };
  rmSync(file, { force: true }); // its server is gone; were the number reused by now, PostgreSQL would refuse to start
  return null;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"; // it lives, and belongs to somebody else
  }
}

function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== "linux") return true; // elsewhere the number has to do
  const [, name, state] = /\((.*)\) (\w)/.exec(readLines(`/proc/${pid}/stat`)?.[0] ?? "") ?? [];
  return name?.startsWith("postgres") === true && state !== "Z"; // Z: dead, and nobody has asked for its exit code
}

function readLines(file: string): string[] | null {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")) return null;
    throw error;
  }
}
