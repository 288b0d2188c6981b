import { expect, test } from "vitest";
import type { CustomerOrder } from "../../capabilities/orders/model.ts";
import { parseId, type OrderId } from "../../values/ids.ts";
import { toTimeline } from "./timeline.ts";

const at = (day: string) => new Date(`${day}T10:00:00Z`);
const anOrder = (more: Partial<CustomerOrder> = {}): CustomerOrder => ({ id: parseId<OrderId>(1n), name: "#1001", placedAt: at("2026-05-01"), isCounted: true, isCancelled: false, totalMinor: 1200, lines: [{ title: "Sencha", quantity: 1 }], refunds: [], ...more });
const SEGMENT = { id: "a", readyKey: "at_risk", name: "" } as const;
const nothing = { orders: [], moves: [], entries: [], segments: [SEGMENT] };

test("what happened last comes first, whoever wrote it", () => {
  const items = toTimeline({
    ...nothing,
    orders: [anOrder({ refunds: [{ refundedAt: at("2026-05-20"), amountMinor: 300 }] })],
    moves: [{ id: "3", segmentId: "a", isEntry: true, movedAt: at("2026-07-01"), reasons: [{ code: "days_since", days: 61 }] }],
    entries: [{ id: "9", kind: "note", writtenAt: at("2026-05-10"), channel: null, note: "likes oolong", snoozedUntil: null }],
  });
  expect(items.map(({ kind }) => kind)).toEqual(["entered", "refund", "note", "order"]);
  expect(items[1]).toMatchObject({ name: "#1001", amountMinor: 300, at: "2026-05-20T10:00:00.000Z" });
});

test("an order says whether it counts, and names its first lines", () => {
  const lines = ["Sencha", "Hojicha", "Matcha", "Cup", "Whisk"].map((title) => ({ title, quantity: 1 }));
  const [counted, uncounted, cancelled] = toTimeline({ ...nothing, orders: [anOrder({ lines }), anOrder({ isCounted: false }), anOrder({ isCounted: false, isCancelled: true })] });
  expect(counted).toMatchObject({ standing: "counted", titles: ["Sencha", "Hojicha", "Matcha"], otherLines: 2 });
  expect(uncounted).toMatchObject({ standing: "uncounted", otherLines: 0 });
  expect(cancelled).toMatchObject({ standing: "cancelled" });
});

test("a move of a segment that is gone is left out", () => {
  expect(toTimeline({ ...nothing, moves: [{ id: "3", segmentId: "b", isEntry: true, movedAt: at("2026-07-01"), reasons: [] }] })).toEqual([]);
});
