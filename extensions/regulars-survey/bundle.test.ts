// What a shopper's page has to load before the block asks anything.
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bundleBlock } from "../../sandbox/extensions/bundle.ts";
import { readExtensions } from "../../sandbox/extensions/extension-files.ts";

const GZIP_BYTES_MAX = 10_000; // Preact is 5,000 of them; Shopify's limit is 64,000
const blocks = readExtensions(join(import.meta.dirname, "..")).blocks.filter(({ handle }) => handle === "regulars-survey");

test("there is one for an order and one for the thank-you page", () => {
  expect(blocks.map(({ target }) => target)).toEqual(["customer-account.order-status.block.render", "purchase.thank-you.block.render"]);
});

test.each(blocks)("the script of $target is small, and asks the app where it is", async (block) => {
  const script = await bundleBlock(block, { appUrl: "https://regulars.example.org" });
  expect(script).toContain(`shopify.extend("${block.target}",`);
  expect(script).toContain("https://regulars.example.org");
  expect(script).not.toContain("process.env");
  expect(gzipSync(script).length).toBeLessThan(GZIP_BYTES_MAX);
}, 30_000);
