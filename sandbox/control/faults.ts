// The switches for trouble: each fault strikes the next so many times for sure, else by its probability.

import { faultNames, type FaultChanges, type Faults, type FaultSettings, type MutationFault } from "../context.ts";

const quiet = (): FaultSettings => ({
  duplicate: { probability: 0, next: 0 },
  delay: { probability: 0, next: 0 },
  reorder: { probability: 0, next: 0 },
  drop: { probability: 0, next: 0 },
  throttle: { probability: 0, next: 0 },
  serverError: { probability: 0, next: 0 },
  timeout: { probability: 0, next: 0 },
  expireToken: { probability: 0, next: 0 },
  mutations: {},
  delayMs: 30_000,
  timeoutMs: 15_000,
  newWebhookIdOnRetry: false,
});

const unharmed: MutationFault = { failBefore: 0, failAfter: 0, delayMs: 0 };

export function createFaults(chance: () => number): Faults {
  let settings = quiet();
  return {
    read: () => structuredClone(settings),
    change(changes: FaultChanges) {
      const next = { ...settings, ...structuredClone(changes) };
      settings = { ...settings, delayMs: next.delayMs, timeoutMs: next.timeoutMs, newWebhookIdOnRetry: next.newWebhookIdOnRetry };
      for (const name of faultNames) settings[name] = { ...settings[name], ...changes[name] };
      for (const [name, fault] of Object.entries(changes.mutations ?? {})) settings.mutations[name] = { ...(settings.mutations[name] ?? unharmed), ...fault };
      return structuredClone(settings);
    },
    clear() {
      settings = quiet();
      return structuredClone(settings);
    },
    strikesMutations(names) {
      const faults = names.flatMap((name) => settings.mutations[name] ?? []);
      const [before, after] = [faults.find(({ failBefore }) => failBefore > 0), faults.find(({ failAfter }) => failAfter > 0)];
      if (before) before.failBefore -= 1;
      else if (after) after.failAfter -= 1;
      return { failsBefore: before !== undefined, failsAfter: before === undefined && after !== undefined, delayMs: Math.max(0, ...faults.map(({ delayMs }) => delayMs)) };
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
