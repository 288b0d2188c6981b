// The sums of cohorts equal a count by hand over random histories, at every grain and for every trait, whatever comes, changes, moves or goes.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noteChangedBuyers, rebuildShop, refreshShop } from "../../app/capabilities/analytics/analytics.server.ts";
import { compareWithOrders, erasePerson, followCustomers, listShopsToCompare, nameTraits, listTraitChoices, readCohorts } from "../../app/capabilities/cohorts/cohorts.server.ts";
import { ANY_CODE, GRAINS, type CohortTable, type Grain, type Selection } from "../../app/capabilities/cohorts/model.ts";
import { saveCollection, saveCollectionList } from "../../app/capabilities/orders/orders.server.ts";
import { db, inTransaction } from "../../app/platform/db.server.ts";
import { addDays, countDays, parseDay, type Day } from "../../app/values/day.ts";
import { parseId, type BuyerId, type CustomerId, type ProductId, type ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";

const shopId = parseId<ShopId>(1n);
const START = parseDay("2025-06-25");
const TODAY = parseDay("2026-03-20");
const DAYS = countDays({ from: START, to: TODAY });
const PRODUCTS = [{ id: 10, type: "Tea", costMinor: 100 }, { id: 20, type: "Tea", costMinor: 200 }, { id: 30, type: "", costMinor: null }];

/** Collections as they are; a test may change them. */
const COLLECTIONS = new Map([[500, [10, 30]], [501, [20, 30]], [502, []]]);
const collectionsOf = (products: readonly number[]) => [...COLLECTIONS].flatMap(([id, members]) => (members.some((product) => products.includes(product)) ? [String(id)] : []));
const saveCollections = () => inTransaction(async (tx) => {
  for (const [id, products] of COLLECTIONS) await saveCollection(tx, shopId, { id: BigInt(id), productIds: products.map((product) => parseId<ProductId>(BigInt(product))), readAt: new Date() });
});

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
  await db().shop.create({ data: { id: shopId, domain: "cohorts.myshopify.com", name: "Cohorts", currency: "USD", timeZone: "Asia/Tokyo", planName: "Basic", scopes: "", installedAt: new Date("2026-01-01") } });
  for (const { id, type, costMinor } of PRODUCTS) {
    await db().product.create({ data: { shopId, id, title: `Product ${id}`, productType: type, vendor: "", status: "ACTIVE", tags: [], createdAt: new Date(), updatedAt: new Date() } });
    await db().variant.create({ data: { shopId, productId: id, id: id + 1, title: "", priceMinor: 1_000, unitCostMinor: costMinor } });
  }
  await saveCollections();
  for (let id = 1; id <= 8; id += 1) await db().customer.create({ data: { shopId, id, tags: id % 2 === 0 ? ["even"] : [], createdAt: new Date(), updatedAt: new Date() } });
});
afterAll(() => close());

/** buyer 0: a guest */
type Fate = { id: number; buyer: number; day: number; hour: number; revenueMinor: number; counts: boolean; products: number[]; code: string | null; channel: string; country: string | null };
const fate: fc.Arbitrary<Fate> = fc.record({
  id: fc.integer({ min: 1, max: 50 }), buyer: fc.integer({ min: 0, max: 8 }), day: fc.nat(DAYS - 1), hour: fc.nat(23), revenueMinor: fc.integer({ min: 0, max: 9_999 }), counts: fc.boolean(),
  products: fc.uniqueArray(fc.constantFrom(10, 20, 30), { minLength: 1, maxLength: 2 }), code: fc.constantFrom(null, "save5", "SAVE5", "TEN"), channel: fc.constantFrom("web", "pos"), country: fc.constantFrom(null, "JP", "US"),
});
const dayOf = (order: Fate): Day => addDays(START, order.day);
const buyerIdOf = (order: Fate): BuyerId => parseId(BigInt(order.buyer === 0 ? -order.id : order.buyer));
const costOf = (id: number) => PRODUCTS.find((product) => product.id === id)?.costMinor ?? null;
const LINE = { quantity: 2, currentQuantity: 1, totalMinor: 2_200, taxMinor: 200 };

