// Questions a merchant has about retention, each answered within three clicks.
import type { Browser, FrameLocator, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTranslator } from "../../app/i18n/translate.ts";
import type { RunningApp } from "../support/app.ts";
import { expectWell, follow, inApp, launchBrowser, openApp, SOME_VIEWS, visit, type Visitor } from "../support/browser.ts";
import { listNames, parseCsv, parseRecords, readHistory, readReport, startTeaShop } from "./tea-shop.ts";

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

const walk = (view: Omit<Visitor, "origin">, steps: (page: Page, frame: FrameLocator) => Promise<void>) => visit(browser, { origin: app.sandbox.url, ...view }, (page) => steps(page, inApp(page)));

/** From Home: the menu, then the question; a third click is left for who wants to know more. */
async function ask(page: Page, frame: FrameLocator, question: string): Promise<void> {
  await openApp(page);
  await follow(page, "Analytics");
  await frame.getByRole("link", { name: question }).click();
}

/** One sentence for all rows, which says no more and no less than they do. */
async function expectVerdict(frame: FrameLocator, comparison: Locator): Promise<void> {
  const compared = comparison.getByRole("row").filter({ hasText: /points/ });
  await compared.first().waitFor();
  const rows = await compared.allInnerTexts();
  const [higher, lower] = [/Higher/, /Lower/].map((verdict) => rows.filter((row) => verdict.test(row)).length);
  expect(rows.filter((row) => row.includes("May be chance"))).toHaveLength(rows.length - (higher ?? 0) - (lower ?? 0));
  const sentence = higher && lower ? /more often in some periods and less often in others/ : higher ? new RegExp(`comes back more often than .*Sure in ${higher} of ${rows.length} periods`) : lower ? new RegExp(`comes back less often than .*Sure in ${lower} of ${rows.length} periods`) : /no difference is larger than chance makes it/;
  await frame.getByText(sentence).waitFor();
}

const onPages: readonly (readonly [question: string, answer: (frame: FrameLocator) => Promise<void>])[] = [
  ["Which first product makes regulars?", async (frame) => {
    const rows = parseRecords(await readReport(app, "first_products.csv"));
    expect(rows.every(({ verdict }) => verdict !== undefined)).toBe(true);
    const [best] = rows.filter(({ verdict }) => verdict === "higher").toSorted((one, other) => Number(other.difference_low) - Number(one.difference_low));
    const isAnyWorse = rows.some(({ verdict }) => verdict === "lower");
    await frame.getByText(best ? `Customers who begin with ${best.title} are the likeliest to come again` : isAnyWorse ? "No first product stands out above the others by more than chance." : "No difference between first products is larger than chance makes it.").waitFor();
  }],
  ["When should I write to a new customer?", async (frame) => {
    const { halfDay, writeDay } = JSON.parse(await readReport(app, "second_order.json")) as { halfDay: string; writeDay: string }; // as docs/reports.md says
    await frame.getByText(`Half of all second orders come within ${halfDay} days. Write on day ${writeDay}.`).waitFor();
  }],
  ["Is the newest cohort better than the one before, or is it chance?", async (frame) => {
    const comparison = frame.getByRole("region", { name: "Is one cohort better than another?" });
    await expectVerdict(frame, comparison);
    await expect.poll(async () => (await comparison.boundingBox())?.y ?? Infinity).toBeLessThan(860); // one need not look for it
  }],
  ["Does a discount buy worse customers?", async (frame) => {
    await expectVerdict(frame, frame.getByRole("region", { name: "Is the difference real?" }));
  }],
  ["Why does my number differ from Shopify’s?", async (frame) => {
    await frame.getByRole("row", { name: /^Returning customer rate \(Shopify\)/ }).waitFor();
  }],
];

test.each(onPages)("two clicks from Home: %s", async (question, answer) => {
  await walk({}, async (page, frame) => {
    await ask(page, frame, question);
    await answer(frame);
  });
});

