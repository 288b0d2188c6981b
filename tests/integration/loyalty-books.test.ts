// The books on a real database: lists, one account with its reasons, what is owed in points and money, months that stay, imports and their undoing.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as loyalty from "../../app/capabilities/loyalty/loyalty.server.ts";
import { MEMBERS_PER_PAGE, type MemberQuery } from "../../app/capabilities/loyalty/model/books.ts";
import type { Programme } from "../../app/capabilities/loyalty/model/programme.ts";
import * as orders from "../../app/capabilities/orders/orders.server.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import { db, inTransaction } from "../../app/platform/db.server.ts";
import { ledgerReport, liabilityReport, membersReport, redemptionsReport, referralsReport } from "../../app/routes/app.reports.$report/loyalty-reports.ts";
import type { Report } from "../../app/routes/app.reports.$report/report.ts";
import { sendReport } from "../../app/routes/app.reports.$report/send-report.server.ts";
import { addDays, monthOf, parseDay, toDate } from "../../app/values/day.ts";
import type { ShopId } from "../../app/values/ids.ts";
import { openClone } from "../support/database.ts";
import { A_POINT_A_DOLLAR, anOrderOf, daysAgo, hear, openPointsShop, today } from "../support/points-shop.ts";
import { aCustomer, aRefund, customerIdOf, shopIdOf } from "../support/snapshots.ts";

/** A point for each dollar, at once, for a year; 100 points are 5 dollars off. */
const PLAIN: Programme = {
  ...A_POINT_A_DOLLAR,
  expiry: { kind: "per_grant", months: 12 }, windows: [{ id: "summer", title: "Summer", from: addDays(today, -5), to: addDays(today, -5), percent: 200 }],
  rewards: [
    ...A_POINT_A_DOLLAR.rewards,
    { id: "tea", kind: "custom", isOn: true, title: { en: "A cup of tea" }, cost: 50, minOrderMinor: null, validDays: null, perCustomer: null, total: null, tierIds: [] },
  ],
};

const EVERYBODY: MemberQuery = { search: "", tierId: null, isOwing: false, isExpiring: false, sort: "balance", direction: "descending" };

const openShop = async () => (await openPointsShop({ programme: PLAIN, launchedDaysAgo: 400 })).shopId;

async function all<Row>(pages: AsyncIterable<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}
const listed = async (shopId: ShopId, changes: Partial<MemberQuery> = {}) => (await loyalty.listMembers(await readShop(shopId), { ...EVERYBODY, ...changes }, 0)).members.map(({ customerId, balance }) => [Number(customerId), balance]);
const account = async (shopId: ShopId, customer: number, before: bigint | null = null) => {
  const book = await loyalty.findAccount(shopId, customerIdOf(customer), { before });
  if (book === null) throw new Error("no account");
  return book;
};

let shopId: ShopId;
let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
  shopId = await openShop();
  await hear(shopId, anOrderOf(1, 1, 20_000, 5), anOrderOf(2, 2, 9_000, 350), anOrderOf(3, 3, 5_000, 10), anOrderOf(4, 4, 3_000, 390));
  await hear(shopId, anOrderOf(3, 3, 5_000, 10, { revenueMinor: 3_000, refundedMinor: 2_000, updatedAt: daysAgo(2), refunds: [{ ...aRefund(31, 2_000), refundedAt: daysAgo(2) }] }));
});
afterAll(() => close());

