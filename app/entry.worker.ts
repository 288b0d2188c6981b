// The worker process: every room's jobs, run beside the web process or on machines of their own.
import { runProcess } from "./platform/process.server.ts";

await runProcess(async (atEnd) => {
  const { provideDatabase } = await import("./platform/embedded-postgres.server.ts"); // only now: it throws when the environment lacks something
  const { deployMigrations } = await import("./platform/migrations.server.ts");
  const { closeDatabase } = await import("./platform/db.server.ts");
  const { startWorker } = await import("./platform/jobs.server.ts");
  const { log } = await import("./platform/log.server.ts");
  const { jobs } = await import("./jobs.server.ts");

  const database = await provideDatabase();
  atEnd(database.stop);
  await deployMigrations(database.url);
  atEnd(closeDatabase);
  atEnd(await startWorker(jobs));
  log.info("worker process works", { jobs: jobs.length });
  process.send?.({ type: "listening" });
});
