// What orders left after the cost of their goods: one rule for whoever adds it up.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { ShopId } from "../../../values/ids.ts";

/** Orders `a` with their lines `l` and the variants `v` of these. Gift cards are money, and no goods. */
export const soldGoods = (shop: Prisma.Sql): Prisma.Sql => Prisma.sql`
  orders a join order_line l on l.shop_id = ${shop} and l.order_id = a.id and not l.is_gift_card left join variant v on v.shop_id = ${shop} and v.product_id = l.product_id and v.id = l.variant_id`;

/** Over `soldGoods`: the price without tax of what was kept, less its unit costs of today. Null as soon as one of these is missing; what was given back needs none. */
export const GROSS_MARGIN = Prisma.sql`
  case when bool_and(v.unit_cost_minor is not null or l.current_quantity = 0) then
    sum((l.total_minor - case when a.has_tax_included then l.tax_minor else 0 end) * l.current_quantity / greatest(l.quantity, 1) - coalesce(v.unit_cost_minor, 0) * l.current_quantity)::bigint end`;

/** Whether the shop keeps unit costs at all; most do not, and are spared the question at every line. */
export async function knowsCosts(tx: Tx, shopId: ShopId): Promise<boolean> {
  return (await tx.variant.findFirst({ where: { shopId, unitCostMinor: { not: null } }, select: { id: true } })) !== null;
}
