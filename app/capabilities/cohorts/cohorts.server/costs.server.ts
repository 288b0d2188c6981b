// What the merchant spent on customers: typed in, or brought as a file that is looked at first.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import { dayAt, monthOf, type Month } from "../../../values/day.ts";
import type { Shop } from "../../shops/model.ts";
import type { Cost, CostFault, CostFileFault, CostLineError } from "../model.ts";
import { parseCosts } from "../rules/cost-file.ts";
import { costKey, readTypedCosts, type CostWish, type TypedCost } from "../rules/cost-form.ts";
import * as store from "../store.server/value.server.ts";
import { listSalesChannels } from "./value.server.ts";

/** Newest month first. */
export const listCosts = (shop: Pick<Shop, "id">): Promise<Cost[]> => store.listCosts(db(), shop.id);

/** Each month, purpose and channel once. */
export const saveCosts = (shop: Pick<Shop, "id">, wishes: readonly CostWish[]): Promise<void> => inTransaction(async (tx) => {
  const kept = wishes.flatMap(({ amountMinor, ...cost }) => (amountMinor === null ? [] : [{ ...cost, amountMinor }]));
  await store.dropCosts(tx, shop.id, wishes.filter(({ amountMinor }) => amountMinor === null));
  await store.saveCosts(tx, shop.id, kept);
});

/** As a form says them: all, or none and what is wrong by place. */
export async function saveTypedCosts(shop: Shop, typed: readonly TypedCost[]): Promise<{ ok: true } | { ok: false; faults: Record<string, CostFault> }> {
  const { known } = await readKnown(shop);
  const answer = readTypedCosts(typed, known);
  if (!answer.ok) return answer;
  await saveCosts(shop, answer.wishes);
  return { ok: true };
}

async function readKnown(shop: Shop) {
  const [before, sales] = await Promise.all([listCosts(shop), listSalesChannels(shop.id)]);
  return { before, sales, known: { today: monthOf(dayAt(now(), shop.timeZone)), currency: shop.currency, channels: [...before.map(({ channel }) => channel), ...sales] } };
}

/** What the file would change. Money in minor units; `months` has both ends. */
export type CostPreview = { lines: number; added: number; changed: number; unchanged: number; totalMinor: number; months: { from: Month; to: Month }; /** names no order has as its sales channel */ otherChannels: string[] };
export type CostFileAnswer = { ok: true; preview: CostPreview } | { ok: false; lines: CostLineError[]; lineCount: number } | ({ ok: false; lines: null } & CostFileFault);

/** Changes nothing. */
export async function previewCosts(shop: Shop, text: string): Promise<CostFileAnswer> {
  return (await look(shop, text)).answer;
}

/** All lines or none. A line takes the place of what is known of its month, channel and purpose; what the file does not name stays. */
export async function importCosts(shop: Shop, text: string): Promise<CostFileAnswer> {
  const { answer, costs } = await look(shop, text);
  if (answer.ok) await saveCosts(shop, costs);
  return answer;
}

const ERRORS_SHOWN = 100;

async function look(shop: Shop, text: string): Promise<{ answer: CostFileAnswer; costs: Cost[] }> {
  const { before, sales, known } = await readKnown(shop);
  const file = parseCosts(text, known);
  if (!file.ok) return { answer: file.lines === null ? file : { ok: false, lines: file.lines.slice(0, ERRORS_SHOWN), lineCount: new Set(file.lines.map(({ line }) => line)).size }, costs: [] };
  return { answer: { ok: true, preview: previewOf(file.costs, before, sales) }, costs: file.costs };
}

function previewOf(costs: readonly Cost[], before: readonly Cost[], sales: readonly string[]): CostPreview {
  const known = new Map(before.map((cost) => [costKey(cost), cost.amountMinor]));
  const added = costs.filter((cost) => !known.has(costKey(cost))).length;
  const unchanged = costs.filter((cost) => known.get(costKey(cost)) === cost.amountMinor).length;
  const months = costs.map(({ month }) => month).sort();
  const [from, to] = [months[0], months.at(-1)];
  if (from === undefined || to === undefined) throw new Error("a file has lines");
  return {
    lines: costs.length, added, unchanged, changed: costs.length - added - unchanged, totalMinor: costs.reduce((sum, { amountMinor }) => sum + amountMinor, 0), months: { from, to },
    otherChannels: [...new Set(costs.map(({ channel }) => channel))].filter((channel) => channel !== "" && !sales.includes(channel)),
  };
}
