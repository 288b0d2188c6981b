// The switches for trouble: each fault strikes the next so many times for sure, else by its probability.

import { faultNames, type FaultChanges, type Faults, type FaultSettings } from "../context.ts";

const quiet = (): FaultSettings => ({
  duplicate: { probability: 0, next: 0 },
  delay: { probability: 0, next: 0 },
  reorder: { probability: 0, next: 0 },
  drop: { probability: 0, next: 0 },
  throttle: { probability: 0, next: 0 },
  serverError: { probability: 0, next: 0 },
  timeout: { probability: 0, next: 0 },
  expireToken: { probability: 0, next: 0 },
  delayMs: 30_000,
  timeoutMs: 15_000,
  newWebhookIdOnRetry: false,
});

export function createFaults(chance: () => number): Faults {
  let settings = quiet();
  return {
    read: () => structuredClone(settings),
    change(changes: FaultChanges) {
      const next = { ...settings, ...structuredClone(changes) };
      settings = { ...settings, delayMs: next.delayMs, timeoutMs: next.timeoutMs, newWebhookIdOnRetry: next.newWebhookIdOnRetry };
      for (const name of faultNames) settings[name] = { ...settings[name], ...changes[name] };
      return structuredClone(settings);
    },
    clear() {
      settings = quiet();
      return structuredClone(settings);
    },
    strikes(name) {
      const fault = settings[name];
      if (fault.next > 0) {
        fault.next -= 1;
        return true;
      }
      return fault.probability > 0 && chance() < fault.probability;
    },
  };
}
