// The life of a process: it starts or says in one message why not, and at the end undoes what it began, the last thing first.

export type Undo = () => Promise<void>;

const STOP_TIMEOUT_MS = 25_000; // container platforms kill after thirty seconds

/** `start` hands every beginning that needs an end to `atEnd`, so that half a start is undone too. */
export async function runProcess(start: (atEnd: (undo: Undo) => void) => Promise<void>): Promise<void> {
  const undos: Undo[] = [];
  const started = start((undo) => undos.push(undo));
  const end = (exitCode: number) => {
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    void started.catch(() => undefined).then(() => undoAll(undos)).then((isClean) => process.exit(isClean ? exitCode : 1));
  };
  for (const signal of ["SIGINT", "SIGTERM", "disconnect"]) process.once(signal, () => end(0)); // disconnect: whoever started us is gone
  process.on("SIGINT", () => undefined); // a second Ctrl-C changes nothing: the first is being obeyed
  try {
    await started;
  } catch (error) {
    complain(error);
    end(1);
  }
}

async function undoAll(undos: Undo[]): Promise<boolean> {
  let isClean = true;
  for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
    await undo().catch((error: unknown) => {
      isClean = false;
      complain(error);
    });
  }
  return isClean;
}

function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
