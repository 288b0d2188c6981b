// One of the app's processes, started again whenever it breaks.
import { startAppProcess, type AppProcess, type AppProcessKind, type AppSettings } from "../app-process.ts";

const RESTARTS_MAX = 5; // in a row: then something is broken that starting again does not mend
const CALM_MS = 60_000; // a process that lived so long has not broken at the start

export type KeptProcess = Pick<AppProcess, "setClock"> & { end(): Promise<void> };

/** `settings` are asked at each start; `giveUp` is told when starting again does not help. */
export async function keepRunning(kind: AppProcessKind, settings: () => AppSettings, giveUp: (error: Error) => void): Promise<KeptProcess> {
  let current = await startAppProcess(kind, settings());
  let isWanted = true;
  let restartCount = 0;
  let startedAt = performance.now();

  const watch = async () => {
    for (;;) {
      await current.ended;
      if (!isWanted) return;
      restartCount = performance.now() - startedAt > CALM_MS ? 1 : restartCount + 1;
      if (restartCount > RESTARTS_MAX) throw new Error(`The ${kind} process broke ${RESTARTS_MAX} times in a row; ${settings().logFile} says why.`);
      startedAt = performance.now();
      current = await startAppProcess(kind, settings());
      if (!isWanted) return current.end("SIGTERM");
    }
  };
  const watching = watch().catch(giveUp);
  return {
    setClock: (offsetMs) => current.setClock(offsetMs),
    end: async () => {
      isWanted = false;
      await current.end("SIGTERM");
      await watching;
    },
  };
}