test("members are listed by what they have, found by what they owe, what ends soon and what they are called", async () => {
  await loyalty.adjust(shopId, randomUUID(), { customerId: customerIdOf(3), points: -80, note: "Returned by hand" });
  expect(await listed(shopId)).toEqual([[1, 400], [2, 90], [4, 0], [3, -50]]); // customer 1 bought on a day that counts twice; 4's points have ended
  expect(await listed(shopId, { direction: "ascending" })).toEqual([[3, -50], [4, 0], [2, 90], [1, 400]]);
  expect(await listed(shopId, { isOwing: true })).toEqual([[3, -50]]);
  expect(await listed(shopId, { isExpiring: true })).toEqual([[2, 90]]);
  expect(await listed(shopId, { sort: "expiry", direction: "ascending" })).toEqual([[2, 90], [1, 400], [4, 0], [3, -50]]);
  await db().customerProfile.createMany({ data: [1, 2].map((id) => ({
    shopId, customerId: BigInt(id), asOf: toDate(today), orderCount: 1, purchaseDays: 1, revenueMinor: 1, isLastRefunded: false, recentOrders: 0, earlierOrders: 0, stakeMinor: 0, rfmGroup: "NEW", stage: "new", stageSince: toDate(today), isVip: false, search: `mina okafor customer-${id}@example.com`,
  })) });
  expect(await listed(shopId, { search: "okafor CUSTOMER-2" })).toEqual([[2, 90]]);
  expect(await listed(shopId, { search: "100%" })).toEqual([]);
  const { members, count } = await loyalty.listMembers(await readShop(shopId), EVERYBODY, 0);
  expect(count).toBe(4);
  expect(members[1]).toMatchObject({ name: "Mina Okafor", email: "customer-2@example.com", nextExpiry: { points: 90 } });
  expect(await all(loyalty.memberPages(await readShop(shopId), { ...EVERYBODY, isOwing: true }))).toMatchObject([{ balance: -50 }]);
});

test("each line of an account opens to its reason: the order, its lines, the window, the refund, the note", async () => {
  const [line] = (await account(shopId, 1)).entries;
  expect(line).toMatchObject({ kind: "order", points: 400, balanceAfter: 400, sequence: 1, order: { id: "1", name: "#1" }, windows: ["Summer"], detail: { version: 1, percent: 200 }, lines: [{ title: "Ethiopia Guji", minor: 20_000, points: 400, percent: 100 }] });
  const { entries } = await account(shopId, 3);
  expect(entries.map(({ kind, points, balanceAfter, note, grantOrder }) => ({ kind, points, balanceAfter, note, grantOrder }))).toEqual([
    { kind: "event", points: -80, balanceAfter: -50, note: "Returned by hand", grantOrder: null },
    { kind: "take_back", points: -20, balanceAfter: 30, note: null, grantOrder: { id: "3", name: "#3" } },
    { kind: "order", points: 50, balanceAfter: 50, note: null, grantOrder: null },
  ]);
  expect((await account(shopId, 4)).entries[0]).toMatchObject({ kind: "expire", points: -30, grantOrder: { id: "4", name: "#4" } });
  expect(await loyalty.findAccount(shopId, customerIdOf(999), { before: null })).toBeNull();
  expect(await loyalty.findMemberCard(shopId, customerIdOf(1))).toMatchObject({ balance: 400, pending: 0, tier: null });
});

test("a refund within the return window is said in the line's reason, which adds up to its points", async () => {
  const { shopId: other } = await openPointsShop({ programme: { ...PLAIN, pendingDays: 14 } });
  await hear(other, anOrderOf(1, 1, 8_700, 20, { revenueMinor: 6_330, refundedMinor: 2_370, updatedAt: daysAgo(15), refunds: [{ ...aRefund(31, 2_370), refundedAt: daysAgo(15) }] }));
  const [line, ...rest] = (await account(other, 1)).entries;
  expect(rest).toEqual([]);
  expect(line).toMatchObject({ points: 63, lines: [{ points: 87 }], detail: { withheldPoints: 24 } });
  const { entries: [told] } = await loyalty.readHistory({ shopId: other, customerId: customerIdOf(1) }, null);
  expect(told).toMatchObject({ points: 63, why: { lines: [{ points: 87 }], parts: [{ part: "withheld", points: -24 }] } }); // the shopper reads the same
});

test("an account is read a page at a time, and the same adjustment counts once", async () => {
  const other = await openShop();
  await hear(other, anOrderOf(1, 1, 100, 1));
  const id = randomUUID();
  for (let time = 0; time < 2; time += 1) await loyalty.adjust(other, id, { customerId: customerIdOf(1), points: 5, note: "Sorry" });
  for (let time = 0; time < 21; time += 1) await loyalty.adjust(other, randomUUID(), { customerId: customerIdOf(1), points: 1, note: "Thanks" });
  const first = await account(other, 1);
  expect(first.balance).toBe(27);
  expect(first.entries).toHaveLength(20);
  const rest = await account(other, 1, BigInt(first.next ?? 0));
  expect(rest.entries.map(({ points }) => points)).toEqual([1, 5, 1]);
  expect(rest.next).toBeNull();
});

