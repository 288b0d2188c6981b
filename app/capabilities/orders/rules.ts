// Which orders count, and which of many words is the last one.
import type { FinancialStatus, OrderSnapshot } from "../../shopify/snapshots.ts";
import type { CustomerId } from "../../values/ids.ts";
import { toJson } from "../../values/json.ts";
import type { Merge } from "./model.ts";

/** Money came in, nothing was called off, and nobody was only trying: the order is in every number. Worth 0.00, it still counts. */
export const counts = (order: Pick<OrderSnapshot, "cancelledAt" | "isTest" | "financialStatus">): boolean =>
  order.cancelledAt === null && !order.isTest && PAID.has(order.financialStatus);

const PAID: ReadonlySet<FinancialStatus> = new Set(["PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED", "REFUNDED"]);

/** The newest word about each, in the order of ids: a set statement may meet a key only once. Of two as new, the later in the list. */
export function newestOf<T extends { id: bigint; updatedAt: Date }>(snapshots: readonly T[]): T[] {
  const newest = new Map<bigint, T>();
  for (const snapshot of snapshots) {
    const known = newest.get(snapshot.id);
    if (known === undefined || known.updatedAt <= snapshot.updatedAt) newest.set(snapshot.id, snapshot);
  }
  return [...newest.values()].sort((one, other) => compareIds(one.id, other.id));
}

/** Whose newest words, of one and the same moment, differ. */
export function tiedIds<T extends { id: bigint; updatedAt: Date }>(snapshots: readonly T[]): T["id"][] {
  const newest = newestOf(snapshots);
  if (newest.length === snapshots.length) return [];
  const last = new Map(newest.map((snapshot) => [snapshot.id, { at: snapshot.updatedAt.getTime(), text: toJson(snapshot) }]));
  return snapshots.filter((snapshot) => last.get(snapshot.id)?.at === snapshot.updatedAt.getTime() && last.get(snapshot.id)?.text !== toJson(snapshot)).map(({ id }) => id);
}

const compareIds = (one: bigint, other: bigint): number => (one < other ? -1 : one > other ? 1 : 0);

/** Where everybody ends when all merges are done: a chain leads to its last link. */
export function followMerges(merges: readonly Merge[]): Merge[] {
  const next = new Map(merges.map(({ deletedId, keptId }) => [deletedId, keptId]));
  return [...next.keys()].flatMap((deletedId): Merge[] => {
    const keptId = endOf(deletedId, next);
    return keptId === null ? [] : [{ deletedId, keptId }];
  });
}

/** null: a circle, which Shopify cannot mean. */
function endOf(start: CustomerId, next: ReadonlyMap<CustomerId, CustomerId>): CustomerId | null {
  let end = start;
  for (let steps = 0; steps <= next.size; steps++) {
    const further = next.get(end);
    if (further === undefined) return end;
    end = further;
  }
  return null;
}
