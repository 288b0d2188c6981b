// A wish about goals, notes or alerts, sent from any page, and what became of it.
import { useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { showToast } from "../toast.ts";
import { useAnswer } from "../use-answer.ts";
import { TARGETS_PATH, type SaidTargetWish, type TargetAnswer, type TargetRefusal } from "./target-wish.ts";

export type TargetWishes = { send: (wish: SaidTargetWish) => void; isSending: boolean; /** of the last one */ refusal: TargetRefusal | null };

export function useTargetWish(onDone?: () => void): TargetWishes {
  const { t } = useTranslation();
  const fetcher = useFetcher<TargetAnswer>();
  useAnswer(fetcher.data, ({ done }) => {
    showToast(t(`targets.done.${done}`));
    onDone?.();
  });
  const isSending = fetcher.state !== "idle";
  return { send: (wish) => void fetcher.submit(wish, { method: "post", action: TARGETS_PATH }), isSending, refusal: !isSending && fetcher.data?.ok === false ? fetcher.data : null };
}