test("a perk of the shop's own is handed over once, and a redemption stands in the books", async () => {
  const requestId = randomUUID();
  await loyalty.redeem({ shopId, customerId: customerIdOf(1) }, { requestId, rewardId: "tea", steps: 1 });
  await loyalty.workOn(shopId, requestId);
  expect((await account(shopId, 1)).redemptions).toMatchObject([{ state: "issued", points: 50 }]);
  expect([await loyalty.noteDelivered(shopId, requestId), await loyalty.noteDelivered(shopId, requestId)]).toEqual([true, false]);
  expect(await all(loyalty.redemptionPages(shopId))).toMatchObject([{ id: requestId, rewardKind: "custom", state: "used", points: 50, code: null }]);
});

test("what is owed adds up: outstanding, schedule, months and lines say the same", async () => {
  const shop = await readShop(shopId);
  const book = await loyalty.readLiability(shop);
  expect(book.outstanding).toEqual({ available: 440, pending: 0, waiting: 0, owed: 50, members: 2, debtors: 1 });
  expect(book.value).toEqual({ rewardId: "five", minorPerPoint: 5 });
  expect(book.schedule.reduce((sum, { points }) => sum + points, 0)).toBe(440);
  expect(book.breakage).toMatchObject({ isKnown: false, why: "young" }); // launched today, though for orders of a year ago
  expect(book.months).toEqual([{ month: monthOf(today), opening: 0, issued: 400 + 90 + 50 + 30, imported: 0, adjusted: -80, spent: -50, expired: -30, takenBack: -20, forgiven: 0, closed: 0, closing: 390, value: { rewardId: "five", minorPerPoint: 5 } }]);
  const lines = await all(loyalty.entryPages(shopId));
  expect(lines.reduce((sum, { points }) => sum + points, 0)).toBe(book.months.at(-1)?.closing);
  expect(await loyalty.checkLedger(shopId)).toBe(0);
  expect((await loyalty.readLiability(shop)).check).toMatchObject({ brokenCount: 0 });
});

test("points that had ended before anybody could spend them say nothing about those to come", async () => {
  const other = await openShop();
  await hear(other, ...Array.from({ length: 40 }, (_, at) => anOrderOf(at + 1, at + 1, 3_000, 390)));
  expect(await db().ledgerEntry.count({ where: { shopId: other, kind: "expire" } })).toBe(40);
  await db().$executeRaw`insert into ledger_entry (shop_id, id, customer_id, key, sequence, kind, points, effective_on, written_at, balance_after, detail) values (${other}::bigint, 0, 99, 'order:99', 1, 'order', 1, ${toDate(addDays(today, -380))}::date, ${daysAgo(380)}, 1, '{}')`;
  expect((await loyalty.readLiability(await readShop(other))).breakage).toMatchObject({ isKnown: true, members: 40 }); // had the programme been there for a year
  await db().ledgerEntry.create({ data: { shopId: other, id: -1n, customerId: 98n, key: "order:98", sequence: 1, kind: "order", points: 1, effectiveOn: toDate(addDays(today, -20)), writtenAt: daysAgo(20), balanceAfter: 1, detail: {} } });
  expect((await loyalty.readLiability(await readShop(other))).breakage).toMatchObject({ isKnown: false, why: "young" });
});

