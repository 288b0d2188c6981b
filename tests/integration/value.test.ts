// Lifetime value equals plain SQL over the orders, and what was paid back a count by hand, over random histories and costs.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rebuildShop } from "../../app/capabilities/analytics/analytics.server.ts";
import { followCustomers, importCosts, listCosts, previewCosts, readValue, saveCosts } from "../../app/capabilities/cohorts/cohorts.server.ts";
import type { Cost, Trait } from "../../app/capabilities/cohorts/model.ts";
import type { Shop } from "../../app/capabilities/shops/model.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import { db } from "../../app/platform/db.server.ts";
import { acquisitionCostsReport, ltvReport } from "../../app/routes/app.reports.$report/value-reports.ts";
import { sendReport } from "../../app/routes/app.reports.$report/send-report.server.ts";
import { addDays, addMonths, countDays, monthOf, parseDay, parseMonth, type Day, type Month } from "../../app/values/day.ts";
import { parseId, type ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";

const shopId = parseId<ShopId>(7n);
const START = parseDay("2024-11-28");
const TODAY = parseDay("2026-03-02"); // January's thirtieth day is over by one of two conventions
const DAYS = countDays({ from: START, to: TODAY });
const MONTHS = Array.from({ length: 17 }, (_, at) => addMonths(monthOf(START), at));

let shop: Shop;
let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
  await db().shop.create({ data: { id: shopId, domain: "value.myshopify.com", name: "Value", currency: "USD", timeZone: "Asia/Tokyo", planName: "Basic", scopes: "", installedAt: new Date("2024-01-01") } });
  await db().product.create({ data: { shopId, id: 1, title: "Tea", productType: "", vendor: "", status: "ACTIVE", tags: [], createdAt: new Date(), updatedAt: new Date() } });
  await db().variant.createMany({ data: [{ shopId, productId: 1, id: 11, title: "", priceMinor: 1_000, unitCostMinor: 310 }, { shopId, productId: 1, id: 12, title: "", priceMinor: 1_000, unitCostMinor: null }] });
  shop = await readShop(shopId);
});
afterAll(() => close());

/** buyer 0: a guest; variant 12 has no cost */
type Fate = { buyer: number; day: number; hour: number; revenueMinor: number; counts: boolean; variant: number; channel: string };
const fate: fc.Arbitrary<Fate> = fc.record({
  buyer: fc.nat(12), day: fc.oneof(fc.nat(DAYS - 1), fc.constantFrom(33, 63, 64, 124, DAYS - 32, DAYS - 31, DAYS - 1)), hour: fc.nat(23), revenueMinor: fc.integer({ min: 0, max: 9_999 }), counts: fc.integer({ min: 0, max: 5 }).map((roll) => roll > 0),
  variant: fc.integer({ min: 0, max: 12 }).map((roll) => (roll === 0 ? 12 : 11)), channel: fc.constantFrom("web", "pos"),
});
const dayOf = (order: Fate): Day => addDays(START, order.day);

async function keep(orders: Fate[]): Promise<void> {
  await db().order.deleteMany({ where: { shopId } });
  await db().orderLine.deleteMany({ where: { shopId } });
  await db().order.createMany({ data: orders.map((order, at) => {
    const placedAt = new Date(`${dayOf(order)}T${String(order.hour).padStart(2, "0")}:00:00+09:00`);
    return {
      shopId, id: BigInt(at + 1), name: "#", customerId: order.buyer === 0 ? null : BigInt(order.buyer), buyerId: BigInt(order.buyer === 0 ? -at - 1 : order.buyer), placedAt, updatedAt: placedAt, isTest: false, financialStatus: "PAID", isCounted: order.counts, currency: "USD", hasTaxIncluded: true,
      totalMinor: order.revenueMinor, revenueMinor: order.revenueMinor, discountMinor: 0, refundedMinor: 0, discountCodes: [], sourceName: order.channel, countryCode: "JP",
    };
  }) });
  await db().orderLine.createMany({ data: orders.map((order, at) => ({ shopId, orderId: BigInt(at + 1), id: 1n, productId: 1n, variantId: BigInt(order.variant), title: "", quantity: 2, currentQuantity: 2, totalMinor: order.revenueMinor, taxMinor: 0 })) });
  await rebuildShop(shopId);
  await followCustomers(shopId, null);
}

const pad = (value: number | null) => (value === null ? "" : value.toFixed(2));

