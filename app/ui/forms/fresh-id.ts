// Ids of rules in a list: readable, and each its own.

/** An id nothing else in the list has: what it is, and a number if need be. */
export function freshId(stem: string, taken: readonly { id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  const numbered = Array.from({ length: taken.length + 1 }, (_, index) => (index === 0 ? stem : `${stem}-${index + 1}`));
  return numbered.find((id) => !ids.has(id)) ?? stem;
}
