// A report: typed columns, rows, and what one needs to know to read them.

export const REPORT_NAMES = ["overview", "cohorts", "sync"] as const;
export type ReportName = (typeof REPORT_NAMES)[number];

export type Column = {
  name: string;
  /** decimal: plain decimal text with all its digits, a number in JSON; mixed: text or number, row by row */
  type: "text" | "month" | "integer" | "decimal" | "mixed";
};

export type Report = {
  name: ReportName;
  /** before the ending: regulars-overview-2026-01-01-2026-11-22 */
  fileName: string;
  /** beside the table in JSON */
  about: Record<string, string | null>;
  columns: Column[];
  rows: (string | number | null)[][];
};

export type ReportAnswer = { ok: true; report: Report } | ({ ok: false } & ReportRefusal);
export type ReportRefusal = { field: string; message: string };
