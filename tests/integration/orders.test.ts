// What is stored depends on what Shopify said last, and on nothing else: not on the order, the number or the grouping of its words.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countRollupDifferences, noteChangedBuyers, refreshShop } from "../../app/capabilities/analytics/analytics.server.ts";
import * as orders from "../../app/capabilities/orders/orders.server.ts";
import { installShop } from "../../app/capabilities/shops/shops.server.ts";
import { db, inTransaction, Prisma, type Tx } from "../../app/platform/db.server.ts";
import type { CustomerSnapshot, OrderSnapshot } from "../../app/shopify/snapshots.ts";
import type { SavedOrders } from "../../app/capabilities/orders/model.ts";
import type { OrderId, ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";
import { aCustomer, aLine, anOrder, aProduct, aRefund, aShop, customerIdOf, minute, orderIdOf, shopIdOf } from "../support/snapshots.ts";

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
});
afterAll(() => close());

let shopNumber = 100;
async function aShopOfItsOwn(): Promise<ShopId> {
  const id = shopIdOf(++shopNumber);
  await installShop({ id, domain: `shop-${shopNumber}.myshopify.com`, snapshot: aShop, scopes: [], at: minute(0) });
  return id;
}

/** Saves, and notes what changed, as every caller does. */
async function write(shopId: ShopId, save: (tx: Tx) => Promise<SavedOrders | void>): Promise<SavedOrders | void> {
  return inTransaction(async (tx) => {
    const saved = await save(tx);
    if (saved) await noteChangedBuyers(tx, shopId, saved.changedBuyerIds);
    return saved;
  });
}
const saveOrders = (shopId: ShopId, ...snapshots: OrderSnapshot[]) => inTransaction((tx) => orders.saveOrders(tx, shopId, snapshots));

const rowsOf = async (shopId: ShopId, table: string, key = "id") =>
  (await db().$queryRaw<{ row: Record<string, unknown> }[]>`select to_jsonb(t) - 'shop_id' as row from ${Prisma.raw(table)} t where shop_id = ${shopId} order by ${Prisma.raw(key)}`).map(({ row }) => row);

async function everythingOf(shopId: ShopId): Promise<Record<string, unknown>> {
  const keys = { orders: "id", order_line: "order_id, id", refund: "order_id, id", customer: "id", customer_alias: "id", product: "id", variant: "product_id, id", orders_tally: "shop_id" };
  return Object.fromEntries(await Promise.all(Object.entries(keys).map(async ([table, key]) => [table, await rowsOf(shopId, table, key)])));
}

type Step = { name: string; do: (tx: Tx, shopId: ShopId) => Promise<SavedOrders | void> };

