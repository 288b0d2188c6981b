// A merchant takes a ready question, makes it their own, sees it as shoppers will, starts it, and keeps order among several.
import { randomUUID } from "node:crypto";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTranslator } from "../../app/i18n/translate.ts";
import type { RunningApp } from "../support/app.ts";
import { readRows } from "../support/app-database.ts";
import { expectWell, inApp, launchBrowser, openApp, SOME_VIEWS, visit, type Visitor } from "../support/browser.ts";
import { listNames, readHistory, startTeaShop } from "./tea-shop.ts";

let app: RunningApp;
let browser: Browser;
let names: string[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startTeaShop(), launchBrowser()]);
  await readHistory(app);
  names = [...listNames(app), "NPS", "https", "/pages/about", "Survey answered", "Regulars survey"];
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const walk = (view: Omit<Visitor, "origin">, steps: (page: Page, frame: FrameLocator) => Promise<void>) => visit(browser, { origin: app.sandbox.url, ...view }, (page) => steps(page, inApp(page)));
const titled = (frame: FrameLocator, name: string) => frame.getByRole("heading", { level: 1, name }).waitFor();
const saveIn = (page: Page) => page.locator("#save-bar [data-save]"); // the Admin's, not ours
const listed = () => readRows<{ name: string; state: string }>(app.databaseUrl, "select definition->>'name' as name, state from survey order by priority, created_at");

describe.each(SOME_VIEWS)("before there is one, in $locale at $width px", ({ locale, width }) => {
  test("the empty list, all ready questions and a blank form with everything wrong are whole, readable and reachable", async () => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, "/surveys");
      await frame.getByText(t("surveys.list.empty.heading")).waitFor();
      await frame.getByText(t("frame.embed.body.survey.off")).waitFor();
      await expectWell(page, locale, names);
      await openApp(page, "/surveys/new");
      await titled(frame, t("surveys.library.title"));
      await expectWell(page, locale, names);
      await openApp(page, `/surveys/${randomUUID()}?ready=blank`);
      await frame.getByRole("button", { name: t("surveys.editor.choices.addImage") }).first().click();
      await frame.getByText(t("surveys.editor.followUp.isOn"), { exact: true }).click();
      await frame.getByText(t("surveys.editor.followUp.some"), { exact: true }).click();
      await frame.getByRole("button", { name: t("surveys.actions.saveDraft") }).click();
      await frame.getByText(t("frame.faults.no_words")).first().waitFor();
      await expectWell(page, locale, names);
    });
  });
});

test("the preview is answered in, in the shopper's language and on their device", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, `/surveys/${randomUUID()}?ready=easy_to_find`);
    const preview = frame.getByRole("group", { name: "Example of the pop-up" });
    await frame.getByLabel("Shopper's language").selectOption("ja");
    await preview.getByText("お探しの商品は見つかりましたか？").waitFor();
    await preview.getByRole("button", { name: "いいえ" }).click();
    await preview.getByText("何をお探しでしたか？").last().waitFor();
    await preview.getByRole("button", { name: "スキップ" }).click();
    await preview.getByText("ご回答ありがとうございました。").waitFor();
    await frame.getByRole("button", { name: "Show the question again" }).click();
    await preview.getByRole("button", { name: "はい" }).click();
    await preview.getByText("ご回答ありがとうございました。").waitFor();
    await frame.getByRole("button", { name: "Desktop" }).click();
    await frame.getByLabel("Kind of question").selectOption("nps");
    await preview.getByRole("button", { name: "10" }).waitFor();
  });
});

test("on the desktop all eleven numbers of a recommendation stand whole in one row", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, `/surveys/${randomUUID()}?ready=recommend`);
    await frame.getByRole("button", { name: "Desktop" }).click();
    const numbers = frame.getByRole("group", { name: "Example of the pop-up" }).locator(".regulars-popup-scale button");
    const shown = await numbers.evaluateAll((buttons) => buttons.map((button) => {
      const words = document.createRange();
      words.selectNodeContents(button);
      return { top: button.getBoundingClientRect().top, lines: words.getClientRects().length, isInside: words.getBoundingClientRect().width <= button.clientWidth };
    }));
    expect(shown).toEqual(Array.from({ length: 11 }, () => ({ top: shown[0]?.top, lines: 1, isInside: true })));
    expect(await frame.getByLabel("What 10 means").getAttribute("placeholder")).toBe("Extremely likely");
  });
});

