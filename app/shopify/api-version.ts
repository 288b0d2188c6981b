// The version of Shopify's Admin API and webhooks we speak; shopify.app.toml says the same, and a house test compares them.
export const API_VERSION = "2026-10";
