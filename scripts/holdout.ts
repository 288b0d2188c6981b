// Forecasts of 39 weeks of CDNOW from the 39 before, against what happened and against the published figures.
import { parseArgs } from "node:util";
import { aucOf, compareAucs } from "../app/capabilities/forecasts/rules/auc.ts";
import { expectedOrders, prospectOf } from "../app/capabilities/forecasts/rules/beta-geometric.ts";
import { fitPurchases } from "../app/capabilities/forecasts/rules/fit.ts";
import { groupHistories, toHistory, toWeeks } from "../app/capabilities/forecasts/rules/histories.ts";
import { fitParetoNbd, paretoExpectedOrders, paretoProspectOf } from "../app/capabilities/forecasts/rules/pareto-nbd.ts";
import { CDNOW_FOLDER, hasCdnow, HOLDOUT_DAYS, readCdnow, splitCdnow } from "./forecasts/cdnow.ts";

const HELP = `node scripts/holdout.ts [--data FOLDER]

  --data FOLDER   where CDNOW_sample.txt lies; without it ${CDNOW_FOLDER}
  --help          this text

Fits BG/NBD, MBG/NBD and Pareto/NBD to weeks 1 to 39 and forecasts weeks 40 to 78. Changes nothing.`;

const { values } = parseArgs({ options: { data: { type: "string", default: CDNOW_FOLDER }, help: { type: "boolean", short: "h", default: false } } });
const print = (line: string) => process.stdout.write(`${line}\n`);

type Published = { total: number | null; error: number | null; area: number };
/** docs/forecasts.md says where from. */
const PUBLISHED: Record<string, Published> = {
  "BG/NBD": { total: 1_653, error: 0.785, area: 0.773 },
  "MBG/NBD": { total: 1_577, error: 0.765, area: 0.773 },
  "Pareto/NBD": { total: 1_666, error: 0.755, area: 0.779 },
  "days since last": { total: null, error: null, area: 0.771 },
  "order count": { total: null, error: null, area: 0.758 },
};

if (values.help) print(HELP);
else if (hasCdnow(values.data)) compare(values.data);
else {
  process.stderr.write(`There is no CDNOW_sample.txt in ${values.data}: say where with --data.\n`);
  process.exitCode = 2;
}

function compare(folder: string): void {
  const customers = readCdnow(folder).map(splitCdnow);
  const groups = groupHistories(customers);
  const weeks = toWeeks(HOLDOUT_DAYS);
  const pareto = fitParetoNbd(groups).parameters;
  const expectedBy = (family: "bg_nbd" | "mbg_nbd") => {
    const { parameters } = fitPurchases(groups, { family, spread: null });
    return customers.map((customer) => expectedOrders(prospectOf(family, parameters, toHistory(customer)), weeks));
  };
  const predictions: Record<string, number[]> = {
    "BG/NBD": expectedBy("bg_nbd"),
    "MBG/NBD": expectedBy("mbg_nbd"),
    "Pareto/NBD": customers.map((customer) => paretoExpectedOrders(paretoProspectOf(pareto, toHistory(customer)), weeks)),
    "days since last": customers.map(({ daysSinceLast }) => -daysSinceLast),
    "order count": customers.map(({ repeats }) => repeats),
  };
  const later = customers.map((customer) => customer.later);
  print(`${customers.length} customers, ${later.reduce((sum, count) => sum + count, 0)} repeat purchase days in weeks 40 to 78. Ours, and in brackets the published value.\n`);
  printTable([["", "total", "mean error", "area under the curve", "above days since last"], ...Object.entries(predictions).map(([name, predicted]) => rowOf(name, predicted, { later, baseline: predictions["days since last"] ?? [] }))]);
}

function rowOf(name: string, predicted: number[], { later, baseline }: { later: number[]; baseline: number[] }): string[] {
  const published = PUBLISHED[name];
  const happened = later.map((count) => (count > 0 ? 1 : 0));
  const area = aucOf({ predicted, happened });
  const lead = compareAucs({ model: predicted, baseline, happened });
  const isCount = published?.total != null;
  const total = predicted.reduce((sum, count) => sum + count, 0);
  const error = predicted.reduce((sum, count, index) => sum + Math.abs(count - (later[index] ?? 0)), 0) / predicted.length;
  return [
    name,
    isCount ? `${total.toFixed(0)} (${published.total})` : "",
    isCount ? `${error.toFixed(3)} (${published.error?.toFixed(3)})` : "",
    `${area?.area.toFixed(3)} ± ${area?.standardError.toFixed(3)} (${published?.area.toFixed(3)})`,
    `${lead?.difference.toFixed(4)} ± ${lead?.standardError.toFixed(4)}${lead?.isBetter ? " better" : ""}`,
  ];
}

function printTable(rows: readonly string[][]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows) print(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd());
}
