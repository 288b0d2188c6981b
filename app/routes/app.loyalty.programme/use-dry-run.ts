// A dry run from the page's side: begun, watched to its end, and begun again.
import { useEffect, useState } from "react";
import { runPath, type ShownRun } from "../../ui/loyalty/shown-run.ts";

const LOOK_EVERY_MS = 700;

export type Run = { isAsked: boolean; isFailed: boolean; found: ShownRun | null; start: () => void };

/** Asked without Remix, which would let each answer end whatever else the page is loading. */
export function useDryRun(): Run {
  const [id, setId] = useState<string | null>(null);
  const [told, setTold] = useState<{ id: string; found: ShownRun | null; isFailed: boolean } | null>(null);
  useEffect(() => {
    if (id === null) return;
    const stop = new AbortController();
    void watch(id, { signal: stop.signal, tell: (found, isFailed) => setTold({ id, found, isFailed }) });
    return () => stop.abort();
  }, [id]);
  const known = told?.id === id ? told : null;
  return { isAsked: id !== null, isFailed: known?.isFailed ?? false, found: known?.found ?? null, start: () => setId(crypto.randomUUID()) };
}

async function watch(id: string, { signal, tell }: { signal: AbortSignal; tell: (found: ShownRun | null, isFailed: boolean) => void }): Promise<void> {
  let found: ShownRun | null = null;
  try {
    await ask(runPath(id), { method: "POST", signal });
    while (!signal.aborted && found?.isDone !== true) {
      found = await (await ask(runPath(id), { signal })).json() as ShownRun; // what our own route says
      tell(found, false);
      if (!found.isDone) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  } catch {
    if (!signal.aborted) tell(found, true); // the button begins another
  }
}

async function ask(where: string, wish: RequestInit): Promise<Response> {
  const answer = await fetch(where, wish); // App Bridge adds the session token
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return answer;
}
