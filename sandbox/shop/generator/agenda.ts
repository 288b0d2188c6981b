// What will happen next, soonest first: a binary heap, since a large shop has hundreds of thousands of plans.

export type Planned = { atMs: number };

export type Agenda<T extends Planned> = { add(plan: T): void; takeBefore(endMs: number): T | null; list(): readonly T[] };

export function createAgenda<T extends Planned>(plans: readonly T[] = []): Agenda<T> {
  const heap: T[] = [];
  const agenda: Agenda<T> = {
    add(plan) {
      heap.push(plan);
      rise(heap, heap.length - 1);
    },
    takeBefore(endMs) {
      const first = heap[0];
      if (first === undefined || first.atMs >= endMs) return null;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) {
        heap[0] = last;
        sink(heap);
      }
      return first;
    },
    list: () => heap,
  };
  for (const plan of plans) agenda.add(plan);
  return agenda;
}

function rise(heap: Planned[], from: number): void {
  for (let at = from; at > 0; ) {
    const parent = (at - 1) >> 1;
    if (!swapIfLater(heap, parent, at)) return;
    at = parent;
  }
}

function sink(heap: Planned[]): void {
  for (let at = 0; ; ) {
    const left = 2 * at + 1;
    const sooner = (heap[left + 1]?.atMs ?? Infinity) < (heap[left]?.atMs ?? Infinity) ? left + 1 : left;
    if (!swapIfLater(heap, at, sooner)) return;
    at = sooner;
  }
}

function swapIfLater(heap: Planned[], parent: number, child: number): boolean {
  const [above, below] = [heap[parent], heap[child]];
  if (above === undefined || below === undefined || above.atMs <= below.atMs) return false;
  heap[parent] = below;
  heap[child] = above;
  return true;
}