test("what a switch takes out of the form comes back with it, until the form is dropped", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, `/surveys/${randomUUID()}?ready=why_not_again`);
    const kind = frame.getByLabel("Kind of question");
    const [answers, reason, seconds] = [frame.getByLabel("Answers", { exact: true }), frame.getByLabel("Follow-up question"), frame.getByLabel("Seconds", { exact: true })];
    await frame.getByLabel("Choice 1", { exact: true }).fill("Plenty left");
    await reason.fill("Tell us more");
    await answers.fill("77");
    await seconds.fill("42");
    for (const other of ["text", "nps", "single"]) await kind.selectOption(other);
    await frame.getByText("Never: you end it").click();
    await frame.getByText("After a number of answers").click();
    for (const toggled of ["Pop-up in your theme", "Ask for the reason"]) for (const _time of [1, 2]) await frame.getByText(toggled, { exact: true }).click();
    expect(await Promise.all([frame.getByLabel("Choice 1", { exact: true }), reason, answers, seconds].map((field) => field.inputValue()))).toEqual(["Plenty left", "Tell us more", "77", "42"]);
    expect(await frame.getByLabel("I was not quite happy: Task on the at-risk board").isChecked()).toBe(true);
    await kind.selectOption("text");
    await page.locator("#save-bar [data-discard]").click();
    await page.locator("#leave-dialog [data-leave]").click();
    await page.locator("#save-bar").waitFor({ state: "hidden" });
    await kind.selectOption("text");
    await kind.selectOption("single");
    expect(await frame.getByLabel("Choice 1", { exact: true }).inputValue()).toBe("I still have enough");
  });
});

test("from a ready question to a live survey: changed, faulty, saved, its reach told, started", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/surveys");
    await frame.getByRole("link", { name: "Use this question: Reason to buy" }).click();
    await titled(frame, "Reason to buy");
    await frame.getByRole("button", { name: "Remove: Choice 6" }).click();
    await frame.getByRole("button", { name: "Move up: Choice 2" }).click();
    await frame.getByRole("button", { name: "Add a choice" }).click();
    await frame.getByLabel("Choice 6", { exact: true }).fill("The smell");
    await frame.getByText("Japanese: choices").waitFor();
    await frame.getByText("Chinese (simplified): choices").waitFor();
    await frame.getByText("After an order", { exact: true }).click();
    await saveIn(page).click();
    await frame.getByText("Choose at least one place where it asks").waitFor();
    expect(await listed()).toEqual([]);
    await frame.getByText("Pop-up in your theme", { exact: true }).click();
    await frame.getByLabel("The smell: Segment").check();
    await saveIn(page).click();
    await frame.getByText("Draft", { exact: true }).waitFor();
    const [saved] = await readRows<{ first: string; last: string; steps: unknown[] }>(app.databaseUrl, "select definition#>>'{question,choices,0,id}' as first, definition#>>'{question,choices,5,text,en}' as last, definition->'steps' as steps from survey");
    expect(saved).toEqual({ first: "price", last: "The smell", steps: [{ key: "choice", hasTag: false, hasSegment: true, opensTask: false, startsFlow: false }] });

    await frame.getByRole("button", { name: "Start", exact: true }).click();
    const dialog = frame.getByRole("dialog");
    await dialog.getByText("No pop-up opens yet", { exact: false }).waitFor();
    await dialog.getByText(/It can reach \d+ customers/).waitFor();
    await dialog.getByText("You have not asked anybody yet. We assume that 3% to 25% answer.").waitFor();
    await dialog.getByRole("button", { name: "Start", exact: true }).click();
    await frame.getByText("Live", { exact: true }).waitFor();
    await expect.poll(() => readRows(app.databaseUrl, "select name from segment where name like 'Reason to buy%'")).toEqual([{ name: "Reason to buy: The smell" }]);
  });
});

