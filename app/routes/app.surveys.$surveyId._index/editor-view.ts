// A survey as its editor shows it.
import type { TierLevel } from "../../capabilities/loyalty/model/programme.ts";
import type { Segment } from "../../capabilities/segments/model.ts";
import type { Definition, Survey, SurveyState } from "../../capabilities/surveys/model/survey.ts";
import { blankDefinition, READY_KEYS, readyDefinition } from "../../capabilities/surveys/rules/library.ts";
import type { Locale } from "../../i18n/locales.ts";
import type { KnownTitles } from "../../ui/forms/writing.tsx";

export type EditorData = {
  id: string;
  /** null: not saved yet */
  state: SurveyState | null;
  /** it has answers: its kind and choices stay */
  isFixed: boolean;
  isStarted: boolean;
  definition: Definition;
  /** for messages */
  link: string;
  segments: Pick<Segment, "id" | "readyKey" | "name">[];
  hasProgramme: boolean;
  tiers: Pick<TierLevel, "id" | "title">[];
  /** what the programme gives for an answer; 0: nothing */
  points: number;
  titles: KnownTitles;
  currency: string;
  /** where surveys are switched on in the theme */
  activateUrl: string;
};

type Known = { id: string; survey: Survey | null; definition: Definition; segments: readonly Segment[]; tiers: readonly TierLevel[] };
type Around = Pick<EditorData, "hasProgramme" | "points" | "titles" | "currency" | "activateUrl"> & { domain: string };

export const toEditorView = ({ id, survey, definition, segments, tiers }: Known, { domain, ...around }: Around): EditorData => ({
  id, state: survey?.state ?? null, isFixed: (survey?.answered ?? 0) > 0, isStarted: (survey?.startedAt ?? null) !== null, definition, ...around,
  link: `https://${domain}/?${new URLSearchParams({ survey: id }).toString()}`,
  segments: segments.map(({ id: segmentId, readyKey, name }) => ({ id: segmentId, readyKey, name })),
  tiers: tiers.map(({ id: tierId, title }) => ({ id: tierId, title })),
});

/** What a survey that is not saved yet begins with; null: nobody said. */
export function beginningOf(ready: string | null, locale: Locale): Definition | null {
  if (ready === "blank") return blankDefinition();
  const key = READY_KEYS.find((one) => one === ready);
  return key === undefined ? null : readyDefinition(key, locale);
}
