// What Shopify's Admin has to load before the block says anything.
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bundleBlock } from "../../sandbox/extensions/bundle.ts";
import { readExtensions } from "../../sandbox/extensions/extension-files.ts";

const GZIP_BYTES_MAX = 8_000; // Preact is 5,000 of them; Shopify's limit is 64,000

test("the script is small, and says which place it is for", async () => {
  const block = readExtensions(join(import.meta.dirname, "..")).blocks.find(({ handle }) => handle === "regulars-customer");
  if (block === undefined) throw new Error("there is no block");
  const script = await bundleBlock(block);
  expect(script).toContain(`shopify.extend("admin.customer-details.block.render",`);
  expect(gzipSync(script).length).toBeLessThan(GZIP_BYTES_MAX);
}, 30_000);
