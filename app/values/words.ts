// What a merchant wrote in several languages: one text for each they filled in.
import { z } from "zod";
import { textSchema } from "./id-schemas.ts";

export const LANGUAGES = ["en", "ja", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A line in at least one language, of at most so many characters in each. */
export const wordsUpTo = (max: number) =>
  z.partialRecord(z.enum(LANGUAGES), textSchema.pipe(z.string().trim().min(1).max(max))).refine((words) => Object.keys(words).length > 0, "say it in at least one language");
export type Words = z.infer<ReturnType<typeof wordsUpTo>>;

/** In the reader's language, else in the first there is. */
export const wordsIn = (words: Words, language: string): string => LANGUAGES.filter((known) => language.startsWith(known)).map((known) => words[known])[0] ?? LANGUAGES.map((known) => words[known]).find((text) => text !== undefined) ?? "";

/** As themes read it: every language has words, be they another's. */
export const inEachLanguage = (words: Words): Record<Language, string> => ({ en: wordsIn(words, "en"), ja: wordsIn(words, "ja"), "zh-CN": wordsIn(words, "zh-CN") });
