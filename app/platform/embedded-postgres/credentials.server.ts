// The embedded server's password and port, made once and kept beside its data for this user's eyes only.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { findFreePort } from "../free-port.server.ts";

export const ROLE = "regulars";

const Credentials = z.object({ password: z.string().min(1), port: z.int().min(1).max(65_535) });
export type Credentials = z.infer<typeof Credentials>;

/** The port stays the same as long as nobody else has taken it. */
export async function readCredentials(file: string, { isPortTaken }: { isPortTaken: boolean }): Promise<Credentials> {
  const kept = existsSync(file) ? Credentials.parse(JSON.parse(readFileSync(file, "utf8"))) : null;
  if (kept && (isPortTaken || await findFreePort(kept.port) !== null)) return kept;
  const port = await findFreePort(0);
  if (port === null) throw new Error("No port is free for PostgreSQL on 127.0.0.1.");
  const credentials = { password: kept?.password ?? randomBytes(24).toString("hex"), port };
  writeFileSync(file, JSON.stringify(credentials), { mode: 0o600 });
  return credentials;
}
