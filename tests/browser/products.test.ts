// Questions a merchant has about products that make regulars, each answered on its page, and every figure open to its people.
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTranslator } from "../../app/i18n/translate.ts";
import type { RunningApp } from "../support/app.ts";
import { eventually, joinDatabase, readRows, ring, settle } from "../support/app-database.ts";
import { expectWell, inApp, launchBrowser, openApp, SOME_VIEWS, visit, type Visitor } from "../support/browser.ts";
import { listNames, parseCsv, readEverybody, readReport, startTeaShop } from "./tea-shop.ts";

let app: RunningApp;
let browser: Browser;
let leave = () => Promise.resolve();
beforeAll(async () => {
  [app, browser] = await Promise.all([startTeaShop(), launchBrowser()]);
  leave = joinDatabase(app.databaseUrl);
  await readEverybody(app);
  await settle(app);
  await ring("cohorts.sweep");
  await eventually(async () => expect(await readRows(app.databaseUrl, "select measured_at is not null as is_measured from cohort_lock")).toEqual([{ is_measured: true }]));
});
afterAll(async () => {
  await leave();
  await browser?.close();
  await app?.stop();
});

const walk = (view: Omit<Visitor, "origin">, steps: (page: Page, frame: FrameLocator) => Promise<void>) => visit(browser, { origin: app.sandbox.url, ...view }, (page) => steps(page, inApp(page)));

test("which first product makes regulars? The page answers, and its figures open to exactly whom they count", async () => {
  const [id = "", title = "", customers = "", , , next = "", nextCustomers = ""] = parseCsv(await readReport(app, "first_products.csv")).find(([, name]) => name === "House Espresso") ?? [];
  await walk({}, async (page, frame) => {
    await openApp(page, `/first-products?sort=customers&product=${id}`);
    await frame.getByRole("heading", { name: "Which first product makes regulars?" }).waitFor();
    await frame.getByRole("row", { name: new RegExp(title) }).first().getByRole("link", { name: customers, exact: true }).click();
    await frame.getByRole("status").filter({ hasText: new RegExp(`^${customers} `) }).waitFor();
    await openApp(page, `/first-products?product=${id}`);
    await frame.getByRole("heading", { name: `After ${title}` }).waitFor();
    const flow = frame.getByRole("region", { name: /came again bought next$/ });
    await flow.getByRole("row").nth(1).getByRole("link", { name: nextCustomers, exact: true }).click();
    await frame.getByRole("status").filter({ hasText: new RegExp(`^${nextCustomers} `) }).waitFor();
    expect(decodeURIComponent(page.url())).toContain(next);
  });
});

test("what do loyal customers buy that others do not? Both kinds of buyers can be seen", async () => {
  const [, title = "", loyal = "", others = ""] = parseCsv(await readReport(app, "bright_spots.csv"))[0] ?? [];
  for (const [at, count] of [[0, loyal], [1, others]] as const) {
    await walk({}, async (page, frame) => {
      await openApp(page, "/first-products");
      await frame.getByRole("region", { name: "What loyal customers buy" }).getByRole("row", { name: new RegExp(`^${title}`) }).getByRole("link").nth(at).click();
      await frame.getByRole("status").filter({ hasText: new RegExp(`^${count} `) }).waitFor();
    });
  }
});

test("how long does a bag last? A product is found by its name and told by variant", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/first-products");
    await frame.getByRole("link", { name: "How long products last" }).click();
    await frame.getByLabel("Find a product").fill("espresso");
    await frame.getByRole("region", { name: "How long products last" }).getByRole("row").nth(2).waitFor({ state: "detached" });
    await frame.getByRole("link", { name: "House Espresso", exact: true }).click();
    const variants = frame.getByRole("region", { name: "House Espresso, by variant" });
    expect(await variants.getByRole("row", { name: /^500 g/ }).innerText()).toMatch(/2×[\s\S]*\d+ of \d+[\s\S]*(\d days|Too few to say)/);
  });
});

describe.each(SOME_VIEWS)("in $locale at $width px", ({ locale, width }) => {
  test.each(["/first-products", "/first-products?sort=value&direction=ascending&page=2&spots=2", "/replenishment", "/replenishment?q=tea"])("%s is whole, readable and reachable", async (path) => {
    await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, path);
      await frame.locator("table, dl").first().waitFor();
      await expectWell(page, locale, [...listNames(app), "250 g", "g", "kg"]);
    });
  });
});
