// An answer in words that need no page: as Shopify, the board and segments are told.
import { LANGUAGES, wordsIn, type Language, type Words } from "../../../values/words.ts";
import type { Question } from "../model/survey.ts";

const YES_NO: Record<string, Record<Language, string>> = { yes: { en: "Yes", ja: "はい", "zh-CN": "是" }, no: { en: "No", ja: "いいえ", "zh-CN": "否" } };

/** English where the question is written in it, else the first it is written in: a file is the same for everybody. */
export const fileLanguageOf = ({ text }: Pick<Question, "text">): Language => LANGUAGES.find((language) => text[language] !== undefined) ?? "en";

/** What was chosen; of a text nothing, as the text says it. */
export const nameAnswer = ({ kind, choices: options }: Pick<Question, "kind" | "choices">, choices: readonly string[], language: Language): string =>
  choices.map((choice) => {
    const option = options.find(({ id }) => id === choice);
    return option ? wordsIn(option.text, language) : ((kind === "yes_no" && YES_NO[choice]?.[language]) || choice);
  }).join(", ");

export const answerWords = (question: Pick<Question, "kind" | "choices">, choices: readonly string[]): Words =>
  Object.fromEntries(LANGUAGES.map((language) => [language, nameAnswer(question, choices, language)]));