test("every report has a cell for each column, and says what the pages say", async () => {
  const shop = await readShop(shopId);
  await db().referral.create({ data: { shopId, orderId: 4n, advocateId: 1n, friendId: 4n, orderedAt: daysAgo(390), version: 1, state: "counted", score: 0, reasons: [], hashes: {}, points: 200, decidedAt: daysAgo(370) } });
  const about = { currency: "USD", today };
  const read = async (report: Report) => (await sendReport(report, "csv").text()).trimEnd().split("\n");
  const reports = [ledgerReport(loyalty.entryPages(shopId), about), liabilityReport(await loyalty.readLiability(shop), about), membersReport(loyalty.memberPages(shop, EVERYBODY), about), redemptionsReport(loyalty.redemptionPages(shopId), about), referralsReport(loyalty.referralPages(shopId), about)];
  const [ledger = [], liability = [], members = [], redemptions = [], referrals = []] = await Promise.all(reports.map(read));
  for (const lines of [ledger, liability, members, redemptions, referrals]) expect(new Set(lines.map((line) => line.split(",").length)).size).toBe(1);
  expect(ledger[0]).toBe("entry_id,at,customer_id,kind,points,balance_after,reason,order_id,rule_version");
  expect(ledger.find((line) => line.includes(",order,400,"))).toMatch(/^\d+,\S+Z,1,order,400,400,,1,1$/);
  expect(liability[1]).toBe(`${monthOf(today)},0,0,570,0,-80,-50,-30,-20,0,0,390,5,19.50,440,0,0,50,22.00,0.00,0.00,2.50`);
  expect(members).toContain("3,Mina Okafor,customer-3@example.com,-50,0,0,,,,");
  expect(redemptions).toHaveLength(2);
  expect(referrals[1]).toMatch(/^4,1,4,\S+Z,counted,0,\[\],200,\S+Z$/);
});

test("a month is the shop's own, and one that is over stays as it was", async () => {
  const other = await openShop();
  await db().shop.update({ where: { id: other }, data: { timeZone: "Asia/Tokyo" } });
  await db().ledgerEntry.create({ data: { shopId: other, customerId: 5n, key: "order:9", sequence: 1, kind: "order", points: 70, effectiveOn: toDate(today), writtenAt: new Date("2026-08-31T15:30:00Z"), balanceAfter: 70, detail: {} } });
  const [month] = (await loyalty.readLiability(await readShop(other))).months;
  expect(month).toMatchObject({ month: "2026-09", issued: 70 }); // already September in Tokyo
});

test("a month that is over keeps its money, whatever becomes of the rules", async () => {
  const other = await openShop();
  const shop = await readShop(other);
  await db().ledgerEntry.create({ data: { shopId: other, customerId: 5n, key: "order:9", sequence: 1, kind: "order", points: 70, effectiveOn: toDate(today), writtenAt: daysAgo(40), balanceAfter: 70, detail: {} } });
  const worth = async () => (await loyalty.readLiability(shop)).months.map(({ value }) => value?.minorPerPoint);
  const over = (await worth()).length - 1;
  expect(over).toBeGreaterThan(0);
  await loyalty.keepMonthValues(other);
  await db().programmeVersion.updateMany({ where: { shopId: other }, data: { programme: { ...PLAIN, rewards: PLAIN.rewards.map((reward) => ({ ...reward, cost: 50 })) } } }); // as no version ever is
  await loyalty.keepMonthValues(other);
  expect(await worth()).toEqual([...Array.from({ length: over }, () => 5), 10]);
});

