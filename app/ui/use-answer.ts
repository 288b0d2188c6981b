// How a page hears what became of a wish.
import { useEffect, useRef } from "react";

/** Each answer is heard once, however often the page is drawn. */
export function useAnswer<Answer extends { ok: boolean }>(answer: Answer | undefined, onSuccess: (answer: Answer & { ok: true }) => void): void {
  const heard = useRef<Answer | undefined>(undefined);
  useEffect(() => {
    if (answer === heard.current) return;
    heard.current = answer;
    if (isSuccess(answer)) onSuccess(answer);
  });
}

const isSuccess = <Answer extends { ok: boolean }>(answer: Answer | undefined): answer is Answer & { ok: true } => answer?.ok === true;
