// A merchant aims at something and sees on Home how it goes; what happened stands on the time axis; a range is compared with last year's.
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTranslator } from "../../app/i18n/translate.ts";
import type { RunningApp } from "../support/app.ts";
import { expectWell, inApp, launchBrowser, openApp, SOME_VIEWS, visit, type Visitor } from "../support/browser.ts";
import { listNames, parseCsv, readHistory, readReport, startTeaShop } from "./tea-shop.ts";

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

const TYPES = ["Coffee beans", "Tea", "Supplies", "Brewing gear"]; // the shop's own words

const walk = (view: Omit<Visitor, "origin">, steps: (page: Page, frame: FrameLocator) => Promise<void>) => visit(browser, { origin: app.sandbox.url, ...view }, (page) => steps(page, inApp(page)));

test("a goal is set on a phone in Japanese, stands on Home, and in the report", async () => {
  const { t } = await openTranslator("ja");
  await walk({ locale: "ja", width: 360 }, async (page, frame) => {
    await openApp(page, "/targets");
    const name = t("targets.over", { name: t("analytics.kpis.average_order_value.title"), count: 1 });
    await frame.getByRole("button", { name: t("targets.goal.setOf", { name }) }).click();
    const value = frame.getByLabel(t("targets.goal.value"), { exact: true });
    await value.fill("");
    await frame.getByRole("button", { name: t("targets.goal.save") }).click();
    await frame.getByText(t("targets.refused.missing")).waitFor();
    await value.fill("９９.50");
    await value.press("Enter");
    await frame.getByRole("button", { name: t("targets.goal.endOf", { name }) }).waitFor();
    await openApp(page);
    await frame.getByRole("heading", { level: 2, name: t("targets.track.title") }).waitFor();
    await expectWell(page, "ja", listNames(app));
  });
  const [goal = []] = parseCsv(await readReport(app, "goals.csv"));
  expect(goal.slice(1, 5)).toEqual(["average_order_value", "", "1", "open"]);
  expect(goal[8]).toBe("99.50");
});

test("what happened is written by keyboard, stands in the table beside the chart, and can be taken off", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "?range=last_12_months");
    await frame.getByRole("button", { name: "Add a note" }).focus();
    await page.keyboard.press("Enter");
    await frame.getByLabel("What happened", { exact: true }).fill("Open house");
    await page.keyboard.press("Enter");
    await frame.getByRole("list", { name: "Notes" }).getByText("Open house").waitFor();
    await frame.getByRole("button", { name: "Show as table" }).click();
    await frame.getByRole("cell", { name: "Open house" }).waitFor();
    await frame.getByRole("button", { name: "Change: Open house" }).click();
    await frame.getByRole("button", { name: "Delete" }).click();
    await frame.getByRole("cell", { name: "Open house" }).waitFor({ state: "detached" });
  });
});

test("a range is compared with the same days a year earlier, by an address that can be sent", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "?range=last_month");
    await frame.getByRole("button", { name: "Compared with: The period before" }).click();
    await frame.getByRole("dialog", { name: "Compared with" }).getByText("A year earlier").click();
    await frame.getByRole("button", { name: "Compared with: A year earlier" }).waitFor();
    expect(page.url()).toContain("range=last_month&compare=last_year");
    const rows = parseCsv(await readReport(app, "overview.csv?range=last_month&compare=last_year"));
    const customers = rows.find(([metric]) => metric === "customers");
    await frame.getByText(`from ${Number(customers?.[2]).toLocaleString("en")},`).first().waitFor();
  });
});

test.each(SOME_VIEWS)("targets in $locale at $width px are whole, readable and reachable", async ({ locale, width }) => {
  await openTranslator(locale);
  await walk({ locale, width }, async (page, frame) => {
    await openApp(page, "/targets");
    await frame.locator("table").first().waitFor();
    await expectWell(page, locale, [...listNames(app), ...TYPES]);
  });
});
