// What app/platform/env.server.ts wants to see, for tests that load the app's modules into their own process.
Object.assign(process.env, {
  NODE_ENV: "test",
  SHOPIFY_API_KEY: "regulars-test-key",
  SHOPIFY_API_SECRET: "regulars-test-secret",
  SHOPIFY_APP_URL: "https://regulars.test",
  TOKEN_KEY: Buffer.alloc(32, 7).toString("base64"),
  LOG_LEVEL: "silent",
});
