// The board: who stands where, wishes that come twice, and what became of those contacted.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addFollowup, boardPages, closeTask, findQuietUntil, listEntries, listTasks, openTask, readBoard, readOutcomes, sumOpen, tryContact } from "../../app/capabilities/followups/followups.server.ts";
import { followupForm, STANDINGS, type BoardQuery, type TaskReason } from "../../app/capabilities/followups/model.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import { db, inTransaction } from "../../app/platform/db.server.ts";
import { atRiskReport } from "../../app/routes/app.reports.$report/customer-reports.ts";
import { sendReport } from "../../app/routes/app.reports.$report/send-report.server.ts";
import { addDays, dayAt, toDate } from "../../app/values/day.ts";
import { openClone } from "../support/database.ts";
import { customerIdOf, shopIdOf } from "../support/snapshots.ts";

const shopId = shopIdOf(81);
const other = shopIdOf(82); // the same customers' numbers in another shop: untouched by everything
const today = dayAt(new Date(), "UTC");
const EVERYBODY: BoardQuery = { standing: "open", stage: null, isVipOnly: false, hasTask: false };

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
  for (const id of [shopId, other]) {
    await db().shop.create({ data: { id, domain: `shop-${id}.myshopify.com`, name: "Board", currency: "USD", timeZone: "UTC", planName: "Basic", scopes: "", installedAt: new Date("2026-01-01") } });
    await db().customer.createMany({ data: [1, 2, 3, 4, 5, 6].map((number) => ({ shopId: id, id: BigInt(number), firstName: `Mina ${number}`, tags: [], createdAt: new Date(0), updatedAt: new Date(0), emailConsent: "SUBSCRIBED" })) });
    await db().customerProfile.createMany({ data: (["at_risk", "slipping", "lapsed", "vip", "at_risk", "at_risk"] as const).map((stage, index) => ({
      shopId: id, customerId: BigInt(index + 1), asOf: toDate(today), orderCount: 3, purchaseDays: 3, revenueMinor: 1_000, firstOrderOn: toDate(addDays(today, -300)), lastOrderOn: toDate(addDays(today, -90)), isLastRefunded: false, recentOrders: 1, earlierOrders: 0,
      typicalGapDays: 40, lapseDays: 100, chance30: 0.25, stakeMinor: (index + 1) * 1_000, rfmGroup: "AT_RISK", stage, stageSince: toDate(addDays(today, -10)), isVip: index === 1, search: "",
    })) });
  }
});
afterAll(() => close());

const board = async (changes: Partial<BoardQuery> = {}) => readBoard(await readShop(shopId), { ...EVERYBODY, ...changes }, 0);
const idsOn = async (changes: Partial<BoardQuery> = {}) => (await board(changes)).rows.map(({ customerId }) => Number(customerId));

/** A page a row, so that each is found by the one before it. */
async function readFile(query: BoardQuery): Promise<string[][]> {
  const text = await sendReport(atRiskReport(query, boardPages(await readShop(shopId), query, 1), { currency: "USD", today }), "csv").text();
  const [head, ...lines] = text.trimEnd().split("\n");
  expect(head).toMatch(/^customer_id,name,email,at_stake,.*,snoozed_until,task_at,survey_id,survey_answer,survey_text,orders,/);
  return lines.map((line) => line.split(","));
}

test("whoever is leaving is there, most at stake first; who is not, is not", async () => {
  expect(await idsOn()).toEqual([6, 5, 3, 2, 1]);
  expect(await board()).toMatchObject({ customers: 5, stakeMinor: 17_000, rows: [{ name: "Mina 6", step: "reminder" }, {}, { step: "small_coupon" }, { step: "personal_note" }, {}] });
  expect(await idsOn({ isVipOnly: true })).toEqual([2]);
  expect(await idsOn({ stage: "lapsed" })).toEqual([3]);
});

test("a contact takes off the open board, a snooze until its day; the same wish twice is one; a note moves nobody", async () => {
  const contact = { kind: "contacted" as const, wishId: randomUUID(), customerIds: ["5", "6", "77"], note: "called", channel: "phone" as const };
  expect(await addFollowup(shopId, contact, "9")).toBe(2); // 77 is nobody here
  expect(await addFollowup(shopId, contact, "9")).toBe(0);
  await addFollowup(shopId, { kind: "snoozed", wishId: randomUUID(), customerIds: ["3"], note: "", until: addDays(today, 7) }, null);
  await addFollowup(shopId, { kind: "note", wishId: randomUUID(), customerIds: ["1"], note: "likes Oolong" }, null);
  expect(await idsOn()).toEqual([2, 1]);
  expect(await idsOn({ standing: "contacted" })).toEqual([6, 5]);
  expect(await idsOn({ standing: "snoozed" })).toEqual([3]);
  expect((await board({ standing: "contacted" })).rows[0]).toMatchObject({ lastContact: { channel: "phone", note: "called" }, step: "wait" });
  expect(await listEntries(shopId, customerIdOf(1), 10)).toMatchObject([{ kind: "note", note: "likes Oolong" }]);
  await addFollowup(shopId, { kind: "snoozed", wishId: randomUUID(), customerIds: ["3"], note: "", until: today }, null); // its day has come
  expect(await idsOn()).toEqual([3, 2, 1]);
  expect(await db().followupEntry.count({ where: { shopId: other } })).toBe(0);
});

