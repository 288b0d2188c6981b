// A wish about surveys, sent from any page, and what became of it.
import { useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { SurveyRefusal } from "../../capabilities/surveys/model/survey.ts";
import { showToast } from "../toast.ts";
import { useAnswer } from "../use-answer.ts";
import { SURVEYS_PATH, type SaidSurveysWish, type SurveysAnswer } from "./survey-wish.ts";

export type SurveyWishes = { send: (wish: SaidSurveysWish) => void; isSending: boolean; /** of the last one */ refusal: SurveyRefusal | null };

export function useSurveyWish(onDone?: (answer: SurveysAnswer & { ok: true }) => void): SurveyWishes {
  const { t } = useTranslation();
  const fetcher = useFetcher<SurveysAnswer>();
  useAnswer(fetcher.data, (answer) => {
    showToast(t(`surveys.done.${answer.done}`));
    onDone?.(answer);
  });
  const isSending = fetcher.state !== "idle";
  return {
    send: (wish) => void fetcher.submit(wish, { method: "post", action: SURVEYS_PATH }),
    isSending, refusal: !isSending && fetcher.data?.ok === false ? fetcher.data.reason : null,
  };
}
