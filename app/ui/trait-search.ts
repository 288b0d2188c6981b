// What customers began with, found by part of its name.
import type { TraitChoice, TraitKind } from "../capabilities/cohorts/model.ts";

export const TRAITS_PATH = "/app/traits";

/** `isRead` false: what values there are has not been read of Shopify yet. */
export type FoundTraits = { kind: TraitKind | null; choices: TraitChoice[]; isRead: boolean };