describe("a history, told in any way", () => {
  const statuses = ["PAID", "PENDING", "REFUNDED", "VOIDED"] as const;
  const customerNumbers = [1, 2, 3, 4, 5];
  const orderNumbers = [11, 12, 13, 14, 15, 16];

  const version = (at: number) => fc.record({
    customer: fc.option(fc.constantFrom(...customerNumbers), { nil: null, freq: 4 }), status: fc.constantFrom(...statuses), isCancelled: fc.boolean(), placed: fc.integer({ min: 0, max: 200_000 }),
    revenueMinor: fc.integer({ min: 0, max: 5000 }), lineCount: fc.integer({ min: 0, max: 3 }), refundCount: fc.integer({ min: 0, max: 2 }),
  }).map((v) => ({ ...v, at }));
  const versions = fc.integer({ min: 1, max: 4 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => version(index + 1))));

  const story = fc.record({
    orders: fc.tuple(...orderNumbers.map(() => versions)),
    customers: fc.tuple(...customerNumbers.map(() => fc.integer({ min: 1, max: 3 }))),
    merges: fc.constantFrom([], [[1, 2]], [[1, 2], [2, 3]], [[4, 2], [1, 2], [2, 3]]),
    deleted: fc.subarray(orderNumbers, { maxLength: 2 }),
    seed: fc.integer(),
  });

  test("ends in the same rows as its last words told once, and in the same sums as a rebuild", { timeout: 240_000 }, async () => {
    await fc.assert(fc.asyncProperty(story, fc.infiniteStream(fc.nat()), async (told, chance) => {
      const dice = chance[Symbol.iterator]();
      const roll = (below: number) => Number(dice.next().value) % below;
      const orderWords = told.orders.map((list, index) => list.map((v) => toOrder(orderNumbers[index] ?? 0, v)));
      const customerWords = told.customers.map((count, index) => Array.from({ length: count }, (_, at) => toCustomer(customerNumbers[index] ?? 0, at + 1)));
      const ends: Step[] = [
        ...told.merges.map(([from = 0, to = 0]): Step => ({ name: `merge ${from} ${to}`, do: (tx, shopId) => orders.mergeCustomers(tx, shopId, [{ deletedId: customerIdOf(from), keptId: customerIdOf(to) }]) })),
        ...told.deleted.map((id): Step => ({ name: `delete ${id}`, do: (tx, shopId) => orders.deleteOrders(tx, shopId, [orderIdOf(id)], minute(9)) })),
      ];
      const last = [...orderWords.map((list) => list.slice(-1)), ...customerWords.map((list) => list.slice(-1))].flat();
      const stale = [...orderWords.map((list) => list.slice(0, -1)), ...customerWords.map((list) => list.slice(0, -1))].flat().filter(() => roll(3) > 0); // some were lost
      const duplicated = [...last, ...stale].flatMap((word) => (roll(3) === 0 ? [word, word] : [word]));

      const [plainly, wildly] = [await aShopOfItsOwn(), await aShopOfItsOwn()];
      for (const step of ends) await write(plainly, (tx) => step.do(tx, plainly));
      await write(plainly, (tx) => saveWords(tx, plainly, last));

      const news: Step[] = shuffled([...batched(shuffled(duplicated, roll), roll).map((batch): Step => ({ name: "save", do: (tx, shopId) => saveWords(tx, shopId, batch) })), ...ends], roll);
      for (const step of news) {
        await write(wildly, (tx) => step.do(tx, wildly));
        if (roll(3) === 0) await refreshShop(wildly);
      }
      expect(await everythingOf(wildly), news.map(({ name }) => name).join()).toEqual(await everythingOf(plainly));
      expect(await countRollupDifferences(wildly)).toBe(0);
    }), { numRuns: 15, seed: 20_261_122, endOnFailure: true });
  });

  type Version = { customer: number | null; status: (typeof statuses)[number]; isCancelled: boolean; placed: number; revenueMinor: number; lineCount: number; refundCount: number; at: number };
  const toOrder = (id: number, v: Version): OrderSnapshot => anOrder({
    id, customer: v.customer, financialStatus: v.status, cancelledAt: v.isCancelled ? minute(5) : null, placedAt: minute(v.placed), updatedAt: minute(v.at), revenueMinor: v.revenueMinor, shippingMinor: v.at,
    lines: Array.from({ length: v.lineCount }, (_, index) => aLine({ id: id * 10 + index, currentQuantity: v.at, taxMinor: v.placed })),
    refunds: Array.from({ length: v.refundCount }, (_, index) => aRefund(id * 10 + index, v.revenueMinor)),
  });
  const toCustomer = (id: number, at: number): CustomerSnapshot => aCustomer({ id, updatedAt: minute(at), firstName: `Name ${at}`, consent: { state: at % 2 ? "SUBSCRIBED" : "UNSUBSCRIBED", updatedAt: minute(at) } });
  async function saveWords(tx: Tx, shopId: ShopId, words: (OrderSnapshot | CustomerSnapshot)[]) {
    await orders.saveCustomers(tx, shopId, words.filter((word): word is CustomerSnapshot => "locale" in word));
    return orders.saveOrders(tx, shopId, words.filter((word): word is OrderSnapshot => "placedAt" in word));
  }
});

function shuffled<T>(items: readonly T[], roll: (below: number) => number): T[] {
  return items.reduce<T[]>((list, item) => list.toSpliced(roll(list.length + 1), 0, item), []);
}
const batched = <T>(items: readonly T[], roll: (below: number) => number): T[][] => (items.length === 0 ? [] : [items.slice(0, 1 + roll(4)), ...batched(items.slice(1 + roll(1)), roll)]);

test("a deleted order is not brought back by late news", async () => {
  const shopId = await aShopOfItsOwn();
  await saveOrders(shopId, anOrder({ id: 1 }));
  await write(shopId, (tx) => orders.deleteOrders(tx, shopId, [orderIdOf(1)], minute(1)));
  expect(await saveOrders(shopId, anOrder({ id: 1, updatedAt: minute(5) }))).toEqual({ changedBuyerIds: [], changedCount: 0, doubtfulIds: [] });
  expect(await rowsOf(shopId, "orders")).toEqual([]);
  expect(await rowsOf(shopId, "order_line")).toEqual([]);
  expect(await orders.countNouns(shopId)).toMatchObject({ orders: 0 });
});

