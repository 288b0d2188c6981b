// Home moves while somebody looks at it: what a shopper buys comes, what is refunded or cancelled goes, within five seconds each.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OrderDoc } from "../../sandbox/shop/model.ts";
import type { RunningApp } from "../support/app.ts";
import { appFrameOf, launchBrowser, openApp, visit } from "../support/browser.ts";
import { expectedOnHome, readHistory, readHome, startTeaShop, type Shown } from "./tea-shop.ts";

const PROMISED_MS = 5_000;

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startTeaShop(), launchBrowser()]);
  await readHistory(app);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

test("a checkout shows on an open Home within five seconds, and a refund and a cancellation take it back", async () => {
  await visit(browser, { origin: app.sandbox.url }, async (page) => {
    await openApp(page);
    const before = await readHome(await appFrameOf(page));
    expect(before).toEqual(await expectedOnHome(app, "en"));

    let order: OrderDoc | undefined;
    const bought = await watchHome(page, async () => {
      await checkOut();
      order = app.state.listOrders({}, { sortKey: "CREATED_AT", reverse: true, first: 1 })[0];
    });
    expect(order).toMatchObject({ email: "mina@example.com", financialStatus: "PAID" });
    expect(numbersOf(bought)).toEqual({ ...numbersOf(before), orders: numbersOf(before).orders + 1, customers: numbersOf(before).customers + 1, newCustomers: numbersOf(before).newCustomers + 1, revenueMinor: numbersOf(before).revenueMinor + (order?.totalMinor ?? 0) });
    expect(bought).toEqual(await expectedOnHome(app, "en"));

    const refunded = await watchHome(page, () => control(`/sandbox/orders/${order?.id}/refund`));
    expect(numbersOf(refunded)).toEqual({ ...numbersOf(bought), revenueMinor: numbersOf(before).revenueMinor });
    expect(refunded).toEqual(await expectedOnHome(app, "en"));

    expect(await watchHome(page, () => control(`/sandbox/orders/${order?.id}/cancel`))).toEqual(before);
    expect(await expectedOnHome(app, "en")).toEqual(before);
  });
});

test("an order cancelled before anybody paid it back leaves no trace either", async () => {
  await visit(browser, { origin: app.sandbox.url }, async (page) => {
    await openApp(page);
    const before = await readHome(await appFrameOf(page));
    let id = "";
    await watchHome(page, async () => void ({ id } = await control("/sandbox/orders")));
    expect(await watchHome(page, () => control(`/sandbox/orders/${id}/cancel`))).toEqual(before);
  });
});

/** As a shopper does it: look at the shelves, choose, fill in the form. Another person than the merchant, so a visit of its own. */
async function checkOut(): Promise<void> {
  await visit(browser, { origin: app.sandbox.url }, async (page) => {
    await page.goto("/");
    await page.locator(".grid .tile").first().click();
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByRole("link", { name: "Check out" }).click();
    await page.getByLabel("E-mail", { exact: true }).fill("mina@example.com");
    await page.getByLabel("First name").fill("Mina");
    await page.getByLabel("Last name").fill("Okafor");
    await page.getByRole("button", { name: "Place the order" }).click();
    await page.getByRole("heading", { name: "Thank you, Mina" }).waitFor();
  });
}

async function control(path: string): Promise<{ id: string }> {
  const answer = await fetch(`${app.sandbox.url}${path}`, { method: "POST" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Does something, and answers what Home shows once it has moved: in time, in the same document. */
async function watchHome(page: Page, act: () => Promise<unknown>): Promise<Shown> {
  const frame = await appFrameOf(page);
  const before = await readHome(frame);
  const document = await frame.evaluateHandle(() => window.document);
  await act();
  const doneAt = performance.now();
  await frame.waitForFunction((revenue) => [...window.document.querySelectorAll(".regulars-totals dd")].map((figure) => figure.textContent).join() !== revenue, totalsOf(before), { timeout: PROMISED_MS, polling: 50 });
  expect(performance.now() - doneAt).toBeLessThan(PROMISED_MS);
  expect(await document.evaluate((earlier) => earlier === window.document)).toBe(true);
  return readHome(frame);
}

const TOTALS = ["Orders", "Revenue", "New customers", "Guest orders"];
const totalsOf = (shown: Shown): string => TOTALS.map((name) => shown[name]).join();

const numbersOf = (shown: Shown) => ({
  customers: parseNumber(shown["Customers"]),
  orders: parseNumber(shown["Orders"]),
  newCustomers: parseNumber(shown["New customers"]),
  revenueMinor: Math.round(parseNumber(shown["Revenue"]) * 100),
});
const parseNumber = (text = ""): number => Number(text.replaceAll(/[$,]/g, ""));