test.each(STANDINGS)("the file of %s holds the rows of all its pages, in their order", async (standing) => {
  await db().customerProfile.updateMany({ where: { shopId, customerId: { in: [1n, 2n, 3n, 5n, 6n] } }, data: { stakeMinor: 2_000 } }); // all equal, and still each once
  await addFollowup(shopId, { kind: "snoozed", wishId: randomUUID(), customerIds: ["1"], note: "", until: addDays(today, 1) }, null);
  const rows = await readFile({ ...EVERYBODY, standing });
  expect(rows.map(([id]) => Number(id))).toEqual(await idsOn({ standing }));
  expect(rows.length).toBeGreaterThan(0);
});

test("whoever said that they were let down comes first, whatever their stage, until somebody spoke with them", async () => {
  await db().followup.deleteMany({ where: { shopId } });
  await db().customer.create({ data: { shopId, id: 9n, firstName: "Never bought", tags: [], createdAt: new Date(0), updatedAt: new Date(0) } }); // and has no profile
  const reason: TaskReason = { kind: "survey", surveyId: randomUUID(), survey: "Delivery", answer: { en: "Bad", ja: "悪い", "zh-CN": "差" }, text: "came broken" };
  const [vip, active, stranger] = [randomUUID(), randomUUID(), randomUUID()];
  const open = (id: string, customer: number, said: TaskReason = reason) => inTransaction((tx) => openTask(tx, shopId, { id, customerId: customerIdOf(customer), at: new Date(), reason: said }));
  await addFollowup(shopId, { kind: "snoozed", wishId: randomUUID(), customerIds: ["4"], note: "", until: addDays(today, 7) }, null); // before they spoke
  for (const [id, customer] of [[stranger, 9], [active, 4], [active, 4], [vip, 2]] as const) await open(id, customer);
  expect((await idsOn()).slice(0, 3)).toEqual([2, 4, 9]); // 2 is a VIP, 4 is leaving nobody
  expect(await idsOn({ hasTask: true })).toEqual([2, 4, 9]);
  expect((await board({ hasTask: true })).rows).toMatchObject([{ step: "make_good", tasks: [{ id: vip, isOpen: true, reason }] }, { step: "make_good" }, { name: "Never bought", profile: null, step: "make_good" }]);
  expect(await sumOpen(await readShop(shopId))).toMatchObject({ customers: 7, vips: 1, answered: 3, vipsAnswered: 1 });
  expect((await readFile(EVERYBODY)).map(([id, , , , , , , , , , , , , survey, answer, text]) => [Number(id), survey, answer, text])).toEqual([...[2, 4, 9].map((id) => [id, reason.surveyId, "Bad", "came broken"]), ...[1, 3, 5, 6].map((id) => [id, "", "", ""])]);
  expect(await idsOn({ stage: "slipping" })).toEqual([2]);
  await inTransaction((tx) => closeTask(tx, shopId, stranger)); // they thought again
  await addFollowup(shopId, { kind: "contacted", wishId: randomUUID(), customerIds: ["4"], note: "sent another", channel: "email" }, null);
  expect(await idsOn({ hasTask: true })).toEqual([2]);
  expect(await idsOn({ hasTask: true, standing: "contacted" })).toEqual([4]); // they were put aside before they spoke
  await open(active, 4); // said again it stays closed
  expect(await listTasks(shopId, customerIdOf(4))).toEqual([]);
  await open(active, 4, { ...reason, text: "and the other one too" });
  expect(await idsOn({ hasTask: true })).toEqual([2, 4]);
  await addFollowup(shopId, { kind: "snoozed", wishId: randomUUID(), customerIds: ["4"], note: "", until: addDays(today, 7) }, null);
  expect([await idsOn({ hasTask: true }), await idsOn({ hasTask: true, standing: "snoozed" })]).toEqual([[2], [4]]);
  expect(await db().followupTask.count({ where: { shopId: other } })).toBe(0);
  await db().followupTask.deleteMany({ where: { shopId } });
});

