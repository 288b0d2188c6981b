// A process of its own that uses the embedded server of a folder until it is told to stop: `node postgres-user.ts FOLDER JOIN_TIMEOUT_MS`.
import { startPostgres } from "../../app/platform/embedded-postgres/postgres.server.ts";

const [folder = "", joinTimeoutMs] = process.argv.slice(2);

try {
  const server = await startPostgres({ folder, settings: { fsync: "off" }, joinTimeoutMs: Number(joinTimeoutMs) });
  process.send?.({ url: server.urlOf("postgres") });
  process.once("message", () => void server.stop().then(() => process.exit(0)));
} catch (error) {
  process.send?.({ refusal: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  process.disconnect();
}
