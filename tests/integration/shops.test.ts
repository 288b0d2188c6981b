// Shops come, go and come back, told twice and late.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  changeScopes, closeShop, describeShop, eraseShop, findShop, findShopId, installShop, listInstalledShops, noteNight, readShop,
} from "../../app/capabilities/shops/shops.server.ts";
import { eraseShop as eraseEverything } from "../../app/capabilities/privacy/privacy.server.ts";
import { db, inTransaction } from "../../app/platform/db.server.ts";
import { parseDay } from "../../app/values/day.ts";
import { parseId, type ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";

const shopId = parseId<ShopId>(9007199254740993n);
const domain = "beans.myshopify.com";
const snapshot = { name: "Beans", email: "owner@example.com", currency: "JPY", timeZone: "Asia/Tokyo", planName: "Basic" };
const monday = new Date("2026-11-16T10:00:00Z");
const tuesday = new Date("2026-11-17T10:00:00Z");
const wednesday = new Date("2026-11-18T10:00:00Z");
const install = (at: Date, changes = {}) => installShop({ id: shopId, domain, snapshot: { ...snapshot, ...changes }, scopes: ["read_customers", "read_orders"], at });

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
});
afterAll(() => close());
beforeEach(async () => {
  await db().shop.deleteMany();
  await db().shopDomain.deleteMany();
});

test("a shop is found by its domain and by its number, as it was installed", async () => {
  const { shop, isNew } = await install(monday);
  expect(isNew).toBe(true);
  expect(shop).toEqual({ id: shopId, domain, ...snapshot, scopes: ["read_customers", "read_orders"], installedAt: monday, uninstalledAt: null, lastNightOn: null });
  expect(await findShop(domain)).toEqual(shop);
  expect(await readShop(shopId)).toEqual(shop);
  expect(await findShopId(domain)).toBe(shopId);
  expect(await findShop("other.myshopify.com")).toBeNull();
  await expect(readShop(parseId(1))).rejects.toThrow();
});

test("of many installs at once exactly one is new", async () => {
  const installs = await Promise.all(Array.from({ length: 6 }, () => install(monday)));
  expect(installs.filter(({ isNew }) => isNew)).toHaveLength(1);
});

describe("an uninstalled shop", () => {
  test("is known, but not among the installed", async () => {
    await install(monday);
    expect(await closeShop(shopId, tuesday)).toBe(true);
    expect((await findShop(domain))?.uninstalledAt).toEqual(tuesday);
    expect(await listInstalledShops()).toEqual([]);
    expect(await closeShop(shopId, wednesday)).toBe(false);
  });

  test("that comes back is new again, once, under what it is called now", async () => {
    await install(monday);
    await closeShop(shopId, tuesday);
    const installs = [await install(wednesday, { name: "Better beans" }), await install(wednesday)];
    expect(installs.map(({ isNew }) => isNew)).toEqual([true, false]);
    expect(installs[0]?.shop).toMatchObject({ name: "Better beans", installedAt: wednesday, uninstalledAt: null });
  });

  test("is not closed by late news of an uninstall before it came back", async () => {
    await install(monday);
    await closeShop(shopId, tuesday);
    await install(wednesday);
    expect(await closeShop(shopId, tuesday)).toBe(false);
    expect(await listInstalledShops()).toHaveLength(1);
  });
});

test("what Shopify says of a shop replaces what it said", async () => {
  await install(monday);
  await describeShop(shopId, { ...snapshot, timeZone: "Europe/Berlin" });
  await changeScopes(shopId, []);
  expect(await readShop(shopId)).toMatchObject({ timeZone: "Europe/Berlin", scopes: [] });
});

test("a night is noted once, and never goes back", async () => {
  await install(monday);
  const noted = [];
  for (const day of ["2026-11-16", "2026-11-16", "2026-11-17", "2026-11-15"]) noted.push(await noteNight(shopId, parseDay(day)));
  expect(noted).toEqual([true, false, true, false]);
  expect((await readShop(shopId)).lastNightOn).toBe("2026-11-17");
});

test("an erased shop leaves nothing", async () => {
  await install(monday);
  await inTransaction((tx) => eraseShop(tx, shopId));
  expect(await findShop(domain)).toBeNull();
  expect(await findShopId(domain)).toBeNull();
});

test("a shop is erased by one of two runs of the same news, and never once it is installed again", async () => {
  await install(monday);
  expect(await eraseEverything(shopId, domain)).toBe(false); // it came back within two days
  await closeShop(shopId, tuesday);
  const answers = await Promise.all([eraseEverything(shopId, domain), eraseEverything(shopId, domain)]);
  expect(answers.toSorted()).toEqual([false, true]);
  await install(tuesday);
  expect(await eraseEverything(shopId, domain)).toBe(false);
  expect(await findShop(domain)).not.toBeNull();
});