describe.each(SOME_VIEWS)("with one live, in $locale at $width px", ({ locale, width }) => {
  test("its row, its form, and what asks before it ends it are whole, readable and reachable", async () => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, "/surveys");
      await frame.getByText(t("surveys.states.live"), { exact: true }).waitFor();
      await frame.getByRole("button", { name: t("surveys.list.actionsOf", { name: "Reason to buy" }) }).click();
      await expectWell(page, locale, [...names, "Reason to buy"]);
      await frame.getByRole("button", { name: t("surveys.actions.end"), exact: true }).click();
      await frame.getByText(t("surveys.confirm.end.body")).waitFor();
      await expectWell(page, locale, [...names, "Reason to buy"]);
      await frame.getByRole("button", { name: t("surveys.confirm.cancel") }).click();
      await frame.getByRole("button", { name: t("surveys.list.actionsOf", { name: "Reason to buy" }) }).click();
      await frame.getByRole("link", { name: t("surveys.actions.edit"), exact: true }).click();
      await titled(frame, "Reason to buy");
      await expectWell(page, locale, [...names, "Reason to buy", "The smell"]);
    });
  });
});

test("answered: its kind and choices stay; copied, put in order, paused, ended, deleted; the rest of all is set", async () => {
  await readRows(app.databaseUrl, "update survey set answered_count = 12, asked_count = 80");
  await walk({}, async (page, frame) => {
    await openApp(page, "/surveys");
    await frame.getByText("15% of 80 asked").waitFor();
    const act = async (name: string, what: string): Promise<void> => {
      await frame.getByRole("button", { name: `Actions: ${name}`, exact: true }).click();
      await frame.getByRole("button", { name: what, exact: true }).or(frame.getByRole("link", { name: what, exact: true })).click();
    };
    await act("Reason to buy", "Edit");
    await frame.getByText("This survey has answers").waitFor();
    expect(await frame.getByLabel("Kind of question").isDisabled()).toBe(true);
    expect(await frame.getByRole("button", { name: "Remove: Choice 1" }).count()).toBe(0);
    await frame.getByLabel("Choice 1", { exact: true }).fill("The price");
    await saveIn(page).click();
    await frame.getByText("The price", { exact: true }).first().waitFor();
    await frame.getByRole("button", { name: "Duplicate" }).last().click();
    await titled(frame, "Reason to buy (copy)");

    await openApp(page, "/surveys");
    await frame.getByRole("button", { name: "Move up: Reason to buy (copy)" }).click();
    await expect.poll(listed).toEqual([{ name: "Reason to buy (copy)", state: "draft" }, { name: "Reason to buy", state: "live" }]);
    await act("Reason to buy", "Pause");
    await frame.getByText("Paused", { exact: true }).waitFor();
    await act("Reason to buy", "End");
    await frame.getByRole("button", { name: "End survey" }).click();
    await frame.getByText("Ended", { exact: true }).last().waitFor();
    await act("Reason to buy (copy)", "Delete");
    await frame.getByRole("button", { name: "Delete survey" }).click();
    await expect.poll(listed).toEqual([{ name: "Reason to buy", state: "ended" }]);
    await frame.getByLabel("Days", { exact: true }).fill("14");
    await frame.getByRole("button", { name: "Save", exact: true }).click();
    await expect.poll(() => readRows(app.databaseUrl, "select rest_days from survey_setting")).toEqual([{ rest_days: 14 }]);
    await act("Reason to buy", "Look at it");
    await frame.getByText("This survey has ended").waitFor();
    expect(await frame.getByLabel("Name", { exact: true }).isDisabled()).toBe(true);
    const fillOf = (isOn: boolean) => frame.locator(`.Polaris-Checkbox__Input:disabled${isOn ? ":checked" : ":not(:checked)"} + span`).first().evaluate((box) => getComputedStyle(box).backgroundColor);
    expect([await fillOf(true), await fillOf(false)]).toEqual(["rgb(97, 97, 97)", "rgb(255, 255, 255)"]); // a white tick on this grey: 6.2 to 1
    expect(await frame.getByLabel("Name", { exact: true }).evaluate((field) => getComputedStyle(field).webkitTextFillColor)).toBe("rgb(97, 97, 97)");
  });
});