test("only what figures or points are made of is news of a buyer: another name is none, the same again is none", async () => {
  const shopId = await aShopOfItsOwn();
  expect(await saveOrders(shopId, anOrder({ id: 1, customer: 7 }), anOrder({ id: 2, customer: null }))).toEqual({ changedBuyerIds: [7n, -2n], changedCount: 2, doubtfulIds: [] });
  expect(await saveOrders(shopId, anOrder({ id: 1, customer: 7 }))).toEqual({ changedBuyerIds: [], changedCount: 0, doubtfulIds: [] });
  expect(await saveOrders(shopId, anOrder({ id: 1, customer: 7, name: "#1-B", updatedAt: minute(1) }))).toEqual({ changedBuyerIds: [], changedCount: 1, doubtfulIds: [] });
  expect(await saveOrders(shopId, anOrder({ id: 1, customer: 8, name: "#1-B", updatedAt: minute(2) }))).toEqual({ changedBuyerIds: [7n, 8n], changedCount: 1, doubtfulIds: [] });
  expect(await saveOrders(shopId, anOrder({ id: 1, customer: 8, name: "#1-B", updatedAt: minute(3), cancelledAt: minute(3) }))).toEqual({ changedBuyerIds: [8n], changedCount: 1, doubtfulIds: [] });
});

test("a tax, a shipping price, a line given back, an order not paid yet: news of the buyer where no figure moved", async () => {
  const shopId = await aShopOfItsOwn();
  const line = aLine({ id: 10, quantity: 2, currentQuantity: 2 });
  const words: [about: string, word: Partial<Omit<OrderSnapshot, "id" | "customer">>][] = [
    ["new and not paid", { financialStatus: "PENDING" }],
    ["paid", {}],
    ["its tax in the price", { hasTaxIncluded: true }],
    ["shipping", { hasTaxIncluded: true, shippingMinor: 300, currentShippingMinor: 300 }],
    ["shipping given back", { hasTaxIncluded: true, shippingMinor: 300 }],
    ["a code", { hasTaxIncluded: true, shippingMinor: 300, discountCodes: ["TEN"] }],
    ["a line's tax", { hasTaxIncluded: true, shippingMinor: 300, discountCodes: ["TEN"], lines: [{ ...line, taxMinor: 80 }] }],
    ["a line's pieces", { hasTaxIncluded: true, shippingMinor: 300, discountCodes: ["TEN"], lines: [{ ...line, taxMinor: 80, currentQuantity: 1 }] }],
    ["a refund", { hasTaxIncluded: true, shippingMinor: 300, discountCodes: ["TEN"], lines: [{ ...line, taxMinor: 80, currentQuantity: 1 }], refunds: [aRefund(5, 0)] }],
  ];
  for (const [index, [about, word]] of words.entries()) {
    const order = anOrder({ id: 1, customer: 7, updatedAt: minute(2 * index), lines: [line], ...word });
    expect(await saveOrders(shopId, order), about).toEqual({ changedBuyerIds: [7n], changedCount: 1, doubtfulIds: [] });
    expect(await saveOrders(shopId, { ...order, updatedAt: minute(2 * index + 1) }), `${about}, again`).toEqual({ changedBuyerIds: [], changedCount: 0, doubtfulIds: [] });
  }
  await saveOrders(shopId, anOrder({ id: 2, customer: 8, cancelledAt: minute(1) }));
  expect(await write(shopId, (tx) => orders.deleteOrders(tx, shopId, [orderIdOf(2)], minute(9)))).toEqual({ changedBuyerIds: [8n], changedCount: 1 });
});

