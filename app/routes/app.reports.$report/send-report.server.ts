// A report on its way out, as CSV or JSON; a refusal names the field that is wrong.
import { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { toCsv } from "../../values/csv.ts";
import type { Report, ReportRefusal, Row } from "./report.ts";

export function sendReport(report: Report, format: "csv" | "json"): Response {
  const isCsv = format === "csv";
  const parts = Readable.from(isCsv ? csvParts(report) : jsonParts(report));
  return new Response(createReadableStreamFromReadable(parts), {
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

async function* pagesOf({ rows }: Report): AsyncGenerator<Row[]> {
  if (Array.isArray(rows)) yield rows;
  else yield* rows;
}

async function* csvParts(report: Report): AsyncGenerator<string> {
  yield toCsv([report.columns.map(({ name }) => name)]);
  for await (const page of pagesOf(report)) yield toCsv(page);
}

async function* jsonParts(report: Report): AsyncGenerator<string> {
  const { name, about, columns } = report;
  yield `${JSON.stringify({ report: name, ...about, columns }).slice(0, -1)},"rows":[`;
  let separator = "";
  for await (const page of pagesOf(report)) {
    for (const row of page) {
      yield separator + JSON.stringify(Object.fromEntries(columns.map((column, index) => [column.name, toJsonValue(row[index] ?? null, column.type)])));
      separator = ",";
    }
  }
  yield "]}\n";
}

const toJsonValue = (value: string | number | null, type: Report["columns"][number]["type"]) =>
  type === "decimal" && typeof value === "string" ? Number(value) : value;
