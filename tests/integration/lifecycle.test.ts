// A shop comes, goes, comes back, is forgotten and begins anew; its people ask to be shown and to be forgotten.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countRollupDifferences } from "../../app/capabilities/analytics/analytics.server.ts";
import { seedTeaShop } from "../../sandbox/shop/generator.ts";
import type { OpenedShop } from "../../sandbox/shop/state.ts";
import { startApp, type RunningApp } from "../support/app.ts";
import { eventually, joinDatabase, readRows, ring, settle } from "../support/app-database.ts";
import { askApp, readAllTime, readCohortRows, readSync } from "../support/reports.ts";
import { sumShop } from "../support/shop-truth.ts";
import { shopIdOf } from "../support/snapshots.ts";

const BUSY_TIMEOUT_MS = 180_000; // of a machine that does much else
const DAY_MS = 86_400_000;

let app: RunningApp;
let shop: OpenedShop;
let leave = () => Promise.resolve();

async function openApp(extra: { customerCount: number; months: number }): Promise<void> {
  app = await startApp({
    fill: async (state, clock) => {
      shop = state;
      await seedTeaShop(state, { seed: 6, asOf: clock.now(), ...extra });
    },
  });
  leave = joinDatabase(app.databaseUrl);
  await readSync(app);
  await settle(app);
}
async function closeApp(): Promise<void> {
  await leave();
  await app.stop();
}

