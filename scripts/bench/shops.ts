// Shops straight in the tables, the same in every run.
import { rebuildShop } from "../../app/capabilities/analytics/analytics.server.ts";
import { db, Prisma } from "../../app/platform/db.server.ts";
import { parseId, type ShopId } from "../../app/values/ids.ts";

/** Two years of orders: a quarter as many customers as orders, unevenly loyal, one order in twelve a guest's. */
export async function makeShop(id: bigint, orderCount: number): Promise<ShopId> {
  await db().shop.create({ data: { id, domain: `bench-${id}.myshopify.com`, name: "Bench", currency: "USD", timeZone: "America/Los_Angeles", planName: "Basic", scopes: "", installedAt: new Date("2026-01-01") } });
  await db().$executeRaw`
    insert into orders (shop_id, id, name, customer_id, buyer_id, placed_at, updated_at, is_test, financial_status, is_counted, currency, total_minor, revenue_minor, discount_minor, refunded_minor)
    select ${id}::bigint, n, '#' || n, customer_id, coalesce(customer_id, -n), placed_at, placed_at, false, 'PAID', true, 'USD', minor, minor, 0, 0
      from (select n, case when n % 12 > 0 then 1 + floor(power(${chance(1)}, 2) * ${orderCount} / 4)::bigint end as customer_id,
                   timestamptz '2024-11-01 08:00Z' + ${chance(2)} * interval '739 days' as placed_at, (1000 + ${chance(3)} * 9000)::bigint as minor
              from generate_series(1, ${orderCount}::bigint) n) made`;
  await db().$executeRaw`analyze orders`;
  const shopId = parseId<ShopId>(id);
  await rebuildShop(shopId);
  await db().$executeRaw`analyze`;
  return shopId;
}

/** 0 to 1, the same in every run. */
const chance = (salt: number) => Prisma.sql`((hashint8extended(n, ${salt}::bigint) & 1048575) / 1048576.0)`;

/** Somebody behind each customer's number: a name, an address, a land, a consent. */
export async function addCustomers(shopId: ShopId): Promise<number> {
  return db().$executeRaw`
    insert into customer (shop_id, id, email, first_name, last_name, locale, country_code, tags, created_at, updated_at, email_consent)
    select ${shopId}::bigint, n, 'buyer-' || n || '@example.com', (array['Mina','Ken','Ada','Lin'])[1 + n % 4], 'Okafor ' || n % 997, (array['en','ja','zh-CN'])[1 + n % 3], (array['US','JP','DE'])[1 + n % 3], '{}', '2024-11-01', '2024-11-01',
           case when n % 3 = 0 then 'NOT_SUBSCRIBED' else 'SUBSCRIBED' end
      from (select distinct customer_id as n from orders where shop_id = ${shopId}::bigint and customer_id is not null) c`;
}

/** One line of goods in each order, for all of its money. */
export const addLines = (shopId: ShopId): Promise<number> => db().$executeRaw`
  insert into order_line (shop_id, order_id, id, product_id, title, quantity, current_quantity, total_minor, before_discounts_minor)
  select shop_id, id, id, 1 + id % 50, 'Tea', 1, 1, total_minor, total_minor from orders where shop_id = ${shopId}::bigint`;

/** Each of the fifty products in five of forty collections, the first of which holds them all. */
export const addCollections = (shopId: ShopId): Promise<number> => db().$executeRaw`
  insert into collection_product (shop_id, collection_id, product_id) select distinct ${shopId}::bigint, case k when 0 then 1 else 2 + (p * k * 7) % 39 end, p from generate_series(1, 50) p, generate_series(0, 4) k`;

/** So that the app finds the shop by the address Shopify signs. */
export const pointDomain = (shopId: ShopId): Promise<unknown> => db().$executeRaw`insert into shop_domain (domain, shop_id) values (${`bench-${shopId}.myshopify.com`}, ${shopId}::bigint)`;
