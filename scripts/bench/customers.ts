// Customers: the day's round over everybody, a look at those who moved, and the list at 250,000, in a small shop and in a large one.
import { noteChangedBuyers, refreshShop } from "../../app/capabilities/analytics/analytics.server.ts";
import type { CustomerQuery, Rule } from "../../app/capabilities/segments/model.ts";
import { listCustomers, refreshCustomers } from "../../app/capabilities/segments/segments.server.ts";
import type { Shop } from "../../app/capabilities/shops/model.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import { db, inTransaction } from "../../app/platform/db.server.ts";
import { parseId, type BuyerId, type ShopId } from "../../app/values/ids.ts";
import { medianMs, milliseconds, perSecond, quantile, secondsOf, type Ratio } from "./measure.ts";
import { addCustomers, makeShop } from "./shops.ts";

const ORDERS_PER_CUSTOMER = 4;
const MOVED = 200; // customers in one refresh
const MOVING_RUNS = 7;
const LIST_RUNS = 9;

export async function benchCustomers({ small, large }: { small: number; large: number }): Promise<Ratio[]> {
  const [smallShop, largeShop] = [await makeWholeShop(21n, small), await makeWholeShop(22n, large)];
  const everybodyMs = largeShop.roundSeconds * 1_000;
  const moved = { small: await timeMoved(smallShop.shop.id), large: await timeMoved(largeShop.shop.id) };
  const size = `${Math.round(largeShop.customers / 1_000)},000 customers`;
  return [
    { name: `Who moved (${MOVED}), ${size}: against everybody`, ours: milliseconds(moved.large), other: `${perSecond(largeShop.customers, largeShop.roundSeconds)} in the day's round`, ratio: everybodyMs / moved.large, aim: "at least 100 times less", isMet: everybodyMs / moved.large >= 100 },
    { name: "Who moved, large shop: against a small one", ours: milliseconds(moved.large), other: `${milliseconds(moved.small)} small`, ratio: moved.large / moved.small, aim: "within 1.5 times", isMet: moved.large / moved.small <= 1.5 },
    ...(await benchLists(largeShop.shop, size)),
  ];
}

type WholeShop = { shop: Shop; customers: number; roundSeconds: number };

async function makeWholeShop(id: bigint, customerCount: number): Promise<WholeShop> {
  const shopId = await makeShop(id, customerCount * ORDERS_PER_CUSTOMER);
  const customers = await addCustomers(shopId);
  await db().$executeRaw`analyze customer`;
  const roundSeconds = await secondsOf(() => refreshCustomers(shopId));
  await db().$executeRaw`analyze`;
  return { shop: await readShop(shopId), customers, roundSeconds };
}

/** Other customers each time, so that nothing is warm but the code. */
async function timeMoved(shopId: ShopId): Promise<number> {
  const times: number[] = [];
  for (let run = 1; run <= MOVING_RUNS; run += 1) {
    const buyers = await db().$queryRaw<{ id: bigint }[]>`select customer_id as id from customer_fact where shop_id = ${shopId}::bigint and customer_id % ${MOVING_RUNS} = ${run - 1} order by customer_id limit ${MOVED}`;
    await inTransaction((tx) => noteChangedBuyers(tx, shopId, buyers.map(({ id }) => parseId<BuyerId>(id))));
    await refreshShop(shopId);
    times.push((await secondsOf(() => refreshCustomers(shopId))) * 1_000);
  }
  return quantile(times, 0.5);
}

const EVERYBODY: CustomerQuery = { rule: null, segmentId: null, search: "", sort: "last_order", direction: "descending" };
const AT_RISK: Rule = { field: "stage", operator: "any_of", value: ["at_risk"] };
const WHOLE_RULE: Rule = { all: [{ field: "country", operator: "any_of", value: ["JP"] }, { field: "orders", operator: "at_least", value: 3 }, { not: { field: "email_consent", operator: "any_of", value: ["SUBSCRIBED"] } }] };

async function benchLists(shop: Shop, size: string): Promise<Ratio[]> {
  const lists: [string, CustomerQuery, number][] = [
    ["newest orders first", EVERYBODY, 0],
    ["most at stake, at risk", { ...EVERYBODY, rule: AT_RISK, sort: "stake" }, 0],
    ["likeliest, page 100", { ...EVERYBODY, sort: "chance_90" }, 99],
    ["a rule of three", { ...EVERYBODY, rule: WHOLE_RULE, sort: "revenue" }, 0],
    ["a name", { ...EVERYBODY, search: "mina okafor 12" }, 0],
    ["an address nobody has", { ...EVERYBODY, search: "nobody@nowhere" }, 0],
  ];
  const directMs = await medianMs(1, () => listDirectly(shop.id));
  const rows: Ratio[] = [];
  for (const [name, query, page] of lists) {
    const ms = await medianMs(LIST_RUNS, () => listCustomers(shop, query, page));
    rows.push({ name: `Customers, ${size}: ${name}`, ours: milliseconds(ms), other: `${milliseconds(directMs)} from orders`, ratio: directMs / ms, aim: "under 100 ms", isMet: ms < 100 });
  }
  return rows;
}

/** The first page without profiles: each customer's orders added up, the newest first. */
const listDirectly = (shopId: ShopId) => db().$queryRaw`
  select c.id, c.email, count(*) as orders, sum(o.revenue_minor) as revenue, max(o.placed_at) as last from customer c join orders o on o.shop_id = ${shopId}::bigint and o.buyer_id = c.id and o.is_counted
   where c.shop_id = ${shopId}::bigint group by 1, 2 order by last desc, 1 limit 50`;