test("between two messages lies the rest of the shop, or the longer one they asked for; of eight at once one gets through", async () => {
  const ask = (customer: number, { at = new Date(), restDays = 30 } = {}) => inTransaction((tx) => tryContact(tx, shopId, customerIdOf(customer), { kind: "survey", at, restDays }));
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  expect((await Promise.all(Array.from({ length: 8 }, () => ask(3)))).filter(Boolean)).toHaveLength(1);
  expect(await ask(3, { at: inDays(29) })).toBe(false);
  expect(await ask(3, { at: inDays(31) })).toBe(true);
  await addFollowup(shopId, { kind: "contacted", wishId: randomUUID(), customerIds: ["5"], note: "", channel: "phone" }, null);
  expect(await ask(5)).toBe(false); // a call is a message
  await db().contactPreference.createMany({ data: [{ shopId, customerId: 1n, channel: "none", updatedAt: new Date() }, { shopId, customerId: 6n, everyDays: 60, updatedAt: new Date() }] });
  expect(await ask(1)).toBe(false);
  await db().followup.deleteMany({ where: { shopId, customerId: 6n } });
  await db().lastContact.deleteMany({ where: { shopId, customerId: 6n } });
  expect([await ask(6), await ask(6, { at: inDays(45) }), await ask(6, { at: inDays(61) })]).toEqual([true, false, true]);
  const ids = [1, 4, 5, 77].map(customerIdOf);
  const quiet = await findQuietUntil(db(), shopId, ids, { restDays: 30, timeZone: "UTC" });
  expect(ids.map((id) => quiet.get(id))).toEqual(["9999-12-31", addDays(today, 30), addDays(today, 30), null]);
  await db().contactPreference.deleteMany({ where: { shopId } });
});

test("what nobody could mean is refused by name", () => {
  const base = { wishId: randomUUID(), customerIds: ["1"], note: "" };
  const fieldOf = (form: object) => followupForm.safeParse(form).error?.issues[0]?.path.join(".");
  expect(fieldOf({ ...base, kind: "contacted", channel: "pigeon" })).toBe("channel");
  expect(fieldOf({ ...base, kind: "snoozed", until: "2026-02-30" })).toBe("until");
  expect(fieldOf({ ...base, kind: "note" })).toBe("note");
  expect(fieldOf({ ...base, kind: "note", note: "x".repeat(2_001) })).toBe("note");
  expect(fieldOf({ ...base, kind: "contacted", channel: "phone", customerIds: ["1; drop"] })).toBe("customerIds.0");
});

test("each coming to be at risk is weighed once, contacted in it or not, over the same days", async () => {
  const segmentId = randomUUID();
  await db().segment.create({ data: { shopId, id: segmentId, readyKey: "at_risk", name: "", rule: { field: "stage", operator: "any_of", value: ["at_risk"] }, createdAt: new Date(0), updatedAt: new Date(0) } });
  await db().followupEntry.deleteMany({ where: { shopId } });
  const at = (daysAgo: number) => toDate(addDays(today, -daysAgo));
  const came = (customer: number, daysAgo: number) => ({ shopId, segmentId, customerId: BigInt(customer), isEntry: true, movedAt: at(daysAgo), reasons: [] });
  const contacted = (customer: number, daysAgo: number, chance30: number | null) => ({ shopId, customerId: BigInt(customer), kind: "contacted", wishId: randomUUID(), writtenAt: at(daysAgo), chance30 });
  const ordered = (customer: number, daysAgo: number) => ({ shopId, buyerId: BigInt(customer), orderId: BigInt(900 + customer), day: at(daysAgo), sequence: 4, revenueMinor: 1 });
  await db().segmentMove.createMany({ data: [
    came(1, 45), came(1, 30), // again while still watched: no new episode
    came(2, 45), came(3, 45), came(4, 45), came(5, 45),
    came(6, 200), came(6, 45), // two episodes of one customer
    came(7, 10), came(8, 9), // still running, with and without a contact
    came(9, 400), // longer ago than a year
  ] });
  await db().followupEntry.createMany({ data: [contacted(3, 55, 0.9), contacted(4, 39, 0.9), contacted(5, 40, 0.25), contacted(5, 38, 0.9), contacted(6, 42, null), contacted(7, 9, 0.9)] });
  await db().countedOrder.createMany({ data: [ordered(1, 44), ordered(2, 14), ordered(4, 41), ordered(5, 15)] }); // 2: a day too late; 5: on the last day; 4: before the contact, so not by it
  const outcomes = await readOutcomes(await readShop(shopId));
  expect(outcomes).toMatchObject({
    contacted: { episodes: 2, ordered: 1 }, // 5, and 6 the second time
    notContacted: { episodes: 4, ordered: 2 }, // 1, 2, 4, and 6 the first time
    expected: { share: 0.25, known: 1 }, // of the first contact of 5; that of 6 is not known
    alreadyContacted: 1, stillRunning: 2,
  });
  expect(outcomes?.contacted.low).toBeLessThan(0.5);
  expect(outcomes?.contacted.high).toBeGreaterThan(0.5);
});
