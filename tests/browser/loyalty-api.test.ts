// A merchant connects another system: makes the secret, copies it the one time it is shown, sees how to sign, and replaces it.
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as loyalty from "../../app/capabilities/loyalty/loyalty.server.ts";
import { defaultProgramme } from "../../app/capabilities/loyalty/rules/defaults.ts";
import { openTranslator } from "../../app/i18n/translate.ts";
import { parseId, type ShopId } from "../../app/values/ids.ts";
import type { RunningApp } from "../support/app.ts";
import { joinDatabase, readRows } from "../support/app-database.ts";
import { expectWell, inApp, launchBrowser, openApp, SOME_VIEWS, visit, type Visitor } from "../support/browser.ts";
import { listNames, readHistory, startTeaShop } from "./tea-shop.ts";

let app: RunningApp;
let browser: Browser;
let leave: () => Promise<void>;
beforeAll(async () => {
  [app, browser] = await Promise.all([startTeaShop(), launchBrowser()]);
  await readHistory(app);
  leave = joinDatabase(app.databaseUrl);
});
afterAll(async () => {
  await browser?.close();
  await leave?.();
  await app?.stop();
});

const CODES = ["not_signed", "unknown_customer", "unknown_action", "already_given", "other_action", "not_live", "too_many_requests", "visit", "tasting"];
const walk = (view: Omit<Visitor, "origin">, steps: (page: Page, frame: FrameLocator) => Promise<void>) => visit(browser, { origin: app.sandbox.url, ...view }, (page) => steps(page, inApp(page)));
const keys = () => readRows<{ made_at: Date }>(app.databaseUrl, "select made_at from api_key");

test("the secret is shown once, and replaced only after a question", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/loyalty/api");
    await frame.getByText("There is no secret yet").waitFor();
    await frame.getByText("The programme has no actions of your own yet.").waitFor();
    await frame.getByRole("button", { name: "Make a secret" }).click();
    const secret = frame.getByRole("textbox", { name: "Secret" });
    const first = await secret.inputValue();
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await keys()).toHaveLength(1);
    await openApp(page, "/loyalty/api");
    await frame.getByText("cannot be shown again").waitFor();
    expect(await secret.count()).toBe(0);
    await frame.getByRole("button", { name: "Replace the secret" }).click();
    await frame.getByRole("button", { name: "Replace it" }).click();
    expect(await secret.inputValue()).not.toBe(first);
    expect(await keys()).toHaveLength(1);
  });
});

describe("with actions", () => {
  beforeAll(async () => {
    const base = defaultProgramme({ currency: "USD", averageOrderMinor: 5_000 });
    await loyalty.saveDraft(parseId<ShopId>(BigInt(app.state.shop().id)), { ...base, custom: [
      { id: "visit", isOn: true, title: "来店", points: 10, limit: null }, { id: "tasting", isOn: false, title: "试茶", points: 30, limit: { count: 2, days: 30 } },
    ] });
  });

  test.each(SOME_VIEWS)("it is whole, readable and reachable in $locale at $width px", async ({ locale, width }) => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, "/loyalty/api");
      await frame.getByRole("heading", { level: 1, name: t("loyalty.api.title") }).waitFor();
      await frame.getByRole("button", { name: t("loyalty.api.secret.replace") }).click();
      await frame.getByRole("button", { name: t("loyalty.api.secret.modal.confirm"), exact: true }).click();
      const secret = await frame.getByRole("textbox", { name: t("loyalty.api.secret.label") }).inputValue();
      const example = await frame.locator("pre").innerText();
      expect(example).toContain(`"action":"visit"`);
      await expectWell(page, locale, [...listNames(app), ...CODES, example, secret]);
    });
  });
});
