// Opens again what was kept in quarantine: after a fix, for one shop or for all.
import { parseArgs } from "node:util";

const HELP = `node scripts/replay-inbox.ts [--shop DOMAIN] [--dry-run]

  --shop DOMAIN   only this shop's, e.g. x.myshopify.com; left out: every installed shop's
  --dry-run       says how many there are and leaves them where they are
  --help          this text

Needs the app's environment (.env.example). What still cannot be read goes back into quarantine.`;

const { values } = parseArgs({ options: { shop: { type: "string" }, "dry-run": { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } } });

if (values.help) print(HELP);
else await replay({ domain: values.shop ?? null, isDryRun: values["dry-run"] });

async function replay({ domain, isDryRun }: { domain: string | null; isDryRun: boolean }): Promise<void> {
  const { findShop, listInstalledShops } = await import("../app/capabilities/shops/shops.server.ts"); // only now: --help needs no environment
  const { openInbox, readInboxState, replayAll } = await import("../app/inbox/inbox.server.ts");
  const { closeDatabase } = await import("../app/platform/db.server.ts");
  const { provideDatabase } = await import("../app/platform/embedded-postgres.server.ts");
  const { stopJobs } = await import("../app/platform/jobs.server.ts");
  const provided = await provideDatabase();
  try {
    const shops = domain === null ? await listInstalledShops() : [await findShop(domain)].filter((shop) => shop !== null);
    if (shops.length === 0) throw new Error(domain === null ? "No shop is installed." : `No shop answers to ${domain}.`);
    for (const shop of shops) {
      const countLeft = async () => (await readInboxState(shop.id)).quarantinedCount;
      if (isDryRun) {
        print(`${shop.domain}: ${await countLeft()} in quarantine`);
        continue;
      }
      const released = await replayAll(shop.id);
      await openInbox(shop.id);
      print(`${shop.domain}: ${released} replayed, ${await countLeft()} in quarantine again`);
    }
  } finally {
    await stopJobs();
    await closeDatabase();
    await provided.stop();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
