// Where the data lie and who the server runs as. PostgreSQL refuses to run as root; and a user who cannot enter root's folders
// could not reach the data there, so they lie under /var/tmp then, and a link stands where they were expected.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, renameSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";

export type SystemUser = { uid: number; gid: number };
export type Place = {
  data: string;
  /** a folder beside the data that the server's user can enter */
  home: string;
  /** who runs the server when that is not us */
  user: SystemUser | undefined;
};

const SYSTEM_USER = "postgres";
const READ_AND_ENTER = 0o5;
const ENTER = 0o1;
const SHELTER = "/var/tmp"; // survives a restart of the machine

export function preparePlace(folder: string): Place {
  const parent = path.dirname(folder);
  mkdirSync(parent, { recursive: true });
  if (process.getuid?.() !== 0) {
    refuseForeignData(folder);
    return { data: folder, home: parent, user: undefined };
  }
  const user = findOwner(folder) ?? findSystemUser() ?? createSystemUser();
  if (!isLink(folder) && canEnter(parent, user)) return { data: folder, home: parent, user };
  const home = isLink(folder) ? path.dirname(path.resolve(parent, readlinkSync(folder))) : shelterOf(folder);
  prepareShelter(home);
  const data = path.join(home, path.basename(folder));
  if (!isLink(folder)) {
    if (existsSync(folder)) renameSync(folder, data);
    symlinkSync(data, folder);
  }
  return { data, home, user };
}

const shelterOf = (folder: string) => path.join(SHELTER, `regulars-${createHash("sha256").update(path.resolve(folder)).digest("hex").slice(0, 12)}`);

/** Anybody may write to /var/tmp: a folder of that name that somebody else made is not used. */
function prepareShelter(home: string): void {
  if (!existsSync(home)) mkdirSync(home, { mode: 0o755 });
  const { uid, mode } = lstatSync(home);
  if (uid !== 0 || !lstatSync(home).isDirectory() || (mode & 0o022) !== 0) throw new Error(`${home} should hold PostgreSQL's data, but belongs to somebody else: remove it, or name a server in DATABASE_URL.`);
}

function refuseForeignData(folder: string): void {
  if (process.getuid === undefined || !existsSync(folder)) return;
  const { uid } = statSync(folder);
  if (uid !== process.getuid()) throw new Error(`The data in ${folder} belong to another user (${uid}): start as that user or as root, move the folder away, or name a server in DATABASE_URL.`);
}

/** Data that exist are served by their owner, whoever made them. */
function findOwner(folder: string): SystemUser | undefined {
  if (!existsSync(folder)) return undefined;
  const { uid, gid } = statSync(folder);
  return uid === 0 ? undefined : { uid, gid };
}

function findSystemUser(): SystemUser | undefined {
  const numberOf = (flag: string) => Number.parseInt(spawnSync("id", [flag, SYSTEM_USER], { encoding: "utf8" }).stdout ?? "", 10);
  const user = { uid: numberOf("-u"), gid: numberOf("-g") };
  return Number.isNaN(user.uid) || Number.isNaN(user.gid) ? undefined : user;
}

function createSystemUser(): SystemUser {
  const useradd = spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]);
  if (useradd.status !== 0) spawnSync("adduser", ["-S", "-D", "-H", SYSTEM_USER]); // BusyBox
  const user = findSystemUser();
  if (user === undefined) throw new Error(`PostgreSQL does not run as root, and the user "${SYSTEM_USER}" could not be made: make it, start Regulars as an ordinary user, or name a server in DATABASE_URL.`);
  return user;
}

/** By owner, group and mode of every folder on the way, as the kernel would look at them. */
export function canEnter(target: string, { uid, gid }: SystemUser): boolean {
  let wanted = READ_AND_ENTER;
  for (let folder = realpathSync(target); ; folder = path.dirname(folder)) {
    const stats = statSync(folder);
    const shift = stats.uid === uid ? 6 : stats.gid === gid ? 3 : 0;
    if (((stats.mode >> shift) & wanted) !== wanted) return false;
    if (folder === path.dirname(folder)) return true;
    wanted = ENTER;
  }
}

const isLink = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
