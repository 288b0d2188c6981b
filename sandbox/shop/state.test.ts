import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createClock } from "../clock.ts";
import { SandboxError, type OrderDoc, type ShopEvent } from "./model.ts";
import { openShop, type OpenedShop } from "./state.ts";

const HUGE_ID = "9007199254740993"; // 2^53 + 1, which a double rounds
const beans = { title: "Guji", quantity: 2, unitPriceMinor: 1800 };

let state: OpenedShop;
let events: ShopEvent[];
beforeEach(() => {
  state = openShop({ file: ":memory:", clock: createClock(0) });
  events = [];
  state.onEvent((event) => events.push(event));
});
afterEach(() => state.close());

const topics = (): string[] => events.splice(0).map(({ topic }) => topic);
const place = (changes: Partial<Parameters<OpenedShop["placeOrder"]>[0]> = {}): OrderDoc => state.placeOrder({ lines: [beans, { title: "Filters", quantity: 1, unitPriceMinor: 905 }], shippingMinor: 500, ...changes });
const lineOf = (order: OrderDoc, index: number): string => order.lines[index]?.id ?? "";

describe("an order", () => {
  test("belongs to whoever has its address, in any case, and makes that customer if there is none", () => {
    const first = place({ email: "mina@example.com" });
    expect(topics()).toEqual(["customers/create", "orders/create"]);
    const second = place({ email: "Mina@Example.com" });
    expect(topics()).toEqual(["orders/create", "customers/update"]);
    expect(second.customerId).toBe(first.customerId);
    expect(place({ customerId: null, email: "mina@example.com" }).customerId).toBeNull();
    expect(topics()).toEqual(["orders/create"]);
  });

  test("shares a code's discount among its lines to the last cent", () => {
    const order = place({ discountCode: "welcome10" });
    expect(order).toMatchObject({ discountCodes: ["WELCOME10"], discountMinor: 451, subtotalMinor: 4054, totalMinor: 4554 });
    expect(order.lines.map(({ discountMinor }) => discountMinor)).toEqual([360, 91]);
    expect(() => place({ discountCode: "NOSUCH50" })).toThrow(SandboxError);
  });

  test("keeps an id no double can hold, and ids go on growing from there", () => {
    expect(state.getOrder(place({ id: HUGE_ID }).id)?.id).toBe(HUGE_ID);
    expect(events.find(({ topic }) => topic === "orders/create")?.body).toContain(`{"id":${HUGE_ID},`);
    expect(BigInt(place().id)).toBeGreaterThan(BigInt(HUGE_ID));
    expect(() => place({ id: HUGE_ID })).toThrow("already");
    expect(() => place({ id: "99999999999999999999" })).toThrow("not an id");
  });

  test("finds its product by the variant alone, and does not invent one", () => {
    const at = state.ledger.now();
    const variant = { id: "11", title: "250 g", sku: "G", priceMinor: 1800, unitCostMinor: null, updatedAt: at };
    state.ledger.putProduct({ id: "1", title: "Guji", handle: "guji", description: "", productType: "", vendor: "", status: "ACTIVE", tags: [], createdAt: at, updatedAt: at, variants: [variant] });
    expect(state.placeOrder({ lines: [{ variantId: "11", quantity: 1 }] }).lines).toMatchObject([{ productId: "1", variantId: "11", unitPriceMinor: 1800, variantTitle: "250 g" }]);
    expect(() => state.placeOrder({ lines: [{ variantId: "12", quantity: 1 }] })).toThrow("no variant 12");
    expect(state.countOrders({})).toBe(1);
  });
});

