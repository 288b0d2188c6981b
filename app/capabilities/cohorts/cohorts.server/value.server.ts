// Lifetime value by cohort, and what its customers cost.
import { db } from "../../../platform/db.server.ts";
import { monthOf, type Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import type { Shop } from "../../shops/model.ts";
import { MILESTONE_DAYS, type CellSums, type CohortCost, type Cost, type PaidBack, type Trait, type ValueTable } from "../model.ts";
import { cohortCostsOf, isCostTold, keepMissing, keepShares, monthlyCosts, searchedUntil, type Spent } from "../rules/acquisition.ts";
import { valueTableOf } from "../rules/value.ts";
import * as reads from "../store.server/reads.server.ts";
import * as store from "../store.server/value.server.ts";

/** Thirty days apart, and the milestones. */
const CURVE_DAYS = [0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 365];
const EVERYBODY = { kind: "", value: "" };

/** Of everybody, or of those who began with a trait: these at the milestones alone. `costs` null: what is spent on a trait that is no channel, nobody knows. */
export type Value = { table: ValueTable; costs: CohortCost[] | null; /** whether any cost was entered that these would be measured by */ hasCosts: boolean };

export async function readValue(shop: Pick<Shop, "id">, { trait, today }: { trait: Trait | null; today: Day }): Promise<Value> {
  const whose = trait ?? EVERYBODY;
  const ages = trait === null ? CURVE_DAYS : MILESTONE_DAYS;
  const [sums, cells, spent] = await Promise.all([store.listAges(db(), shop.id, whose, ages), reads.listCells(db(), shop.id, "month", trait === null ? [] : [trait]), store.listCosts(db(), shop.id)]);
  const table = valueTableOf({ ages, sums, cells, asOf: today });
  if (trait !== null && trait.kind !== "channel") return { table, costs: null, hasCosts: false };
  const acquire = monthlyCosts(spent, "acquire", (channel) => trait === null || channel === trait.value);
  const [kept, paidBack] = await Promise.all([readKept(shop.id, { trait, cells, spent }, today), readPaidBack(shop.id, whose, { table, acquire })]);
  return { table, costs: cohortCostsOf(table, { acquire, ...kept, paidBack }), hasCosts: acquire.size > 0 };
}

/** Of everybody: all that was spent to keep customers, shared among all. Of a channel: its own among those who began there, and what is of no sales channel among all. */
async function readKept(shopId: ShopId, { trait, cells, spent }: { trait: Trait | null; cells: readonly CellSums[]; spent: readonly Cost[] }, today: Day): Promise<Pick<Spent, "keep" | "keepMissing">> {
  const [all, names]: [readonly CellSums[], string[]] = trait === null ? [cells, []] : await Promise.all([reads.listCells(db(), shopId, "month", []), listSalesChannels(shopId)]);
  const [own, shared] = [monthlyCosts(spent, "keep", (channel) => channel === trait?.value), monthlyCosts(spent, "keep", (channel) => !names.includes(channel))];
  const keep = keepShares(shared, cells, all);
  if (trait !== null) for (const [cohort, share] of keepShares(own, cells)) keep.set(cohort, (keep.get(cohort) ?? 0) + share);
  return { keep, keepMissing: keepMissing(new Set([...shared.keys(), ...(trait === null ? [] : own.keys())]), cells, today) };
}

async function readPaidBack(shopId: ShopId, whose: store.Whose, { table, acquire }: { table: ValueTable; acquire: ReturnType<typeof monthlyCosts> }): Promise<Map<Day, PaidBack>> {
  const debts = table.rows.flatMap((row) => {
    const minor = isCostTold(row.cohort, table.asOf) ? acquire.get(monthOf(row.cohort)) : undefined;
    return minor === undefined ? [] : [{ cohort: row.cohort, minor, until: searchedUntil(table, row, minor) }];
  });
  const paid = new Map((await store.listPaid(db(), shopId, whose, debts)).map((row) => [row.cohort, row]));
  return new Map(debts.map(({ cohort }) => [cohort, paidBackOf(paid.get(cohort))]));
}

/** By margin where all of it is known so far; otherwise by revenue. */
function paidBackOf(paid: store.Paid | undefined): PaidBack {
  if (paid === undefined) return { basis: "margin", day: null }; // no day of age is over
  return paid.isMarginKnown || paid.byMargin !== null ? { basis: "margin", day: paid.byMargin } : { basis: "revenue", day: paid.byRevenue };
}

const CHANNELS_MAX = 1_000;

/** Channels somebody began in, as Shopify names them; not the unknown one. */
export const listSalesChannels = async (shopId: ShopId): Promise<string[]> =>
  (await reads.listTraitChoices(db(), shopId, "channel", { like: "", limit: CHANNELS_MAX })).flatMap(({ value }) => (value === "" ? [] : [value]));
