// The life of a process: it starts or says in one message why not, and at a signal finishes what it does and ends.

export type Stop = () => Promise<void>;

const STOP_TIMEOUT_MS = 25_000; // container platforms kill after thirty seconds

export async function runProcess(start: () => Promise<Stop>): Promise<void> {
  let stopping = false;
  let stop: Stop | undefined;
  const end = () => {
    if (stopping) return; // a second Ctrl-C changes nothing: the first is being obeyed
    stopping = true;
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    Promise.resolve(stop?.()).then(() => process.exit(0), (error: unknown) => fail(error));
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  process.on("disconnect", end); // whoever started us is gone
  try {
    const started = await start();
    if (stopping) await started().then(() => process.exit(0));
    stop = started;
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
