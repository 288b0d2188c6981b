// A merchant keeps the books: finds a member, reads why a line has its points, adjusts, hands a perk over, and brings members along and takes that back.
import { randomUUID } from "node:crypto";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as loyalty from "../../app/capabilities/loyalty/loyalty.server.ts";
import { defaultProgramme } from "../../app/capabilities/loyalty/rules/defaults.ts";
import { openTranslator } from "../../app/i18n/translate.ts";
import { db } from "../../app/platform/db.server.ts";
import { addDays, dayAt } from "../../app/values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../app/values/ids.ts";
import type { RunningApp } from "../support/app.ts";
import { joinDatabase, readRows } from "../support/app-database.ts";
import { expectWell, inApp, launchBrowser, openApp, SOME_VIEWS, visit, type Visitor } from "../support/browser.ts";
import { AS_OF, listNames, parseCsv, readEverybody, readReport, startTeaShop } from "./tea-shop.ts";

let app: RunningApp;
let browser: Browser;
let names: string[];
let leave: () => Promise<void>;
let memberId: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startTeaShop(), launchBrowser()]);
  await readEverybody(app);
  leave = joinDatabase(app.databaseUrl);
  await launchProgramme();
  names = [...listNames(app), "Smile", "LoyaltyLion", "Growave", "Yotpo", "Joy", "email", "points"];
});
afterAll(async () => {
  await leave?.();
  await browser?.close();
  await app?.stop();
});

async function launchProgramme(): Promise<void> {
  const [shop] = await readRows<{ id: bigint }>(app.databaseUrl, "select id from shop");
  const shopId = parseId<ShopId>(shop?.id);
  const programme = defaultProgramme({ currency: "USD", averageOrderMinor: 3_000 });
  const tasting = { id: "tasting", kind: "custom" as const, isOn: true, title: { en: "Tasting", ja: "試飲会", "zh-CN": "品茶会" }, cost: 50, minOrderMinor: null, validDays: null, perCustomer: null, total: null, tierIds: [] };
  await loyalty.saveDraft(shopId, { ...programme, expiry: { kind: "per_grant", months: 12 }, rewards: [...programme.rewards, tasting] });
  await loyalty.launch(shopId, { from: addDays(dayAt(AS_OF, "UTC"), -500) });
  await loyalty.settleShop(shopId);
  const [member] = await readRows<{ customer_id: bigint }>(app.databaseUrl, "select customer_id from member order by balance desc limit 1");
  memberId = String(member?.customer_id);
  const requestId = randomUUID();
  await loyalty.redeem({ shopId, customerId: parseId<CustomerId>(memberId) }, { requestId, rewardId: "tasting", steps: 1 });
  await loyalty.workOn(shopId, requestId);
  await bringFriends(shopId);
}

/** Orders there are, as if they had been placed with the member's code: one to look at, one refused and appealed, one that counted. */
async function bringFriends(shopId: ShopId): Promise<void> {
  const orders = await readRows<{ id: bigint; customer_id: bigint; placed_at: Date }>(app.databaseUrl, "select id, customer_id, placed_at from orders where customer_id is not null and customer_id <> $1 order by id limit 3", [memberId]);
  const said = [{ state: "review", score: 60, reasons: ["same_address"] }, { state: "refused", score: 90, reasons: ["same_alias"], appealedAt: AS_OF }, { state: "counted", score: 0, reasons: [], points: 200, decidedAt: AS_OF }];
  await db().referral.createMany({ data: orders.map((order, at) => ({ shopId, orderId: order.id, advocateId: BigInt(memberId), friendId: order.customer_id, orderedAt: order.placed_at, version: 1, points: 0, hashes: {}, state: "review", ...said[at], reasons: said[at]?.reasons ?? [] })) });
}

const walk = (view: Omit<Visitor, "origin">, steps: (page: Page, frame: FrameLocator) => Promise<void>) => visit(browser, { origin: app.sandbox.url, ...view }, (page) => steps(page, inApp(page)));
const titled = (frame: FrameLocator, name: string | RegExp) => frame.getByRole("heading", { level: 1, name }).waitFor();
const balanceOf = async (id: string): Promise<number> => Number((await readRows<{ balance: number }>(app.databaseUrl, "select balance from member where customer_id = $1", [id]))[0]?.balance);

