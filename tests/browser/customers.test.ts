// A merchant looks after customers: Home says who slips, the board why and what to do, the customer's page the rest; lists, views and VIPs beside it.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openTranslator } from "../../app/i18n/translate.ts";
import type { RunningApp } from "../support/app.ts";
import { readRows } from "../support/app-database.ts";
import { askApp } from "../support/reports.ts";
import { expectWell, inApp, launchBrowser, listAccessFaults, listOverflows, openApp, reload, SOME_VIEWS, visit, type Visitor } from "../support/browser.ts";
import { AS_OF, listNames, parseCsv, READ_TIMEOUT_MS, readHistory, readReport, startTeaShop } from "./tea-shop.ts";

const PAGES = [["/at-risk", "followups.board.title"], ["/customers", "segments.list.title"], ["/customers?stage=at_risk,lapsed&orders=2&sort=stake", "segments.list.title"], ["/customers/vips", "profiles.vips.title"]] as const;

let app: RunningApp;
let browser: Browser;
let names: string[];
let customerId: string;
let answererId: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startTeaShop(), launchBrowser()]);
  await readHistory(app);
  await vi.waitFor(async () => expect(await listLeaving()).not.toEqual([]), { timeout: READ_TIMEOUT_MS, interval: 500 });
  customerId = (await listLeaving())[0] ?? "";
  answererId = await letDown();
  names = [...listNames(app), SURVEY, SAID];
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const SURVEY = "How was the delivery?";
const SAID = "The cup came broken";
/** Somebody who is not leaving, and no VIP, says in a survey that something went wrong. */
async function letDown(): Promise<string> {
  const id = parseCsv(await readReport(app, "customers.csv?stage=active"))[0]?.[0] ?? "";
  const reason = { kind: "survey", surveyId: randomUUID(), survey: SURVEY, answer: { en: "Something broke", ja: "破損していた", "zh-CN": "有破损" }, text: SAID };
  await readRows(app.databaseUrl, "insert into followup_task (shop_id, id, customer_id, opened_at, reason) values ($1, $2::uuid, $3::bigint, $4, $5::jsonb) returning id", [app.state.shop().id, randomUUID(), id, AS_OF, JSON.stringify(reason)]);
  return id;
}

/** Those on their way out, by the report. */
async function listLeaving(): Promise<string[]> {
  return parseCsv(await readReport(app, "customers.csv?stage=slipping,at_risk,lapsed")).map(([id = ""]) => id);
}

const walk = (view: Omit<Visitor, "origin">, steps: (page: Page, frame: FrameLocator) => Promise<void>) => visit(browser, { origin: app.sandbox.url, ...view }, (page) => steps(page, inApp(page)));
const titled = (frame: FrameLocator, name: string | RegExp) => frame.getByRole("heading", { level: 1, name }).waitFor();

describe.each(SOME_VIEWS)("in $locale at $width px", ({ locale, width }) => {
  test.each(PAGES)("%s is whole, readable and reachable", async (where, title) => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, where);
      await titled(frame, t(title));
      await expectWell(page, locale, names);
    });
  });

  test("so is a customer's page, with its rhythm as a table", async () => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, `/customers/${customerId}`);
      await frame.getByRole("heading", { level: 2, name: t("profiles.customer.why.title") }).waitFor();
      await expectWell(page, locale, names);
      await frame.getByRole("button", { name: t("profiles.customer.rhythm.table") }).click();
      await frame.getByRole("table", { name: t("profiles.customer.rhythm.caption") }).waitFor();
      await frame.getByRole("button", { name: t("analytics.kpi.how") }).click();
      await frame.getByRole("dialog", { name: t("profiles.customer.expect.title") }).waitFor();
      await expectWell(page, locale, names);
    });
  });
});

test.each(SOME_VIEWS)("who was let down comes first on the board and says why, in $locale at $width px", async ({ locale, width }) => {
  const { t } = await openTranslator(locale);
  const answer = t("followups.task.answered", { survey: SURVEY, answer: { en: "Something broke", ja: "破損していた", "zh-CN": "有破损" }[locale] });
  await walk({ locale, width }, async (page, frame) => {
    await openApp(page, "/at-risk");
    expect(await frame.locator(".regulars-name a").first().getAttribute("href")).toContain(`/customers/${answererId}`);
    await frame.getByText(answer).waitFor();
    await frame.getByText(t("followups.task.step")).waitFor();
    await frame.getByLabel(t("followups.board.taskOnly")).click();
    await expect.poll(() => frame.locator(".regulars-name a").count()).toBe(1);
    await expectWell(page, locale, names);
    await openApp(page, `/customers/${answererId}`);
    await frame.getByRole("heading", { level: 2, name: t("followups.task.title") }).waitFor();
    await frame.getByText(SAID).waitFor();
    await expectWell(page, locale, names);
    await openApp(page);
    await frame.getByRole("link", { name: t("followups.home.seeAnswered") }).click();
    await frame.getByText(answer).waitFor();
  });
});