async function apply(batch: Fate[]): Promise<void> {
  await inTransaction(async (tx) => {
    for (const order of batch) {
      const id = BigInt(order.id);
      const before = await tx.order.findUnique({ where: { shopId_id: { shopId, id } } });
      const placedAt = new Date(`${dayOf(order)}T${String(order.hour).padStart(2, "0")}:00:00+09:00`);
      const row = {
        name: "#", customerId: order.buyer === 0 ? null : BigInt(order.buyer), buyerId: buyerIdOf(order), placedAt, updatedAt: placedAt, isTest: false, financialStatus: "PAID", isCounted: order.counts, currency: "USD", hasTaxIncluded: true,
        totalMinor: order.revenueMinor, revenueMinor: order.revenueMinor, discountMinor: 0, refundedMinor: 0, discountCodes: order.code === null ? [] : [order.code], sourceName: order.channel, countryCode: order.country,
      };
      await tx.order.upsert({ where: { shopId_id: { shopId, id } }, create: { shopId, id, ...row }, update: row });
      await tx.orderLine.deleteMany({ where: { shopId, orderId: id } });
      await tx.orderLine.createMany({ data: order.products.map((product, at) => ({ shopId, orderId: id, id: at, productId: product, variantId: product + 1, title: "", ...LINE })) });
      await noteChangedBuyers(tx, shopId, [buyerIdOf(order), ...(before ? [parseId<BuyerId>(before.buyerId)] : [])]);
    }
  });
  await refreshShop(shopId);
  await followCustomers(shopId, null);
}

async function forget(): Promise<void> {
  await db().order.deleteMany({ where: { shopId } });
  await db().orderLine.deleteMany({ where: { shopId } });
  await rebuildShop(shopId);
  await followCustomers(shopId, null);
}

type Person = { orders: Fate[]; traits: Map<string, string[]> };

/** Customers with their counted orders in order, and what the first of them says, by hand. */
function peopleOf(batches: Fate[][]): Person[] {
  const last = new Map(batches.flat().map((order) => [order.id, order]));
  const standing = [...last.values()].filter((order) => order.counts && order.buyer > 0).sort((a, b) => a.day - b.day || a.hour - b.hour || a.id - b.id);
  return [...Map.groupBy(standing, ({ buyer }) => buyer)].map(([buyer, orders]) => {
    const [first] = orders;
    if (!first) throw new Error("nobody");
    return { orders, traits: new Map([
      ["product", first.products.map(String)], ["type", [...new Set(first.products.map((id) => PRODUCTS.find((product) => product.id === id)?.type ?? "").filter((type) => type !== ""))]],
      ["collection", collectionsOf(first.products)], ["code", first.code === null ? [""] : [first.code.toUpperCase(), ANY_CODE]], ["channel", [first.channel]], ["country", [first.country ?? ""]], ["tag", buyer % 2 === 0 ? ["even"] : []],
    ]) };
  });
}

/** The first day of a day's period, by the calendar's own words. */
function startByHand(grain: Grain, day: Day): Day {
  const date = new Date(`${day}T00:00:00Z`);
  if (grain === "week") while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1);
  else date.setUTCDate(1);
  if (grain === "quarter") while (date.getUTCMonth() % 3 !== 0) date.setUTCMonth(date.getUTCMonth() - 1);
  if (grain === "year") date.setUTCMonth(0);
  return parseDay(date.toISOString().slice(0, 10));
}

const marginOf = (order: Fate) => (order.products.every((id) => costOf(id) !== null) ? order.products.reduce((sum, id) => sum + Math.floor(((LINE.totalMinor - LINE.taxMinor) * LINE.currentQuantity) / LINE.quantity) - (costOf(id) ?? 0) * LINE.currentQuantity, 0) : null);

function byHand(people: Person[], grain: Grain) {
  const cells = new Map<string, { customers: Set<Person>; returned: number; orders: number; revenueMinor: number; marginMinor: number; marginOrders: number }>();
  for (const person of people) {
    const starts = person.orders.map((order) => startByHand(grain, dayOf(order)));
    const cohort = starts[0] ?? "";
    person.orders.forEach((order, at) => {
      const key = `${cohort} ${starts[at]}`;
      const cell = cells.get(key) ?? { customers: new Set(), returned: 0, orders: 0, revenueMinor: 0, marginMinor: 0, marginOrders: 0 };
      cells.set(key, cell);
      cell.customers.add(person);
      cell.orders += 1;
      cell.revenueMinor += order.revenueMinor;
      const margin = marginOf(order);
      if (margin !== null) Object.assign(cell, { marginMinor: cell.marginMinor + margin, marginOrders: cell.marginOrders + 1 });
      if (starts[at] !== cohort && starts.findIndex((start) => start !== cohort) === at) cell.returned += 1;
    });
  }
  return new Map([...cells].sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, { customers, ...sums }]) => [key, { customers: customers.size, ...sums }]));
}

