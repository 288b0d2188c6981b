// Who looks, one at a time, and what was said of it.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { dayOfDate, firstDayOf, monthOf, toDate, type Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { findingsSchema, type Alert } from "../model.ts";

/** Holds the shop's row to the end of the transaction. Answers the day of the last look. */
export async function takeLock(tx: Tx, shopId: ShopId): Promise<Day | null> {
  await tx.$executeRaw`insert into kpi_watch (shop_id) values (${shopId}::bigint) on conflict (shop_id) do nothing`;
  const [row] = await tx.$queryRaw<{ looked_on: Date | null }[]>`select looked_on from kpi_watch where shop_id = ${shopId}::bigint for update`;
  return row?.looked_on ? dayOfDate(row.looked_on) : null;
}

export const stampLook = (tx: Tx, shopId: ShopId, lookedOn: Day): Promise<unknown> => tx.kpiWatch.update({ where: { shopId }, data: { lookedOn: toDate(lookedOn) } });

/** Of every shop, for the sweep that asks which of them live in another day by now. */
export const listLooks = (tx: Tx): Promise<{ shop_id: bigint; looked_on: Date }[]> => tx.$queryRaw`select shop_id, looked_on from kpi_watch where looked_on is not null`;

/** Newest first. */
export async function listAlerts(tx: Tx, shopId: ShopId, limit: number): Promise<Alert[]> {
  const rows = await tx.kpiAlert.findMany({ where: { shopId }, orderBy: { raisedOn: "desc" }, take: limit });
  return rows.map(({ raisedOn, month, findings, dismissedAt }) => ({ raisedOn: dayOfDate(raisedOn), month: monthOf(dayOfDate(month)), findings: findingsSchema.parse(findings), dismissedAt }));
}

export async function addAlert(tx: Tx, shopId: ShopId, { raisedOn, month, findings }: Omit<Alert, "dismissedAt">): Promise<void> {
  await tx.kpiAlert.createMany({ data: [{ shopId, raisedOn: toDate(raisedOn), month: toDate(firstDayOf(month)), findings }], skipDuplicates: true });
}

export async function dismissAlert(tx: Tx, shopId: ShopId, raisedOn: Day, dismissedAt: Date): Promise<void> {
  await tx.kpiAlert.updateMany({ where: { shopId, raisedOn: toDate(raisedOn), dismissedAt: null }, data: { dismissedAt } });
}

const TABLES = ["kpi_goal", "annotation", "kpi_alert", "kpi_watch"] as const;

export async function eraseShop(tx: Tx, shopId: ShopId): Promise<void> {
  for (const table of TABLES) await tx.$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${shopId}::bigint`;
}
