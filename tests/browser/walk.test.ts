// What a newcomer does, in three languages and at two widths: install, watch the history come in, read Home and Cohorts, take the CSV along.
import { readFile } from "node:fs/promises";
import pg from "pg";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openTranslator } from "../../app/i18n/translate.ts";
import type { Locale } from "../../app/i18n/locales.ts";
import { dayAt } from "../../app/values/day.ts";
import type { RunningApp } from "../support/app.ts";
import { appFrameOf, expectWell, follow, inApp, launchBrowser, listAccessFaults, openApp, VIEWS, visit, wake, type Visitor } from "../support/browser.ts";
import { readRows } from "../support/app-database.ts";
import { AS_OF, NAMES, READ_TIMEOUT_MS, expectedOnHome, parseCsv, readHome, readReport, startTeaShop, writersFor } from "./tea-shop.ts";


let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startTeaShop({ startsWorker: false }), launchBrowser()]);
  app.sandbox.context.installation.uninstall();
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const walk = (view: Omit<Visitor, "origin">, steps: (page: Page) => Promise<void>) => visit(browser, { origin: app.sandbox.url, ...view }, steps);

describe("before the history is in", () => {
  test("the Admin asks before it installs, and says what the app may read", async () => {
    await walk({}, async (page) => {
      await page.goto("/admin/apps/regulars");
      expect(await page.locator(".scopes").innerText()).toContain("read_orders");
      expect(await listAccessFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "Install", exact: true }).click();
      await wake(page);
      await inApp(page).getByRole("heading", { level: 1, name: "Reading your shop's history" }).waitFor();
    });
    expect(app.sandbox.context.isInstalled()).toBe(true);
  });

  test.each(VIEWS)("a page in $locale at $width px says that it is coming", async ({ locale, width }) => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page) => {
      await openApp(page);
      await inApp(page).getByRole("heading", { level: 1, name: t("sync.progress.title") }).waitFor();
      await expectWell(page, locale, NAMES);
    });
  });

  test("the bar moves by itself from nothing to the dashboard, and never back", async () => {
    await walk({}, async (page) => {
      await openApp(page);
      const frame = await appFrameOf(page);
      await frame.evaluate(noteBarValues);
      const letOrdersIn = await holdOrdersBack(); // or a history this small would be in before anybody has looked
      try {
        await app.start("worker");
        await frame.waitForFunction(() => window.barValues.some((value) => value > 0 && value < 100), null, { timeout: READ_TIMEOUT_MS });
      } finally {
        await letOrdersIn();
      }
      await inApp(page).getByRole("heading", { level: 1, name: "Retention" }).waitFor({ timeout: READ_TIMEOUT_MS });
      const seen = await frame.evaluate(() => window.barValues);
      expect(seen[0]).toBe(0);
      expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    });
  });
});

/** Nobody can store an order until the answer is called; products and customers come in. */
async function holdOrdersBack(): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  await client.query("begin");
  await client.query("lock table orders in share mode");
  return () => client.end();
}

declare global {
  interface Window {
    barValues: number[];
  }
}

