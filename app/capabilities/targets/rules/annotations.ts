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

const MARK_MAX = 14; // characters that stand on a chart without covering it

/** On a chart each note stands once, at the first of its months there, and short: the list of notes has it whole. */
export function marksOf(months: readonly { month: Month; annotations: readonly Annotation[] }[], between: string): { x: Month; label: string }[] {
  const seen = new Set<string>();
  return months.flatMap(({ month, annotations }) => {
    const fresh = annotations.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    return fresh.length === 0 ? [] : [{ x: month, label: shortened(fresh.map(({ text }) => text).join(between)) }];
  });
}

function shortened(text: string): string {
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  return characters.length <= MARK_MAX ? text : `${characters.slice(0, MARK_MAX - 1).join("").trimEnd()}…`;
}