test("why does my number differ from Shopify's? Home leads to the rows between them, and shows the formula that is chosen", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "?range=last_month");
    await frame.getByRole("button", { name: "How is this computed? Repurchase retention" }).click();
    await frame.getByRole("link", { name: "Compare with Shopify’s and the classic formula" }).click();
    await frame.getByRole("heading", { level: 1, name: "Which retention?" }).waitFor();
    const rows = parseCsv(await readReport(app, "retention_definitions.csv?range=last_month"));
    const shareOf = (name: string) => new Intl.NumberFormat("en", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(Number(rows.find(([definition]) => definition === name)?.[3]));
    await expect.poll(() => frame.getByRole("row", { name: /^Repurchase retention/ }).innerText()).toContain(shareOf("repurchase"));
    expect(await frame.getByRole("row", { name: /^Returning customer rate/ }).innerText()).toContain(shareOf("returning"));
    await frame.getByRole("button", { name: "Show on Home: Returning customer rate (Shopify)" }).click();
    await frame.getByRole("row", { name: /^Returning customer rate/ }).getByText("Shown on Home").waitFor();
    await openApp(page, "?range=last_month");
    await frame.getByRole("heading", { name: "Returning customer rate (Shopify)" }).waitFor();
    await frame.getByText(shareOf("returning"), { exact: true }).first().waitFor();
    await openApp(page, "/definitions?range=last_month");
    await frame.getByRole("button", { name: "Show on Home: Repurchase retention" }).click();
    await frame.getByRole("row", { name: /^Repurchase retention/ }).getByText("Shown on Home").waitFor();
  });
});

test("is one month's cohort better than another's, or is it noise? Cohorts says so, and a row opens to its people", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/cohorts");
    const comparison = frame.getByRole("region", { name: "Is one cohort better than another?" });
    await comparison.getByRole("row").nth(1).waitFor();
    expect(await comparison.getByRole("row").nth(1).innerText()).toMatch(/of \d+.*of \d+[\s\S]*points[\s\S]*(May be chance|Higher|Lower)/);
    const [cohort = "", , size = ""] = parseCsv(await readReport(app, "cohorts.csv")).find(([, period]) => period === "0") ?? [];
    expect(cohort).not.toBe("");
    await frame.locator(".retention-grid tbody:last-child tr").first().getByRole("link").click();
    await frame.getByRole("status").filter({ hasText: Number(size).toLocaleString("en") }).waitFor();
    await frame.getByRole("link", { name: "Save as a segment" }).click();
    await frame.getByText(`${Number(size).toLocaleString("en")} customers`, { exact: true }).waitFor();
    const [from, to] = [await frame.getByLabel("From").boundingBox(), await frame.getByLabel("To", { exact: true }).boundingBox()];
    if (!from || !to) throw new Error("two days");
    expect(from.x + from.width <= to.x || from.y + from.height <= to.y).toBe(true); // and neither lies over the other
  });
});

test("a cell opens, by the keyboard too, to what it was made of and from there to exactly the customers it counts", async () => {
  await walk({}, async (page, frame) => {
    const [cohort = "", period = "", , customers = ""] = parseCsv(await readReport(app, "cohorts.csv")).find(([, at, , active]) => Number(at) > 1 && Number(active) > 1) ?? [];
    await openApp(page, "/cohorts?measure=customers");
    const row = frame.locator(".retention-grid tbody:last-child tr").nth(parseCsv(await readReport(app, "cohorts.csv")).filter(([, at]) => at === "0").findIndex(([first]) => first === cohort));
    await row.getByRole("link").first().focus();
    for (let at = 0; at <= Number(period); at += 1) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    const inside = frame.getByRole("dialog");
    await inside.getByRole("button", { name: "Close" }).click();
    await page.keyboard.press("Enter"); // the cell has the focus again
    await inside.getByRole("link", { name: new RegExp(`^customers who ordered in it: ${Number(customers).toLocaleString("en")}$`) }).click();
    await frame.getByRole("status").filter({ hasText: new RegExp(`^${Number(customers).toLocaleString("en")} `) }).waitFor();
    expect(await frame.getByText(/^Customers who first ordered between .* and placed an order between/).count()).toBe(1);
  });
});

