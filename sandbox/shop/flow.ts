// What apps sent to Shopify Flow, the newest kept: which trigger, when, with what.

import type { Instant, SandboxClock, ShopState } from "./model.ts";

/** As an extension's toml declares it. */
export type FlowTrigger = { handle: string; name: string; fields: FlowField[] };
/** `key` as the payload names it: `customer_id` for a customer_reference */
export type FlowField = { key: string; type: string };
export type FlowReceipt = { receivedAt: Instant; handle: string; payload: Readonly<Record<string, unknown>> };

export type FlowInbox = {
  triggers: readonly FlowTrigger[];
  receive: (handle: string, payload: Readonly<Record<string, unknown>>) => void;
  /** the newest first */
  list: () => FlowReceipt[];
  clear: () => void;
};

const RECEIPTS_KEPT = 1_000; // more than anybody scrolls through, or a test sends
const COUNT_KEY = "flow:count";
const CLEARED_KEY = "flow:cleared";

export function createFlowInbox(state: ShopState, clock: SandboxClock, triggers: readonly FlowTrigger[]): FlowInbox {
  const recallNumber = (key: string): number => Number(state.recall(key) ?? 0);
  // A ring of keys: the thousandth receipt costs as little as the first.
  const keyOf = (number: number): string => `flow:${number % RECEIPTS_KEPT}`;
  return {
    triggers,
    receive(handle, payload) {
      const number = recallNumber(COUNT_KEY) + 1;
      const receipt: FlowReceipt = { receivedAt: clock.now().toISOString(), handle, payload };
      state.remember(keyOf(number), receipt);
      state.remember(COUNT_KEY, number);
    },
    list() {
      const last = recallNumber(COUNT_KEY);
      const count = Math.min(last - recallNumber(CLEARED_KEY), RECEIPTS_KEPT);
      return Array.from({ length: count }, (_, index) => state.recall(keyOf(last - index)) as FlowReceipt); // receive() wrote it
    },
    clear: () => { state.remember(CLEARED_KEY, recallNumber(COUNT_KEY)); },
  };
}
