// Everything one can do on Home and Cohorts is done here without a mouse, and Escape closes what opens.
import { readFile } from "node:fs/promises";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningApp } from "../support/app.ts";
import { inApp, launchBrowser, listAccessFaults, listOverflows, openApp, visit } from "../support/browser.ts";
import { expectedOnHome, readHistory, readReport, startTeaShop } from "./tea-shop.ts";

const TABS_MAX = 60; // further away than that nobody finds it

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

const walk = (width: number, steps: (page: Page) => Promise<void>) => visit(browser, { origin: app.sandbox.url, width }, steps);

/** Presses Tab until the element has the focus, and sees that the focus can be seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let pressed = 0; pressed <= TABS_MAX; pressed += 1) {
    if (await isFocused(target)) {
      expect(await target.evaluate((element) => element.matches(":focus-visible"))).toBe(true);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`not reached with ${TABS_MAX} presses of Tab: ${String(target)}`);
}

const isFocused = (target: Locator): Promise<boolean> => target.evaluate((element) => document.hasFocus() && document.activeElement === element);
const expectFocus = (target: Locator) => expect.poll(() => isFocused(target)).toBe(true);

test("a usual period is chosen with Tab, Enter and the arrows; Escape leaves everything as it was", async () => {
  await walk(1280, async (page) => {
    await openApp(page);
    const period = inApp(page).getByRole("button", { name: "Last 12 months:" });
    const dialog = inApp(page).getByRole("dialog", { name: "Period" });
    await tabTo(page, period);
    await page.keyboard.press("Enter");
    await dialog.waitFor();
    expect(await listAccessFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await expectFocus(period);
    await page.keyboard.press("Enter");
    await tabTo(page, dialog.getByRole("option", { name: "All time" }).or(dialog.getByRole("button", { name: "All time" })));
    await page.keyboard.press("Enter");
    await inApp(page).getByRole("button", { name: "All time:" }).waitFor();
    await dialog.waitFor({ state: "hidden" });
  });
});

test("days of one's own are typed, a mistake is explained, and the period follows", async () => {
  await walk(360, async (page) => {
    await openApp(page);
    await tabTo(page, inApp(page).getByRole("button", { name: "Last 12 months:" }));
    await page.keyboard.press("Enter");
    expect(await listOverflows(page)).toEqual([]);
    const [from, to] = [inApp(page).getByLabel("First day"), inApp(page).getByLabel("Last day")];
    await tabTo(page, from);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("2026-10-01");
    await tabTo(page, to);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("2026-09-30");
    await page.keyboard.press("Enter");
    await inApp(page).getByText("The last day must not come before the first.").waitFor();
    expect(await listAccessFaults(page)).toEqual([]);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("2026-10-31");
    await page.keyboard.press("Enter");
    await inApp(page).getByRole("button", { name: "Your own dates: Oct 1 – 31, 2026" }).waitFor();
    expect(page.url()).toContain("from=2026-10-01&to=2026-10-31");
  });
});

test.each([1280, 360])("at %d px How is this computed? opens, tells the sum, and gives the focus back when Escape closes it", async (width) => {
  await walk(width, async (page) => {
    await openApp(page);
    const question = inApp(page).getByRole("button", { name: "How is this computed? Repeat purchase rate" });
    await tabTo(page, question);
    await page.keyboard.press("Enter");
    const dialog = inApp(page).getByRole("dialog", { name: "Repeat purchase rate" });
    await dialog.waitFor();
    const { "Repeat purchase rate": rate } = await expectedOnHome(app, "en");
    expect(await dialog.innerText()).toContain(rate);
    expect(await listOverflows(page)).toEqual([]);
    expect(await listAccessFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await expectFocus(question);
  });
});

test("the cohort table scrolls with the arrows, and the CSV comes with Enter", async () => {
  await walk(360, async (page) => {
    await openApp(page, "/cohorts");
    const csv = inApp(page).getByRole("button", { name: "Download CSV" });
    await tabTo(page, csv);
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    expect(await readFile(await download.path(), "utf8")).toBe(await readReport(app, "cohorts.csv"));

    const table = inApp(page).getByRole("region", { name: "Cohort table, scrolls sideways: All customers" });
    await tabTo(page, table);
    const positionOf = () => table.evaluate(({ scrollLeft }) => scrollLeft);
    expect(await positionOf()).toBe(0);
    await page.keyboard.press("ArrowRight");
    await expect.poll(positionOf).toBeGreaterThan(0);
  });
});

test("a comparison with Shopify is asked for with Enter, and says what it found", async () => {
  await walk(360, async (page) => {
    await openApp(page, "/sync");
    await tabTo(page, inApp(page).getByRole("button", { name: "Check now" }));
    await page.keyboard.press("Enter");
    await page.locator("#toasts").getByText("Comparison started").waitFor();
    await inApp(page).getByText("Nothing differed").waitFor();
    expect(await listAccessFaults(page)).toEqual([]);
  });
});