async function control(path: string, body: unknown = {}): Promise<void> {
  const response = await fetch(`${app.sandbox.url}/sandbox${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
}

async function listRequests(): Promise<unknown[]> {
  const notes: unknown = await (await fetch(`${app.sandbox.url}/sandbox/requests`)).json();
  return Array.isArray(notes) ? notes : [];
}
const forgetRequests = () => fetch(`${app.sandbox.url}/sandbox/requests`, { method: "DELETE" });

const countRows = async (condition: string): Promise<bigint> => (await readRows<{ count: bigint }>(app.databaseUrl, `select count(*) as count from ${condition}`))[0]?.count ?? 0n;

/** The minute's look, and everything it rang for. */
async function passSweep(): Promise<void> {
  const done = () => countRows("pgboss.job where name = 'sync.sweep' and state = 'completed'");
  const before = await done();
  await ring("sync.sweep");
  await eventually(async () => expect(await done()).toBeGreaterThan(before));
  await eventually(async () => expect(await countRows("pgboss.job where state in ('created', 'retry', 'active') and name not like '\\_\\_%'")).toBe(0n));
}

/** No shopper about. */
async function passDays(days: number): Promise<void> {
  const { clock } = app.sandbox.context;
  clock.setOffset(clock.offsetMs + days * DAY_MS);
  await app.advanceDays(0);
}

async function expectWhole(): Promise<void> {
  const truth = sumShop(app.state);
  expect(await readSync(app)).toMatchObject({ backfill_state: "done", orders: truth.orders.length, customers: truth.customerIds.length });
  expect(await readRows(app.databaseUrl, `select id, customer_id as "customerId", revenue_minor as "revenueMinor", is_counted as "isCounted" from orders order by id`)).toEqual(truth.orders);
  expect(await readAllTime(app)).toMatchObject({ orders: truth.countedOrders, revenue: truth.revenueMinor / 100, customers: truth.buyers });
}

describe("a shop that leaves", () => {
  beforeAll(() => openApp({ customerCount: 150, months: 4 }), BUSY_TIMEOUT_MS);
  afterAll(closeApp);

  test("is not asked for anything any more, its tokens are gone and its data kept", { timeout: BUSY_TIMEOUT_MS }, async () => {
    const orders = await countRows("orders");
    await control("/app/uninstall");
    await eventually(async () => expect(await countRows("shop where uninstalled_at is not null")).toBe(1n));
    await eventually(async () => expect(await countRows("session")).toBe(0n));
    await forgetRequests();
    await passDays(1);
    await passSweep();
    expect(await listRequests()).toEqual([]);
    expect(await countRows("orders")).toBe(orders);
  });

  test("comes back within two days to everything once, what it sold meanwhile included", { timeout: BUSY_TIMEOUT_MS }, async () => {
    await control("/orders", { count: 20 }); // nobody is told: the app is not installed
    await control("/app/install");
    await readSync(app);
    await settle(app);
    await expectWhole();
    await passDays(2); // when shop/redact was due, had it stayed away
    await settle(app);
    await passSweep();
    await expectWhole();
  });

  test("stays away and is forgotten: after 48 hours no table has a row of it", { timeout: BUSY_TIMEOUT_MS }, async () => {
    const tables = (await readRows<{ name: string }>(app.databaseUrl, "select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'shop_id'")).map(({ name }) => name);
    expect(tables.length).toBeGreaterThan(20);
    await control("/app/uninstall");
    await passDays(2);
    await settle(app);
    await eventually(async () => expect(await countRows("shop")).toBe(0n));
    const left = [];
    for (const table of [...tables, "shop_domain", "session"]) if ((await countRows(table)) > 0n) left.push(table);
    expect(left).toEqual([]);
    expect(await countRows(`pgboss.job where data ->> 'shopId' = '${app.state.shop().id}'`)).toBe(0n);
  });

  test("comes back after that and begins anew", { timeout: BUSY_TIMEOUT_MS }, async () => {
    await control("/app/install");
    await readSync(app);
    await settle(app);
    await expectWhole();
    expect(await countRows("reconcile")).toBe(0n); // nothing remembers the first time
  });
});

describe("a shop whose own news is lost", () => {
  beforeAll(() => openApp({ customerCount: 120, months: 6 }), BUSY_TIMEOUT_MS);
  afterAll(closeApp);

  test("shows sixty days without the whole history granted, and all of it once it is", { timeout: BUSY_TIMEOUT_MS }, async () => {
    const all = app.state.countOrders({});
    expect(await readSync(app)).toMatchObject({ is_limited_to_60_days: 0, orders: all });
    await control("/scopes", { remove: ["read_all_orders"] });
    await eventually(async () => expect(await readSync(app)).toMatchObject({ is_limited_to_60_days: 1 }));
    await control("/app/uninstall");
    await control("/shop/redact");
    await eventually(async () => expect(await countRows("shop")).toBe(0n));
    await control("/app/install");
    await control("/scopes", { remove: ["read_all_orders"] });
    await readSync(app);
    await settle(app);
    const limited = await readSync(app);
    expect(limited).toMatchObject({ is_limited_to_60_days: 1, backfill_state: "done" });
    expect(limited.orders).toBeLessThan(all);
    await control("/scopes", { add: ["read_all_orders"] });
    await eventually(async () => expect(await readSync(app)).toMatchObject({ is_limited_to_60_days: 0, orders: all, backfill_state: "done" }));
  });

  test("is asked at night what it grants, where it lies and what it is called", { timeout: BUSY_TIMEOUT_MS }, async () => {
    await control("/faults", { drop: { next: 1 } });
    await control("/scopes", { remove: ["read_all_orders"] });
    shop.ledger.remember("shop", { ...shop.shop(), name: "Tea & Sympathy", timeZone: "Asia/Tokyo" });
    await passDays(1);
    await passSweep();
    expect(await readSync(app)).toMatchObject({ is_limited_to_60_days: 1 });
    expect(await readRows(app.databaseUrl, `select name, time_zone as zone from shop`)).toEqual([{ name: "Tea & Sympathy", zone: "Asia/Tokyo" }]);
    expect(await countRollupDifferences(shopIdOf(BigInt(app.state.shop().id)))).toBe(0); // days are Tokyo's now
    expect(await readRows(app.databaseUrl, "select rollups_differing, error from reconcile order by started_at desc limit 1")).toEqual([{ rollups_differing: 0, error: null }]);

    await control("/faults", { drop: { next: 1 } });
    await control("/scopes", { add: ["read_all_orders"] });
    await passDays(1);
    await passSweep();
    await settle(app);
    await expectWhole();
  });

  test.each([
    ["installed", "delete from backfill_part"],
    ["installed again", "update shop set installed_at = (select max(started_at) from backfill_part) + interval '1 second'"],
  ])("%s a moment before a crash, its history is read all the same", { timeout: BUSY_TIMEOUT_MS }, async (_case, crash) => {
    await app.end("worker", "SIGKILL");
    await readRows(app.databaseUrl, crash);
    await readRows(app.databaseUrl, "with lost as (delete from orders where id in (select id from orders order by id limit 50) returning 1) update orders_tally set order_count = order_count - (select count(*) from lost)");
    await app.start("worker");
    await eventually(async () => expect(await countRows("backfill_part join shop on shop.id = shop_id where started_at >= installed_at")).toBe(3n));
    await settle(app);
    await expectWhole();
  });
});

describe("the people of a shop", () => {
  const MINA = { firstName: "Zerbinette", lastName: "Quixworthy", email: "zerbinette.quixworthy@example.com" };
  let minaId: string;
  let orderIds: string[];
  beforeAll(async () => {
    await openApp({ customerCount: 60, months: 3 });
    minaId = app.state.createCustomer(MINA).id;
    const second = app.state.createCustomer({ ...MINA, email: `second.${MINA.email}` });
    const [product] = app.state.listProducts({}, { sortKey: "ID", first: 1 });
    const lines = [{ productId: product?.id ?? null, quantity: 1 }];
    orderIds = [minaId, minaId, second.id].map((customerId) => app.state.placeOrder({ customerId, lines }).id);
    app.state.mergeCustomers({ keptId: minaId, deletedId: second.id });
    await settle(app);
  }, BUSY_TIMEOUT_MS);
  afterAll(closeApp);

  /** Every column of every table of every schema but PostgreSQL's own, as text. */
  async function findTraces(words: string[]): Promise<string[]> {
    const columns = await readRows<{ place: string; names: string[] }>(app.databaseUrl, `
      select format('%I.%I', table_schema, table_name) as place, array_agg(column_name::text order by 1) as names
        from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') group by 1 order by 1`);
    const found = [];
    for (const { place, names } of columns) {
      const hits = names.map((name) => `coalesce(bool_or("${name}"::text ~* $1), false) as "${name}"`);
      const [row] = await readRows(app.databaseUrl, `select ${hits.join(", ")} from ${place}`, [words.join("|")]);
      found.push(...names.filter((name) => row?.[name] === true).map((name) => `${place}.${name}`));
    }
    return found;
  }

  test("are shown what is known about them, by way of the merchant", { timeout: BUSY_TIMEOUT_MS }, async () => {
    await control(`/customers/${minaId}/data-request`);
    await eventually(async () => expect(await countRows("data_request")).toBe(1n));
    const [request] = await readRows<{ id: bigint }>(app.databaseUrl, "select id from data_request");
    const response = await askApp(app, `/app/privacy/${String(request?.id)}`, { method: "POST" });
    expect(response.headers.get("content-disposition")).toContain("attachment");
    const file = await response.text();
    for (const word of [MINA.email, MINA.lastName, minaId, ...orderIds]) expect(file).toContain(word);
    expect(await countRows("data_request where handed_over_at is not null")).toBe(1n);
    expect((await askApp(app, "/app/privacy/1", { method: "POST" })).status).toBe(404);
  });

  test("are forgotten without a trace, and no total changes", { timeout: BUSY_TIMEOUT_MS }, async () => {
    const words = [MINA.email, MINA.firstName, MINA.lastName, minaId];
    expect(await findTraces(words)).toEqual(expect.arrayContaining(["public.customer.email", "public.orders.customer_id", "public.data_request.export"]));
    const before = { totals: await readAllTime(app), cohorts: await readCohortRows(app) };
    await control(`/customers/${minaId}/redact`);
    await settle(app);
    const leftover = ["public.customer_alias.id"]; // a bare number: late news about it is dropped (capabilities/privacy/README.md)
    await eventually(async () => expect(await findTraces(words)).toEqual(leftover));
    expect({ totals: await readAllTime(app), cohorts: await readCohortRows(app) }).toEqual(before);

    await passDays(1); // Shopify still lists the orders and an empty customer; the night reads them again
    await passSweep();
    await settle(app);
    expect(await findTraces(words)).toEqual(leftover);
    expect(await readAllTime(app)).toMatchObject({ orders: before.totals["orders"], revenue: before.totals["revenue"], customers: before.totals["customers"] });
    expect(await countRollupDifferences(shopIdOf(BigInt(app.state.shop().id)))).toBe(0);
  });

  test("and tokens are never written to a log", () => {
    const log = app.readLog();
    expect(log).toContain("person erased");
    const people = [...app.state.eachCustomer({})].flatMap(({ email, lastName }) => [email, lastName]).filter((word) => word !== null);
    const words = [...people, ...Object.values(MINA), "shpat_", "shprt_", "eyJ", "id_token"];
    expect(words.filter((word) => log.includes(word))).toEqual([]);
  });
});
