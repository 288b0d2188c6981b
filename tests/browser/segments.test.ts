// A merchant makes groups of customers and looks at whole crowds: segments and their builder, RFM, stages and forecasts.
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openTranslator } from "../../app/i18n/translate.ts";
import type { RunningApp } from "../support/app.ts";
import { readRows } from "../support/app-database.ts";
import { expectWell, inApp, launchBrowser, openApp, reload, VIEWS, visit, type Visitor } from "../support/browser.ts";
import { listNames, parseCsv, READ_TIMEOUT_MS, readHistory, readReport, startTeaShop } from "./tea-shop.ts";

const PAGES = [["/segments", "segments.page.title"], ["/segments/new", "segments.builder.newTitle"], ["/customers/rfm", "profiles.rfm.title"], ["/customers/stages", "profiles.flow.title"], ["/forecasts", "forecasts.title"]] as const;

let app: RunningApp;
let browser: Browser;
let names: string[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startTeaShop(), launchBrowser()]);
  await readHistory(app);
  await vi.waitFor(async () => expect(await readRows(app.databaseUrl, "select is_whole from profile_basis")).toEqual([{ is_whole: true }]), { timeout: READ_TIMEOUT_MS, interval: 500 });
  names = listNames(app);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const walk = (view: Omit<Visitor, "origin">, steps: (page: Page, frame: FrameLocator) => Promise<void>) => visit(browser, { origin: app.sandbox.url, ...view }, (page) => steps(page, inApp(page)));
const titled = (frame: FrameLocator, name: string | RegExp) => frame.getByRole("heading", { level: 1, name }).waitFor();

describe.each(VIEWS)("in $locale at $width px", ({ locale, width }) => {
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
    const save = frame.getByRole("button", { name: "Save", exact: true });
    await save.click();
    await frame.getByText("1 condition is not complete yet.").waitFor();
    await frame.getByLabel("Value").fill("2");
    await frame.getByText("Customers who placed at least 2 orders.").waitFor();
    await frame.getByRole("button", { name: "Add group" }).click();
    const second = frame.getByRole("group", { name: "Condition 2.1", exact: true });
    await second.getByLabel("What").selectOption("stage");
    for (const stage of ["Regular", "VIP"]) await second.getByLabel(stage, { exact: true }).check();
    await frame.getByText("Customers who placed at least 2 orders and are in the stage “Regular” or “VIP”.").waitFor();
    await save.click();
    await frame.getByText("Enter a name").waitFor();
    await frame.getByLabel("Name", { exact: true }).fill("Stammgäste");
    const counted = await frame.getByText(/^\d+ customers?$/).innerText();
    await save.click();
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
