// What the app should say about a shop, added up from the sandbox's own documents and nothing of the app's.
import type { OrderDoc, ShopState } from "../../sandbox/shop/model.ts";

export type TrueOrder = { id: bigint; customerId: bigint | null; revenueMinor: bigint; isCounted: boolean };
export type ShopTruth = { orders: TrueOrder[]; customerIds: bigint[]; countedOrders: number; guestOrders: number; revenueMinor: number; buyers: number };

const PAID = ["PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED", "REFUNDED"]; // docs/retention.md

export function sumShop(state: ShopState): ShopTruth {
  const orders = [...state.eachOrder({})].map(toTrueOrder).sort((one, other) => (one.id < other.id ? -1 : 1));
  const counted = orders.filter(({ isCounted }) => isCounted);
  const ofPeople = counted.filter(({ customerId }) => customerId !== null);
  return {
    orders,
    customerIds: [...state.eachCustomer({})].map(({ id }) => BigInt(id)).sort((one, other) => (one < other ? -1 : 1)),
    countedOrders: counted.length,
    guestOrders: counted.length - ofPeople.length,
    revenueMinor: counted.reduce((sum, { revenueMinor }) => sum + Number(revenueMinor), 0),
    buyers: new Set(ofPeople.map(({ customerId }) => customerId)).size,
  };
}

const toTrueOrder = ({ id, customerId, currentTotalMinor, cancelledAt, test, financialStatus }: OrderDoc): TrueOrder => ({
  id: BigInt(id),
  customerId: customerId === null ? null : BigInt(customerId),
  revenueMinor: BigInt(currentTotalMinor),
  isCounted: cancelledAt === null && !test && PAID.includes(financialStatus),
});
