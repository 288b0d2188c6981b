// Which languages a survey is not wholly written in: whoever reads them is asked in another.
import { LANGUAGES, type Language, type Words } from "../../../values/words.ts";
import type { Definition } from "../model/survey.ts";

/** Words: `surveys.missing.parts.<part>`. */
export type Part = "question" | "choices" | "labels" | "follow_up" | "thanks";
export type Missing = { language: Language; parts: Part[] };

/** Of the languages it asks in: those of its audience, or all. What is left to the extension's own words lacks nothing, and what is not written at all is no matter of languages. */
export function missingIn({ question, followUp, thanks, audience }: Pick<Definition, "question" | "followUp" | "thanks" | "audience">): Missing[] {
  const said: Record<Part, (Words | null | undefined)[]> = {
    question: [question.text], choices: question.choices.map(({ text }) => text), labels: [question.lowLabel, question.highLabel], follow_up: [followUp?.text], thanks: [thanks],
  };
  const parts = Object.entries(said) as [Part, (Words | null | undefined)[]][]; // its own keys
  return LANGUAGES.filter((language) => audience.languages.length === 0 || audience.languages.includes(language))
    .map((language) => ({ language, parts: parts.filter(([, texts]) => texts.some((text) => text && Object.keys(text).length > 0 && !text[language])).map(([part]) => part) }))
    .filter((missing) => missing.parts.length > 0);
}
