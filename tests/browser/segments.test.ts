// A merchant makes groups of customers and looks at whole crowds: segments and their builder, RFM, stages and forecasts.
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTranslator } from "../../app/i18n/translate.ts";
import type { RunningApp } from "../support/app.ts";
import { readRows } from "../support/app-database.ts";
import { appFrameOf, expectWell, follow, inApp, launchBrowser, openApp, reload, SOME_VIEWS, visit, type Visitor } from "../support/browser.ts";
import { listNames, parseCsv, READ_TIMEOUT_MS, readEverybody, readReport, startTeaShop } from "./tea-shop.ts";

const PAGES = [["/segments", "segments.page.title"], ["/segments/new", "segments.builder.newTitle"], ["/customers/rfm", "profiles.rfm.title"], ["/customers/stages", "profiles.flow.title"], ["/forecasts", "forecasts.title"]] as const;

let app: RunningApp;
let browser: Browser;
let names: string[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startTeaShop(), launchBrowser()]);
  await readEverybody(app);
  names = listNames(app);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const walk = (view: Omit<Visitor, "origin">, steps: (page: Page, frame: FrameLocator) => Promise<void>) => visit(browser, { origin: app.sandbox.url, ...view }, (page) => steps(page, inApp(page)));
const titled = (frame: FrameLocator, name: string | RegExp) => frame.getByRole("heading", { level: 1, name }).waitFor();

const bar = (page: Page) => page.locator("#save-bar"); // the Admin's, not ours
const saveIn = (page: Page) => bar(page).locator("[data-save]");

describe.each(SOME_VIEWS)("in $locale at $width px", ({ locale, width }) => {
  test.each(PAGES)("%s is whole, readable and reachable", async (where, title) => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, where);
      await titled(frame, t(title));
      await expectWell(page, locale, names);
    });
  });

  test("so are a ready-made segment, a chart as its table, and what opens", async () => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, "/segments");
      await frame.getByRole("link", { name: t("segments.ready.vip.name"), exact: true }).click();
      await frame.getByRole("table", { name: t("segments.builder.members") }).waitFor();
      await expectWell(page, locale, names);
      await openApp(page, "/customers/stages");
      await frame.getByRole("button", { name: t("analytics.trend.table") }).click();
      await frame.getByRole("table", { name: /2026/ }).waitFor();
      await expectWell(page, locale, names);
      await openApp(page, "/customers/rfm");
      await frame.getByRole("button", { name: t("profiles.rfm.change") }).click();
      await expectWell(page, locale, names);
      await openApp(page, "/forecasts");
      await frame.getByRole("button", { name: t("forecasts.model.show") }).click();
      await frame.getByRole("rowheader", { name: "α" }).waitFor();
      await expectWell(page, locale, names);
    });
  });
});

test("a segment is built, counted while it is typed, saved, kept in Shopify, taken as a file, and deleted", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/segments");
    await frame.getByRole("link", { name: "Create segment" }).click();
    await titled(frame, "New segment");
    await frame.getByRole("button", { name: "Save", exact: true }).click();
    await frame.getByText("1 condition is not complete yet.").waitFor();
    await frame.getByLabel("Value").fill("2");
    await frame.getByText("Customers who placed at least 2 orders.").waitFor();
    await frame.getByRole("button", { name: "Add group" }).click();
    const second = frame.getByRole("group", { name: "Condition 2.1", exact: true });
    await second.getByLabel("What").selectOption("stage");
    for (const stage of ["Regular", "VIP"]) await second.getByLabel(stage, { exact: true }).check();
    await frame.getByText("Customers who placed at least 2 orders and are in the stage “Regular” or “VIP”.").waitFor();
    await saveIn(page).click();
    await frame.getByText("Enter a name").waitFor();
    await frame.getByLabel("Name", { exact: true }).fill("Stammgäste");
    const counted = await frame.getByText(/^\d+ customers?$/).innerText();
    await saveIn(page).click();
    await titled(frame, "Stammgäste");
    const stages = parseCsv(await readReport(app, "customers.csv?stage=regular,vip&orders=2"));
    expect(counted).toBe(`${stages.length} customers`);
    const id = /segments\/([0-9a-f-]{36})/.exec(await frame.locator("body").evaluate(() => location.pathname))?.[1] ?? "";
    expect(parseCsv(await readReport(app, `segment_members.csv?segment=${id}`)).length).toBe(stages.length);

    await frame.getByLabel("As a tag and a saved segment").check();
    await frame.getByText("regulars:stammgaste", { exact: true }).waitFor();
    await expect.poll(() => app.sandbox.context.segments.list().map(({ name, query }) => ({ name, query }))).toContainEqual({ name: "Stammgäste", query: "customer_tags CONTAINS 'regulars:stammgaste'" });
    await expect.poll(() => readRows(app.databaseUrl, "select count(*)::int as count from segment_telling"), { timeout: READ_TIMEOUT_MS }).toEqual([{ count: 0 }]);
    await reload(page);
    await frame.getByRole("button", { name: "Delete" }).click();
    await frame.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await titled(frame, "Segments");
    await frame.getByText("None yet.", { exact: false }).waitFor();
    await expect.poll(() => app.sandbox.context.segments.list(), { timeout: READ_TIMEOUT_MS }).toEqual([]);
  });
});

