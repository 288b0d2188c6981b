// The web process: brings the database up to date, then answers HTTP. `npm run build` makes what it serves.
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { runProcess } from "./app/platform/process.server.ts";

const BUILD_FILE = path.join(import.meta.dirname, "build/server/index.js");
const KEEP_ALIVE_MS = 65_000; // longer than load balancers keep theirs, so that none sends into a closing connection
const DRAIN_TIMEOUT_MS = 10_000;

process.env["NODE_ENV"] ??= "production";

await runProcess(async (atEnd) => {
  if (!existsSync(BUILD_FILE)) throw new Error("There is no build yet: run `npm run build` first.");
  const { env } = await import("./app/platform/env.server.ts"); // only now: it throws when something is missing
  const { provideDatabase } = await import("./app/platform/embedded-postgres.server.ts");
  const { deployMigrations } = await import("./app/platform/migrations.server.ts");
  const { createHttpApp } = await import("./app/platform/http.server.ts");
  const { log } = await import("./app/platform/log.server.ts");

  const database = await provideDatabase();
  atEnd(database.stop);
  process.env["DATABASE_URL"] = database.url; // the build has modules of its own, and reads the environment itself
  await deployMigrations(database.url);
  const build: ServerBuild = await import(pathToFileURL(BUILD_FILE).href); // eslint-disable-line @typescript-eslint/no-unsafe-assignment -- made by our own `npm run build`
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, createHttpApp(withAbsoluteFolder(build)));
  const port = await listen(server, env.PORT);
  atEnd(() => drain(server));
  log.info("web process listens", { port });
  process.send?.({ type: "listening", port });
});

/** The build names its folder relative to where it was made. */
function withAbsoluteFolder(build: ServerBuild): ServerBuild {
  return { ...build, assetsBuildDirectory: path.join(import.meta.dirname, build.assetsBuildDirectory) };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject("code" in error && error.code === "EADDRINUSE" ? new Error(`Port ${port} is in use: set PORT to another.`) : error));
    server.listen(port, () => {
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : port);
    });
  });
}

function drain(server: Server): Promise<void> {
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT_MS);
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
  });
}
