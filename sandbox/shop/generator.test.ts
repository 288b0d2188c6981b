import { afterEach, describe, expect, test } from "vitest";
import { createClock } from "../clock.ts";
import { createChance } from "./chance.ts";
import { seedTeaShop } from "./generator.ts";
import type { OrderDoc, ShopEvent } from "./model.ts";
import { simulateDays } from "./simulate.ts";
import { openShop, type OpenedShop } from "./state.ts";

const DAY_MS = 86_400_000;
const asOf = new Date("2026-11-22T12:00:00.000Z");
const opened: OpenedShop[] = [];
afterEach(() => opened.splice(0).forEach((state) => state.close()));

function openEmpty(): OpenedShop {
  const state = openShop({ file: ":memory:", clock: createClock(0) });
  opened.push(state);
  return state;
}

async function openSeeded(seed: number, customerCount = 400): Promise<OpenedShop> {
  const state = openEmpty();
  await seedTeaShop(state, { seed, asOf, customerCount });
  return state;
}

const share = <T>(items: readonly T[], isMeant: (item: T) => boolean): number => items.filter(isMeant).length / items.length;
const groupByCustomer = (orders: readonly OrderDoc[]): OrderDoc[][] => [...Map.groupBy(orders.filter(({ customerId, test: isTest }) => customerId !== null && !isTest), ({ customerId }) => customerId).values()];

describe("the tea shop", () => {
  test("is the same for the same seed, and another for another", async () => {
    const [first, same, other] = await Promise.all([openSeeded(7, 60), openSeeded(7, 60), openSeeded(8, 60)]);
    expect([...same.eachOrder({})]).toEqual([...first.eachOrder({})]);
    expect([...same.eachCustomer({})]).toEqual([...first.eachCustomer({})]);
    expect([...other.eachCustomer({})]).not.toEqual([...first.eachCustomer({})]);
  });

  test("has the people and habits of a shop worth looking at", async () => {
    const state = await openSeeded(7, 1_200);
    const orders = [...state.eachOrder({})].filter((order) => !order.test);
    const customers = [...state.eachCustomer({})];
    const histories = groupByCustomer(orders);
    expect(customers.length).toBeGreaterThan(1_080);
    expect(customers.length).toBeLessThan(1_320);
    expect(share(histories, ({ length }) => length === 1)).toSatisfy((once: number) => once > 0.42 && once < 0.58);
    expect(share(orders, ({ customerId }) => customerId === null)).toSatisfy((guests: number) => guests > 0.06 && guests < 0.1);
    expect(share(orders, ({ refunds }) => refunds.length > 0)).toSatisfy((refunded: number) => refunded > 0.02 && refunded < 0.07);
    expect(orders.some(({ financialStatus }) => financialStatus === "PARTIALLY_REFUNDED")).toBe(true);
    expect(orders.some(({ cancelledAt }) => cancelledAt !== null)).toBe(true);
    expect(orders.some(({ totalMinor, cancelledAt }) => totalMinor === 0 && cancelledAt === null)).toBe(true);
    expect(new Set(orders.map(({ sourceName }) => sourceName))).toEqual(new Set(["web", "pos", "shop_app"]));
    expect(new Set(customers.map(({ locale }) => locale))).toEqual(new Set(["en", "ja", "zh-CN", "de", "fr"]));
    expect(customers.some(({ lastName }) => /\p{Script=Han}/u.test(lastName ?? ""))).toBe(true);
    expect(new Set(customers.map(({ emailConsent }) => emailConsent.state))).toEqual(new Set(["SUBSCRIBED", "NOT_SUBSCRIBED", "PENDING", "UNSUBSCRIBED"]));
  });

  test("lives in its time: nothing happens before it opened or after today, and numbers follow the clock", async () => {
    const orders = [...(await openSeeded(3)).eachOrder({})];
    expect(orders.map(({ createdAt }) => createdAt)).toEqual(orders.map(({ createdAt }) => createdAt).toSorted());
    expect(orders[0]?.createdAt).toBe("2024-11-01T12:00:00.000Z");
    expect(orders.every(({ updatedAt }) => updatedAt < asOf.toISOString())).toBe(true);
    expect(orders.map(({ number }) => number)).toEqual(orders.map((_order, index) => 1001 + index));
  });

  test("sees fewer of its holiday customers again", async () => {
    const histories = groupByCustomer([...(await openSeeded(7, 1_500)).eachOrder({})]);
    const isHoliday = ([first]: OrderDoc[]): boolean => /-(11-2[1-9]|11-30|12-[01]|12-2[0-3])/.test(first?.createdAt ?? "");
    const isRipe = ([first]: OrderDoc[]): boolean => (first?.createdAt ?? "") < "2026-06";
    const returned = (some: OrderDoc[][]): number => share(some, ({ length }) => length > 1);
    const ripe = histories.filter(isRipe);
    expect(returned(ripe.filter(isHoliday))).toBeLessThan(returned(ripe.filter((history) => !isHoliday(history))) - 0.1);
  });
});