describe("results", () => {
  /** Eighty customers were asked a hundred days ago; sixty answered, one of them in words. */
  beforeAll(async () => {
    await readRows(app.databaseUrl, `
      insert into survey_ask (shop_id, survey_id, customer_id, asked_at, place, state, order_count, recency_days, is_to_tell)
      select s.shop_id, s.id, c.id, now() - interval '100 days', 'popup', case when c.place <= 60 then 'answered' else 'asked' end, 1, 20, false
        from survey s join (select shop_id, id, row_number() over (order by id) as place from customer) c on c.shop_id = s.shop_id and c.place <= 80`);
    await readRows(app.databaseUrl, `
      insert into survey_answer (shop_id, id, survey_id, customer_id, answered_at, changed_at, choices, text, place, language, page, tags, told_tags, done_version)
      select shop_id, gen_random_uuid(), survey_id, customer_id, asked_at, asked_at, array[case when row_number() over (order by customer_id) <= 40 then 'price' else 'choice' end], case when row_number() over (order by customer_id) = 1 then '<b>cheaper</b> than elsewhere' else '' end, place, 'en', '/', '{}', '{}', 1
        from survey_ask where state = 'answered'`);
    await readRows(app.databaseUrl, `update survey set asked_count = 80, answered_count = 60, definition = jsonb_set(definition, '{followUp}', '{"text": {"en": "Why?"}, "after": null}')`);
  });

  test.each(SOME_VIEWS)("are whole, readable and reachable in $locale at $width px", async ({ locale, width }) => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, "/surveys");
      await frame.getByRole("link", { name: "Reason to buy" }).first().click();
      await frame.getByText(t("surveys.outcomes.title")).first().waitFor();
      await expectWell(page, locale, [...names, "Reason to buy", "The price", "The smell", "Why?", "<b>cheaper</b> than elsewhere"]);
    });
  });

  test("a row opens to its people, a text takes a tag, and what was done is kept for those who were asked", async () => {
    await walk({}, async (page, frame) => {
      await openApp(page, "/surveys");
      await frame.getByRole("link", { name: "Reason to buy" }).first().click();
      await frame.getByRole("button", { name: "Show people: The price" }).click();
      const people = frame.getByRole("dialog").getByRole("link");
      await people.nth(10).waitFor();
      expect(await people.first().getAttribute("href")).toMatch(/^\/app\/customers\/\d+/);
      await page.keyboard.press("Escape");
      await people.first().waitFor({ state: "detached" });
      await frame.getByRole("button", { name: "Show people who answered: The price" }).click();
      await people.nth(10).waitFor();
      await page.keyboard.press("Escape");
      await frame.getByText("<b>cheaper</b> than elsewhere").waitFor();
      await frame.getByRole("button", { name: "Add a tag" }).click();
      await frame.getByLabel("New tag").fill("price war");
      await frame.getByRole("button", { name: "Add", exact: true }).click();
      await expect.poll(() => readRows(app.databaseUrl, "select tags from survey_answer where text <> ''")).toEqual([{ tags: ["price war"] }]);
      await frame.getByLabel("Note (English)").fill("Shipping is free from $40 now.");
      await frame.getByRole("button", { name: "Save note" }).click();
      await expect.poll(() => readRows(app.databaseUrl, "select note from survey")).toEqual([{ note: { en: "Shipping is free from $40 now." } }]);
    });
  });

  test("of a short text, its answers can be taken home too", async () => {
    await readRows(app.databaseUrl, `update survey set definition = jsonb_set(jsonb_set(definition, '{question,kind}', '"text"'), '{question,choices}', '[]')`);
    await walk({}, async (page, frame) => {
      await openApp(page, "/surveys");
      await frame.getByRole("link", { name: "Reason to buy" }).first().click();
      const [file] = await Promise.all([page.waitForEvent("download"), frame.getByRole("button", { name: "Download CSV: 60 answers" }).click()]);
      expect(file.suggestedFilename()).toMatch(/^regulars-survey-answers-/);
    });
  });
});
