// What other rooms found that a person should see to.
import type { Tx } from "../../../platform/db.server.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { toJson } from "../../../values/json.ts";
import { taskReasonSchema, type Task, type TaskReason } from "../model.ts";

/** Said twice it is one, and stays closed; another reason opens it again. */
export async function openTask(tx: Tx, shopId: ShopId, { id, customerId, at, reason }: { id: string; customerId: CustomerId; at: Date; reason: TaskReason }): Promise<void> {
  await tx.$executeRaw`
    insert into followup_task as t (shop_id, id, customer_id, opened_at, reason) values (${shopId}::bigint, ${id}::uuid, ${customerId}::bigint, ${at}, ${toJson(reason)}::jsonb)
    on conflict (shop_id, id) do update set customer_id = excluded.customer_id, opened_at = excluded.opened_at, closed_at = null, reason = excluded.reason where t.reason <> excluded.reason`;
}

export async function deleteTask(tx: Tx, shopId: ShopId, id: string): Promise<void> {
  await tx.followupTask.deleteMany({ where: { shopId, id } });
}

/** The open ones, newest first. */
export async function listTasks(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Task[]> {
  const rows = await tx.followupTask.findMany({ where: { shopId, customerId, closedAt: null }, orderBy: [{ openedAt: "desc" }, { id: "asc" }] });
  return rows.map(({ id, openedAt, reason }) => ({ id, openedAt, isOpen: true, reason: taskReasonSchema.parse(reason) }));
}