describe.each(SOME_VIEWS)("in $locale at $width px", ({ locale, width }) => {
  test.each([["/loyalty/members", "loyalty.members.title"], ["/loyalty/tasks", "loyalty.tasks.title"], ["/loyalty/compare", "loyalty.compare.title"], ["/loyalty/liability", "loyalty.liability.title"], ["/loyalty/import", "loyalty.import.title"]] as const)("%s is whole, readable and reachable", async (where, title) => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, where);
      await titled(frame, t(title));
      await expectWell(page, locale, names);
    });
  });

  test("so is an account, with a line opened and points about to be adjusted", async () => {
    const { t } = await openTranslator(locale);
    await walk({ locale, width }, async (page, frame) => {
      await openApp(page, `/loyalty/members/${memberId}`);
      await frame.getByRole("heading", { level: 2, name: t("loyalty.ledger.title") }).waitFor();
      await frame.locator("summary").nth(1).press("Enter");
      await frame.locator("details[open]").getByText(t("loyalty.ledger.facts.written")).waitFor();
      await expectWell(page, locale, names);
      await frame.getByRole("button", { name: t("loyalty.members.adjust.title") }).click();
      await frame.getByLabel(t("loyalty.members.adjust.note")).waitFor();
      await expectWell(page, locale, names);
    });
  });
});

