import { expect, test } from "vitest";
import { parseEnvironment } from "./env.server.ts";

const complete = {
  SHOPIFY_API_KEY: "key", SHOPIFY_API_SECRET: "secret", SHOPIFY_APP_URL: "https://regulars.example.com", TOKEN_KEY: Buffer.alloc(32, 1).toString("base64"),
};

test("what is not set has its default, and an empty text is not set", () => {
  expect(parseEnvironment({ ...complete, DATABASE_URL: "", PORT: "" })).toMatchObject({ PORT: 3000, DATABASE_POOL_SIZE: 10, LOG_LEVEL: "info" });
  expect(parseEnvironment({ ...complete, DATABASE_URL: "" }).DATABASE_URL).toBeUndefined();
});

test("everything missing or wrong is named at once, and no value is shown", () => {
  const wrong = { SHOPIFY_API_SECRET: "secret", SHOPIFY_APP_URL: "http://plain.example.com", TOKEN_KEY: "short-token-key", DATABASE_URL: "mysql://user:password@host/db", PORT: "eighty" };
  const complaint = catchMessage(() => parseEnvironment(wrong));
  for (const line of ["SHOPIFY_API_KEY: is missing", "SHOPIFY_APP_URL: ", "TOKEN_KEY: must be 32 bytes in base64", "DATABASE_URL: ", "PORT: "]) expect(complaint).toContain(line);
  expect(complaint).not.toContain("SHOPIFY_API_SECRET");
  for (const value of Object.values(wrong)) expect(complaint).not.toContain(value);
});

function catchMessage(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error("nothing was thrown");
}