/** Runs in the page, and writes down every value the first bar takes. */
function noteBarValues(): void {
  window.barValues = [];
  const look = (): void => {
    const value = document.querySelector("progress")?.value;
    if (value !== undefined && value !== window.barValues.at(-1)) window.barValues.push(value);
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  look();
}

describe.each(VIEWS)("in $locale at $width px", ({ locale, width }) => {
  const view = { locale, width };

  test("Home shows the figures of the report", async () => {
    const { t } = await openTranslator(locale);
    await walk(view, async (page) => {
      await openApp(page);
      await inApp(page).getByRole("heading", { level: 1, name: t("analytics.home.title") }).waitFor();
      await inApp(page).locator(".regulars-chart svg").first().waitFor();
      const shown = await readHome(await appFrameOf(page));
      expect(Object.keys(shown)).toHaveLength(10);
      expect(shown).toEqual(await expectedOnHome(app, locale));
      await expectWell(page, locale, NAMES);
    });
  });

  test("Cohorts shows the table of the CSV, and hands the CSV out", async () => {
    const { t } = await openTranslator(locale);
    await walk(view, async (page) => {
      await openApp(page);
      await follow(page, t("frame.navigation.cohorts"));
      await inApp(page).getByRole("heading", { level: 1, name: t("cohorts.title") }).waitFor();
      await expectWell(page, locale, NAMES);
      const csv = await readReport(app, "cohorts.csv");
      expect(await readTable(page)).toEqual(tableOf(csv, locale, "share"));
      await inApp(page).getByLabel(t("cohorts.controls.measure")).selectOption("customers");
      await expect.poll(() => readTable(page)).toEqual(tableOf(csv, locale, "count"));
      const [download] = await Promise.all([page.waitForEvent("download"), inApp(page).getByRole("button", { name: t("frame.downloadCsv") }).click()]);
      expect(download.suggestedFilename()).toBe("regulars-cohorts-2026-11-20.csv");
      expect(await readFile(await download.path(), "utf8")).toBe(csv);
    });
  });

  test("Sync says that everything is in", async () => {
    const { t } = await openTranslator(locale);
    const { count } = writersFor(locale);
    await walk(view, async (page) => {
      await openApp(page);
      await follow(page, t("frame.navigation.sync"));
      const history = inApp(page).locator(".Polaris-ShadowBevel", { has: inApp(page).getByRole("heading", { level: 2, name: t("sync.state.title"), exact: true }) });
      expect(await history.innerText()).toContain(t("sync.state.done"));
      const { state } = app.sandbox.context;
      expect(await history.locator("dd").allInnerTexts()).toEqual([state.countProducts({}), state.countCustomers({}), state.countOrders({})].map(count));
      await inApp(page).getByText(t("sync.news.upToDate"), { exact: true }).waitFor();
      await expectWell(page, locale, NAMES);
    });
  });
});

describe("what needs a merchant's attention", () => {
  beforeAll(async () => {
    const [customer] = app.state.listCustomers({}, { sortKey: "ID", first: 1 });
    app.state.requestCustomerData(customer?.id ?? "");
    app.sandbox.context.deliveries.publish({ topic: "orders/create", occurredAt: AS_OF.toISOString(), body: '{"id":1}' }); // an order without anything
    await vi.waitFor(async () => expect(parseCsv(await readReport(app, "sync.csv"))).toContainEqual(["quarantined_deliveries", "1"]), { timeout: READ_TIMEOUT_MS });
    await readRows(app.databaseUrl, "insert into unread_record (shop_id, noun, id, reason, seen_at) values ($1, 'orders', 5700000009999, 'missing name', $2)", [app.state.shop().id, AS_OF]);
  });

  test.each(VIEWS)("is on Sync in $locale at $width px", async ({ locale, width }) => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page) => {
      await openApp(page, "/sync");
      await inApp(page).getByRole("button", { name: t("sync.quarantine.replayAll") }).waitFor();
      await inApp(page).getByRole("table", { name: t("privacy.caption") }).waitFor();
      expect(await inApp(page).getByRole("table", { name: t("sync.unread.title") }).innerText()).toContain("5700000009999");
      await expectWell(page, locale, [...NAMES, ...(await inApp(page).locator("code").allInnerTexts())]);
    });
  });
});

test("the table adds up to the orders of the shop, counted without the app", async () => {
  const { timeZone } = app.state.shop();
  const firstMonths = new Map<string, string>();
  for (const order of app.state.eachOrder({})) {
    const isCounted = !order.test && order.cancelledAt === null && /PAID|REFUNDED/.test(order.financialStatus);
    if (!isCounted || order.customerId === null) continue;
    const month = dayAt(new Date(order.processedAt), timeZone).slice(0, 7);
    const earlier = firstMonths.get(order.customerId);
    if (earlier === undefined || month < earlier) firstMonths.set(order.customerId, month);
  }
  const sizes = Object.entries(Object.groupBy(firstMonths.values(), (month) => month)).map(([month, customers]) => [month, String(customers?.length)]).sort();
  const rows = parseCsv(await readReport(app, "cohorts.csv"));
  expect(rows.filter(([, period]) => period === "0").map(([cohort, , size]) => [cohort, size])).toEqual(sizes);
  expect(AS_OF.toISOString()).toContain(rows.at(-1)?.[0] ?? "no rows");
});

/** The body of the cohort table as text, without the row of averages; what only a screen reader hears is left out. */
const readTable = async (page: Page): Promise<string[][]> => (await appFrameOf(page)).evaluate(() => {
  const rows = [...document.querySelectorAll(".retention-grid tbody:last-child tr")];
  return rows.map((row) => [...row.children].map((cell) => cell.childNodes[0]?.textContent ?? ""));
});

function tableOf(csv: string, locale: Locale, view: "share" | "count"): string[][] {
  const { count, share, month } = writersFor(locale);
  const cohorts = Map.groupBy(parseCsv(csv), ([cohort = ""]) => cohort);
  const columnCount = Math.max(...[...cohorts.values()].map((cells) => cells.length));
  return [...cohorts].map(([cohort, cells]) => {
    const size = Number(cells[0]?.[2]);
    const written = cells.map(([, , , customers]) => (view === "count" ? count(Number(customers)) : share(Number(customers) / size)));
    return [month(cohort), count(size), ...written, ...Array<string>(columnCount - cells.length).fill("")];
  });
}