test("Home leads to the board, where somebody is contacted once and leaves it", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page);
    await frame.getByRole("link", { name: "See all at risk" }).click();
    await titled(frame, "At risk");
    const total = frame.getByRole("heading", { level: 2, name: /at stake/ });
    const before = Number.parseInt(await total.innerText(), 10);
    const name = await frame.locator(".regulars-name a").first().innerText(); // who was let down
    await frame.getByRole("checkbox", { name: `Select ${name}` }).check();
    await frame.getByRole("button", { name: "Mark as contacted" }).first().click();
    const dialog = frame.getByRole("dialog");
    await dialog.getByLabel("How").selectOption("phone");
    await dialog.getByLabel("Note, if you like").fill("Rang, she moves house");
    await dialog.getByRole("button", { name: "Mark as contacted" }).click();
    await dialog.waitFor({ state: "hidden" });
    await expect.poll(async () => Number.parseInt(await total.innerText(), 10)).toBe(before - 1);
    await frame.getByRole("button", { name: "Contacted", exact: true }).click();
    await frame.getByText("Rang, she moves house").waitFor();
    await frame.getByText(SAID).waitFor();
    await frame.getByRole("link", { name }).click();
    await titled(frame, name);
    await frame.getByText("Contacted: Phone").waitFor();
    await frame.getByRole("button", { name: "Add note" }).press("Enter");
    await page.keyboard.press("Escape");
    await frame.getByRole("dialog").waitFor({ state: "hidden" });
    expect(await frame.getByRole("button", { name: "Add note" }).evaluate((button) => button === document.activeElement)).toBe(true);
    await frame.getByText("Rang, she moves house").waitFor();
  });
});

test("from the VIPs Home counts to one of them, the reasons, a call, the segment as a file, and Shopify's own page", async () => {
  const slipping = parseCsv(await readReport(app, "customers.csv?vip=1&stage=slipping,at_risk,lapsed")).map(([id = ""]) => id);
  expect(slipping.length).toBeGreaterThan(0);
  await walk({}, async (page, frame) => {
    await openApp(page);
    await frame.getByText(slipping.length === 1 ? "1 VIP is slipping away" : `${slipping.length} VIPs are slipping away`).waitFor();
    await frame.getByRole("link", { name: "See these VIPs" }).click();
    await titled(frame, "At risk");
    await expect.poll(() => frame.locator(".regulars-name a").count()).toBe(slipping.length);
    await frame.getByText(/days since the last order/).first().waitFor();
    const name = await frame.locator(".regulars-name a").first().innerText();
    await frame.getByRole("link", { name }).first().click();
    await titled(frame, name);
    const id = /customers\/(\d+)/.exec(await frame.locator("body").evaluate(() => location.pathname))?.[1] ?? "";
    expect(slipping).toContain(id);
    await frame.getByText("Among your top spenders").waitFor();
    await frame.getByRole("button", { name: "Mark as contacted" }).click();
    await frame.getByRole("dialog").getByLabel("How").selectOption("phone");
    await frame.getByRole("dialog").getByRole("button", { name: "Mark as contacted" }).click();
    await frame.getByText("Contacted: Phone").waitFor();
    await openApp(page, "/segments");
    await frame.getByRole("link", { name: "VIPs slipping away" }).click();
    await titled(frame, "VIPs slipping away");
    const download = page.waitForEvent("download");
    await frame.getByRole("button", { name: "Download CSV" }).click();
    const file = await (await download).path();
    expect(parseCsv(await readFile(file, "utf8")).map(([customer]) => customer)).toEqual(slipping);
    await page.goto(`/admin/customers/${id}`);
    await page.frameLocator("iframe").getByText("days since the last order", { exact: false }).waitFor();
  });
});

test("on a phone the board is ticked by thumb", async () => {
  await walk({ width: 360 }, async (page, frame) => {
    await openApp(page, "/at-risk");
    await frame.locator(".regulars-cards").getByRole("checkbox").first().check();
    await frame.getByRole("group", { name: "1 customer chosen" }).getByRole("button", { name: "Snooze" }).click();
    await frame.getByRole("dialog").getByLabel("Until").fill("2026-11-20");
    await frame.getByRole("dialog").getByRole("button", { name: "Snooze" }).click();
    await frame.getByText("Choose a day after today, Nov 20, 2026.").waitFor();
    await frame.getByRole("dialog").getByLabel("Until").fill("2026-12-24");
    await frame.getByRole("dialog").getByRole("button", { name: "Snooze" }).click();
    await frame.getByRole("dialog").waitFor({ state: "hidden" });
    await frame.getByRole("button", { name: "Snoozed" }).click();
    await frame.getByText("until Dec 24, 2026").waitFor();
  });
});

