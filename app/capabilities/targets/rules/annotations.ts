// Which month of a chart a note belongs to.
import { monthOf, type Month } from "../../../values/day.ts";
import type { Annotation } from "../model.ts";

/** The months, in order, that any note's days touch, each with its notes by first day; a note over two months stands at both. */
export function annotationsByMonth(annotations: readonly Annotation[], months: readonly Month[]): { month: Month; annotations: Annotation[] }[] {
  return months.flatMap((month) => {
    const here = annotations.filter(({ from, to }) => monthOf(from) <= month && month <= monthOf(to)).toSorted((one, other) => (one.from === other.from ? 0 : one.from < other.from ? -1 : 1));
    return here.length === 0 ? [] : [{ month, annotations: here }];
  });
}
