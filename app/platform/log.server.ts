// Logs are facts with ids: no addresses, names, payloads or tokens.
import { pino } from "pino";
import { env } from "./env.server.ts";

const logger = pino({ level: env.LOG_LEVEL, base: null });

/** What may stand beside a message. */
type Facts = Record<string, string | number | bigint | boolean | null | undefined>;

const plain = (facts: Facts) =>
  Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, typeof value === "bigint" ? value.toString() : value]));

export const log = {
  info: (message: string, facts: Facts = {}) => logger.info(plain(facts), message),
  warn: (message: string, facts: Facts = {}) => logger.warn(plain(facts), message),
  /** The error's class, code and stack: its message may quote a row, so it stays out. */
  error: (message: string, error: unknown, facts: Facts = {}) => logger.error({ ...plain(facts), ...describe(error) }, message),
};

function describe(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const frames = error.stack?.split("\n").filter((line) => line.startsWith("    at ")).slice(0, 8).join("\n");
  return { error: error.name, code, at: frames };
}
