// Movement between stages, as the last night computed it.
import type { Tx } from "../../../platform/db.server.ts";
import { dayOfDate, firstDayOf, monthOf } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { STAGES, type Flow } from "../model.ts";

export async function saveFlows(tx: Tx, shopId: ShopId, flows: readonly Flow[]): Promise<void> {
  await tx.stageFlow.deleteMany({ where: { shopId } });
  await tx.stageFlow.createMany({ data: flows.map(({ month, from, to, customers }) => ({ shopId, month: new Date(firstDayOf(month)), fromStage: from, toStage: to, customers })) });
}

export async function listFlows(tx: Tx, shopId: ShopId): Promise<Flow[]> {
  const rows = await tx.stageFlow.findMany({ where: { shopId }, orderBy: [{ month: "asc" }, { fromStage: "asc" }, { toStage: "asc" }] });
  return rows.flatMap((row) => {
    const [from, to] = [row.fromStage, row.toStage].map((name) => STAGES.find((stage) => stage === name));
    return from === undefined || to === undefined ? [] : [{ month: monthOf(dayOfDate(row.month)), from, to, customers: row.customers }];
  });
}
