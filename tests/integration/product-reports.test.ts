// Products that make regulars, over HTTP: the reports of a whole shop against plain SQL over its orders.
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createClock } from "../../sandbox/clock.ts";
import { seedTeaShop } from "../../sandbox/shop/generator.ts";
import { startApp, type RunningApp } from "../support/app.ts";
import { eventually, joinDatabase, readRows, ring, settle } from "../support/app-database.ts";
import { askApp, readSync } from "../support/reports.ts";

const BUSY_TIMEOUT_MS = 120_000; // of a machine that does much else
const AS_OF = new Date("2026-11-20T18:00:00Z");
const TODAY = "2026-11-20";

let app: RunningApp;
let leave = () => Promise.resolve();
beforeAll(async () => {
  app = await startApp({ clockOffsetMs: AS_OF.getTime() - createClock(0).now().getTime(), extraScopes: ["read_all_orders"], fill: (state) => seedTeaShop(state, { seed: 11, asOf: AS_OF, customerCount: 400 }) });
  leave = joinDatabase(app.databaseUrl);
  await readSync(app);
  await settle(app);
  await ring("cohorts.sweep");
  await eventually(async () => expect(await readRows(app.databaseUrl, "select measured_at is not null as is_measured from cohort_lock")).toEqual([{ is_measured: true }]));
}, BUSY_TIMEOUT_MS);
afterAll(async () => {
  await leave();
  await app.stop();
});

const Report = z.object({ columns: z.array(z.object({ name: z.string() })), rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))) });
async function readReport(name: string): Promise<z.output<typeof Report>> {
  const answer = await askApp(app, `/app/reports/${name}`);
  expect(answer.status, name).toBe(200);
  return Report.parse(await answer.json());
}
const namesOf = ({ columns }: z.output<typeof Report>) => columns.map(({ name }) => name).join(",");

/** Customers' counted orders with their place, and the goods in each. */
const HISTORY = `
  o as (select o.id, o.customer_id as who, (o.placed_at at time zone s.time_zone)::date as day, o.revenue_minor as revenue, row_number() over (partition by o.customer_id order by o.placed_at, o.id) as place
          from orders o join shop s on s.id = o.shop_id where o.is_counted and o.customer_id is not null),
  goods as (select distinct o.who, o.place, o.day, o.id, l.product_id as product from o join order_line l on l.order_id = o.id where l.product_id is not null and not l.is_gift_card)`;

test("first products, with what was bought next and its lift", async () => {
  const report = await readReport("first_products.json");
  expect(namesOf(report)).toMatch(/^product_id,title,customers,repeat_rate,revenue_per_customer_365,next_product_id,next_customers,lift,repeat_low,repeat_high,/);
  const firsts = await readRows(app.databaseUrl, `
    with ${HISTORY}, life as (select who, min(day) as began, count(*) as orders from o group by 1),
    year as (select l.who, sum(o.revenue) as revenue from life l join o using (who) where o.day <= l.began + 365 group by 1)
    select g.product::text as id, count(*)::int as customers, (count(*) filter (where l.orders > 1))::float8 / count(*) as rate,
           (sum(y.revenue) filter (where (date_trunc('month', l.began) + interval '1 month - 1 day')::date + 365 < $1::date) / count(*) filter (where (date_trunc('month', l.began) + interval '1 month - 1 day')::date + 365 < $1::date))::float8 / 100 as year
      from goods g join life l using (who) join year y using (who) where g.place = 1 group by 1`, [TODAY]);
  expect(firsts.length).toBeGreaterThan(20);
  const nexts = await readRows(app.databaseUrl, `
    with ${HISTORY}, again as (select a.who, a.product as first, b.product as next from goods a join goods b on b.who = a.who and b.place = 2 where a.place = 1),
    came as (select g.product, count(*)::float8 as people from goods g where g.place = 1 and exists (select 1 from o where o.who = g.who and o.place = 2) group by 1),
    usual as (select product, count(*)::float8 / (select count(*) from o where place = 2) as share from goods where place = 2 group by 1)
    select first::text, next::text, count(*)::int as customers, count(*) / min(c.people) / min(u.share) as lift from again join came c on c.product = first join usual u on u.product = next group by 1, 2`);
  expect(nexts.length).toBeGreaterThan(100);
  expect(new Set(report.rows.map(({ product_id: id }) => id))).toEqual(new Set(firsts.map(({ id }) => id)));
  for (const { id, customers, rate, year } of firsts) {
    const rows = report.rows.filter(({ product_id: product }) => product === id);
    for (const row of rows) expect(row).toMatchObject({ customers, repeat_rate: expect.closeTo(Number(rate), 5), revenue_per_customer_365: year === null ? null : expect.closeTo(Number(year), 1) });
    const told = rows.filter(({ next_product_id: next }) => next !== null).map(({ next_product_id: next, next_customers: count, lift }) => ({ next, customers: count, lift: Number(lift) }));
    const byHand = nexts.filter(({ first }) => first === id).map(({ next, customers: count, lift }) => ({ next, customers: count, lift: expect.closeTo(Number(lift), 4) }));
    expect(told.toSorted((a, b) => (String(a.next) < String(b.next) ? -1 : 1)), String(id)).toEqual(byHand.toSorted((a, b) => (String(a.next) < String(b.next) ? -1 : 1)));
    expect(told.map((row) => row.customers)).toEqual(told.map((row) => Number(row.customers)).toSorted((a, b) => b - a));
  }
  expect(report.rows.filter(({ next_customers: count }) => Number(count) < 10).every(({ lift_low: low }) => low === null)).toBe(true);
});

