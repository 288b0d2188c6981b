// How the page hears what became of a wish.
import { useEffect, useRef } from "react";

export type SyncAnswer = { ok: true } | { ok: false; reason: string };

/** Each answer is heard once, however often the page is drawn. */
export function useAnswer(answer: SyncAnswer | undefined, onSuccess: () => void): void {
  const heard = useRef<SyncAnswer | undefined>(undefined);
  useEffect(() => {
    if (answer === heard.current) return;
    heard.current = answer;
    if (answer?.ok) onSuccess();
  });
}
