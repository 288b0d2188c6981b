// A merchant makes a loyalty programme from nothing, launches it, changes the rate, sees what that would have meant, and puts it into force.
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TFunction } from "i18next";
import { openTranslator } from "../../app/i18n/translate.ts";
import type { RunningApp } from "../support/app.ts";
import { readRows } from "../support/app-database.ts";
import { expectWell, inApp, launchBrowser, openApp, SOME_VIEWS, visit, type Visitor } from "../support/browser.ts";
import { listNames, READ_TIMEOUT_MS, readEverybody, startTeaShop } from "./tea-shop.ts";

const STEPS = ["earning", "rewards", "ways", "tiers", "launch"] as const;
const FIVE_MINUTES_MS = 300_000;

let app: RunningApp;
let browser: Browser;
let names: string[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startTeaShop(), launchBrowser()]);
  await readEverybody(app);
  names = [...listNames(app), "LINE", "https"];
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const walk = (view: Omit<Visitor, "origin">, steps: (page: Page, frame: FrameLocator) => Promise<void>) => visit(browser, { origin: app.sandbox.url, ...view }, (page) => steps(page, inApp(page)));
const titled = (frame: FrameLocator, name: string) => frame.getByRole("heading", { level: 1, name }).waitFor();
const saveIn = (page: Page) => page.locator("#save-bar [data-save]"); // the Admin's, not ours
const versions = () => readRows<{ version: number; points: number }>(app.databaseUrl, "select version, (programme->'order'->>'points')::int as points from programme_version order by version");

describe.each(SOME_VIEWS)("before there is one, in $locale at $width px", ({ locale, width }) => {
  test("the way in and every step are whole, readable and reachable", async () => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, "/loyalty");
      await frame.getByText(t("loyalty.home.empty.heading")).waitFor();
      await expectWell(page, locale, names);
      for (const step of STEPS) {
        await openApp(page, `/loyalty/setup?step=${step}`);
        await titled(frame, t("loyalty.setup.title"));
        const others = frame.getByRole("button", { name: t("frame.form.otherLanguages") });
        while (await others.count() > 0) await others.first().click();
        await expectWell(page, locale, names);
      }
    });
  });
});

test("the preview speaks the shopper's language, whatever the merchant's", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/loyalty/setup");
    await frame.getByLabel("Shopper's language").selectOption("ja");
    await frame.getByText("お誕生日").waitFor();
    await frame.getByText("シルバー").waitFor();
  });
});

test("from nothing to a live programme in five steps, then another rate, looked at before it counts", async () => {
  const startedMs = performance.now();
  await walk({}, async (page, frame) => {
    await openApp(page, "/loyalty");
    await frame.getByRole("link", { name: "Set up" }).click();
    await titled(frame, "Set up your programme");
    const points = frame.getByLabel("Points", { exact: true });
    const next = frame.getByRole("button", { name: "Continue" });
    await points.fill("none");
    await next.click();
    await frame.getByText("Enter a number").waitFor();
    await points.fill("1");
    await frame.getByText(/A customer gets back about \d/).waitFor();
    await next.click();
    await frame.getByRole("heading", { name: "Rewards" }).first().waitFor();
    await frame.getByRole("button", { name: "Edit", exact: true }).first().click();
    await frame.getByLabel("Points", { exact: true }).fill("50");
    await next.click();
    await frame.getByLabel("Reward referrals").waitFor();
    await frame.getByRole("button", { name: "Finish later" }).click();

    await frame.getByText("Draft", { exact: true }).waitFor();
    await frame.getByRole("link", { name: "Continue set-up" }).click();
    await frame.getByRole("button", { name: "4. Tiers" }).click();
    await frame.getByText("Use tiers").click();
    await next.click();
    await frame.getByText("ever, since your first order", { exact: false }).click();
    await frame.getByText(/orders since .* earn points at once/).waitFor();
    await frame.getByRole("button", { name: "Launch" }).click();
    await frame.getByText("Live", { exact: true }).waitFor();
    await expect.poll(async () => (await readRows(app.databaseUrl, "select count(*)::int as count from member where balance > 0"))[0], { timeout: READ_TIMEOUT_MS }).not.toEqual({ count: 0 });

    await frame.getByRole("link", { name: "Change rules" }).click();
    await titled(frame, "Programme rules");
    const rate = frame.getByLabel("Points", { exact: true }).first();
    await rate.fill("3");
    await frame.getByLabel("Days").or(frame.getByLabel("days")).last().fill("soon");
    await saveIn(page).click();
    await frame.getByText("1 field needs a look. Nothing was saved.").waitFor();
    expect(await readRows(app.databaseUrl, "select (draft->'order'->>'points')::int as points from programme")).toEqual([{ points: 1 }]);
    await frame.locator('[aria-invalid="true"]').fill("30");
    await frame.getByText("Nothing was saved.", { exact: false }).waitFor({ state: "hidden" });
    await saveIn(page).click();
    await frame.getByRole("table", { name: "The last 12 months" }).getByText("Cost at most").waitFor({ timeout: READ_TIMEOUT_MS });
    await frame.getByText(/\$[\d,.]+ more/).waitFor();
    expect(await versions()).toEqual([{ version: 1, points: 1 }]);
    await frame.getByRole("button", { name: "Put into force" }).click();
    await frame.getByText("Not in force yet").waitFor({ state: "hidden" });
    expect(await versions()).toEqual([{ version: 1, points: 1 }, { version: 2, points: 3 }]);
  });
  expect(performance.now() - startedMs).toBeLessThan(FIVE_MINUTES_MS);
});

