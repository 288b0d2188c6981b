// Which cohorts a page or report is about, as its address says: `?grain=quarter&measure=revenue&view=by&with=product:10&against=code:`.
import { GRAINS, MEASURES, TRAITS, VIEWS, type Grain, type Measure, type Selection, type Trait, type TraitKind, type View } from "../capabilities/cohorts/model.ts";

export type CohortQuery = {
  grain: Grain;
  measure: Measure;
  view: View;
  selection: Selection;
  /** set beside the first; null: nothing is */
  against: Selection | null;
};
export type CohortQueryField = "grain" | "measure" | "view" | "with" | "against";

export const USUAL_COHORTS: CohortQuery = { grain: "month", measure: "retention", view: "in", selection: [], against: null };

const EVERYBODY = "all";
const TRAITS_MAX = 5; // more leaves nobody
const VALUE_MAX = 255;

export function parseCohortQuery(parameters: URLSearchParams): { ok: true; query: CohortQuery } | { ok: false; field: CohortQueryField } {
  const among = <T extends string>(name: CohortQueryField, known: readonly T[], otherwise: T): T | undefined => {
    const said = parameters.get(name);
    return said === null || said === "" ? otherwise : known.find((one) => one === said);
  };
  const [grain, measure, view] = [among("grain", GRAINS, USUAL_COHORTS.grain), among("measure", MEASURES, USUAL_COHORTS.measure), among("view", VIEWS, USUAL_COHORTS.view)];
  const [selection, against] = [selectionIn(parameters.getAll("with")), selectionIn(parameters.getAll("against").filter((said) => said !== EVERYBODY))];
  if (grain === undefined) return { ok: false, field: "grain" };
  if (measure === undefined) return { ok: false, field: "measure" };
  if (view === undefined) return { ok: false, field: "view" };
  if (selection === undefined) return { ok: false, field: "with" };
  if (against === undefined) return { ok: false, field: "against" };
  return { ok: true, query: { grain, measure, view, selection, against: parameters.has("against") ? against : null } };
}

function selectionIn(said: readonly string[]): Trait[] | undefined {
  const traits = said.map(parseTrait);
  if (traits.length > TRAITS_MAX || !traits.every((trait) => trait !== undefined)) return undefined;
  return [...new Map(traits.map((trait) => [writeTrait(trait), trait])).values()];
}

function parseTrait(text: string): Trait | undefined {
  const at = text.indexOf(":");
  const kind = parseTraitKind(text.slice(0, Math.max(at, 0)));
  const value = text.slice(at + 1);
  if (kind === undefined || value.length > VALUE_MAX || value.includes("\0")) return undefined;
  if (kind === "product" && !/^\d{1,18}$/.test(value)) return undefined;
  return { kind, value };
}

export const parseTraitKind = (text: string): TraitKind | undefined => TRAITS.find((known) => known === text);
export const writeTrait = ({ kind, value }: Trait): string => `${kind}:${value}`;

/** The way back into the address, without what goes without saying. */
export function toCohortParameters({ grain, measure, view, selection, against }: CohortQuery): [string, string][] {
  const chosen: [string, string][] = [["grain", grain], ["measure", measure], ["view", view]];
  const usual: Record<string, string> = { grain: USUAL_COHORTS.grain, measure: USUAL_COHORTS.measure, view: USUAL_COHORTS.view };
  const others: [string, string][] = against === null || against.length > 0 ? named("against", against ?? []) : [["against", EVERYBODY]];
  return [...chosen.filter(([name, value]) => usual[name] !== value), ...named("with", selection), ...others];
}

/** Each trait under the same name, as an address says several. */
export const named = (name: string, selection: Selection): [string, string][] => selection.map((trait) => [name, writeTrait(trait)]);
