// What the rows of results are called.
import { useTranslation } from "react-i18next";
import type { Question } from "../../capabilities/surveys/model/survey.ts";
import { writeAnswerKey } from "../../ui/answer-words.ts";

/** Of a key answers are counted under, or of one of the groups beside them. */
export function useAnswerNames(question: Question): (key: string) => string {
  const { t, i18n } = useTranslation();
  return (key) => writeAnswerKey(t, question, key, i18n.language);
}