/** Every sum a rhythm, a lifetime value or a next product is made of, as `table key: number`, of everybody and by first product, ages by collection too. */
function sumsByHand(people: Person[]): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (key: string, by = 1) => sums.set(key, (sums.get(key) ?? 0) + by);
  for (const { orders, traits } of people) {
    const [first, second] = orders;
    if (!first) throw new Error("nobody");
    for (const trait of ["/", ...["product", "collection"].flatMap((kind) => (traits.get(kind) ?? []).map((id) => `${kind}/${id}`))]) {
      orders.forEach((order, at) => {
        const [before, age] = [orders[at - 1], order.day - first.day];
        add(`age ${trait} ${startByHand("month", dayOf(first))} ${trait === "/" ? age : ([30, 60, 90, 180, 365].find((days) => age <= days) ?? 32_767)}`, order.revenueMinor + 1); // an order of nothing is an order
        if (trait.startsWith("collection")) return; // no rhythm of its own
        if (at < 4) add(`reached ${trait} ${at + 1} ${dayOf(order)}`);
        if (before && at <= 4) add(`left ${trait} ${at} ${dayOf(before)}`);
        if (before) add(`gap ${trait} ${Math.min(at + 1, 5)} ${order.day - before.day}`);
      });
    }
    for (const from of [0, ...first.products]) for (const to of second ? [0, ...second.products] : []) add(`next ${from} ${to}`);
  }
  return sums;
}

async function sumsAsKept(): Promise<Map<string, number>> {
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const [ages, steps, gaps, nexts] = [await db().cohortAge.findMany({ where: { shopId } }), await db().orderStep.findMany({ where: { shopId } }), await db().orderGap.findMany({ where: { shopId } }), await db().nextProduct.findMany({ where: { shopId } })];
  return new Map([
    ...ages.filter(({ kind }) => kind === "" || kind === "product" || kind === "collection").map((row) => [`age ${row.kind}/${row.value} ${day(row.cohort)} ${row.age}`, Number(row.revenueMinor) + row.orders] as const),
    ...steps.flatMap((row) => [[`reached ${row.kind}/${row.value} ${row.sequence} ${day(row.day)}`, row.reached] as const, [`left ${row.kind}/${row.value} ${row.sequence} ${day(row.day)}`, row.left] as const]),
    ...gaps.map((row) => [`gap ${row.kind}/${row.value} ${row.sequence} ${row.days}`, row.orders] as const), ...nexts.map((row) => [`next ${row.productId} ${row.nextProductId}`, row.customers] as const),
  ].filter(([, count]) => count !== 0));
}

const told = (table: CohortTable) => new Map(table.rows.flatMap((row) => row.cells.filter(({ orders }) => orders > 0).map(({ start, at: _at, isComplete: _over, ...sums }) => [`${row.cohort} ${start}`, sums] as const)));

const SELECTIONS: Selection[] = [
  [], [{ kind: "product", value: "10" }], [{ kind: "type", value: "Tea" }], [{ kind: "collection", value: "501" }], [{ kind: "collection", value: "502" }], [{ kind: "code", value: "SAVE5" }], [{ kind: "code", value: "" }], [{ kind: "code", value: ANY_CODE }], [{ kind: "country", value: "" }], [{ kind: "tag", value: "even" }],
  [{ kind: "channel", value: "web" }, { kind: "product", value: "20" }, { kind: "code", value: ANY_CODE }], [{ kind: "product", value: "10" }, { kind: "product", value: "30" }, { kind: "country", value: "JP" }], [{ kind: "collection", value: "500" }, { kind: "collection", value: "501" }],
];