test("of each customer there is the history points are made of, of those asked about and of no other shop", async () => {
  const [shopId, otherId] = [await aShopOfItsOwn(), await aShopOfItsOwn()];
  const tea = aProduct({ id: 81, productType: "Tea", tags: ["Organic", "New"] });
  await inTransaction((tx) => orders.saveProducts(tx, shopId, [tea]));
  const gone = { id: 21, productId: aProduct({ id: 82 }).id, isGiftCard: true };
  await saveOrders(shopId,
    anOrder({ id: 3, customer: 7, placedAt: minute(2), isTest: true }),
    anOrder({
      id: 2, customer: 7, placedAt: minute(1), cancelledAt: minute(4), financialStatus: "PARTIALLY_REFUNDED", totalMinor: 2_300, revenueMinor: 0, refundedMinor: 1_500, hasTaxIncluded: true, shippingMinor: 300, currentShippingMinor: 100, discountMinor: 300,
      discountCodes: ["TEN"], lines: [aLine({ id: 22, quantity: 2, currentQuantity: 1, totalMinor: 1_800, beforeDiscountsMinor: 2_000, taxMinor: 160 }), aLine(gone)], refunds: [aRefund(6, 1_000), aRefund(5, 500)],
    }),
    anOrder({ id: 4, customer: 8, lines: [aLine({ id: 40, productId: null })] }), anOrder({ id: 5, customer: null }), anOrder({ id: 6, customer: 10 }));
  await saveOrders(otherId, anOrder({ id: 9, customer: 7 }));

  const line = { quantity: 1, currentQuantity: 1, totalMinor: 1_000, beforeDiscountsMinor: 1_000, taxMinor: 0, isGiftCard: false, productId: tea.id, productType: "Tea", tags: ["Organic", "New"] };
  const plain = { cancelledAt: null, isTest: false, financialStatus: "PAID", totalMinor: 1_000, revenueMinor: 1_000, hasTaxIncluded: false, shippingMinor: 0, currentShippingMinor: 0, discountMinor: 0, discountCodes: [], refunds: [] };
  expect(await inTransaction((tx) => orders.listOrderFacts(tx, shopId, [7, 8, 9].map(customerIdOf)))).toEqual(new Map([
    [7n, [
      {
        id: 2n, placedAt: minute(1), cancelledAt: minute(4), isTest: false, financialStatus: "PARTIALLY_REFUNDED", totalMinor: 2_300, revenueMinor: 0, hasTaxIncluded: true, shippingMinor: 300, currentShippingMinor: 100, discountMinor: 300, discountCodes: ["TEN"],
        lines: [{ ...line, ...gone, id: 21n, productType: "", tags: [] }, { ...line, id: 22n, quantity: 2, totalMinor: 1_800, beforeDiscountsMinor: 2_000, taxMinor: 160 }],
        refunds: [{ refundedAt: minute(1), amountMinor: 500 }, { refundedAt: minute(1), amountMinor: 1_000 }],
      },
      { ...plain, id: 3n, placedAt: minute(2), isTest: true, lines: [{ ...line, id: 30n }] },
    ]],
    [8n, [{ ...plain, id: 4n, placedAt: minute(0), lines: [{ ...line, id: 40n, productId: null, productType: "", tags: [] }] }]],
    [9n, []],
  ]));
});

test("a stale word changes nothing, a line or refund that is gone leaves", async () => {
  const shopId = await aShopOfItsOwn();
  await saveOrders(shopId, anOrder({ id: 1, updatedAt: minute(2), lines: [aLine({ id: 10 }), aLine({ id: 11 })], refunds: [aRefund(5, 100)] }));
  expect((await saveOrders(shopId, anOrder({ id: 1, updatedAt: minute(1), lines: [] }))).changedCount).toBe(0);
  expect(await rowsOf(shopId, "order_line")).toHaveLength(2);
  await saveOrders(shopId, anOrder({ id: 1, updatedAt: minute(3), lines: [aLine({ id: 11, currentQuantity: 0 })] }));
  expect(await rowsOf(shopId, "order_line")).toMatchObject([{ id: 11, current_quantity: 0 }]);
  expect(await rowsOf(shopId, "refund")).toEqual([]);
});

test("what a webhook does not say about a customer stays as it was, whichever came first", async () => {
  const full = aCustomer({ updatedAt: minute(1), tags: ["vip"], locale: "ja", consent: { state: "SUBSCRIBED", updatedAt: minute(1) } });
  const short = aCustomer({ updatedAt: minute(2), firstName: "Aiko", tags: null, locale: null, countryCode: null, consent: null });
  for (const words of [[full, short], [short, full]]) {
    const shopId = await aShopOfItsOwn();
    for (const word of words) await inTransaction((tx) => orders.saveCustomers(tx, shopId, [word]));
    expect(await rowsOf(shopId, "customer")).toMatchObject([{ first_name: "Aiko", tags: ["vip"], locale: "ja", country_code: "US", email_consent: "SUBSCRIBED" }]);
  }
});

test("an older consent does not undo a newer one, and one of a stranger is asked about", async () => {
  const shopId = await aShopOfItsOwn();
  await inTransaction((tx) => orders.saveCustomers(tx, shopId, [aCustomer({ id: 7, consent: { state: "UNSUBSCRIBED", updatedAt: minute(5) } })]));
  const subscribed = (id: number) => ({ customerId: customerIdOf(id), consent: { state: "SUBSCRIBED", updatedAt: minute(4) } as const });
  await inTransaction((tx) => orders.saveConsents(tx, shopId, [subscribed(7), subscribed(8)]));
  expect(await rowsOf(shopId, "customer")).toMatchObject([{ email_consent: "UNSUBSCRIBED" }]);
  expect(await orders.listRereads(shopId, "customer", 10)).toEqual([{ noun: "customer", id: 8n, version: 1 }]);
});