test.each(SOME_VIEWS)("what is written and not saved is not left without a question, in $locale at $width px", async ({ locale, width }) => {
  const { t } = await openTranslator(locale);
  await walk({ locale, width }, async (page, frame) => {
    const question = page.locator("#leave-dialog");
    const name = frame.getByLabel(t("segments.builder.name"), { exact: true });
    const back = frame.getByRole("link", { name: t("segments.page.title"), exact: true });
    await openApp(page, "/segments/new");
    await name.fill("12");
    await bar(page).waitFor();
    await expectWell(page, locale, names);
    await back.click();
    await question.locator("[data-stay]").click();
    await titled(frame, t("segments.builder.newTitle"));
    expect(await name.inputValue()).toBe("12");
    const isUnloadAsked = page.waitForEvent("dialog").then(async (dialog) => {
      await dialog.dismiss();
      return dialog.type();
    });
    await (await appFrameOf(page)).evaluate(() => location.reload());
    expect(await isUnloadAsked).toBe("beforeunload");
    const [leave, title] = width > 360 ? [() => follow(page, t("frame.navigation.cohorts")), "cohorts.title" as const] : [() => back.click(), "segments.page.title" as const]; // on a phone the bar lies over the Admin's menu
    await leave();
    await question.locator("[data-leave]").click();
    await titled(frame, t(title)); // one question is enough
    await bar(page).waitFor({ state: "hidden" });
  });
});

test("what is dropped is as it was, and what is saved may be left", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/segments");
    await frame.getByRole("link", { name: "One-time buyers" }).click();
    await frame.getByRole("link", { name: "Copy as my own" }).click();
    const name = frame.getByLabel("Name", { exact: true });
    const copied = await name.inputValue();
    await name.fill("Other");
    await bar(page).locator("[data-discard]").click();
    await page.locator("#leave-dialog [data-leave]").click();
    await bar(page).waitFor({ state: "hidden" });
    expect(await name.inputValue()).toBe(copied);
    await frame.getByRole("button", { name: "Save", exact: true }).click();
    await titled(frame, copied);
    await frame.getByRole("button", { name: "Add condition" }).click();
    await bar(page).waitFor();
    await frame.getByRole("button", { name: "Remove condition 2" }).click();
    await bar(page).waitFor({ state: "hidden" });
    await name.fill("Renamed");
    await saveIn(page).click();
    await titled(frame, "Renamed");
    await bar(page).waitFor({ state: "hidden" });
    await frame.getByRole("link", { name: "Segments", exact: true }).click();
    await titled(frame, "Segments");
    await frame.getByRole("link", { name: "Renamed" }).click();
    await name.fill("Gone with the rest");
    await frame.getByRole("button", { name: "Delete" }).click();
    await frame.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await titled(frame, "Segments");
  });
});

test("a cell of the map leads to its customers, and limits of one's own move the map", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/customers/rfm");
    const cell = frame.getByRole("link", { name: /Champions/ }).first();
    const count = Number.parseInt(await cell.innerText(), 10);
    await cell.click();
    await frame.getByText(`${count} customer${count === 1 ? "" : "s"}`, { exact: true }).waitFor();
    await openApp(page, "/customers/rfm");
    await frame.getByRole("button", { name: "Change limits" }).click();
    await frame.getByLabel("Score 3").first().fill("9999");
    await frame.getByRole("button", { name: "Save" }).click();
    await frame.getByText("Must not be more days than the score below").waitFor();
    await frame.getByLabel("Score 2").first().fill("9999");
    await frame.getByRole("button", { name: "Save" }).click();
    await frame.getByText("last order at most 9,999 days ago").waitFor();
    await expect.poll(() => frame.getByRole("row", { name: /^1 / }).getByRole("link").count(), { timeout: READ_TIMEOUT_MS }).toBe(0); // nobody was away for that long
    await frame.getByRole("button", { name: "Back to automatic" }).click();
    await expect.poll(() => frame.getByText("9,999").count()).toBe(0);
  });
});

test("a lapse point of one's own is taken, and one that nobody could mean is refused", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/customers/stages");
    const days = frame.getByLabel("Days without an order");
    const automatic = await days.inputValue();
    await days.fill("0");
    await frame.getByRole("button", { name: "Use this number" }).click();
    await frame.getByText("Enter from 1 to 3,650 days").waitFor();
    await days.fill("200");
    await frame.getByRole("button", { name: "Use this number" }).click();
    await frame.getByText("Your own", { exact: true }).waitFor();
    await expect.poll(() => readRows(app.databaseUrl, "select distinct lapse_days from customer_profile where lapse_days is not null"), { timeout: READ_TIMEOUT_MS }).toEqual([{ lapse_days: 200 }]);
    await frame.getByRole("button", { name: "Back to automatic" }).click();
    await expect.poll(() => days.inputValue()).toBe(automatic);
  });
});
