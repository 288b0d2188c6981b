// The environment, read once: a missing or wrong variable stops the start with its name.
import { z } from "zod";

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  SHOPIFY_API_KEY: z.string().min(1),
  SHOPIFY_API_SECRET: z.string().min(1),
  /** where merchants' browsers and Shopify reach the app; https, as Shopify demands */
  SHOPIFY_APP_URL: z.url({ protocol: /^https$/ }),
  /** 32 random bytes in base64: encrypts Shopify's tokens at rest */
  TOKEN_KEY: z.string().refine((text) => Buffer.from(text, "base64").length === 32, "must be 32 bytes in base64"),
  /** any PostgreSQL 15 or newer; unset: the app starts its own */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(100).default(10),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

export type Environment = z.infer<typeof schema>;

/** Throws an Error that names every variable that is missing or wrong, never its value. */
export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${given[String(issue.path[0])] === undefined ? "is missing" : issue.message}`);
  throw new Error(`The environment is not complete (see .env.example):\n${lines.join("\n")}`);
}

export const env = parseEnvironment(process.env);
