// A report: typed columns, rows, and what one needs to know to read them.

export const REPORT_NAMES = ["overview", "orders", "retention_definitions", "cohorts", "ltv", "payback", "acquisition_costs", "intervals", "second_order", "second_order_clocks", "lapse_points", "first_products", "bright_spots", "replenishment", "goals", "usual_bands", "annotations", "sync", "customers", "at_risk", "rfm", "segments", "segment_members", "model", "calibration", "ledger", "liability", "members", "redemptions", "referrals", "surveys", "survey_answers", "survey_outcomes"] as const;
export type ReportName = (typeof REPORT_NAMES)[number];

export type Column = {
  name: string;
  /** decimal: plain decimal text with all its digits, a number in JSON; mixed: text or number, row by row */
  type: "text" | "month" | "day" | "integer" | "decimal" | "mixed";
};
export type Row = (string | number | null)[];

export type Report = {
  name: ReportName;
  /** before the ending: regulars-overview-2026-01-01-2026-11-22 */
  fileName: string;
  /** beside the table in JSON */
  about: Record<string, string | null>;
  columns: Column[];
  /** page by page where a report may have a row for every customer */
  rows: Row[] | AsyncIterable<Row[]>;
};

export type ReportAnswer = { ok: true; report: Report } | ({ ok: false } & ReportRefusal);
export type ReportRefusal = { field: string; message: string };

const SHARE_DIGITS = 6; // one in a million, more than any shop has customers in a month

export const writeShare = (share: number | null): string | null => share?.toFixed(SHARE_DIGITS) ?? null;
