// Pages that move on by themselves: they ask again while somebody looks at them, and only then.
import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** Loads the page's data again every so often. */
export function useSteadyReload(everyMs: number, isOn: boolean): void {
  const { revalidate, state } = useRevalidator();
  useRepeat(() => {
    if (state === "idle") revalidate();
  }, { everyMs, isOn });
}

const STAMP_EVERY_MS = 1_500; // a checkout is to show within five seconds, its delivery and the refresh included

/** Asks only whether the figures moved, and loads the page's data again when they did. */
export function useFreshFigures(stamp: string | null): void {
  const { revalidate, state } = useRevalidator();
  useRepeat(async () => {
    const newest = await readStamp();
    if (newest !== undefined && newest !== stamp && state === "idle") revalidate();
  }, { everyMs: STAMP_EVERY_MS, isOn: true });
}

const COUNTING_RELOAD_MS = 3_000;

/** The same for what is counted anew after a history was read: until it has been, the page asks for it. */
export function useCountedFigures(stamp: string | null, isReady: boolean): void {
  useFreshFigures(stamp);
  useSteadyReload(COUNTING_RELOAD_MS, !isReady);
}

/** undefined: nobody answered, the next time will tell. */
async function readStamp(): Promise<string | null | undefined> {
  try {
    const answer = await fetch("/app/stamp"); // App Bridge adds the session token
    if (!answer.ok) return undefined;
    const body: unknown = await answer.json();
    return typeof body === "object" && body !== null && "stamp" in body && (typeof body.stamp === "string" || body.stamp === null) ? body.stamp : undefined;
  } catch {
    return undefined; // the network is away; the page keeps what it shows
  }
}

function useRepeat(run: () => void | Promise<void>, { everyMs, isOn }: { everyMs: number; isOn: boolean }): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!isOn) return;
    let isRunning = false;
    const tick = async (): Promise<void> => {
      if (isRunning || document.visibilityState === "hidden") return;
      isRunning = true;
      await latest.current();
      isRunning = false;
    };
    const timer = setInterval(() => void tick(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, isOn]);
}
