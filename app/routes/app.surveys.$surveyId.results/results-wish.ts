// What a merchant may ask of the results: that the note to those who were asked is kept, or taken away.
import { z } from "zod";
import { NOTE_MAX, type SurveyRefusal } from "../../capabilities/surveys/model/survey.ts";
import { LANGUAGES, wordsUpTo, type Words } from "../../values/words.ts";

const noteSchema = wordsUpTo(NOTE_MAX);
const form = z.object(Object.fromEntries(LANGUAGES.map((language) => [language, z.string()])));

/** `isKept`: there is a note now. */
export type ResultsAnswer = { ok: true; isKept: boolean } | { ok: false; reason: SurveyRefusal };

/** Languages without words are left out; null: none has any. Throws for a form that is not one of ours. */
export function parseNote(data: FormData): Words | null {
  const written = Object.entries(form.parse(Object.fromEntries(data))).map(([language, text]) => [language, text.trim()] as const).filter(([, text]) => text !== "");
  return written.length === 0 ? null : noteSchema.parse(Object.fromEntries(written));
}
