// Goals, usual bands, alerts and comparisons over a real database: figures equal plain SQL, days go by, and nothing is said twice.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readOverview, rebuildShop } from "../../app/capabilities/analytics/analytics.server.ts";
import type { Comparison } from "../../app/capabilities/analytics/model.ts";
import { followCustomers } from "../../app/capabilities/cohorts/cohorts.server.ts";
import { measureCustomers } from "../../app/capabilities/profiles/profiles.server.ts";
import type { Shop } from "../../app/capabilities/shops/model.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import { ANNOTATIONS_MAX, type MeasureName } from "../../app/capabilities/targets/model.ts";
import { deleteAnnotation, dismissAlert, endGoal, eraseShop, listAnnotations, listGoals, lookAtShop, readBands, readHome, readTargetsPage, readTracks, saveAnnotation, setGoal } from "../../app/capabilities/targets/targets.server.ts";
import { db, inTransaction, Prisma } from "../../app/platform/db.server.ts";
import { addDays, addMonths, firstDayOf, lastDayOf, parseDay, parseMonth, type Day, type DayRange } from "../../app/values/day.ts";
import { parseId, type ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";

const shopId = parseId<ShopId>(1n);
let shop: Shop;
let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
  await db().shop.create({ data: { id: shopId, domain: "targets.myshopify.com", name: "Targets", currency: "USD", timeZone: "Asia/Tokyo", planName: "Basic", scopes: "read_all_orders", installedAt: new Date("2024-01-01") } });
  for (const noun of ["products", "customers", "orders"]) await db().backfillPart.create({ data: { shopId, noun, state: "done", startedAt: new Date("2024-01-01"), finishedAt: new Date("2024-01-01") } });
  shop = await readShop(shopId);
});
afterAll(() => close());
beforeEach(() => inTransaction((tx) => eraseShop(tx, shopId)));

/** customer 0: a guest */
type Order = { customer: number; day: Day; revenueMinor: number };
const TODAY = parseDay("2026-11-20");
const START = parseMonth("2024-01");

