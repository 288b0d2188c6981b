// Shopify at its worst: after one night nobody can tell from the rows what the app had been told and what it had not.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createChance, type Chance } from "../../sandbox/shop/chance.ts";
import { seedTeaShop } from "../../sandbox/shop/generator.ts";
import { SandboxError, type CustomerDoc, type OrderDoc, type ShopState } from "../../sandbox/shop/model.ts";
import { startApp, type RunningApp } from "../support/app.ts";
import { eventually, joinDatabase, readRows, ring, settle, type Rows } from "../support/app-database.ts";
import { readSync } from "../support/reports.ts";
import { startTwin } from "../support/twin.ts";

const BUSY_TIMEOUT_MS = 240_000; // of a machine that does much else
const DAY_MS = 86_400_000;

const chance = createChance(20_261_122);
let app: RunningApp;
let leave = () => Promise.resolve();
beforeAll(async () => {
  app = await startApp({
    fill: (state, clock) => seedTeaShop(state, { seed: 8, asOf: clock.now(), customerCount: 250, months: 8 }),
    chance: () => chance.next(),
  });
  leave = joinDatabase(app.databaseUrl);
  await readSync(app);
  await settle(app);
}, BUSY_TIMEOUT_MS);
afterAll(async () => {
  await leave();
  await app.stop();
});

const TROUBLE = {
  duplicate: { probability: 0.2 }, delay: { probability: 0.15 }, delayMs: 1_500, reorder: { probability: 0.2 }, drop: { probability: 0.1 },
  throttle: { probability: 0.15 }, serverError: { probability: 0.15 }, timeout: { next: 2 }, timeoutMs: 300, expireToken: { probability: 0.1 },
  newWebhookIdOnRetry: true,
};

/** Something a shop sees on any day; what cannot be done (an order is cancelled already) is left. */
function doSomething(state: ShopState, chance: Chance, at: Date): void {
  const newest = { sortKey: "CREATED_AT", reverse: true, first: 40 } as const;
  const [order, ...orders] = state.listOrders({}, newest);
  const [customer, ...customers] = state.listCustomers({}, newest);
  const [product] = state.listProducts({}, newest);
  if (!order || !customer || !product) throw new Error("an empty shop");
  const someOrder = (): OrderDoc => chance.pick([order, ...orders]);
  const someCustomer = (): CustomerDoc => chance.pick([customer, ...customers]);
  const lines = [{ productId: product.id, quantity: chance.whole(1, 3) }];
  const deeds: [() => unknown, ...(() => unknown)[]] = [
    () => state.placeOrder({ customerId: someCustomer().id, lines }),
    () => state.placeOrder({ email: `buyer.${chance.whole(1, 9_999)}@example.com`, lines }),
    () => state.placeOrder({ customerId: null, lines, financialStatus: chance.isTrue(0.2) ? "PENDING" : "PAID" }),
    () => state.refundOrder(someOrder().id, chance.isTrue(0.5) ? {} : { amountMinor: 100 }),
    () => state.editOrder(someOrder().id, { add: product.variants.slice(0, 1).map(({ id }) => ({ variantId: id, quantity: 1 })) }),
    () => state.cancelOrder(someOrder().id),
    () => state.deleteOrder(someOrder().id),
    () => state.deleteCustomer(someCustomer().id), // if nothing was ever ordered
    () => state.createCustomer({ firstName: "Ada", lastName: "Browse", email: `ada.${chance.whole(1, 9_999)}@example.com` }),
    () => state.mergeCustomers({ keptId: someCustomer().id, deletedId: someCustomer().id }),
    () => state.updateCustomer(someCustomer().id, { firstName: `Robin ${chance.whole(1, 99)}`, tags: ["regular"], emailConsent: { state: chance.pick(["SUBSCRIBED", "UNSUBSCRIBED"]), optInLevel: null, updatedAt: at.toISOString() } }),
    () => state.updateProduct(product.id, { title: `Tea ${chance.whole(1, 99)}` }),
  ];
  try {
    chance.pick(deeds)();
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
  }
}

/** No shopper about, so that everything that happened is a day old when the night looks. */
async function passOneNight(): Promise<void> {
  const { clock } = app.sandbox.context;
  clock.setOffset(clock.offsetMs + DAY_MS);
  await app.advanceDays(0);
  const asOf = clock.now();
  await ring("sync.sweep");
  await eventually(async () => {
    const [night] = await readRows(app.databaseUrl, "select error from reconcile where started_at >= $1 and finished_at is not null", [asOf]);
    expect(night).toEqual({ error: null });
  });
}

const TABLES = {
  orders: "order by id", order_line: "order by order_id, id", refund: "order by order_id, id", customer: "order by id", product: "order by id", variant: "order by id",
  counted_order: "order by order_id", customer_fact: "order by customer_id", kpi_day: "where orders <> 0 order by day",
  kpi_gap: "where orders <> 0 or orders_over_two <> 0 order by previous_day, day", kpi_since: "where previous_before <> 0 or second_previous_before <> 0 order by since, day",
};

/** Rows of one that the other has not, or has otherwise; the first few, which is enough to see why. */
async function findDifferences(one: string, other: string): Promise<Record<string, { only: Rows; instead: Rows }>> {
  const found: Record<string, { only: Rows; instead: Rows }> = {};
  for (const [table, rest] of Object.entries(TABLES)) {
    const [rows, twinRows] = await Promise.all([one, other].map((url) => readRows(url, `select * from ${table} ${rest}`)));
    const [only, instead] = [without(rows ?? [], twinRows ?? []), without(twinRows ?? [], rows ?? [])];
    if (only.length + instead.length > 0) found[`${table} (${only.length}, ${instead.length})`] = { only: only.slice(0, 3), instead: instead.slice(0, 3) };
  }
  return found;
}

function without(rows: Rows, others: Rows): Rows {
  const known = new Set(others.map(toText));
  return rows.filter((row) => !known.has(toText(row)));
}
/** Shopify moves people between its groups without a word, so it is as old as the last look at them. */
const UNTOLD = "shopify_rfm_group";
const toText = (row: Rows[number]): string => JSON.stringify(row, (key, value: unknown) => (key === UNTOLD ? undefined : typeof value === "bigint" ? `${value}n` : value));

test("lost, late, doubled and disordered news, and calls that fail, leave no mark after a night", { timeout: BUSY_TIMEOUT_MS }, async () => {
  const { clock, faults, deliveries } = app.sandbox.context;
  faults.change(TROUBLE);
  for (let count = 0; count < 400; count++) {
    doSomething(app.state, chance, clock.now());
    if (count % 20 === 0) await readSync(app); // a merchant looks on, and the deliveries have their turn
  }
  await app.advanceDays(2); // on which the shoppers go on, too
  await settle(app);
  expect(deliveries.counts().dropped).toBeGreaterThan(20);
  faults.clear();
  await passOneNight();
  await settle(app);
  const [mended] = await readRows(app.databaseUrl, "select sum(orders_differing) > 0 as orders, sum(customers_differing) > 0 as customers from reconcile");
  expect(mended).toEqual({ orders: true, customers: true }); // something had been lost

  const twin = await startTwin(app);
  try {
    await readSync(twin);
    await settle(twin);
    expect(await findDifferences(app.databaseUrl, twin.databaseUrl)).toEqual({});
  } finally {
    await twin.stop();
  }
});