test("an order tells of its customer only until the customer's own word comes, however old", async () => {
  const shopId = await aShopOfItsOwn();
  await saveOrders(shopId, anOrder({ customer: 7, updatedAt: minute(9) }));
  expect(await rowsOf(shopId, "customer")).toMatchObject([{ first_name: "Mina" }]);
  await inTransaction((tx) => orders.saveCustomers(tx, shopId, [aCustomer({ id: 7, firstName: "Aiko", updatedAt: minute(1) })]));
  await saveOrders(shopId, anOrder({ customer: 7, updatedAt: minute(10) }));
  expect(await rowsOf(shopId, "customer")).toMatchObject([{ first_name: "Aiko" }]);
});

test("variants follow their product, and a webhook without costs leaves the known ones", async () => {
  const shopId = await aShopOfItsOwn();
  const product = aProduct();
  await inTransaction((tx) => orders.saveProducts(tx, shopId, [product]));
  const cheaper = { ...product, updatedAt: minute(1), variants: product.variants.map((variant) => ({ ...variant, priceMinor: 1500, unitCostMinor: null })) };
  expect(await inTransaction((tx) => orders.saveProducts(tx, shopId, [cheaper]))).toEqual({ changedCount: 1 });
  expect(await rowsOf(shopId, "variant")).toMatchObject([{ price_minor: 1500, unit_cost_minor: 700 }]);
  await inTransaction((tx) => orders.deleteProducts(tx, shopId, [product.id], minute(2)));
  await inTransaction((tx) => orders.saveProducts(tx, shopId, [{ ...cheaper, updatedAt: minute(3) }]));
  expect([await rowsOf(shopId, "product"), await rowsOf(shopId, "variant")]).toEqual([[], []]);
});

test("a wish made again while Shopify is being asked is kept", async () => {
  const shopId = await aShopOfItsOwn();
  const ask = () => inTransaction((tx) => orders.askReread(tx, shopId, "order", [1n, 1n]));
  await ask();
  const asked = await orders.listRereads(shopId, "order", 10);
  await ask();
  await inTransaction((tx) => orders.dropRereads(tx, shopId, asked));
  expect(await orders.listRereads(shopId, "order", 10)).toEqual([{ noun: "order", id: 1n, version: 2 }]);
});

test("two writers of the same new order wait for each other, and neither loses a note", async () => {
  const shopId = await aShopOfItsOwn();
  const writers = Array.from({ length: 8 }, (_, index) => write(shopId, (tx) => orders.saveOrders(tx, shopId, [anOrder({ id: 1, customer: index + 1, updatedAt: minute(index % 3) })])));
  await Promise.all([...writers, refreshShop(shopId)]);
  await refreshShop(shopId);
  expect(await countRollupDifferences(shopId)).toBe(0);
});

test("ids beyond what a double holds stay exact", async () => {
  const shopId = await aShopOfItsOwn();
  const id = 2n ** 59n + 1n;
  await saveOrders(shopId, anOrder({ id }));
  const stored = await db().$queryRaw<{ id: OrderId }[]>`select id from orders where shop_id = ${shopId}`;
  expect(stored).toEqual([{ id }]);
});

test("two words of one second that differ are both heard, and which is the last is doubted", async () => {
  const shopId = await aShopOfItsOwn();
  await saveOrders(shopId, anOrder({ id: 1, updatedAt: minute(5) }));
  expect(await saveOrders(shopId, anOrder({ id: 1, updatedAt: minute(5) }))).toMatchObject({ changedCount: 0, doubtfulIds: [] });
  expect(await saveOrders(shopId, anOrder({ id: 1, updatedAt: minute(5), cancelledAt: minute(5) }))).toMatchObject({ changedBuyerIds: [7n], doubtfulIds: [1n] });
  expect(await saveOrders(shopId, anOrder({ id: 2, updatedAt: minute(5) }), anOrder({ id: 2, updatedAt: minute(5), revenueMinor: 1 }))).toMatchObject({ doubtfulIds: [2n] });
  expect(await saveOrders(shopId, anOrder({ id: 2, updatedAt: minute(6) }))).toMatchObject({ changedCount: 1, doubtfulIds: [] });
});