/** Straight from the orders. */
async function ltvBySql(channel: string | null): Promise<string[]> {
  const rows = await db().$queryRaw<{ cohort: string; day: number; size: number; revenue: number | null; margin: number | null }[]>`
    with bought as (
      select o.id, o.customer_id, (o.placed_at at time zone 'Asia/Tokyo')::date as day, o.revenue_minor, o.source_name, (select sum(l.total_minor - 310 * l.current_quantity) filter (where l.variant_id = 11) from order_line l where l.shop_id = o.shop_id and l.order_id = o.id) as margin_minor,
             row_number() over (partition by o.customer_id order by o.placed_at, o.id) as place
        from orders o where o.shop_id = ${shopId}::bigint and o.is_counted and o.customer_id is not null),
    firsts as (select customer_id, day as first_on, date_trunc('month', day)::date as cohort from bought where place = 1 and (${channel}::text is null or source_name = ${channel})),
    sizes as (select cohort, count(*)::int as size, least((cohort + interval '1 month')::date - 1, ${TODAY}::date) as youngest from firsts group by 1)
    select to_char(s.cohort, 'YYYY-MM') as cohort, d.day, s.size,
           case when s.youngest + d.day < ${TODAY}::date then (sum(b.revenue_minor) filter (where b.day - f.first_on <= d.day) / s.size)::float8 end as revenue,
           case when s.youngest + d.day < ${TODAY}::date and bool_and(b.margin_minor is not null) filter (where b.day - f.first_on <= d.day) then (sum(b.margin_minor) filter (where b.day - f.first_on <= d.day) / s.size)::float8 end as margin
      from sizes s join firsts f on f.cohort = s.cohort join bought b on b.customer_id = f.customer_id cross join unnest(array[30, 60, 90, 180, 365]) as d(day)
     group by s.cohort, s.size, s.youngest, d.day order by 1, 2`;
  return rows.map(({ cohort, day, size, revenue, margin }) => [cohort, day, size, ...[revenue, margin].map((minor) => pad(minor === null ? null : Math.round(minor) / 100))].join(","));
}

const ltvReported = async (trait: Trait | null): Promise<string[]> => {
  const text = await sendReport(ltvReport({ trait, blend: null }, await readValue(shop, { trait, today: TODAY }), { today: TODAY, currency: "USD" }), "csv").text();
  return text.trimEnd().split("\n").slice(1);
};

type Person = { first: Fate; orders: Fate[] };
function peopleOf(orders: Fate[]): Person[] {
  const counted = orders.map((order, at) => ({ ...order, at })).filter(({ counts, buyer }) => counts && buyer > 0).sort((one, other) => one.day - other.day || one.hour - other.hour || one.at - other.at);
  return [...Map.groupBy(counted, ({ buyer }) => buyer).values()].flatMap((own) => (own[0] ? [{ first: own[0], orders: own }] : []));
}

/** The first age, over for the whole cohort, at which it had brought its cost: by margin where all of it is known, else by revenue. */
function paidByHand(people: Person[], cohort: Month, costMinor: number): { basis: string; day: number | null } {
  const own = people.filter(({ first }) => monthOf(dayOf(first)) === cohort);
  const reach = countDays({ from: addDays(parseDay(`${addMonths(cohort, 1)}-01`), -1), to: TODAY }) - 2;
  const until = (age: number) => own.flatMap(({ first, orders }) => orders.filter(({ day }) => day - first.day <= age));
  const find = (brought: (orders: Fate[]) => number) => Array.from({ length: reach + 1 }, (_, age) => age).find((age) => until(age).length > 0 && brought(until(age)) >= costMinor) ?? null;
  const byMargin = find((orders) => (orders.every(({ variant }) => variant === 11) ? orders.reduce((sum, { revenueMinor }) => sum + revenueMinor - 620, 0) : -Infinity));
  if (byMargin !== null || until(reach).every(({ variant }) => variant === 11)) return { basis: "margin", day: byMargin };
  return { basis: "revenue", day: find((orders) => orders.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0)) };
}

function profitByHand(people: Person[], cohort: Month, costs: Cost[]): number {
  const own = people.filter(({ first }) => monthOf(dayOf(first)) === cohort);
  const of = (purpose: string, month: Month) => costs.filter((cost) => cost.purpose === purpose && cost.month === month).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const active = (month: Month, among: Person[]) => among.filter(({ orders }) => orders.some((order) => monthOf(dayOf(order)) === month)).length;
  const kept = MONTHS.reduce((sum, month) => sum + (active(month, own) === 0 ? 0 : (of("keep", month) * active(month, own)) / active(month, people)), 0);
  return own.flatMap(({ orders }) => orders).reduce((sum, { revenueMinor }) => sum + revenueMinor, 0) - of("acquire", cohort) - kept;
}

const costArbitrary = fc.uniqueArray(fc.record({ month: fc.constantFrom(...MONTHS), purpose: fc.constantFrom("acquire" as const, "keep" as const), channel: fc.constantFrom("", "web", "Instagram"), amountMinor: fc.nat(20_000) }), { selector: ({ month, purpose, channel }) => `${month} ${purpose} ${channel}`, maxLength: 30 });