/** Everything that opens, opened: what a rule of each kind looks like. */
async function openEverything(frame: FrameLocator, t: TFunction): Promise<void> {
  for (const label of [t("loyalty.editor.products.addRate"), t("loyalty.editor.ways.addNth"), t("loyalty.editor.links.add"), t("loyalty.editor.custom.add"), t("loyalty.editor.bonus.add")]) await frame.getByRole("button", { name: label }).click();
  for (const kind of ["free_product", "custom", "early_access"] as const) {
    await frame.getByRole("button", { name: t("loyalty.editor.rewards.add") }).click();
    await frame.getByRole("button", { name: t(`loyalty.editor.rewards.kinds.${kind}`), exact: true }).click();
  }
  await frame.getByText(t("loyalty.editor.products.some"), { exact: true }).click();
  await frame.getByText(t("loyalty.editor.products.excluded"), { exact: true }).click();
  await frame.getByText(t("loyalty.editor.custom.limited"), { exact: true }).click();
  await frame.getByText(t("loyalty.editor.tiers.isOn"), { exact: true }).click();
}

describe.each(SOME_VIEWS)("once it is live, in $locale at $width px", ({ locale, width }) => {
  test("its page and all its rules, open and faulty, are whole, readable and reachable", async () => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, "/loyalty");
      await frame.getByText(t("frame.embed.states.off")).waitFor();
      await expectWell(page, locale, names);
      await openApp(page, "/loyalty/programme");
      await openEverything(frame, t);
      await expectWell(page, locale, names);
      await saveIn(page).click();
      await frame.getByText(t("frame.faults.missing")).first().waitFor();
      await expectWell(page, locale, names);
      await page.locator("#save-bar [data-discard]").click();
      await page.locator("#leave-dialog [data-leave]").click();
      await page.locator("#save-bar").waitFor({ state: "hidden" });
    });
  });
});

test("products are picked in Shopify's own picker, and named when the page comes again", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/loyalty/programme");
    await frame.getByText("Some products earn nothing").click();
    await frame.getByRole("button", { name: "Choose products" }).click();
    const row = frame.locator(".app-bridge-rows label").first(); // as Shopify's picker, drawn by its stand-in
    const title = await row.innerText();
    await row.click();
    await frame.getByRole("button", { name: "Select", exact: true }).click();
    await frame.getByText(title, { exact: true }).waitFor();
    await saveIn(page).click();
    await frame.getByText("Not in force yet").waitFor();
    await openApp(page, "/loyalty/programme");
    await frame.getByText(title, { exact: true }).waitFor();
  });
});
