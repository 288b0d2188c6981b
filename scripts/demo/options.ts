// What may be said to `npm run demo`, and a sentence for everything else.
import { statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";

export type DemoOptions = {
  port: number;
  /** an order export of Shopify's; null: the generated tea shop */
  ordersFile: string | null;
  /** the shop's today, `YYYY-MM-DD`; null: the day after the file's last order, or the real one */
  asOf: string | null;
  timeZone: string | null;
  fresh: boolean;
  /** null: `.data` of the project */
  dataFolder: string | null;
};

export const HELP = `npm run demo [-- OPTIONS]

Opens Regulars in a pretend Shopify Admin on this machine. Ctrl-C ends it; the next start goes on where it ended.

  --orders FILE        a shop's own orders: Shopify's order export (Admin > Orders > Export), .csv or .csv.gz
  --as-of YYYY-MM-DD   the day it is in the shop; without: the day after the file's last order, or today
  --time-zone ZONE     the shop's time zone, such as Asia/Tokyo; without: UTC for a file
  --port N             where to open it; without: 4000
  --fresh              forget what happened in this shop and begin again
  --data FOLDER        where shops and database are kept; without: .data
  --help               this text`;

const PORT_SENTENCE = "--port takes a number from 1 to 65535.";

const Options = z.object({
  port: z.coerce.number(PORT_SENTENCE).int(PORT_SENTENCE).min(1, PORT_SENTENCE).max(65_535, PORT_SENTENCE).default(4000),
  orders: z.string().refine((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true, { error: ({ input }) => `--orders: there is no file ${String(input)}.` }).optional(),
  "as-of": z.iso.date("--as-of takes a day such as 2011-12-10.").optional(),
  "time-zone": z.string().refine(isTimeZone, "--time-zone takes a name such as Europe/London or Asia/Tokyo.").optional(),
  fresh: z.boolean().default(false),
  data: z.string().min(1, "--data takes the name of a folder.").transform((folder) => path.resolve(folder)).optional(),
});

/** Throws an Error of one sentence. */
export function parseDemoOptions(words: string[]): DemoOptions | "help" {
  const said = readWords(words);
  if (said["help"] === true) return "help";
  const parsed = Options.safeParse(said);
  if (!parsed.success) throw new Error(parsed.error.issues[0]?.message);
  const { port, orders, "as-of": asOf, "time-zone": timeZone, fresh, data } = parsed.data;
  return { port, ordersFile: orders ?? null, asOf: asOf ?? null, timeZone: timeZone ?? null, fresh, dataFolder: data ?? null };
}

function readWords(words: string[]): Record<string, unknown> {
  try {
    return parseArgs({
      args: words,
      options: {
        port: { type: "string" }, orders: { type: "string" }, "as-of": { type: "string" }, "time-zone": { type: "string" },
        data: { type: "string" }, fresh: { type: "boolean" }, help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    const sentence = error instanceof Error ? error.message.split(". ", 1)[0] : "The options cannot be read";
    throw new Error(`${sentence}; \`npm run demo -- --help\` lists what there is.`, { cause: error });
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
