// What app/platform/env.server.ts wants to see; imported before anything of the app.
Object.assign(process.env, {
  NODE_ENV: "production",
  SHOPIFY_API_KEY: "regulars-bench-key",
  SHOPIFY_API_SECRET: "regulars-bench-secret",
  SHOPIFY_APP_URL: "https://regulars.test",
  TOKEN_KEY: Buffer.alloc(32, 7).toString("base64"),
  LOG_LEVEL: "error",
});
