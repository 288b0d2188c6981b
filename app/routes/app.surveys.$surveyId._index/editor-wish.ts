// What a merchant may ask of a survey's editor: that it is kept as it is written.
import { z } from "zod";
import type { Definition, KeyField, SurveyRefusal } from "../../capabilities/surveys/model/survey.ts";
import { readDraftText, type ReadDraft } from "../../ui/forms/faults.ts";
import { readSurvey } from "./survey-draft.ts";

/** Where its form goes: Remix tells an index route from its layout by the question mark. */
export const editorPath = (id: string): string => `/app/surveys/${id}?index`;

const form = z.object({ survey: z.string() });

/** `reason` null: what is wrong is shown at its field. */
export type EditorAnswer = { ok: true } | { ok: false; reason: SurveyRefusal | null; field?: KeyField };

/** Throws for a form that is not one of ours. */
export const parseSurvey = (data: FormData): ReadDraft<Definition> => readDraftText(form.parse(Object.fromEntries(data)).survey, readSurvey);
