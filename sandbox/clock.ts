// The sandbox's one clock: the real one, moved.
import type { SandboxClock } from "./shop/model.ts";

export function createClock(offsetMs: number): SandboxClock {
  const listeners = new Set<(offsetMs: number) => void>();
  let offset = offsetMs;
  return {
    now: () => new Date(Date.now() + offset),
    get offsetMs() {
      return offset;
    },
    setOffset(next) {
      offset = next;
      for (const listener of listeners) listener(next);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
