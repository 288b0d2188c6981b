// What waits for a person: friends to look at, and perks to hand over.
import { db } from "../../../platform/db.server.ts";
import type { CustomerId, OrderId, ShopId } from "../../../values/ids.ts";
import { nameCustomers, nameOrders } from "../../orders/orders.server.ts";
import type { Redemption } from "../model/redemption.ts";
import type { Referral, ReferralState } from "../model/referral.ts";
import { listToHandOver } from "../store.server/redemptions.server.ts";
import { REFERRAL_PAGE_SIZE } from "./referrals.server.ts";
import { listReferrals } from "../store.server/referrals.server.ts";

export type Someone = { id: CustomerId; firstName: string | null; lastName: string | null; email: string | null; locale: string | null };
export type Tasks = {
  /** `friend` null: erased since */
  referrals: (Referral & { advocate: Someone; friend: Someone | null; orderName: string | null })[];
  counts: Record<ReferralState, number>;
  appealCount: number;
  perks: { redemption: Redemption; member: Someone }[];
};

const PERKS_MAX = 100;

/** `state` null: friends of every state; `page` counts from 0. Those waiting for a look come first. */
export async function readTasks(shopId: ShopId, { state, page }: { state: ReferralState | null; page: number }): Promise<Tasks> {
  const [{ rows, counts, appealCount }, perks] = [await listReferrals(db(), shopId, { state, limit: REFERRAL_PAGE_SIZE, offset: page * REFERRAL_PAGE_SIZE }), await listToHandOver(db(), shopId, PERKS_MAX)];
  const names = await nameCustomers(db(), shopId, [...rows.flatMap(({ advocateId, friendId }) => [advocateId, ...(friendId === null ? [] : [friendId])]), ...perks.map(({ customerId }) => customerId)]);
  const orders = await nameOrders(db(), shopId, rows.map(({ orderId }): OrderId => orderId));
  const someone = (id: CustomerId): Someone => ({ id, ...(names.get(id) ?? { firstName: null, lastName: null, email: null, locale: null }) });
  return {
    counts, appealCount,
    referrals: rows.map((referral) => ({ ...referral, advocate: someone(referral.advocateId), friend: referral.friendId === null ? null : someone(referral.friendId), orderName: orders.get(String(referral.orderId))?.name ?? null })),
    perks: perks.map((redemption) => ({ redemption, member: someone(redemption.customerId) })),
  };
}
