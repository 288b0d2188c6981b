// Which orders a list or report is about, as its address says: `?from=2026-01-01&to=2026-01-31&kind=returning`.
import { ORDER_KINDS, type OrderKind } from "../capabilities/analytics/model.ts";
import type { DayRange } from "../values/day.ts";
import { parseDates, type RangeRefusal } from "./range-choice.ts";

export type OrderChoice = { range: DayRange; kind: OrderKind };
export type OrderAnswer = { ok: true; choice: OrderChoice } | { ok: false; field: "kind"; reason: "unknown" } | ({ ok: false } & RangeRefusal);

export function parseOrderChoice(parameters: URLSearchParams): OrderAnswer {
  const kind = ORDER_KINDS.find((known) => known === (parameters.get("kind") ?? "all"));
  if (kind === undefined) return { ok: false, field: "kind", reason: "unknown" };
  const answer = parseDates({ from: parameters.get("from") ?? "", to: parameters.get("to") ?? "" });
  if (!answer.ok) return answer;
  return answer.range === undefined ? { ok: false, field: "from", reason: "missing" } : { ok: true, choice: { range: answer.range, kind } };
}

export const toOrderParameters = ({ range: { from, to }, kind }: OrderChoice): Record<string, string> => ({ from, to, ...(kind !== "all" && { kind }) });
