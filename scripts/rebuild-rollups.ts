// Builds the rollups of one shop or all shops anew from their orders, or only says what differs.
import { parseArgs } from "node:util";
import { countRollupDifferences, rebuildShop } from "../app/capabilities/analytics/analytics.server.ts";
import { findShop, listInstalledShops } from "../app/capabilities/shops/shops.server.ts";
import { closeDatabase } from "../app/platform/db.server.ts";
import { provideDatabase } from "../app/platform/embedded-postgres.server.ts";

const HELP = `node scripts/rebuild-rollups.ts [--shop x.myshopify.com] [--dry-run]

  --shop     one shop; without it every installed shop
  --dry-run  counts the rollup rows that differ from a rebuild and changes nothing`;

const { values } = parseArgs({ options: { shop: { type: "string" }, "dry-run": { type: "boolean" }, help: { type: "boolean", short: "h" } } });
const print = (line: string) => process.stdout.write(`${line}\n`);

if (values.help === true) print(HELP);
else await run();

async function run(): Promise<void> {
  const provided = await provideDatabase();
  try {
    for (const shop of await wantedShops()) {
      if (values["dry-run"] === true) print(`${shop.domain}: ${await countRollupDifferences(shop.id)} rows differ`);
      else {
        await rebuildShop(shop.id);
        print(`${shop.domain}: rebuilt`);
      }
    }
  } finally {
    await closeDatabase();
    await provided.stop();
  }
}

async function wantedShops() {
  if (values.shop === undefined) return listInstalledShops();
  const shop = await findShop(values.shop);
  if (!shop) throw new Error(`no shop ${values.shop} is known here`);
  return [shop];
}
