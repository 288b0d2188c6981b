// A report on its way out, as CSV or JSON; a refusal names the field that is wrong.
import { toCsv } from "../../values/csv.ts";
import type { Report, ReportRefusal } from "./report.ts";

export function sendReport(report: Report, format: "csv" | "json"): Response {
  const isCsv = format === "csv";
  return new Response(isCsv ? toCsv(report.columns.map(({ name }) => name), report.rows) : `${JSON.stringify(toJsonReport(report))}\n`, {
    headers: {
      "Content-Type": isCsv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${report.fileName}.${format}"`,
      "Cache-Control": "no-store", // a shop's figures
      "X-Content-Type-Options": "nosniff",
    },
  });
}

export const refuseReport = (status: 400 | 404, { field, message }: ReportRefusal): Response =>
  Response.json({ error: { field, message } }, { status, headers: { "Cache-Control": "no-store" } });

export function toJsonReport({ name, about, columns, rows }: Report) {
  return {
    report: name,
    ...about,
    columns,
    rows: rows.map((row) => Object.fromEntries(columns.map((column, index) => [column.name, toJsonValue(row[index] ?? null, column.type)]))),
  };
}

const toJsonValue = (value: string | number | null, type: Report["columns"][number]["type"]) =>
  type === "decimal" && typeof value === "string" ? Number(value) : value;
