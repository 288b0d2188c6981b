// Everything that happened with a customer, newest first: orders, refunds, moves between segments, and what was written down.
import type { Entry } from "../../capabilities/followups/model.ts";
import type { CustomerOrder } from "../../capabilities/orders/model.ts";
import type { Move, MoveReason, ReadyKey, Segment } from "../../capabilities/segments/model.ts";
import type { Channel } from "../../capabilities/profiles/model.ts";
import type { Day } from "../../values/day.ts";

/** `at`: ISO text. */
export type TimelineItem = { id: string; at: string } & (
  | { kind: "order"; orderId: string; name: string; totalMinor: number; titles: string[]; otherLines: number; standing: "counted" | "cancelled" | "uncounted" }
  | { kind: "refund"; orderId: string; name: string; amountMinor: number }
  | { kind: "entered" | "left"; segment: { readyKey: ReadyKey | null; name: string }; reasons: MoveReason[] }
  | { kind: "contacted" | "snoozed" | "note"; channel: Channel | null; note: string; until: Day | null }
);

const TITLES_SHOWN = 3;

export function toTimeline({ orders, moves, entries, segments }: { orders: readonly CustomerOrder[]; moves: readonly Move[]; entries: readonly Entry[]; segments: readonly Pick<Segment, "id" | "readyKey" | "name">[] }): TimelineItem[] {
  const segmentOf = new Map(segments.map((segment) => [segment.id, segment]));
  const items = [
    ...orders.flatMap(fromOrder),
    ...moves.flatMap((move): TimelineItem[] => {
      const segment = segmentOf.get(move.segmentId);
      return segment ? [{ id: `move ${move.id}`, at: move.movedAt.toISOString(), kind: move.isEntry ? "entered" : "left", segment: { readyKey: segment.readyKey, name: segment.name }, reasons: move.reasons }] : [];
    }),
    ...entries.map(({ id, kind, writtenAt, channel, note, snoozedUntil }): TimelineItem => ({ id: `entry ${id}`, at: writtenAt.toISOString(), kind, channel, note, until: snoozedUntil })),
  ];
  return items.toSorted((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0));
}

function fromOrder({ id, name, placedAt, isCounted, isCancelled, totalMinor, lines, refunds }: CustomerOrder): TimelineItem[] {
  const orderId = String(id);
  return [
    {
      id: `order ${orderId}`, at: placedAt.toISOString(), kind: "order", orderId, name, totalMinor, titles: lines.slice(0, TITLES_SHOWN).map(({ title }) => title), otherLines: Math.max(0, lines.length - TITLES_SHOWN),
      standing: isCancelled ? "cancelled" : isCounted ? "counted" : "uncounted",
    },
    ...refunds.map(({ refundedAt, amountMinor }, index): TimelineItem => ({ id: `refund ${orderId} ${index}`, at: refundedAt.toISOString(), kind: "refund", orderId, name, amountMinor })),
  ];
}
