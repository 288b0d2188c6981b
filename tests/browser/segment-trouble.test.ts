// A merchant sees what is not done yet of their segments: one that is filled again, and what Shopify refused of one that is gone.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTranslator } from "../../app/i18n/translate.ts";
import type { RunningApp } from "../support/app.ts";
import { readRows } from "../support/app-database.ts";
import { expectWell, inApp, launchBrowser, openApp, SOME_VIEWS, visit } from "../support/browser.ts";
import { listNames, readEverybody, startTeaShop } from "./tea-shop.ts";

let app: RunningApp;
let browser: Browser;
let names: string[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startTeaShop(), launchBrowser()]);
  await readEverybody(app);
  await app.end("worker"); // what is set up here stays as it is
  names = listNames(app);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const run = (statement: string) => readRows<{ id: string }>(app.databaseUrl, statement);

describe.each(SOME_VIEWS)("in $locale at $width px", ({ locale, width }) => {
  test("a segment that is filled again says so; what was refused of a deleted one can be asked for again", async () => {
    const { t } = await openTranslator(locale);
    const [segment] = await run("update segment set refilled_to = 0 where ready_key = 'vip' returning id");
    await run("insert into segment_telling (shop_id, segment_id, customer_id, is_entry, tag, starts_flow, is_refused) select id, gen_random_uuid(), 7, false, 'regulars:gone', false, true from shop");
    await visit(browser, { origin: app.sandbox.url, locale, width }, async (page) => {
      const frame = inApp(page);
      await openApp(page, "/segments");
      await frame.getByText(t("segments.page.refusedOfDeleted", { count: 1 })).waitFor();
      await expectWell(page, locale, names);
      await frame.getByRole("button", { name: t("segments.builder.telling.retry") }).click();
      await frame.getByText(t("segments.page.refusedOfDeleted", { count: 1 })).waitFor({ state: "detached" });
      expect(await run("select is_refused from segment_telling where tag = 'regulars:gone'")).toEqual([{ is_refused: false }]);

      await openApp(page, `/segments/${segment?.id}`);
      await frame.getByText(t("segments.builder.refillTitle")).waitFor();
      await expectWell(page, locale, names);
      await run("update segment set refilled_to = null where ready_key = 'vip'");
      await frame.getByText(t("segments.builder.refillTitle")).waitFor({ state: "detached" }); // by itself
    });
    await run("delete from segment_telling where tag = 'regulars:gone'");
  });
});