test("a member is found, a line opens to its order and products, and the customer's page leads back", async () => {
  const [, name = "", email = ""] = parseCsv(await readReport(app, "members.csv")).find(([id]) => id === memberId) ?? [];
  await walk({}, async (page, frame) => {
    await openApp(page, "/loyalty/members");
    await frame.getByPlaceholder("Search by name or e-mail").fill(email);
    await frame.getByText("1 member", { exact: true }).waitFor();
    await frame.getByRole("link", { name }).click();
    await titled(frame, name);
    const line = frame.locator("details").filter({ hasText: /Order #\d+/ }).first();
    await line.locator("summary").click();
    await line.getByRole("link", { name: /#\d+ in Shopify/ }).waitFor();
    await line.getByText("Version 1 of the programme").waitFor();
    await line.getByRole("table", { name: "Points of each product" }).waitFor();
    await frame.getByRole("button", { name: "Handed over" }).click();
    await frame.getByText("Used", { exact: true }).waitFor();
    await frame.getByRole("link", { name: "Customer page" }).click();
    await frame.getByRole("link", { name: "Open the member's account" }).click();
    await frame.getByRole("heading", { level: 2, name: "Ledger" }).waitFor();
  });
});

test("points are adjusted with a reason; many only when the number is said again", async () => {
  const before = await balanceOf(memberId);
  await walk({}, async (page, frame) => {
    await openApp(page, `/loyalty/members/${memberId}`);
    const adjust = async (points: string, note: string): Promise<void> => {
      await frame.getByRole("button", { name: "Adjust points" }).click();
      const dialog = frame.getByRole("dialog");
      await dialog.getByLabel("Points", { exact: true }).fill(points);
      await dialog.getByLabel("Reason").fill(note);
    };
    const dialog = frame.getByRole("dialog");
    await adjust("25", "");
    await dialog.getByRole("button", { name: "Give points" }).click();
    await dialog.getByText("Write why.").waitFor();
    await dialog.getByLabel("Reason").fill("Parcel came late");
    await dialog.getByRole("button", { name: "Give points" }).click();
    await dialog.waitFor({ state: "hidden" });
    await expect.poll(() => balanceOf(memberId)).toBe(before + 25);
    await adjust("1,500", "Won the raffle");
    await dialog.getByRole("button", { name: "Continue" }).click();
    await dialog.getByLabel("Type 1,500 again to confirm").fill("150");
    await dialog.getByRole("button", { name: "Give these points" }).click();
    await dialog.getByText("This is not the same number.").waitFor();
    await dialog.getByLabel("Type 1,500 again to confirm").fill("1500");
    await dialog.getByRole("button", { name: "Give these points" }).click();
    await dialog.waitFor({ state: "hidden" });
    await expect.poll(() => balanceOf(memberId)).toBe(before + 1_525);
    await frame.locator("summary").filter({ hasText: "+1,500" }).click();
    await frame.getByText("Won the raffle").waitFor();
  });
});

test("taking more than there is says what will be owed before it is done", async () => {
  const balance = await balanceOf(memberId);
  await walk({}, async (page, frame) => {
    await openApp(page, `/loyalty/members/${memberId}`);
    await frame.getByRole("button", { name: "Adjust points" }).click();
    const dialog = frame.getByRole("dialog");
    await dialog.getByLabel("What to do").selectOption("take");
    await dialog.getByLabel("Points", { exact: true }).fill(String(balance + 2_000));
    await dialog.getByText(/2,000 points will be owed/).waitFor();
    await dialog.getByLabel("Reason").fill("Mistake");
    await dialog.getByRole("button", { name: "Continue" }).click();
    await dialog.getByText(/2,000 points will be owed/).waitFor();
  });
  expect(await balanceOf(memberId)).toBe(balance);
});

test("a file is looked at, its wrong line named, the others brought along, and taken back", async () => {
  const [[id = "", , email = ""] = []] = parseCsv(await readReport(app, "members.csv")).filter(([customer]) => customer !== memberId);
  const before = await balanceOf(id);
  await walk({}, async (page, frame) => {
    await openApp(page, "/loyalty/import");
    await frame.locator('input[type="file"]').setInputFiles({ name: "joy.csv", mimeType: "text/csv", buffer: Buffer.from(`Email,Name,Membership Type,Points\n${email},Somebody,Gold,300\nstranger@example.com,Nobody,Gold,5\n`) });
    await frame.getByText("No customer has it").waitFor();
    await frame.getByRole("row", { name: /Line 3/ }).getByText("stranger@example.com").waitFor();
    await expectWell(page, "en", names);
    await frame.getByRole("button", { name: "Import 1 member" }).click();
    await expect.poll(() => balanceOf(id)).toBe(before + 300);
    await frame.getByText("Done", { exact: true }).waitFor();
    await frame.getByRole("button", { name: "Undo the import of joy.csv" }).click();
    await frame.getByRole("dialog").getByRole("button", { name: "Undo import" }).click();
    await expect.poll(() => balanceOf(id)).toBe(before);
    await frame.getByText("Undone", { exact: true }).waitFor();
    await openApp(page, "/loyalty/liability");
    await frame.getByRole("table", { name: "Points by month" }).waitFor();
  });
});

test("a phone brings a file along as well", async () => {
  await walk({ width: 360 }, async (page, frame) => {
    await openApp(page, "/loyalty/import");
    await frame.locator('input[type="file"]').setInputFiles({ name: "broken.csv", mimeType: "text/csv", buffer: Buffer.from("name,points\nMina,5\n") });
    await frame.getByText("The first line must name a column for the e-mail address and one for points.").waitFor();
    await expectWell(page, "en", names);
  });
});

test("a friend to look at is accepted with a reason, and waits no more; without one nothing happens", async () => {
  await walk({}, async (page, frame) => {
    await openApp(page, "/loyalty/tasks");
    await frame.getByText("The same address under another name.").waitFor();
    await frame.getByText("1 member asks for another look").waitFor();
    await frame.getByRole("button", { name: /Accept the friend/ }).first().click();
    const dialog = frame.getByRole("dialog");
    await dialog.getByRole("button", { name: "Accept", exact: true }).click();
    await dialog.getByText(/Write a reason/).waitFor();
    await dialog.getByLabel("Reason").fill("Flatmates");
    await dialog.getByRole("button", { name: "Accept", exact: true }).click();
    await frame.getByText(/Staff: Flatmates/).waitFor();
  });
  expect(await readRows(app.databaseUrl, "select note from referral where decided_by is not null")).toEqual([{ note: "Flatmates" }]);
});