test("a file is looked at without a trace, taken over once, and undone once", async () => {
  const other = await openShop();
  const shop = await readShop(other);
  await inTransaction((tx) => orders.saveCustomers(tx, other, [1, 2, 3].map((id) => aCustomer({ id }))));
  await hear(other, anOrderOf(1, 1, 1_000, 1));
  const text = ["email,points,joined_on,birthday", "CUSTOMER-1@example.com,250,2024-05-01,05-27", "customer-2@example.com,40,,", "customer-3@example.com,0,,", "stranger@example.com,10,,", "customer-2@example.com,9,,"].join("\n");
  expect(await loyalty.previewImport(shop, text)).toEqual({ ok: true, preview: {
    source: "plain", lines: 5, members: 3, points: 290, hasTiers: false, errorCount: 2,
    errors: [{ line: 5, field: "email", fault: "unknown", text: "stranger@example.com" }, { line: 6, field: "email", fault: "double", text: "customer-2@example.com", otherLine: 3 }],
  } });
  expect(await db().earnEvent.count({ where: { shopId: other } })).toBe(0);
  const wish = { id: randomUUID(), fileName: "members.csv", text };
  for (let time = 0; time < 2; time += 1) expect(await loyalty.importMembers(shop, wish)).toEqual({ ok: true, members: 3, points: 290 });
  expect(await loyalty.listImports(shop)).toMatchObject([{ source: "plain", memberCount: 3, points: 290, undoneAt: null, waitingCount: 2 }]);
  await loyalty.settleShop(other);
  expect(await listed(other)).toEqual([[1, 260], [2, 40], [3, 0]]);
  expect((await loyalty.listImports(shop))[0]?.waitingCount).toBe(0);
  expect(await account(other, 1)).toMatchObject({ joinedOn: "2024-05-01", birthday: "05-27" });
  expect([await loyalty.undoImport(shop, wish.id), await loyalty.undoImport(shop, wish.id)]).toEqual([true, false]);
  await loyalty.settleShop(other);
  expect(await listed(other)).toEqual([[1, 10], [2, 0], [3, 0]]);
  expect(await loyalty.importMembers(shop, { ...wish, id: randomUUID(), text: "email,points\nx@example.com,5" })).toEqual({ ok: false, fault: "nobody" });
  expect(await loyalty.checkLedger(other)).toBe(0);
});

test("without a programme in force nothing is taken over", async () => {
  const other = shopIdOf(699);
  await db().shop.create({ data: { id: other, domain: `shop-${other}.myshopify.com`, name: "Books", currency: "USD", timeZone: "UTC", planName: "Basic", scopes: "", installedAt: new Date("2026-01-01") } });
  expect(await loyalty.importMembers(await readShop(other), { id: randomUUID(), fileName: "a.csv", text: "email,points\na@example.com,5" })).toEqual({ ok: false, fault: "not_launched" });
  expect(await loyalty.readLiability(await readShop(other))).toMatchObject({ version: null, value: null, months: [] });
});

test("a page of members holds no more than a page, and each is on one", async () => {
  const other = await openShop();
  await hear(other, ...Array.from({ length: MEMBERS_PER_PAGE + 3 }, (_, at) => anOrderOf(at + 1, at + 1, 1_000, 1)));
  const pages = await Promise.all([0, 1].map(async (page) => (await loyalty.listMembers(await readShop(other), EVERYBODY, page)).members.map(({ customerId }) => customerId)));
  expect(pages.map((page) => page.length)).toEqual([MEMBERS_PER_PAGE, 3]);
  expect(new Set(pages.flat()).size).toBe(MEMBERS_PER_PAGE + 3);
});

test("members are compared with customers who bought about as often and as lately in the same month, and did not join", async () => {
  const other = await openShop();
  const month = monthOf(addDays(today, -150));
  const middle = parseDay(`${month}-15`);
  const placed = (days: number) => ({ placedAt: toDate(addDays(middle, days)), updatedAt: toDate(addDays(middle, days)) });
  const people = Array.from({ length: 120 }, (_, at) => at + 1); // the first 60 join; of them 45 order again, of the others 30
  const comesBack = (id: number) => (id <= 60 ? id <= 45 : id <= 90);
  await hear(other, ...people.flatMap((id) => [anOrderOf(id, id, 1_000, 0, placed(-10)), ...(comesBack(id) ? [anOrderOf(1_000 + id, id, 2_000, 0, placed(40))] : [])]));
  await db().member.updateMany({ where: { shopId: other, customerId: { lte: 60n } }, data: { joinedOn: toDate(middle) } });
  const answer = await loyalty.compareMembers(await readShop(other));
  expect(answer).toMatchObject({ isKnown: true, leftOut: 0, members: { people: 60, share: 0.75, revenueMinor: 1_500 }, others: { people: 60, share: 0.5, revenueMinor: 1_000 } });
  expect(answer.isKnown && [answer.share.low > 0, answer.share.low < 0.25, answer.share.high > 0.25]).toEqual([true, true, true]);
  expect(await loyalty.compareMembers(await readShop(shopId))).toMatchObject({ isKnown: false });
});
