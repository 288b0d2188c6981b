// What customers began with, found by part of its name.
import type { TraitChoice, TraitKind } from "../capabilities/cohorts/model.ts";

export const TRAITS_PATH = "/app/traits";

export type FoundTraits = { kind: TraitKind | null; choices: TraitChoice[] };