/** The same shop whenever the test runs: a generator of its own. */
function drawn(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

async function fill(orders: readonly Order[]): Promise<void> {
  await db().order.deleteMany({ where: { shopId } });
  await db().customer.deleteMany({ where: { shopId } });
  const ids = [...new Set(orders.map(({ customer }) => customer))].filter((id) => id > 0);
  await db().customer.createMany({ data: ids.map((id) => ({ shopId, id, tags: [], createdAt: new Date(), updatedAt: new Date() })) });
  await db().order.createMany({ data: orders.map(({ customer, day, revenueMinor }, at) => {
    const placedAt = new Date(`${day}T12:00:00+09:00`);
    return { shopId, id: at + 1, name: "#", customerId: customer === 0 ? null : customer, buyerId: customer === 0 ? -(at + 1) : customer, placedAt, updatedAt: placedAt, isTest: false, financialStatus: "PAID", isCounted: true, currency: "USD", totalMinor: revenueMinor, revenueMinor, discountMinor: 0, refundedMinor: 0 };
  }) });
  await rebuildShop(shopId);
  await followCustomers(shopId, null);
  await measureCustomers(shopId, { today: TODAY, rebuiltAt: new Date() });
}

/** A tea shop, steady after its first year: most customers come back within weeks. */
function teaOrders(until: Day): Order[] {
  const draw = drawn(11);
  const orders: Order[] = [];
  for (let customer = 1; customer <= 900; customer += 1) {
    for (let day = addDays(firstDayOf(START), draw(1_050)), visits = 1 + draw(12); day <= until && visits > 0; visits -= 1) {
      orders.push({ customer, day, revenueMinor: 2_000 + draw(3_000) });
      day = addDays(day, 10 + draw(50));
    }
  }
  for (let at = 0; at < 200; at += 1) orders.push({ customer: 0, day: addDays(firstDayOf(START), draw(1_000)), revenueMinor: 1_000 + draw(2_000) });
  return orders.filter(({ day }) => day <= until);
}

/** Straight from the orders, without any of the app's sums. */
async function bySql({ from, to }: DayRange, before: DayRange | null) {
  const inside = (range: DayRange) => Prisma.sql`shop_id = 1 and is_counted and (placed_at at time zone 'Asia/Tokyo')::date between ${range.from}::date and ${range.to}::date`;
  const [row] = await db().$queryRaw<{ customers: number; repeaters: number; orders: number; revenue: number; previous: number; retained: number }[]>`
    with here as (select * from orders where ${inside({ from, to })}), people as (select customer_id, count(*) as n from here where customer_id is not null group by 1),
    earlier as (select distinct customer_id from orders where ${inside(before ?? { from, to })} and customer_id is not null)
    select (select count(*) from people)::int as customers, (select count(*) from people where n > 1)::int as repeaters, (select count(*) from here)::int as orders, (select coalesce(sum(revenue_minor), 0) from here)::float8 as revenue,
           (select count(*) from earlier)::int as previous, (select count(*) from earlier join people using (customer_id))::int as retained`;
  if (!row) throw new Error("no row");
  return row;
}

describe("a range is compared", () => {
  beforeAll(() => fill(teaOrders(TODAY)));
  const march: DayRange = { from: parseDay("2026-03-01"), to: parseDay("2026-03-31") };
  const own: DayRange = { from: parseDay("2025-05-10"), to: parseDay("2025-07-03") };
  test.each<[string, Comparison, DayRange, DayRange]>([
    ["the period before", "previous", { from: parseDay("2026-02-01"), to: parseDay("2026-02-28") }, { from: parseDay("2026-01-01"), to: parseDay("2026-01-31") }],
    ["a year earlier", "last_year", { from: parseDay("2025-03-01"), to: parseDay("2025-03-31") }, { from: parseDay("2025-02-01"), to: parseDay("2025-02-28") }],
    ["days of one's own", own, own, { from: parseDay("2025-03-16"), to: parseDay("2025-05-09") }],
  ])("with %s, and both sides are what the orders say", async (_name, comparison, other, beforeOther) => {
    const overview = await readOverview(shop, { range: march, comparison }, TODAY);
    const [here, there] = [await bySql(march, { from: parseDay("2026-02-01"), to: parseDay("2026-02-28") }), await bySql(other, beforeOther)];
    const kpi = (name: string) => overview.kpis.find((one) => one.name === name);
    expect(overview.comparedWith).toEqual(other);
    expect([kpi("customers")?.value, kpi("customers")?.previousValue]).toEqual([here.customers, there.customers]);
    expect([kpi("repeat_purchase_rate")?.previousNumerator, kpi("repeat_purchase_rate")?.previousDenominator]).toEqual([there.repeaters, there.customers]);
    expect(kpi("average_order_value")?.previousValue).toBeCloseTo(there.revenue / there.orders, 9);
    expect(kpi("average_order_value")?.change).toBeCloseTo(here.revenue / here.orders / (there.revenue / there.orders) - 1, 9);
    expect([kpi("repurchase_retention")?.numerator, kpi("repurchase_retention")?.denominator]).toEqual([here.retained, here.previous]); // its own period before, whatever it is compared with
    expect([kpi("repurchase_retention")?.previousNumerator, kpi("repurchase_retention")?.previousDenominator]).toEqual([there.retained, there.previous]);
    expect(overview.retentionPeriod).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  });

  test("with the first days there are, and retention, whose buyers before are not known, is not", async () => {
    const { firstOrderOn } = await readOverview(shop, { range: march }, TODAY);
    const first = { from: firstOrderOn ?? TODAY, to: addDays(firstOrderOn ?? TODAY, 30) };
    const kpis = new Map((await readOverview(shop, { range: march, comparison: first }, TODAY)).kpis.map((kpi) => [kpi.name, kpi]));
    expect(kpis.get("customers")?.previousValue).toBe((await bySql(first, null)).customers);
    expect(kpis.get("repurchase_retention")).toMatchObject({ previousValue: null, previousDenominator: null, change: null });
  });

  test("with nothing, or over all time, there is no change", async () => {
    for (const wish of [{ range: march, comparison: "none" }, { preset: "all_time", comparison: "last_year" }] as const) {
      const overview = await readOverview(shop, wish, TODAY);
      expect(overview.comparedWith).toBeNull();
      expect(overview.kpis.every(({ change, previousValue }) => change === null && previousValue === null)).toBe(true);
    }
  });
});

/** After the night of that day. */
const look = (today: Day): Promise<boolean> => lookAtShop({ ...shop, lastNightOn: today }, today);

const ID = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`;
const goal = (at: number, measure: MeasureName, target: number, dueOn = "2027-03-31") => ({ id: ID(at), measure, target, dueOn: parseDay(dueOn) });

describe("goals of a tea shop", () => {
  beforeAll(() => fill(teaOrders(TODAY)));

  test("suggestions are levels the shop has stood at, and every figure is what the orders say", async () => {
    const page = await readTargetsPage(shop, TODAY);
    const found = new Map(page.suggestions.map((one) => [one.measure.name, one]));
    const months = Array.from({ length: 12 }, (_, at) => addMonths(parseMonth("2025-11"), at));
    const customers = (await Promise.all(months.map((month) => bySql({ from: firstDayOf(month), to: lastDayOf(month) }, null)))).map((one) => one.customers).toSorted((a, b) => a - b);
    const yesterday = await bySql({ from: parseDay("2026-10-20"), to: parseDay("2026-11-19") }, null);
    expect(found.get("customers")).toMatchObject({ current: yesterday.customers, target: yesterday.customers < (customers[8] ?? 0) ? customers[8] : Math.max(customers[11] ?? 0, yesterday.customers) });
    expect(page.cycle?.windowMonths).not.toBeNull();
    expect(found.get("repurchase_retention")?.reason).toMatchObject({ of: 12 });
  });

  test("one is set once, another of its figure takes its place, and the track follows the line", async () => {
    const start = (await readTargetsPage(shop, TODAY)).suggestions.find(({ measure }) => measure.name === "repeat_purchase_rate")?.current;
    expect(await setGoal(shop, goal(1, "repeat_purchase_rate", 0.9), TODAY)).toEqual({ ok: true });
    expect(await setGoal(shop, goal(1, "repeat_purchase_rate", 0.9), TODAY)).toEqual({ ok: true });
    expect(await listGoals(shopId)).toMatchObject([{ startValue: start, target: 0.9, state: "open", setOn: TODAY }]);
    const [first] = await readTracks(shopId, TODAY);
    expect(first).toMatchObject({ value: start, lineValue: start, standing: "level", asOf: addDays(TODAY, -1) });
    expect(await setGoal(shop, goal(2, "repeat_purchase_rate", 0.95), TODAY)).toEqual({ ok: true });
    expect((await listGoals(shopId)).map(({ state, target }) => [state, target]).toSorted()).toEqual([["changed", 0.9], ["open", 0.95]]);
    await endGoal(shopId, ID(2), TODAY);
    await endGoal(shopId, ID(2), TODAY);
    expect((await listGoals(shopId)).map(({ state }) => state).toSorted()).toEqual(["changed", "ended"]);
  });

  test("what cannot be a goal is refused by its field", async () => {
    expect(await setGoal(shop, goal(1, "repeat_purchase_rate", 1.2), TODAY)).toMatchObject({ ok: false, field: "target", reason: "out_of_range" });
    expect(await setGoal(shop, goal(1, "customers", 12.5), TODAY)).toMatchObject({ ok: false, field: "target" });
    expect(await setGoal(shop, goal(1, "customers", 100, TODAY), TODAY)).toMatchObject({ ok: false, field: "dueOn", reason: "not_ahead" });
    expect(await setGoal(shop, goal(1, "customers", 100, "2032-01-01"), TODAY)).toMatchObject({ ok: false, field: "dueOn", reason: "too_far" });
    expect(await listGoals(shopId)).toEqual([]);
  });

  test("once its day has passed a look says whether it was reached, with the figure of that day", async () => {
    const due = parseDay("2026-09-30");
    const setOn = parseDay("2026-07-15");
    await setGoal(shop, goal(1, "customers", 1, due), setOn);
    await setGoal(shop, goal(2, "average_order_value", 1_000_000, due), setOn);
    expect(await look(due)).toBe(true); // its last day is not over
    expect((await listGoals(shopId)).every(({ state }) => state === "open")).toBe(true);
    expect((await readTracks(shopId, addDays(due, 1))).map(({ asOf, standing }) => [asOf, standing]).toSorted()).toEqual([[due, "missed"], [due, "reached"]]);
    expect(await look(addDays(due, 1))).toBe(true);
    const september = await bySql({ from: parseDay("2026-09-01"), to: due }, null);
    expect(await listGoals(shopId)).toEqual(expect.arrayContaining([
      expect.objectContaining({ name: "customers", state: "reached", endedOn: due, endValue: september.customers }),
      expect.objectContaining({ name: "average_order_value", state: "missed", endedOn: due }),
    ]));
  });
});

describe("a shop that sells sofas", () => {
  /** Forty new customers a month; one in five comes back, after more than a year. */
  const sofas = (): Order[] => {
    const draw = drawn(5);
    return Array.from({ length: 35 }, (_, at) => addMonths(START, at)).flatMap((month, at) => Array.from({ length: 40 }, (_, index) => at * 40 + index + 1).flatMap((customer) => {
      const first = addDays(firstDayOf(month), draw(28));
      return [{ customer, day: first, revenueMinor: 90_000 }, ...(draw(5) === 0 ? [{ customer, day: addDays(first, 380 + draw(90)), revenueMinor: 30_000 }] : [])];
    })).filter(({ day }) => day < TODAY);
  };
  beforeAll(() => fill(sofas()));

  test("is told that monthly retention says nothing, and is offered its own cycle", async () => {
    const { suggestions, cycle } = await readTargetsPage(shop, TODAY);
    const found = new Map(suggestions.map((one) => [one.measure.name, one]));
    expect(cycle).toMatchObject({ windowMonths: null });
    for (const name of ["repurchase_retention", "repeat_purchase_rate"] as const) expect(found.get(name)).toMatchObject({ current: null, target: null, reason: { code: "cycle_too_long" } });
    const within = found.get("cycle_repeat_rate");
    expect(within?.measure.windowMonths).toBeGreaterThanOrEqual(13);
    const months = within?.measure.windowMonths ?? 0;
    const newest = addMonths(parseMonth("2026-10"), -months);
    const [byHand] = await db().$queryRaw<{ back: number; size: number }[]>`
      with mine as (select customer_id, date_trunc('month', placed_at at time zone 'Asia/Tokyo') as month from orders where shop_id = 1), began as (select customer_id, min(month) as month from mine group by 1)
      select count(*) filter (where exists (select 1 from mine m where m.customer_id = b.customer_id and m.month > b.month and m.month <= b.month + ${months}::int * interval '1 month'))::int as back, count(*)::int as size
        from began b where b.month between ${firstDayOf(addMonths(newest, -11))}::date and ${firstDayOf(newest)}::date`;
    expect(within?.current).toBeCloseTo((byHand?.back ?? 0) / (byHand?.size ?? 1), 12);
    expect(await setGoal(shop, goal(1, "repurchase_retention", 0.3), TODAY)).toMatchObject({ ok: false, field: "measure", reason: "not_judged" });
    expect(await setGoal(shop, goal(2, "cycle_repeat_rate", 0.2), TODAY)).toEqual({ ok: true });
    expect(await readTracks(shopId, TODAY)).toMatchObject([{ goal: { name: "cycle_repeat_rate", windowMonths: months }, value: within?.current }]);
  });
});

describe("alerts", () => {
  const END = parseDay("2026-10-31");
  /** In October three of four customers stay away. */
  const slump = (): Order[] => teaOrders(END).filter(({ customer, day }) => day < "2026-10-01" || customer % 4 === 0);
  beforeAll(() => fill(slump()));
  const alerts = () => db().kpiAlert.findMany({ where: { shopId }, orderBy: { raisedOn: "asc" } });

  test("bands are made of what the orders say, and end with the month that is over", async () => {
    const [customers] = await readBands(shopId, parseDay("2026-11-01"));
    const point = customers?.points.find(({ month }) => month === "2026-10");
    const october = await bySql({ from: parseDay("2026-10-01"), to: END }, null);
    expect(point).toMatchObject({ isComplete: true, value: october.customers, side: "below" });
    expect(customers?.points.at(-1)).toMatchObject({ month: "2026-11", isComplete: false, band: null });
  });

  test("one is raised when the month is over, names all its figures, and is not raised again", async () => {
    expect(await look(END)).toBe(true);
    expect(await alerts()).toEqual([]); // October still runs
    for (let day = parseDay("2026-11-01"); day <= "2026-11-25"; day = addDays(day, 1)) {
      expect(await look(day)).toBe(true);
      expect(await look(day)).toBe(false); // the same day again
    }
    const raised = await alerts();
    expect(raised).toHaveLength(1);
    expect(raised[0]?.findings).toEqual(expect.arrayContaining([expect.objectContaining({ name: "customers", side: "below", since: "2026-10" })]));
    const home = await readHome(shopId, parseDay("2026-11-05"));
    expect(home.alert).toMatchObject({ raisedOn: "2026-11-01", month: "2026-10" });
    await dismissAlert(shopId, parseDay("2026-11-01"));
    expect((await readHome(shopId, parseDay("2026-11-05"))).alert).toBeNull();
  });

  test("several looks at once, and looks after a clock went back, leave one a week", async () => {
    const days = ["2026-11-01", "2026-11-01", "2026-11-02", "2026-11-01"].map(parseDay);
    await Promise.all(days.map((day) => look(day)));
    expect(await alerts()).toHaveLength(1);
  });

  test("none is raised before the night has compared everything with Shopify, nor while news waits", async () => {
    const day = parseDay("2026-11-01");
    expect(await lookAtShop({ ...shop, lastNightOn: END }, day)).toBe(false);
    const hourAgo = new Date(Date.now() - 3_600_000);
    await db().delivery.create({ data: { shopId, webhookId: "late", topic: "orders/create", payload: "{}", triggeredAt: hourAgo, receivedAt: hourAgo } });
    expect(await look(day)).toBe(false);
    await db().delivery.deleteMany({ where: { shopId } });
    expect(await look(day)).toBe(true);
    expect(await alerts()).toHaveLength(1);
  });

  test("one whose month has come right since is not shown", async () => {
    await look(parseDay("2026-11-01"));
    expect((await readHome(shopId, parseDay("2026-11-05"))).alert).not.toBeNull();
    await fill(teaOrders(END)); // the orders that were missing have come
    expect((await readHome(shopId, parseDay("2026-11-05"))).alert).toBeNull();
    await fill(slump());
  });

  test("none is raised while history is read", async () => {
    await db().backfillPart.updateMany({ where: { shopId, noun: "orders" }, data: { state: "reading", finishedAt: null } });
    expect(await look(parseDay("2026-11-01"))).toBe(false);
    expect(await alerts()).toEqual([]);
    await db().backfillPart.updateMany({ where: { shopId, noun: "orders" }, data: { state: "done", finishedAt: new Date("2024-01-01") } });
    expect(await look(parseDay("2026-11-01"))).toBe(true);
    expect(await alerts()).toHaveLength(1);
  });
});

describe("notes", () => {
  const note = (at: number, text: string) => ({ id: ID(at), from: parseDay("2026-03-01"), to: parseDay("2026-03-07"), kind: "campaign" as const, text });

  test("are said once, changed and taken off", async () => {
    await saveAnnotation(shopId, note(1, "Sale"));
    await saveAnnotation(shopId, note(1, "Sale"));
    expect(await listAnnotations(shopId)).toEqual([note(1, "Sale")]);
    await saveAnnotation(shopId, { ...note(1, "Spring sale"), kind: "holiday" });
    expect(await listAnnotations(shopId)).toEqual([{ ...note(1, "Spring sale"), kind: "holiday" }]);
    await deleteAnnotation(shopId, ID(1));
    await deleteAnnotation(shopId, ID(1));
    expect(await listAnnotations(shopId)).toEqual([]);
  });

  test("are at most five hundred; the ones there may still be changed", async () => {
    await db().annotation.createMany({ data: Array.from({ length: ANNOTATIONS_MAX }, (_, at) => ({ shopId, id: ID(at + 1), fromDay: new Date("2026-03-01"), toDay: new Date("2026-03-01"), kind: "other", text: "x", writtenAt: new Date() })) });
    expect(await saveAnnotation(shopId, note(ANNOTATIONS_MAX + 1, "one more"))).toBe(false);
    expect(await saveAnnotation(shopId, note(7, "changed"))).toBe(true);
  });

  test("and goals, alerts and locks go with their shop", async () => {
    await saveAnnotation(shopId, note(1, "Sale"));
    await look(TODAY);
    await inTransaction((tx) => eraseShop(tx, shopId));
    const rows = await Promise.all([db().annotation.count(), db().kpiGoal.count(), db().kpiAlert.count(), db().kpiWatch.count()]);
    expect(rows).toEqual([0, 0, 0, 0]);
  });
});

