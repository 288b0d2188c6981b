// What customers are grouped by: the RFM map with its limits, and the segments.
import type { Basis, RfmGroup, RfmLimits, Settings } from "../../capabilities/profiles/model.ts";
import { rfmGroupOf } from "../../capabilities/profiles/rules/profile.ts";
import type { Segment } from "../../capabilities/segments/model.ts";
import type { Day } from "../../values/day.ts";
import { toDecimal } from "../../values/money.ts";
import type { Report } from "./report.ts";

type Cell = { r: number; fm: number; customers: number; revenueMinor: number };

/** A line per cell somebody is in; in JSON also what each score begins at. */
export const rfmReport = (cells: readonly Cell[], { basis, settings, currency }: { basis: Basis | null; settings: Settings; currency: string }): Report => ({
  name: "rfm",
  fileName: `regulars-rfm${basis === null ? "" : `-${basis.asOf}`}`,
  about: { asOf: basis?.asOf ?? null, currency, ...limitsOf(settings.rfm ?? basis?.rfm ?? null, currency) },
  columns: [{ name: "r", type: "integer" }, { name: "fm", type: "integer" }, { name: "rfm_group", type: "text" }, { name: "customers", type: "integer" }, { name: "net_revenue", type: "decimal" }],
  rows: cells.map(({ r, fm, customers, revenueMinor }) => [r, fm, groupOf(r, fm), customers, toDecimal({ minor: revenueMinor, currency })]),
});

const groupOf = (r: number, fm: number): RfmGroup => rfmGroupOf({ r, f: fm, m: fm });

const limitsOf = (limits: RfmLimits | null, currency: string): Record<string, string | null> => ({
  recencyDaysAtMost: limits?.r.map((limit) => limit ?? "").join(" ") ?? null,
  ordersAtLeast: limits?.f.map((limit) => limit ?? "").join(" ") ?? null,
  revenueAtLeast: limits?.m.map((limit) => (limit === null ? "" : toDecimal({ minor: limit, currency }))).join(" ") ?? null,
});

type Movement = { entered: number; left: number };

export const segmentsReport = (segments: readonly (Segment & Movement)[], today: Day): Report => ({
  name: "segments",
  fileName: `regulars-segments-${today}`,
  about: { asOf: today },
  columns: [
    { name: "segment_id", type: "text" }, { name: "ready_made", type: "text" }, { name: "name", type: "text" }, { name: "members", type: "integer" }, { name: "entered_30_days", type: "integer" }, { name: "left_30_days", type: "integer" },
    { name: "tag", type: "text" }, { name: "is_mirrored", type: "integer" }, { name: "starts_flow", type: "integer" }, { name: "rule", type: "text" },
  ],
  rows: segments.map((segment) => [
    segment.id, segment.readyKey, segment.name || null, segment.memberCount, segment.entered, segment.left, segment.tag, Number(segment.isMirrored), Number(segment.isFlowOn), JSON.stringify(segment.rule),
  ]),
});
