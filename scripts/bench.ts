// `npm run bench`: what the design promises, as ratios within one run. `--json` for machines, `--only NAME`, `--small` for a quick look.
import { parseArgs } from "node:util";
import "./bench/environment.ts";
import { benchBackfill } from "./bench/backfill.ts";
import { benchCustomers } from "./bench/customers.ts";
import { openBenchDatabase } from "./bench/database.ts";
import { benchForecasts } from "./bench/forecasts.ts";
import { benchIngest } from "./bench/ingest.ts";
import { printTable, type Ratio } from "./bench/measure.ts";
import { benchPoints } from "./bench/points.ts";
import { benchReads } from "./bench/reads.ts";
import { benchWebhooks } from "./bench/webhooks.ts";

const HELP = `npm run bench -- [--json] [--small] [--only ingest|backfill|reads|customers|webhooks|points|forecasts]

  --small  a tenth of the sizes: a quick look, not the published figures`;

const { values } = parseArgs({ options: { json: { type: "boolean" }, small: { type: "boolean" }, only: { type: "string" }, help: { type: "boolean", short: "h" } } });
const scale = values.small === true ? 0.1 : 1;

const parts: Record<string, () => Promise<Ratio[]>> = {
  ingest: () => benchIngest({ orderCount: 40_000 * scale, oneByOneCount: 2_000 * scale }),
  backfill: () => benchBackfill({ orderCount: 1_000_000 * scale }),
  reads: () => benchReads({ small: 10_000 * scale, large: 1_000_000 * scale }),
  customers: () => benchCustomers({ small: 10_000 * scale, large: 250_000 * scale }),
  webhooks: () => benchWebhooks({ perSecond: 200, seconds: 30 * scale }),
  points: () => benchPoints({ orderCount: 40_000 * scale, perSecond: 100, seconds: 20 * scale }),
  forecasts: () => benchForecasts({ fitCount: 250_000 * scale, scoreCount: 1_000_000 * scale }),
};

if (values.help === true) process.stdout.write(`${HELP}\n`);
else if (values.only !== undefined && !(values.only in parts)) {
  process.stderr.write(`--only takes ${Object.keys(parts).join(", ")}\n`);
  process.exitCode = 2;
} else await run();

async function run(): Promise<void> {
  const ratios: Ratio[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (values.only !== undefined && values.only !== name) continue;
    const database = await openBenchDatabase();
    try {
      ratios.push(...(await part()));
    } finally {
      await database.drop();
    }
  }
  if (values.json === true) process.stdout.write(`${JSON.stringify(ratios, null, 2)}\n`);
  else printTable(ratios);
}
