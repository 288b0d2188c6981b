// A customer's request to see what is known about them.
import type { CustomerId } from "../../values/ids.ts";

export type DataRequest = {
  /** Shopify's number */
  id: string;
  customerId: string;
  requestedAt: Date;
  /** null: the merchant has not taken the file yet */
  handedOverAt: Date | null;
};

export type ExportWish = {
  requestId: bigint;
  customerId: CustomerId;
  requestedAt: Date;
  /** what lies above the rooms: deliveries that mention the person */
  others: Record<string, unknown>;
};