describe("money goes back", () => {
  test("in parts that make exactly the whole", () => {
    const order = place({ discountCode: "WELCOME10", email: "mina@example.com" });
    topics();
    const once = state.refundOrder(order.id, { lines: [{ lineId: lineOf(order, 0), quantity: 1 }] });
    expect(topics()).toEqual(["refunds/create", "orders/updated", "customers/update"]);
    expect(once).toMatchObject({ financialStatus: "PARTIALLY_REFUNDED", refundedMinor: 1620, currentTotalMinor: 2934 });
    const goodwill = state.refundOrder(order.id, { amountMinor: 100 });
    expect(goodwill).toMatchObject({ refundedMinor: 1720, currentTotalMinor: 2834 });
    const rest = state.refundOrder(order.id, {});
    expect(rest).toMatchObject({ financialStatus: "REFUNDED", refundedMinor: order.totalMinor, currentTotalMinor: 0 });
    expect(rest.lines.map(({ currentQuantity }) => currentQuantity)).toEqual([0, 0]);
    expect(() => state.refundOrder(order.id, {})).toThrow("nothing left");
  });

  test("never more than there is, and not for what was not paid", () => {
    const order = place();
    expect(() => state.refundOrder(order.id, { amountMinor: order.totalMinor + 1 })).toThrow(SandboxError);
    expect(() => state.refundOrder(order.id, { lines: [{ lineId: lineOf(order, 0), quantity: 2 }, { lineId: lineOf(order, 0), quantity: 1 }] })).toThrow("has 2 left");
    expect(() => state.refundOrder(place({ financialStatus: "PENDING" }).id, {})).toThrow("not paid");
    expect(state.getOrder(order.id)).toEqual(order);
  });

  test("by cancelling, all of what is still there", () => {
    const order = place({ email: "mina@example.com" });
    state.refundOrder(order.id, { lines: [{ lineId: lineOf(order, 1), quantity: 1 }] });
    topics();
    const cancelled = state.cancelOrder(order.id, "customer");
    expect(topics()).toEqual(["orders/cancelled", "refunds/create", "orders/updated", "customers/update"]);
    expect(cancelled).toMatchObject({ cancelReason: "customer", currentTotalMinor: 0, refundedMinor: order.totalMinor, financialStatus: "REFUNDED" });
    expect(cancelled.refunds.map(({ amountMinor }) => amountMinor)).toEqual([905, 4100]);
    expect(state.cancelOrder(place({ financialStatus: "PENDING" }).id)).toMatchObject({ financialStatus: "VOIDED", refundedMinor: 0, currentTotalMinor: 0 });
    expect(() => state.cancelOrder(order.id)).toThrow("cancelled already");
  });
});

test("an edit changes what is owed, before and after a refund", () => {
  const order = place();
  topics();
  const edited = state.editOrder(order.id, { setQuantities: [{ lineId: lineOf(order, 0), quantity: 3 }, { lineId: lineOf(order, 1), quantity: 0 }] });
  expect(topics()).toEqual(["orders/edited", "orders/updated"]);
  expect(edited).toMatchObject({ subtotalMinor: 5400, totalMinor: 5900, currentTotalMinor: 5900 });
  expect(edited.lines.map(({ quantity, currentQuantity }) => [quantity, currentQuantity])).toEqual([[3, 3], [1, 0]]);
  state.refundOrder(order.id, { lines: [{ lineId: lineOf(order, 0), quantity: 2 }] });
  expect(state.editOrder(order.id, { setQuantities: [{ lineId: lineOf(order, 0), quantity: 2 }] })).toMatchObject({ totalMinor: 7700, currentTotalMinor: 4100 });
  expect(state.refundOrder(order.id, {})).toMatchObject({ refundedMinor: 7700, currentTotalMinor: 0 });
});

