// Every job there is, room by room.
import { jobs as analytics } from "./capabilities/analytics/jobs.server.ts";
import { jobs as sync } from "./capabilities/sync/jobs.server.ts";
import { jobs as inbox } from "./inbox/jobs.server.ts";
import type { AnyJob } from "./platform/jobs.server.ts";

export const jobs: readonly AnyJob[] = [...analytics, ...sync, ...inbox];
