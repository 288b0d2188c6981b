// Why somebody has a task, in the reader's language.
import type { TFunction } from "i18next";
import type { TaskReason } from "../capabilities/followups/model.ts";
import { wordsIn } from "../values/words.ts";

/** Without what the customer wrote, which stands beside it. */
export const writeTask = (t: TFunction, { survey, answer }: Pick<TaskReason, "survey" | "answer">, language: string): string =>
  answer === null ? t("followups.task.wrote", { survey }) : t("followups.task.answered", { survey, answer: wordsIn(answer, language) });
