// The merchant as a test: opens the app with a session token, reads its reports as figures, and presses its buttons.
import { z } from "zod";
import type { RunningApp } from "./app.ts";

/** What answers HTTP as the app does: one that `startApp` started, or its twin. */
export type ReachableApp = Pick<RunningApp, "sandbox" | "appUrl">;
export type Figures = Record<string, string | number | null>;

const Metrics = z.object({ rows: z.array(z.object({ metric: z.string(), value: z.union([z.string(), z.number(), z.null()]) })) });
const Cohorts = z.object({ rows: z.array(z.object({ cohort: z.string(), period: z.int(), cohort_size: z.int(), customers: z.int(), orders: z.int(), revenue: z.number() })) });
export type CohortRow = z.output<typeof Cohorts>["rows"][number];

/** As a machine asks: with a session token, which also installs the app where it is not. */
export async function askApp({ sandbox, appUrl }: ReachableApp, path: string, init: RequestInit = {}): Promise<Response> {
  const token = await sandbox.context.mintSessionToken();
  return fetch(new URL(path, appUrl), { ...init, headers: { Authorization: `Bearer ${token}` } });
}

async function readJson(app: ReachableApp, path: string): Promise<unknown> {
  const response = await askApp(app, path);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}

const readMetrics = async (app: ReachableApp, path: string): Promise<Figures> =>
  Object.fromEntries(Metrics.parse(await readJson(app, path)).rows.map(({ metric, value }) => [metric, value]));

export const readSync = (app: ReachableApp): Promise<Figures> => readMetrics(app, "/app/reports/sync.json");
export const readAllTime = (app: ReachableApp): Promise<Figures> => readMetrics(app, "/app/reports/overview.json?range=all_time");
export const readCohortRows = async (app: ReachableApp): Promise<CohortRow[]> => Cohorts.parse(await readJson(app, "/app/reports/cohorts.json")).rows;

/** A button of the Sync page. */
export async function pressOnSync(app: ReachableApp, wish: Record<string, string>): Promise<void> {
  const response = await askApp(app, "/app/sync?_data=routes%2Fapp.sync", { method: "POST", body: new URLSearchParams(wish) });
  if (!response.ok) throw new Error(`Sync page: ${response.status} ${await response.text()}`);
}
