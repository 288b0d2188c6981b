// Forecasts of 39 weeks of CDNOW from the 39 before, against what happened and against the figures in docs/forecasts.md, which it must reproduce.
import { parseArgs } from "node:util";
import { aucOf, compareAucs, type AucComparison } from "../app/capabilities/forecasts/rules/auc.ts";
import { expectedOrders, prospectOf } from "../app/capabilities/forecasts/rules/beta-geometric.ts";
import { fitPurchases } from "../app/capabilities/forecasts/rules/fit.ts";
import { groupHistories, toHistory, toWeeks } from "../app/capabilities/forecasts/rules/histories.ts";
import { fitParetoNbd, paretoExpectedOrders, paretoProspectOf } from "../app/capabilities/forecasts/rules/pareto-nbd.ts";
import { CDNOW_FOLDER, hasCdnow, HOLDOUT_DAYS, readCdnow, splitCdnow } from "./forecasts/cdnow.ts";

const HELP = `node scripts/holdout.ts [--data FOLDER]

  --data FOLDER   where CDNOW_sample.txt lies; without it ${CDNOW_FOLDER}
  --help          this text

Fits BG/NBD, MBG/NBD and Pareto/NBD to weeks 1 to 39 and forecasts weeks 40 to 78. Changes nothing.
Ends with 0 when every figure is reproduced as printed, with 1 when one is not, and with 2 without the data.`;

const { values } = parseArgs({ options: { data: { type: "string", default: CDNOW_FOLDER }, help: { type: "boolean", short: "h", default: false } } });
const print = (line: string) => process.stdout.write(`${line}\n`);

/** As printed in docs/forecasts.md; null: that one ranks customers and counts nothing. */
type Published = { total: number | null; error: number | null; area: number };
const ACTUAL = { customers: 2_357, later: 1_882 };
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

type Row = { name: string; total: number; error: number; area: number; areaError: number; lead: AucComparison | null };

function compare(folder: string): void {
  const customers = readCdnow(folder).map(splitCdnow);
  const later = customers.map((customer) => customer.later);
  const laterSum = later.reduce((sum, count) => sum + count, 0);
  const predictions = predict(customers);
  const baseline = predictions["days since last"] ?? [];
  const rows = Object.entries(predictions).map(([name, predicted]) => rowOf(name, predicted, { later, baseline }));
  print(`${customers.length} customers, ${laterSum} repeat purchase days in weeks 40 to 78. Ours, and in brackets the published value.\n`);
  printTable([["", "total", "mean error", "area under the curve", "above days since last"], ...rows.map(cellsOf)]);
  const faults = [
    ...(customers.length === ACTUAL.customers && laterSum === ACTUAL.later ? [] : [`the data are not the published sample of ${ACTUAL.customers} customers and ${ACTUAL.later} purchase days`]),
    ...rows.flatMap(faultsOf),
  ];
  print(faults.length === 0 ? "\nEvery figure is reproduced as printed." : `\nNot reproduced:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
  if (faults.length > 0) process.exitCode = 1;
}

/** By maximum likelihood, as in the publications. */
function predict(customers: readonly ReturnType<typeof splitCdnow>[]): Record<string, number[]> {
  const groups = groupHistories(customers);
  const weeks = toWeeks(HOLDOUT_DAYS);
  const pareto = fitParetoNbd(groups).parameters;
  const expectedBy = (family: "bg_nbd" | "mbg_nbd") => {
    const { parameters } = fitPurchases(groups, { family, spread: null });
    return customers.map((customer) => expectedOrders(prospectOf(family, parameters, toHistory(customer)), weeks));
  };
  return {
    "BG/NBD": expectedBy("bg_nbd"),
    "MBG/NBD": expectedBy("mbg_nbd"),
    "Pareto/NBD": customers.map((customer) => paretoExpectedOrders(paretoProspectOf(pareto, toHistory(customer)), weeks)),
    "days since last": customers.map(({ daysSinceLast }) => -daysSinceLast),
    "order count": customers.map(({ repeats }) => repeats),
  };
}

function rowOf(name: string, predicted: number[], { later, baseline }: { later: number[]; baseline: number[] }): Row {
  const happened = later.map((count) => (count > 0 ? 1 : 0));
  const found = aucOf({ predicted, happened });
  return {
    name,
    total: predicted.reduce((sum, count) => sum + count, 0),
    error: predicted.reduce((sum, count, index) => sum + Math.abs(count - (later[index] ?? 0)), 0) / predicted.length,
    area: found?.area ?? Number.NaN, areaError: found?.standardError ?? Number.NaN,
    lead: compareAucs({ model: predicted, baseline, happened }),
  };
}

function faultsOf({ name, total, error, area }: Row): string[] {
  const published = PUBLISHED[name];
  const pairs: [string, number, number | null | undefined, number][] = [["total", total, published?.total, 0], ["mean error", error, published?.error, 3], ["area", area, published?.area, 3]];
  return pairs.flatMap(([what, ours, theirs, digits]) => {
    const [found, printed] = [ours.toFixed(digits), theirs?.toFixed(digits)];
    return theirs === null || found === printed ? [] : [`${name}, ${what}: ${found} for ${printed}`];
  });
}

function cellsOf({ name, total, error, area, areaError, lead }: Row): string[] {
  const published = PUBLISHED[name];
  return [
    name,
    published?.total == null ? "" : `${total.toFixed(0)} (${published.total})`,
    published?.error == null ? "" : `${error.toFixed(3)} (${published.error.toFixed(3)})`,
    `${area.toFixed(3)} ± ${areaError.toFixed(3)} (${published?.area.toFixed(3)})`,
    lead === null || lead.standardError === 0 ? "" : `${lead.difference.toFixed(4)} ± ${lead.standardError.toFixed(4)}${lead.isBetter ? " better" : ""}`,
  ];
}

function printTable(rows: readonly string[][]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows) print(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd());
}
