// The CDNOW sample of Fader & Hardie: 2,357 people who first bought music in the first quarter of 1997, and what they bought until June 1998.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Purchases } from "../../app/capabilities/forecasts/rules/histories.ts";
import type { Spending } from "../../app/capabilities/forecasts/rules/spend.ts";

/** Not part of the repository: it lies beside it. */
export const CDNOW_FOLDER = fileURLToPath(new URL("../../../shared/data/cdnow/", import.meta.url));
const FILE = "CDNOW_sample.txt";
const DAY_MS = 86_400_000;
const START_MS = Date.UTC(1997, 0, 1);

/** The published fits know 39 weeks, until 30 September 1997, and look 39 weeks ahead. */
const CALIBRATION_END = 272;
export const HOLDOUT_DAYS = 273;

/** Days since 1 January 1997 with an order, in order, and the cents spent on each. */
export type CdnowCustomer = { days: number[]; valuesMinor: number[] };

export const hasCdnow = (folder: string = CDNOW_FOLDER): boolean => existsSync(path.join(folder, FILE));

/** Lines are: master id, sample id, date, number of CDs, dollars; sorted by customer and date. */
export function readCdnow(folder: string = CDNOW_FOLDER): CdnowCustomer[] {
  const customers = new Map<string, CdnowCustomer>();
  for (const line of readFileSync(path.join(folder, FILE), "utf8").trim().split("\n")) {
    const [, id = "", date = "", , dollars] = line.trim().split(/\s+/);
    const customer = customers.get(id) ?? { days: [], valuesMinor: [] };
    customers.set(id, customer);
    const day = (Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))) - START_MS) / DAY_MS;
    const valueMinor = Math.round(Number(dollars) * 100);
    if (customer.days.at(-1) === day) customer.valuesMinor.push((customer.valuesMinor.pop() ?? 0) + valueMinor);
    else {
      customer.days.push(day);
      customer.valuesMinor.push(valueMinor);
    }
  }
  return [...customers.values()];
}

/** What was known on the last day of the calibration, and how many days with an order followed. */
export function splitCdnow({ days, valuesMinor }: CdnowCustomer): Purchases & Spending & { daysSinceLast: number; later: number } {
  const known = days.filter((day) => day <= CALIBRATION_END);
  const [first = 0, last = 0, repeats] = [known[0], known.at(-1), known.length - 1];
  const meanRepeatValueMinor = repeats === 0 ? null : valuesMinor.slice(1, known.length).reduce((sum, value) => sum + value, 0) / repeats;
  const later = days.filter((day) => day > CALIBRATION_END && day <= CALIBRATION_END + HOLDOUT_DAYS).length;
  return { repeats, recencyDays: last - first, ageDays: CALIBRATION_END - first, meanRepeatValueMinor, daysSinceLast: CALIBRATION_END - last, later };
}