describe("days go by", () => {
  test("in the tea shop its people go on buying, at moments of those days, and apps hear of it in that order", async () => {
    const state = await openSeeded(7);
    const events: ShopEvent[] = [];
    state.onEvent((event) => events.push(event));
    const before = state.countOrders({});
    const toAt = new Date(asOf.getTime() + 30 * DAY_MS);
    await simulateDays(state, { fromAt: asOf, toAt, chance: createChance(1).next });
    const added = [...state.eachOrder({ createdAtMin: asOf.toISOString() })];
    expect(added.length).toBe(state.countOrders({}) - before);
    expect(added.length).toBeGreaterThan(60);
    expect(added.every(({ createdAt }) => createdAt < toAt.toISOString())).toBe(true);
    expect(new Set(added.map(({ createdAt }) => createdAt.slice(0, 10))).size).toBeGreaterThan(25);
    expect(events.filter(({ topic }) => topic === "orders/create").length).toBe(added.length);
    expect(events.map(({ occurredAt }) => occurredAt)).toEqual(events.map(({ occurredAt }) => occurredAt).toSorted());
    expect(new Set(events.map(({ topic }) => topic))).toContain("customers/create");
    expect(share(added, ({ customerId }) => (state.getCustomer(customerId ?? "")?.createdAt ?? "9") < asOf.toISOString())).toBeGreaterThan(0.4);
  });

  test("in a shop from elsewhere as many orders come as before, of old and new people", async () => {
    const state = openEmpty();
    const chance = createChance(5);
    for (let day = 0; day < 60; day += 1) {
      for (let turn = 0; turn < 5; turn += 1) {
        const at = new Date(asOf.getTime() - (60 - day) * DAY_MS + turn * 3_600_000).toISOString();
        state.during(at, () => state.placeOrder({ email: `person${chance.whole(1, 200)}@example.com`, lines: [{ title: "Mug", quantity: 1, unitPriceMinor: 900 }] }));
      }
    }
    await simulateDays(state, { fromAt: asOf, toAt: new Date(asOf.getTime() + 20 * DAY_MS), chance: chance.next });
    const added = [...state.eachOrder({ createdAtMin: asOf.toISOString() })];
    expect(added.length).toSatisfy((count: number) => count > 60 && count < 140); // 100 are to be expected
    const isOld = ({ customerId }: OrderDoc): boolean => (state.getCustomer(customerId ?? "")?.createdAt ?? "9") < asOf.toISOString();
    expect(share(added, isOld)).toSatisfy((old: number) => old > 0.3 && old < 0.95);
    expect(added.every(({ lines }) => lines[0]?.title === "Mug")).toBe(true);
  });

  test("in an empty shop nothing happens", async () => {
    const state = openEmpty();
    await simulateDays(state, { fromAt: asOf, toAt: new Date(asOf.getTime() + 5 * DAY_MS), chance: createChance(1).next });
    expect(state.countOrders({})).toBe(0);
  });
});
