// A delivery from its arrival to its end.
import type { Delivery } from "../shopify/callers.server.ts";
import type { ShopId } from "../values/ids.ts";
import type { Misreading } from "../values/misreading.ts";

/** A delivery of a shop we know, not yet written down. */
export type Arrival = Omit<Delivery, "shopId" | "domain"> & { shopId: ShopId; receivedAt: Date };

/** Written down and not yet opened; `text` is what Shopify sent, JSON or not. */
export type WaitingDelivery = { id: bigint; topic: string; triggeredAt: Date; text: string };

export type QuarantinedDelivery = {
  id: string;
  topic: string;
  triggeredAt: Date;
  receivedAt: Date;
  reason: Misreading;
};

export type QuarantinePage = { deliveries: QuarantinedDelivery[]; totalCount: number };

export type InboxState = {
  waitingCount: number;
  oldestWaitingAt: Date | null;
  lastDeliveryAt: Date | null;
  quarantinedCount: number;
};

/** What is to be rung after the commit. */
export type Bell = "refresh" | "reread" | "backfill";

export type OpenedShop = { id: ShopId; domain: string; currency: string };