test("replenishment by variant, per unit", async () => {
  const report = await readReport("replenishment.json");
  expect(namesOf(report)).toMatch(/^variant_id,title,gaps,p25,p50,p75,p90,product_id,pack,/);
  const variants = await readRows(app.databaseUrl, `
    with ${HISTORY}, bought as (select o.who, l.variant_id, o.day, sum(l.current_quantity) as units from o join order_line l on l.order_id = o.id where l.current_quantity > 0 and l.variant_id is not null and not l.is_gift_card group by 1, 2, 3),
    gap as (select b.variant_id, (n.day - b.day)::float8 / b.units as pace from bought b cross join lateral (select min(day) as day from bought n where n.who = b.who and n.variant_id = b.variant_id and n.day > b.day) n where n.day is not null)
    select variant_id::text as id, count(*)::int as gaps, percentile_cont(array[0.25, 0.5, 0.75, 0.9]) within group (order by pace) as paces from gap group by 1`);
  expect(variants.filter(({ gaps }) => Number(gaps) >= 30).length).toBeGreaterThan(5);
  expect(new Set(report.rows.map(({ variant_id: id }) => id))).toEqual(new Set(variants.map(({ id }) => id)));
  const Paces = z.array(z.number()).length(4);
  for (const { id, gaps, paces } of variants) {
    const [p25, p50, p75, p90] = Paces.parse(paces).map((pace, at) => (Number(gaps) < (at === 3 ? 30 : 10) ? null : expect.closeTo(pace, 3)));
    expect(report.rows.find(({ variant_id: variant }) => variant === id), String(id)).toMatchObject({ gaps, p25, p50, p75, p90 });
  }
  const packs = (ending: string) => new Set(report.rows.filter(({ title }) => String(title).endsWith(ending)).map(({ pack }) => pack));
  expect([packs(" - 500 g"), packs(" - 100 g")]).toEqual([new Set([2]), new Set([1, expect.closeTo(10 / 3, 4)])]); // of coffee from 250 g, tea from 100 g, matcha from 30 g
});

test("bright spots: who bought, and both shares of their orders", async () => {
  const report = await readReport("bright_spots.json");
  expect(namesOf(report)).toBe("product_id,title,loyal_buyers,other_buyers,loyal_share,other_share,ratio,ratio_low,ratio_high,verdict");
  const spots = await readRows(app.databaseUrl, `
    with ${HISTORY}, person as (select who, count(*) >= 3 as is_loyal, count(*) filter (where day > $1::date - 365) as recent from o group by 1),
    product as (select distinct product from goods),
    mean as (select p.product, q.is_loyal, avg((select count(*) from goods g where g.who = q.who and g.product = p.product and g.day > $1::date - 365)::float8 / q.recent) as share from product p cross join person q where q.recent > 0 group by 1, 2)
    select p.product::text as id, (select count(distinct who)::int from goods g join person q using (who) where q.is_loyal and g.product = p.product) as loyal, (select count(distinct who)::int from goods g join person q using (who) where not q.is_loyal and g.product = p.product) as others,
           (select share from mean m where m.product = p.product and is_loyal) as loyal_share, (select share from mean m where m.product = p.product and not is_loyal) as other_share from product p`, [TODAY]);
  expect(spots.length).toBeGreaterThan(20);
  for (const { id, loyal, others, loyal_share: loyalShare, other_share: otherShare } of spots) {
    expect(report.rows.find(({ product_id: product }) => product === id), String(id)).toMatchObject({ loyal_buyers: loyal, other_buyers: others, loyal_share: expect.closeTo(Number(loyalShare), 5), other_share: expect.closeTo(Number(otherShare), 5) });
  }
});
