// A programme as its editor shows it.
import type { Programme, ProgrammeState, ProgrammeVersion } from "../../capabilities/loyalty/model/programme.ts";
import type { KnownTitles } from "../../ui/forms/writing.tsx";
import type { Day } from "../../values/day.ts";

export type EditorData = {
  state: ProgrammeState;
  programme: Programme;
  savedAt: string;
  /** live, and other rules are saved than are in force */
  isAhead: boolean;
  /** null: none yet */
  inForce: Programme | null;
  usual: Programme;
  today: Day;
  averageOrderMinor: number | null;
  titles: KnownTitles;
  currency: string;
};

type Known = { state: ProgrammeState; draft: Programme; updatedAt: Date; versions: readonly Pick<ProgrammeVersion, "programme">[] };
type Around = { usual: { programme: Programme; today: Day; averageOrderMinor: number | null }; titles: KnownTitles; currency: string };

export function toEditorView({ state, draft, updatedAt, versions }: Known, { usual: { programme: usual, today, averageOrderMinor }, titles, currency }: Around): EditorData {
  const inForce = versions.at(-1)?.programme ?? null;
  return { state, programme: draft, savedAt: updatedAt.toISOString(), isAhead: state === "live" && JSON.stringify(inForce) !== JSON.stringify(draft), inForce, usual, today, averageOrderMinor, titles, currency };
}

/** Products and collections some rule names. */
export function namedIn({ order: { only, excluded, rates } }: Programme): { productIds: string[]; collectionIds: string[] } {
  const filters = [only, excluded, ...rates.map(({ filter }) => filter)].filter((filter) => filter !== null);
  return { productIds: [...new Set(filters.flatMap(({ productIds }) => productIds))], collectionIds: [...new Set(filters.flatMap(({ collectionIds }) => collectionIds))] };
}