describe("lifetime value of a shop", () => {
  test("is what plain SQL over its orders says, and its costs come back when a count by hand says so", async () => {
    await fc.assert(fc.asyncProperty(fc.array(fate, { minLength: 1, maxLength: 60 }), costArbitrary, async (orders, costs) => {
      await keep(orders);
      await db().acquisitionCost.deleteMany({ where: { shopId } });
      await saveCosts(shop, costs);
      expect(await ltvReported(null)).toEqual(await ltvBySql(null));
      expect(await ltvReported({ kind: "channel", value: "web" })).toEqual(await ltvBySql("web"));
      const people = peopleOf(orders);
      const { costs: told } = await readValue(shop, { trait: null, today: TODAY });
      for (const { cohort, acquireMinor, paidBack, profit } of told ?? []) {
        const month = monthOf(cohort);
        const entered = costs.filter((cost) => cost.purpose === "acquire" && cost.month === month && month < monthOf(TODAY));
        if (entered.length === 0) {
          expect([acquireMinor, paidBack, profit.revenue]).toEqual([null, null, null]);
          continue;
        }
        expect(acquireMinor).toBe(entered.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
        expect(paidBack, `${month} ${acquireMinor}`).toEqual(paidByHand(people, month, acquireMinor ?? 0));
        expect(Math.abs((profit.revenue ?? NaN) - profitByHand(people, month, costs))).toBeLessThanOrEqual(0.5);
      }
    }), { numRuns: 30, seed: 20_261_127 });
  });

  test("of a channel counts what was spent on it alone, and pays back by the milestones", async () => {
    const order: Fate = { buyer: 1, day: 5, hour: 1, revenueMinor: 5_000, counts: true, variant: 11, channel: "web" };
    await keep([order, { ...order, buyer: 2, channel: "pos", revenueMinor: 8_000 }, { ...order, day: 50, revenueMinor: 4_000 }]); // on 2024-12-03, the third 45 days later
    await db().acquisitionCost.deleteMany({ where: { shopId } });
    const december = parseMonth("2024-12");
    await saveCosts(shop, [{ month: december, purpose: "acquire", channel: "web", amountMinor: 7_000 }, { month: december, purpose: "acquire", channel: "", amountMinor: 900 }, { month: december, purpose: "keep", channel: "web", amountMinor: 300 }, { month: december, purpose: "keep", channel: "pos", amountMinor: 70 }, { month: december, purpose: "keep", channel: "E-mail", amountMinor: 100 }]);
    const cost = async (trait: Trait | null) => (await readValue(shop, { trait, today: TODAY })).costs?.[0];
    // web: margin 4,380 by day 30 and 7,760 by day 60; it keeps its own 300, and half of the 100 that belong to no sales channel
    expect(await cost({ kind: "channel", value: "web" })).toEqual({ cohort: "2024-12-01", acquireMinor: 7_000, perCustomerMinor: 7_000, paidBack: { basis: "margin", day: 60 }, keepMinor: 350, keepMissing: 1, profit: { revenue: 9_000 - 7_350, margin: 7_760 - 7_350 } });
    expect(await cost(null)).toMatchObject({ acquireMinor: 7_900, perCustomerMinor: 3_950, paidBack: { basis: "margin", day: 0 }, keepMinor: 470 });
    expect(await cost({ kind: "channel", value: "pos" })).toMatchObject({ acquireMinor: null, perCustomerMinor: null, paidBack: null, keepMinor: 120, keepMissing: 0, profit: { revenue: null, margin: null } });
    expect((await readValue(shop, { trait: { kind: "product", value: "1" }, today: TODAY })).costs).toBeNull();
  });
});

test("a file is taken once however often it comes, and our own file changes nothing", async () => {
  await db().acquisitionCost.deleteMany({ where: { shopId } });
  const text = "month,channel,cost,purpose\n2026-01,web,12.50,\n2026-01,=SUM(1),7,keep\n2026-02,,100,";
  expect(await previewCosts(shop, text)).toEqual({ ok: true, preview: { lines: 3, added: 3, changed: 0, unchanged: 0, totalMinor: 11_950, months: { from: "2026-01", to: "2026-02" }, otherChannels: ["=SUM(1)"] } });
  expect(await listCosts(shop)).toEqual([]);
  await importCosts(shop, text);
  const kept = await listCosts(shop);
  expect(kept).toHaveLength(3);
  const again = await sendReport(acquisitionCostsReport(kept, { today: TODAY, currency: "USD" }), "csv").text();
  for (const file of [text, again]) {
    expect(await importCosts(shop, file)).toMatchObject({ ok: true, preview: { added: 0, changed: 0, unchanged: 3 } });
    expect(await listCosts(shop)).toEqual(kept);
  }
  expect(await importCosts(shop, "month,channel,cost\n2026-01,WEB,13\n2026-13,web,1")).toMatchObject({ ok: false, lineCount: 1 }); // nothing, not half
  expect(await listCosts(shop)).toEqual(kept);
  expect(await importCosts(shop, "month,channel,cost\n2026-01,WEB,13")).toMatchObject({ ok: true, preview: { changed: 1, otherChannels: [] } });
  expect(await listCosts(shop)).toEqual(kept.map((cost) => (cost.channel === "web" ? { ...cost, amountMinor: 1_300 } : cost)));
});
