// How the page hears what became of a wish.
import { useEffect, useRef } from "react";

/** ok: it is under way; what comes of it shows on the page. Not ok: somebody was quicker. */
export type SyncAnswer = { ok: boolean };

/** Each answer is heard once, however often the page is drawn. */
export function useAnswer(answer: SyncAnswer | undefined, onSuccess: () => void): void {
  const heard = useRef<SyncAnswer | undefined>(undefined);
  useEffect(() => {
    if (answer === heard.current) return;
    heard.current = answer;
    if (answer?.ok) onSuccess();
  });
}