test("the average of a column opens to what it was made of, and to everybody it is divided by", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/cohorts");
    await frame.locator(".retention-average button").nth(2).click();
    const inside = frame.getByRole("dialog", { name: "Average of month 2 after the first" });
    const divisor = inside.getByRole("link", { name: /^customers of these cohorts: [\d,]+$/ });
    const size = (await divisor.innerText()).trim();
    const [cohorts = ""] = /Made of \d+ cohorts/.exec(await inside.innerText()) ?? [];
    const whole = parseRecords(await readReport(app, "cohorts.csv")).filter(({ period, is_complete: isComplete }) => period === "2" && isComplete === "1");
    expect(cohorts).toBe(`Made of ${whole.length} cohorts`);
    expect(size).toBe(whole.reduce((sum, row) => sum + Number(row.cohort_size), 0).toLocaleString("en"));
    await divisor.click();
    await frame.getByRole("status").filter({ hasText: new RegExp(`^${size} `) }).waitFor();
  });
});

test.each([{ width: 1280 }, { width: 360 }])("a point of a chart that is pressed at $width px leads to exactly the customers it counts", async ({ width }) => {
  await walk({ width }, async (page, frame) => {
    await openApp(page);
    const chart = frame.locator(".regulars-pressable");
    await frame.getByText("Press a point to see what it counts.").scrollIntoViewIfNeeded();
    await chart.locator("svg").first().click();
    const counted = frame.getByRole("link", { name: /^[A-Z][a-z]{2} \d{4}, Customers: [\d,]+$/ });
    const customers = (await counted.innerText()).trim();
    await counted.click();
    await frame.getByRole("status").filter({ hasText: new RegExp(`^${customers} `) }).waitFor();
    await frame.getByText(/^Customers who placed an order between/).waitFor();
  });
});

test("does a discount buy worse customers? Two selections stand side by side with a verdict", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/cohorts");
    const narrow = frame.getByRole("group", { name: "Customers", exact: true }).getByLabel("Only who began with…");
    await narrow.selectOption("code");
    await frame.getByPlaceholder("Type to search").click();
    await frame.getByRole("option", { name: "any", exact: true }).click();
    await frame.getByText("Discount code of the first order: any").first().waitFor();
    await frame.getByRole("button", { name: "Compare with all others" }).click();
    const comparison = frame.getByRole("region", { name: "Is the difference real?" });
    await comparison.waitFor();
    const rows = await comparison.innerText();
    expect(rows).toMatch(/May be chance|Higher|Lower/);
    expect(page.url()).toContain("with=code%3A*");
    // all others are who used none: one group is not set beside a crowd it is part of
    await openApp(page, "/cohorts?with=code:*&against=code:");
    await comparison.waitFor();
    const unnamed = (text: string): string => text.replaceAll(/All others( is)?|Discount code of the first order: none( is)?/g, "…");
    expect(unnamed(await comparison.innerText())).toBe(unnamed(rows));
  });
});

/** What a file of costs calls its columns and values, in every language. */
const COLUMN_WORDS = ["month", "channel", "cost", "purpose", "acquire", "keep", "web", "shop_app", "pos", "Instagram"];

describe.each(SOME_VIEWS)("in $locale at $width px", ({ locale, width }) => {
  test.each(["/cohorts?grain=quarter&measure=margin_per_customer&view=by", "/cohorts?grain=week&with=code:&against=code:*", "/definitions?range=last_month", "/value", "/value/costs", "/rhythm", "/orders?from=2026-10-01&to=2026-10-31"])("%s is whole, readable and reachable", async (path) => {
    await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, path);
      await frame.locator("table").first().waitFor();
      await expectWell(page, locale, [...listNames(app), ...COLUMN_WORDS]);
    });
  });
});
