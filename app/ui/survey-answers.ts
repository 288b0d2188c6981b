// The answers of surveys as segments ask about them, in the reader's words.
import type { TFunction } from "i18next";
import { markOf, type Question } from "../capabilities/surveys/model/survey.ts";
import { keysOf } from "../capabilities/surveys/rules/answers.ts";
import { writeAnswerKey } from "./answer-words.ts";

export type AskedQuestion = { id: string; name: string; question: Question };
export type SurveyAnswers = { id: string; name: string; answers: readonly { mark: string; words: string }[] };

export const toSurveyAnswers = (t: TFunction, surveys: readonly AskedQuestion[], language: string): SurveyAnswers[] =>
  surveys.map(({ id, name, question }) => ({ id, name, answers: keysOf(question).map((key) => ({ mark: markOf(id, key), words: writeAnswerKey(t, question, key, language) })) }));

/** `survey:<id>:<answer>`; empty where there is none in it. */
export const surveyIdOf = (mark: string): string => mark.split(":")[1] ?? "";