test("what became of those contacted is shown when their thirty days are over, and what it does not prove", async () => {
  const shopId = app.state.shop().id;
  await readRows(app.databaseUrl, "update followup_entry set written_at = written_at - interval '40 days' where shop_id = $1 returning id", [shopId]);
  await readRows(app.databaseUrl, `insert into segment_move (shop_id, segment_id, customer_id, is_entry, moved_at, reasons)
    select e.shop_id, s.id, e.customer_id, true, min(e.written_at) - interval '1 day', '[]'::jsonb from followup_entry e join segment s on s.shop_id = e.shop_id and s.ready_key = 'at_risk' where e.shop_id = $1 and e.kind = 'contacted' group by 1, 2, 3 returning customer_id`, [shopId]); // they came to be at risk the day before
  for (const width of [1280, 360]) {
    await walk({ width }, async (page, frame) => {
      await openApp(page, "/at-risk");
      const table = frame.getByRole("table", { name: "Orders after becoming at risk, contacted and not contacted" });
      expect((await table.getByRole("row", { name: "Contacted", exact: false }).first().innerText()).replaceAll(/\s+/gu, " ")).toMatch(/^Contacted \d of 2 \d+% \d+% to \d+%$/);
      await frame.getByText(/^This is not a randomised comparison/).waitFor();
      expect(await listOverflows(page)).toEqual([]);
      expect(await listAccessFaults(page)).toEqual([]);
    });
  }
});

test("preferences are kept, and a wrong one is named", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, `/customers/${customerId}`);
    await frame.getByLabel("Channel").selectOption("line");
    await frame.getByLabel("Contact at most every").fill("400");
    await frame.getByRole("button", { name: "Save" }).click();
    await frame.getByText("Write a whole number of days from 1 to 365, or nothing.").waitFor();
    await frame.getByLabel("Contact at most every").fill("30");
    const isCelebrated = () => reload(page).then(() => frame.getByRole("link", { name: "Birthday this month" }).count());
    for (const [birthday, count] of [["1984-04-03", 0], ["1984-11-03", 1]] as const) {
      await frame.getByLabel("Birthday").fill(birthday);
      await frame.getByRole("button", { name: "Save" }).click();
      await page.getByText("Preferences saved").waitFor();
      await expect.poll(isCelebrated, { timeout: READ_TIMEOUT_MS, interval: 1_000 }).toBe(count); // looked at anew because of it
    }
    expect(await frame.getByLabel("Contact at most every").inputValue()).toBe("30");
    expect(await frame.getByLabel("Birthday").inputValue()).toBe("1984-11-03");
    await frame.getByText("Entered segment: Birthday this month").first().waitFor();
  });
});

test("a list is searched, and kept as a view that is an address", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/customers?orders=3");
    const count = frame.locator("[role=status]", { hasText: /customers?$/ });
    const filtered = Number.parseInt((await count.innerText()).replace(",", ""), 10);
    expect(filtered).toBe(parseCsv(await readReport(app, "customers.csv?orders=3")).length);
    await frame.getByRole("button", { name: "Save as" }).click();
    await frame.getByRole("dialog").getByLabel("Name").fill("Came back twice");
    await frame.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await frame.getByRole("tab", { name: "Came back twice", selected: true }).waitFor();
    await reload(page);
    await frame.getByRole("tab", { name: "Came back twice", selected: true }).waitFor();
    expect(Number.parseInt((await count.innerText()).replace(",", ""), 10)).toBe(filtered);
    const name = await frame.locator(".regulars-name a").nth(1).innerText();
    await openApp(page, "/customers");
    await frame.getByRole("button", { name: "Search and filter results" }).click();
    await frame.getByPlaceholder("Search by name or e-mail").fill(name.toUpperCase());
    await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe(name.toUpperCase());
    await expect.poll(() => frame.locator(".regulars-name a").allInnerTexts()).toEqual(expect.arrayContaining([name]));
    expect(new Set(await frame.locator(".regulars-name a").allInnerTexts())).toEqual(new Set([name]));
  });
});

test("who is unknown has no page, and an address that cannot be read says what is wrong with it", async () => {
  expect((await askApp(app, "/app/customers/12345")).status).toBe(404);
  expect((await askApp(app, "/app/customers/somebody")).status).toBe(404);
  await walk({}, async (page, frame) => {
    await openApp(page, "/customers?orders=many");
    await frame.getByText("All customers are shown, because this part of the address is not understood: orders").waitFor();
  });
});

test("VIPs are as many as the merchant says", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/customers/vips");
    const share = frame.getByLabel("Share of customers who came back");
    await share.fill("80");
    await frame.getByRole("button", { name: "Save" }).click();
    await frame.getByText("Write a whole percentage from 1 to 50.").waitFor();
    const vips = () => readReport(app, "customers.csv?vip=1").then((csv) => parseCsv(csv).length);
    const before = await vips();
    await share.fill("50");
    await frame.getByRole("button", { name: "Save" }).click();
    await expect.poll(vips, { timeout: READ_TIMEOUT_MS, interval: 500 }).toBeGreaterThan(before);
  });
});