describe("a customer", () => {
  test("has counts and sums without what was cancelled or a test", () => {
    const { customerId } = place({ email: "mina@example.com" });
    if (customerId === null) throw new Error("there is a customer");
    const refunded = place({ customerId });
    state.refundOrder(refunded.id, { amountMinor: 5 });
    state.cancelOrder(place({ customerId }).id);
    place({ customerId, test: true });
    expect(state.customerTotals(customerId)).toEqual({ orderCount: 2, amountMinor: 2 * 5005 - 5, lastOrderId: refunded.id });
  });

  test("merged into another gives away its orders and is gone", () => {
    const [kept, gone] = [place({ email: "mina@example.com" }), place({ email: "mina@example.net" })];
    if (kept.customerId === null || gone.customerId === null) throw new Error("there are customers");
    topics();
    state.mergeCustomers({ keptId: kept.customerId, deletedId: gone.customerId });
    expect(topics()).toEqual(["customers/merge", "customers/update"]);
    expect(state.getCustomer(gone.customerId)).toBeNull();
    expect(state.listOrders({ customerId: kept.customerId }, { sortKey: "ID", first: 10 }).map(({ id }) => id)).toEqual([kept.id, gone.id]);
    expect(state.getCustomer(kept.customerId)?.email).toBe("mina@example.com");
  });

  test("who ordered cannot be deleted, only forgotten", () => {
    const { id, customerId } = place({ email: "mina@example.com" });
    if (customerId === null) throw new Error("there is a customer");
    expect(() => state.deleteCustomer(customerId)).toThrow("has orders");
    topics();
    state.redactCustomer(customerId);
    expect(events.map(({ topic, body }) => [topic, JSON.parse(body)])).toMatchObject([["customers/redact", { customer: { email: "mina@example.com" }, orders_to_redact: [Number(id)] }]]);
    expect(JSON.stringify([state.getCustomer(customerId), state.getOrder(id)])).not.toContain("mina");
  });

  test("tells of a changed mind about mail, then of itself", () => {
    const { id } = state.createCustomer({ email: "mina@example.com" });
    topics();
    const customer = state.updateCustomer(id, { emailConsent: { state: "SUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt: null } });
    expect(topics()).toEqual(["customers_email_marketing_consent/update", "customers/update"]);
    expect(customer.emailConsent.updatedAt).toBe(customer.updatedAt);
    expect(() => state.createCustomer({ email: "MINA@example.com" })).toThrow("taken");
  });
});

test("a verb that fails leaves nothing behind and tells nothing, also inside a larger one", () => {
  expect(() => state.during("2026-01-01T00:00:00.000Z", () => {
    place();
    place({ lines: [{ title: "Nothing", quantity: 0, unitPriceMinor: 1 }] });
  })).toThrow(SandboxError);
  expect(state.countOrders({})).toBe(0);
  expect(topics()).toEqual([]);
  expect(place().name).toBe("#1001");
});

test("pages meet every order once, by any key in both directions, while bounds are inclusive below and exclusive above", () => {
  const at = (day: number): string => `2026-01-0${day}T00:00:00.000Z`;
  const ids = [1, 1, 2, 3, 3, 4].map((day) => state.during(at(day), () => place().id));
  for (const sortKey of ["ID", "CREATED_AT", "UPDATED_AT"] as const) {
    for (const reverse of [false, true]) {
      const found: string[] = [];
      for (let after: { key: string; id: string } | null = null; ; ) {
        const page = state.listOrders({}, { sortKey, reverse, first: 2, after });
        found.push(...page.map(({ id }) => id));
        const last = page.at(-1);
        if (last === undefined) break;
        after = { key: sortKey === "ID" ? last.id : last.createdAt, id: last.id };
      }
      expect(found).toEqual(reverse ? ids.toReversed() : ids);
    }
  }
  expect(state.countOrders({ createdAtMin: "2026-01-02T00:00:00Z", createdAtMax: "2026-01-04T00:00:00Z" })).toBe(3);
  expect(state.countOrders({ ids: [ids[0] ?? "", "nonsense"] })).toBe(1);
});

test("what was stored outlives the process, and numbers go on where they were", () => {
  const folder = mkdtempSync(join(tmpdir(), "regulars-shop-"));
  const file = join(folder, "shop.sqlite");
  const first = openShop({ file, clock: createClock(0) });
  const order = first.placeOrder({ lines: [beans] });
  first.remember("token", { secret: 1 });
  const second = openShop({ file, clock: createClock(0) }); // the first is never closed: as after a kill
  expect(second.getOrder(order.id)).toEqual(order);
  expect(second.recall("token")).toEqual({ secret: 1 });
  expect(second.recall("nothing")).toBeUndefined();
  expect(second.placeOrder({ lines: [beans] })).toMatchObject({ name: "#1002", id: String(BigInt(order.id) + 3n) });
  first.close();
  second.close();
  rmSync(folder, { recursive: true });
});
