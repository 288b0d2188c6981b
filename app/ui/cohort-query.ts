// Which cohorts a page or report is about, as its address says: `?grain=quarter&measure=revenue&view=by&with=product:10&against=code:`.
import { GRAINS, MEASURES, TRAITS, VIEWS, type Grain, type Measure, type Selection, type Trait, type TraitKind, type View } from "../capabilities/cohorts/model.ts";

export type CohortQuery = {
  grain: Grain;
  measure: Measure;
  view: View;
  selection: Selection;
  /** set beside the first; empty: all who are not in it; null: nothing is */
  against: Selection | null;
  /** cohorts of fewer customers show how sure their shares are */
  smallTo: number;
};
export type CohortQueryField = "grain" | "measure" | "view" | "with" | "against" | "small";

/** What may be chosen for `smallTo`: none, and all there can be, at the ends. */
export const SMALL_SIZES = [0, 30, 100, 300, 1_000, 1_000_000_000] as const;

export const USUAL_COHORTS: CohortQuery = { grain: "month", measure: "retention", view: "in", selection: [], against: null, smallTo: 100 };

const OTHERS = "others";
const TRAITS_MAX = 5; // more leaves nobody
const VALUE_MAX = 255;

export function parseCohortQuery(parameters: URLSearchParams): { ok: true; query: CohortQuery } | { ok: false; field: CohortQueryField } {
  const among = <T extends string>(name: CohortQueryField, known: readonly T[], otherwise: T): T | undefined => {
    const said = parameters.get(name);
    return said === null || said === "" ? otherwise : known.find((one) => one === said);
  };
  const [grain, measure, view] = [among("grain", GRAINS, USUAL_COHORTS.grain), among("measure", MEASURES, USUAL_COHORTS.measure), among("view", VIEWS, USUAL_COHORTS.view)];
  const [selection, against] = [selectionIn(parameters.getAll("with")), selectionIn(parameters.getAll("against").filter((said) => said !== OTHERS))];
  const smallTo = SMALL_SIZES.find((size) => String(size) === (parameters.get("small") || String(USUAL_COHORTS.smallTo)));
  if (smallTo === undefined) return { ok: false, field: "small" };
  if (grain === undefined) return { ok: false, field: "grain" };
  if (measure === undefined) return { ok: false, field: "measure" };
  if (view === undefined) return { ok: false, field: "view" };
  if (selection === undefined) return { ok: false, field: "with" };
  if (against === undefined) return { ok: false, field: "against" };
  return { ok: true, query: { grain, measure, view, selection, against: parameters.has("against") ? against : null, smallTo } };
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
  if ((kind === "product" || kind === "collection") && !/^\d{1,18}$/.test(value)) return undefined;
  return { kind, value };
}

export const parseTraitKind = (text: string): TraitKind | undefined => TRAITS.find((known) => known === text);
export const writeTrait = ({ kind, value }: Trait): string => `${kind}:${value}`;

/** The way back into the address, without what goes without saying. */
export function toCohortParameters({ grain, measure, view, selection, against, smallTo }: CohortQuery): [string, string][] {
  const chosen: [string, string][] = [["grain", grain], ["measure", measure], ["view", view], ["small", String(smallTo)]];
  const usual: Record<string, string> = { grain: USUAL_COHORTS.grain, measure: USUAL_COHORTS.measure, view: USUAL_COHORTS.view, small: String(USUAL_COHORTS.smallTo) };
  const others: [string, string][] = against === null || against.length > 0 ? named("against", against ?? []) : [["against", OTHERS]];
  return [...chosen.filter(([name, value]) => usual[name] !== value), ...named("with", selection), ...others];
}

/** Each trait under the same name, as an address says several. */
export const named = (name: string, selection: Selection): [string, string][] => selection.map((trait) => [name, writeTrait(trait)]);