describe("cohorts of a shop whose orders come, change, move and go", () => {
  test("equal a count by hand at every grain, for every trait and several at once", async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.array(fate, { minLength: 1, maxLength: 25 }), { minLength: 1, maxLength: 4 }), async (batches) => {
      await forget();
      for (const batch of batches) await apply(batch);
      const people = peopleOf(batches);
      for (const selection of SELECTIONS) {
        const chosen = people.filter(({ traits }) => selection.every(({ kind, value }) => traits.get(kind)?.includes(value)));
        for (const grain of GRAINS) expect(told(await readCohorts({ id: shopId }, { grain, selection, today: TODAY })), `${grain} ${JSON.stringify(selection)}`).toEqual(byHand(chosen, grain));
      }
      for (const [kind, values] of [["product", ["10", "20", "30"]], ["collection", ["500", "501", "502"]]] as const) {
        const count = (value: string) => people.filter(({ traits }) => traits.get(kind)?.includes(value)).length;
        expect(new Map((await listTraitChoices(shopId, kind)).map(({ value, customers }) => [value, customers]))).toEqual(new Map(values.filter((value) => count(value) > 0).map((value) => [value, count(value)])));
      }
      expect(await sumsAsKept()).toEqual(sumsByHand(people));
      expect(await compareWithOrders(shopId)).toBe(0);
    }), { numRuns: 20, seed: 20_261_127 });
  });

  test("what no order tells of is mended once a day, and a difference behind the sums' back is found", async () => {
    await forget();
    const order: Fate = { id: 1, buyer: 1, day: 3, hour: 9, revenueMinor: 500, counts: true, products: [10], code: null, channel: "web", country: "JP" };
    await apply([order, { ...order, id: 2, day: 90 }]);
    await db().product.updateMany({ where: { shopId, id: 10 }, data: { productType: "Coffee" } });
    expect(await compareWithOrders(shopId)).toBe(0);
    expect(await listTraitChoices(shopId, "type")).toMatchObject([{ value: "Coffee", customers: 1 }]);
    await db().product.updateMany({ where: { shopId, id: 10 }, data: { productType: "Tea" } });
    await db().cohortCell.updateMany({ where: { shopId }, data: { orders: 7 } });
    expect(await compareWithOrders(shopId)).toBeGreaterThan(0);
    expect(await compareWithOrders(shopId)).toBe(0);
  });

  test.each([["one by one", 50_000], ["as many as are rather built anew", 1]])("a collection that changes changes its customers, %s", async (_how, mendedMax) => {
    await forget();
    const order: Fate = { id: 1, buyer: 1, day: 3, hour: 9, revenueMinor: 500, counts: true, products: [10], code: null, channel: "web", country: "JP" };
    await apply([order, { ...order, id: 2, buyer: 2, products: [20] }, { ...order, id: 3, buyer: 2, day: 90 }]);
    await saveCollections();
    await compareWithOrders(shopId);
    expect(await listShopsToCompare()).toEqual([]);
    await saveCollections();
    expect(await listShopsToCompare()).toEqual([]); // nothing came or went
    await inTransaction((tx) => saveCollectionList(tx, shopId, [{ id: 500n, title: "Mornings" }, { id: 501n, title: "Evenings" }, { id: 502n, title: "Nothing" }]));
    await inTransaction((tx) => saveCollection(tx, shopId, { id: 502n, productIds: [parseId<ProductId>(20n)], readAt: new Date() }));
    expect(await listShopsToCompare()).toEqual([shopId]);
    expect(await compareWithOrders(shopId, mendedMax)).toBe(0);
    expect(await listShopsToCompare()).toEqual([]);
    expect((await listTraitChoices(shopId, "collection")).map(({ value, title, customers }) => [value, title, customers])).toEqual([["500", "Mornings", 1], ["501", "Evenings", 1], ["502", "Nothing", 1]]);
    expect((await listTraitChoices(shopId, "collection", "ning")).map(({ value }) => value)).toEqual(["500", "501"]);
    expect(await nameTraits(shopId, [{ kind: "collection", value: "501" }, { kind: "product", value: "10" }, { kind: "collection", value: "7" }])).toEqual({ product: { 10: "Product 10" }, collection: { 501: "Evenings" } });
    expect((await readCohorts({ id: shopId }, { grain: "year", selection: [{ kind: "collection", value: "502" }], today: TODAY })).rows.map(({ size, cells }) => [size, cells.map(({ orders }) => orders)])).toEqual([[1, [2, 0]]]);
    await inTransaction((tx) => saveCollectionList(tx, shopId, [{ id: 500n, title: "Mornings" }]));
    await compareWithOrders(shopId, mendedMax);
    expect((await listTraitChoices(shopId, "collection")).map(({ value }) => value)).toEqual(["500"]);
  });

  test("who is forgotten leaves nothing, and the sums go without them", async () => {
    await forget();
    const order: Fate = { id: 1, buyer: 1, day: 3, hour: 9, revenueMinor: 500, counts: true, products: [10], code: null, channel: "web", country: "JP" };
    await apply([order, { ...order, id: 2, buyer: 2 }]);
    await db().order.updateMany({ where: { shopId, id: 1 }, data: { buyerId: -1n, customerId: null } });
    await inTransaction((tx) => noteChangedBuyers(tx, shopId, [parseId(1n), parseId(-1n)]));
    await refreshShop(shopId);
    await inTransaction((tx) => erasePerson(tx, shopId, parseId<CustomerId>(1n)));
    expect(await db().cohortMember.findMany({ where: { shopId }, select: { customerId: true } })).toEqual([{ customerId: 2n }]);
    expect((await readCohorts({ id: shopId }, { grain: "month", selection: [], today: TODAY })).rows.map(({ size }) => size)).toEqual([1]);
  });
});
