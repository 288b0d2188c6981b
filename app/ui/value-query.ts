// Which lifetime values a page or report is about, as its address says: `?basis=margin&blend=same&with=channel:web&cohort=2026-01`.
import { BASES, BLENDS, type Basis, type Blend, type Trait } from "../capabilities/cohorts/model.ts";
import { isDay, type Day } from "../values/day.ts";
import { named, parseCohortQuery } from "./cohort-query.ts";

export type ValueQuery = {
  /** null: margin where all of it is known, else revenue */
  basis: Basis | null;
  blend: Blend;
  /** what the customers began with; null: everybody */
  trait: Trait | null;
  /** the cohorts that are drawn; none: the newest that have come furthest */
  cohorts: Day[];
};
export type ValueQueryField = "basis" | "blend" | "with" | "cohort";

/** As many lines as can be told apart, beside the one of all cohorts. */
export const DRAWN_MAX = 5;

export function parseValueQuery(parameters: URLSearchParams): { ok: true; query: ValueQuery } | { ok: false; field: ValueQueryField } {
  const said = (name: ValueQueryField): string => parameters.get(name) ?? "";
  const basis = BASES.find((known) => known === said("basis")) ?? null;
  if (basis === null && said("basis") !== "") return { ok: false, field: "basis" };
  const blend = said("blend") === "" ? "reached" : BLENDS.find((known) => known === said("blend"));
  if (blend === undefined) return { ok: false, field: "blend" };
  const parsed = parseCohortQuery(new URLSearchParams(parameters.getAll("with").map((trait) => ["with", trait])));
  if (!parsed.ok || parsed.query.selection.length > 1) return { ok: false, field: "with" };
  const starts = [...new Set(parameters.getAll("cohort"))].map((month) => `${month}-01`);
  if (starts.length > DRAWN_MAX || !starts.every((start) => isDay(start))) return { ok: false, field: "cohort" };
  return { ok: true, query: { basis, blend, trait: parsed.query.selection[0] ?? null, cohorts: starts } };
}

/** The way back into the address, without what goes without saying. */
export function toValueParameters({ basis, blend, trait, cohorts }: ValueQuery): [string, string][] {
  return [
    ...(basis === null ? [] : [["basis", basis] satisfies [string, string]]), ...(blend === "reached" ? [] : [["blend", blend] satisfies [string, string]]),
    ...named("with", trait === null ? [] : [trait]), ...cohorts.map((cohort): [string, string] => ["cohort", cohort.slice(0, 7)]),
  ];
}
