// The RFM map and its groups, counted for the page.
import { RFM_GROUPS, type RfmGroup } from "../../capabilities/profiles/model.ts";
import type { GroupPair, RfmCell } from "../../capabilities/profiles/profiles.server.ts";
import { rfmGroupOf } from "../../capabilities/profiles/rules/profile.ts";

export type MapCell = { r: number; fm: number; group: RfmGroup; customers: number; revenueMinor: number };
export const SCORES = [1, 2, 3, 4, 5] as const;

/** Five rows, the most recent buyers first; every cell is there, also those nobody is in. */
export const toMap = (cells: readonly RfmCell[]): MapCell[][] =>
  SCORES.toReversed().map((r) => SCORES.map((fm) => {
    const found = cells.find((cell) => cell.r === r && cell.fm === fm);
    return { r, fm, group: rfmGroupOf({ r, f: fm, m: fm }), customers: found?.customers ?? 0, revenueMinor: found?.revenueMinor ?? 0 };
  }));

export type GroupRow = { group: RfmGroup; customers: number; revenueMinor: number; /** in Shopify's group of this name */ shopifys: number; /** in both */ agreeing: number };

export function toGroupRows(map: readonly MapCell[][], pairs: readonly GroupPair[]): GroupRow[] {
  const cells = map.flat();
  const sumOf = (chosen: readonly GroupPair[]) => chosen.reduce((sum, { customers }) => sum + customers, 0);
  return RFM_GROUPS.map((group) => ({
    group,
    customers: sumOf(pairs.filter(({ ours }) => ours === group)),
    revenueMinor: cells.filter((cell) => cell.group === group).reduce((sum, cell) => sum + cell.revenueMinor, 0),
    shopifys: sumOf(pairs.filter(({ shopifys }) => shopifys === group)),
    agreeing: sumOf(pairs.filter(({ ours, shopifys }) => ours === group && shopifys === group)),
  }));
}

/** Of those Shopify has a group for, how many have the same one here. null: Shopify said none yet. */
export function agreementOf(pairs: readonly GroupPair[]): { agreeing: number; known: number } | null {
  const known = pairs.filter(({ shopifys }) => shopifys !== null);
  const sum = (chosen: readonly GroupPair[]) => chosen.reduce((total, { customers }) => total + customers, 0);
  return known.length === 0 ? null : { agreeing: sum(known.filter(({ ours, shopifys }) => ours === shopifys)), known: sum(known) };
}
