// Moving between the links and buttons of a table's cells with the arrow keys, so that a thousand of them are not a thousand tab stops.
import { useEffect, useRef, type RefObject } from "react";

const STEPS: Readonly<Record<string, readonly [number, number]>> = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

/** For the `ref` of a table: the next of them in the arrow's direction takes the focus. */
export function useArrowKeys(): RefObject<HTMLTableElement> {
  const ref = useRef<HTMLTableElement>(null);
  useEffect(() => {
    const table = ref.current;
    if (!table) return;
    const move = (event: KeyboardEvent): void => moveByArrow(table, event);
    table.addEventListener("keydown", move);
    return () => table.removeEventListener("keydown", move);
  }, []);
  return ref;
}

function moveByArrow(table: HTMLTableElement, event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>("td, th") : null;
  const row = cell?.closest("tr");
  if (step === undefined || !cell || !row) return;
  const [down, right] = step;
  const rows = [...table.rows];
  for (let y = rows.indexOf(row) + down, x = cell.cellIndex + right; rows[y]?.cells[x] !== undefined; y += down, x += right) {
    const found = rows[y]?.cells[x]?.querySelector<HTMLElement>("a, button");
    if (!found) continue;
    event.preventDefault(); // the page does not scroll as well
    found.focus();
    return;
  }
}
