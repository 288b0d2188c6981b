// Lists of customers: the same order and the same pages whether an index leads the way or everybody is looked at.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PAGE_SIZE, SORTS, type CustomerQuery, type Rule, type Sort } from "../../app/capabilities/segments/model.ts";
import { deleteView, listCustomers, listViews, saveView } from "../../app/capabilities/segments/segments.server.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import { db } from "../../app/platform/db.server.ts";
import { addDays, dayAt, toDate } from "../../app/values/day.ts";
import { openClone } from "../support/database.ts";
import { shopIdOf } from "../support/snapshots.ts";

const shopId = shopIdOf(91);
const stranger = shopIdOf(92);
const today = dayAt(new Date(), "UTC");
const CUSTOMERS = 230;

type Person = { id: number; last_order: number | null; revenue: number; stake: number; chance_90: number | null; next_order: number | null; orders: number; name: string };
/** Many ties and many unknown values, the same in every run. */
const people = Array.from({ length: CUSTOMERS }, (_, index): Person => {
  const spread = (salt: number) => (Math.imul(index + salt * 7_919, 2_654_435_761) >>> 0) % 11;
  const maybe = (salt: number) => (spread(salt) < 4 ? null : spread(salt));
  return { id: index + 1, last_order: maybe(1), revenue: spread(2), stake: spread(3), chance_90: maybe(4), next_order: maybe(5), orders: spread(6), name: ["mina okafor", "ken sato", "田中 花子", "100%_odd"][index % 4] ?? "" };
});

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
  for (const id of [shopId, stranger]) {
    await db().shop.create({ data: { id, domain: `shop-${id}.myshopify.com`, name: "Lists", currency: "USD", timeZone: "UTC", planName: "Basic", scopes: "", installedAt: new Date("2026-01-01") } });
    await db().customer.createMany({ data: people.map((person) => ({ shopId: id, id: BigInt(person.id), tags: [], createdAt: new Date(0), updatedAt: new Date(0) })) });
    await db().customerProfile.createMany({ data: people.map((person) => ({
      shopId: id, customerId: BigInt(person.id), asOf: toDate(today), orderCount: person.orders, purchaseDays: person.orders, revenueMinor: person.revenue, isLastRefunded: false, recentOrders: 0, earlierOrders: 0, stakeMinor: person.stake,
      lastOrderOn: person.last_order === null ? null : toDate(addDays(today, person.last_order)), nextOrderOn: person.next_order === null ? null : toDate(addDays(today, person.next_order)), chance90: person.chance_90 === null ? null : person.chance_90 / 10,
      rfmGroup: "ACTIVE", stage: "active", stageSince: toDate(today), isVip: false, search: person.name,
    })) });
  }
});
afterAll(() => close());

/** By value, who has none last; ties by number, backwards when ascending. */
function byHand(sort: Sort, isAscending: boolean, keeps: (person: Person) => boolean): number[] {
  const sign = isAscending ? 1 : -1;
  return people.filter(keeps).toSorted((one, other) => {
    const [a, b] = [one[sort], other[sort]];
    if (a !== b) return a === null ? 1 : b === null ? -1 : sign * (a - b);
    return -sign * (one.id - other.id);
  }).map(({ id }) => id);
}

const EVERYBODY: CustomerQuery = { rule: null, segmentId: null, search: "", sort: "last_order", direction: "descending" };
async function listed(query: CustomerQuery): Promise<{ ids: number[]; counts: number[] }> {
  const shop = await readShop(shopId);
  const pages = [];
  for (let page = 0; page <= Math.ceil(CUSTOMERS / PAGE_SIZE); page += 1) pages.push(await listCustomers(shop, query, page));
  return { ids: pages.flatMap(({ customers }) => customers.map(({ customerId }) => Number(customerId))), counts: [...new Set(pages.map(({ count }) => count))] };
}

describe.each(SORTS)("by %s", (sort) => {
  test.each(["ascending", "descending"] as const)("%s, everybody is on one page, once, and the count is theirs", async (direction) => {
    expect(await listed({ ...EVERYBODY, sort, direction })).toEqual({ ids: byHand(sort, direction === "ascending", () => true), counts: [CUSTOMERS] });
  });

  test("so are those a rule leaves", async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 11 }), fc.constantFrom("ascending", "descending"), async (value, direction) => {
      const rule: Rule = { field: "orders", operator: "at_least", value };
      const ids = byHand(sort, direction === "ascending", ({ orders }) => orders >= value);
      expect(await listed({ ...EVERYBODY, rule, sort, direction })).toEqual({ ids, counts: [ids.length] });
    }), { numRuns: 6 });
  });
});

test.each([
  ["MINA", (person: Person) => person.name.startsWith("mina")], ["sato ken", (person: Person) => person.name === "ken sato"], ["花子", (person: Person) => person.name.includes("花子")],
  ["100%_", (person: Person) => person.name.startsWith("100%")], ["%", (person: Person) => person.name.includes("%")], ["_", (person: Person) => person.name.includes("_")], ["nobody", () => false],
] as const)("a search for %s finds these words and no others", async (search, keeps) => {
  expect((await listed({ ...EVERYBODY, search })).ids).toEqual(byHand("last_order", false, keeps));
});

test("a view kept twice is one, and gone when it is let go", async () => {
  const view = { id: "0190a0b0-0000-7000-8000-000000000001", name: "Late", query: "stage=at_risk" };
  await saveView(shopId, view);
  await saveView(shopId, { ...view, name: "Later" });
  expect(await listViews(shopId)).toEqual([{ ...view, name: "Later" }]);
  expect(await listViews(stranger)).toEqual([]);
  await deleteView(stranger, view.id);
  await deleteView(shopId, view.id);
  expect(await listViews(shopId)).toEqual([]);
});
