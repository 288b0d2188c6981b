// What the pages about products read: first products and what follows them from sums that move with every order, the rest from the day's count.
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import { firstDayOf, parseMonth, type Month } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import type { GroupSums, SpotSums, SpotTotals } from "../rules/bright-spots.ts";
import { type Beginning, type FirstProductSums, type FlowSums } from "../rules/first-products.ts";
import type { Replenishment } from "../rules/replenishment.ts";

const shopOf = (shopId: ShopId): Prisma.Sql => Prisma.sql`${shopId}::bigint`;

type FirstRow = { product_id: bigint; title: string | null; months: string[]; customers: number[]; repeaters: number[]; year_minor: number };

/** First orders by their products and months, and everybody's. `yearTo`: the last month whose customers' first year is over. */
export async function listFirstProducts(tx: Tx, shopId: ShopId, yearTo: Month): Promise<{ products: FirstProductSums[]; everybody: Beginning[] }> {
  const rows = await tx.$queryRaw<FirstRow[]>`
    select f.*, p.title
      from (select product_id, array_agg(to_char(cohort, 'YYYY-MM')) as months, array_agg(customers) as customers, array_agg(repeaters) as repeaters, coalesce(sum(year_minor) filter (where cohort <= ${firstDayOf(yearTo)}::date), 0)::float8 as year_minor
              from first_product where shop_id = ${shopOf(shopId)} and customers > 0 group by product_id) f
      left join product p on p.shop_id = ${shopOf(shopId)} and p.id = f.product_id`;
  const products = rows.map(({ product_id, title, months, customers, repeaters, year_minor }) => ({
    productId: String(product_id), title, yearMinor: year_minor, beginnings: months.map((month, at) => ({ month: parseMonth(month), customers: customers[at] ?? 0, repeaters: repeaters[at] ?? 0 })),
  }));
  return { everybody: products.find(({ productId }) => productId === ANY)?.beginnings ?? [], products: products.filter(({ productId }) => productId !== ANY) };
}
const ANY = "0"; // stands for any product

type NextRow = { product_id: bigint; next_product_id: bigint; title: string | null; customers: number };

/** From these products of the first order to those of the second; without: from every product. Products nobody came again after are absent. */
export async function listFlows(tx: Tx, shopId: ShopId, productIds: readonly string[] | null): Promise<Map<string, Omit<FlowSums, "customers">>> {
  const shop = shopOf(shopId);
  const wanted = productIds === null ? Prisma.sql`n.product_id <> 0` : Prisma.sql`n.product_id = any(${[...productIds]}::text[]::bigint[])`;
  const rows = await tx.$queryRaw<NextRow[]>`
    select n.product_id, n.next_product_id, p.title, n.customers from next_product n left join product p on p.shop_id = ${shop} and p.id = n.next_product_id where n.shop_id = ${shop} and n.customers > 0 and (n.product_id = 0 or ${wanted})`;
  const from = Map.groupBy(rows, ({ product_id }) => String(product_id));
  const ofAll = new Map((from.get(ANY) ?? []).map(({ next_product_id, customers }) => [String(next_product_id), customers]));
  from.delete(ANY);
  return new Map([...from].map(([productId, next]) => [productId, {
    again: next.find(({ next_product_id }) => next_product_id === 0n)?.customers ?? 0, allAgain: ofAll.get(ANY) ?? 0,
    next: next.flatMap(({ next_product_id, title, customers }) => (next_product_id === 0n ? [] : [{ productId: String(next_product_id), title, customers, ofAll: ofAll.get(String(next_product_id)) ?? 0 }])),
  }]));
}

type SpotRow = { product_id: bigint; title: string | null; loyal_buyers: number; other_buyers: number; loyal_shares: number; loyal_squares: number; other_shares: number; other_squares: number };

export async function listSpots(tx: Tx, shopId: ShopId): Promise<{ products: SpotSums[]; totals: SpotTotals }> {
  const rows = await tx.$queryRaw<SpotRow[]>`
    select b.product_id, p.title, b.loyal_buyers, b.other_buyers, b.loyal_shares, b.loyal_squares, b.other_shares, b.other_squares from bright_spot b left join product p on p.shop_id = ${shopOf(shopId)} and p.id = b.product_id where b.shop_id = ${shopOf(shopId)}`;
  const spots = rows.map((row) => ({ productId: String(row.product_id), title: row.title, loyal: groupOf(row.loyal_buyers, row.loyal_shares, row.loyal_squares), others: groupOf(row.other_buyers, row.other_shares, row.other_squares) }));
  const anything = spots.find(({ productId }) => productId === ANY);
  const totalOf = (group: GroupSums | undefined) => ({ customers: group?.buyers ?? 0, compared: group?.shares ?? 0 });
  return { products: spots.filter((spot) => spot !== anything), totals: { loyal: totalOf(anything?.loyal), others: totalOf(anything?.others) } };
}

const groupOf = (buyers: number, shares: number, squares: number): GroupSums => ({ buyers, shares, squares });

type ReplenishmentRow = {
  product_id: bigint; variant_id: bigint; product_title: string | null; variant_title: string | null; pack: number; buyers: number; returners: number; gaps: number; p25: number | null; p50: number | null; p75: number | null; p90: number | null;
  after_one_gaps: number; after_one_days: number | null; after_two_gaps: number; after_two_days: number | null;
};

/** Which rows: products as a whole, all of one product, or every variant. */
export type ReplenishmentWish = { of: "products"; like: string; limit: number; offset: number } | { of: "product"; productId: string } | { of: "variants" };

/** Those with a gap, the most gaps first; of one product all, the product itself first. */
export async function listReplenishment(tx: Tx, shopId: ShopId, wish: ReplenishmentWish): Promise<Replenishment[]> {
  const shop = shopOf(shopId);
  const rows = await tx.$queryRaw<ReplenishmentRow[]>`
    select r.product_id, r.variant_id, p.title as product_title, v.title as variant_title, r.pack, r.buyers, r.returners, r.gaps, r.p25, r.p50, r.p75, r.p90, r.after_one_gaps, r.after_one_days, r.after_two_gaps, r.after_two_days
      from replenishment r left join product p on p.shop_id = ${shop} and p.id = r.product_id left join variant v on v.shop_id = ${shop} and v.product_id = r.product_id and v.id = r.variant_id
     where r.shop_id = ${shop} and ${whichOf(wish)}`;
  return rows.map((row) => ({
    productId: String(row.product_id), variantId: row.variant_id === 0n ? null : String(row.variant_id), productTitle: row.product_title, variantTitle: row.variant_title, pack: row.pack, buyers: row.buyers, returners: row.returners, gaps: row.gaps,
    p25: row.p25, p50: row.p50, p75: row.p75, p90: row.p90, afterOne: { gaps: row.after_one_gaps, days: row.after_one_days }, afterTwo: { gaps: row.after_two_gaps, days: row.after_two_days },
  }));
}

function whichOf(wish: ReplenishmentWish): Prisma.Sql {
  switch (wish.of) {
    case "products": return Prisma.sql`r.variant_id = 0 and r.gaps > 0 and (${wish.like} = '' or strpos(lower(p.title), lower(${wish.like})) > 0) order by r.gaps desc, r.product_id limit ${wish.limit} offset ${wish.offset}`;
    case "product": return Prisma.sql`r.product_id = ${wish.productId}::bigint order by r.variant_id <> 0, r.gaps desc, r.variant_id`;
    case "variants": return Prisma.sql`r.variant_id <> 0 and r.gaps > 0 order by r.gaps desc, r.variant_id`;
  }
}
