// The board: who stands where, wishes that come twice, and what became of those contacted.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addFollowup, boardPages, listEntries, readBoard, readOutcomes } from "../../app/capabilities/followups/followups.server.ts";
import { followupForm, STANDINGS, type BoardQuery } from "../../app/capabilities/followups/model.ts";
import { LEAVING_STAGES } from "../../app/capabilities/profiles/model.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import { db } from "../../app/platform/db.server.ts";
import { atRiskReport } from "../../app/routes/app.reports.$report/customer-reports.ts";
import { sendReport } from "../../app/routes/app.reports.$report/send-report.server.ts";
import { addDays, dayAt, toDate } from "../../app/values/day.ts";
import { openClone } from "../support/database.ts";
import { customerIdOf, shopIdOf } from "../support/snapshots.ts";

const shopId = shopIdOf(81);
const other = shopIdOf(82); // the same customers' numbers in another shop: untouched by everything
const today = dayAt(new Date(), "UTC");
const EVERYBODY: BoardQuery = { standing: "open", stages: LEAVING_STAGES, isVipOnly: false };

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

test("whoever is leaving is there, most at stake first; who is not, is not", async () => {
  expect(await idsOn()).toEqual([6, 5, 3, 2, 1]);
  expect(await board()).toMatchObject({ customers: 5, stakeMinor: 17_000, rows: [{ name: "Mina 6", step: "reminder" }, {}, { step: "small_coupon" }, { step: "personal_note" }, {}] });
  expect(await idsOn({ isVipOnly: true })).toEqual([2]);
  expect(await idsOn({ stages: ["lapsed"] })).toEqual([3]);
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
  const query = { ...EVERYBODY, standing };
  const text = await sendReport(atRiskReport(query, boardPages(await readShop(shopId), query, 1), { currency: "USD", today }), "csv").text();
  const [head, ...lines] = text.trimEnd().split("\n");
  expect(head).toMatch(/^customer_id,name,email,at_stake,/);
  expect(lines.map((line) => Number(line.split(",")[0]))).toEqual(await idsOn({ standing }));
  expect(lines.length).toBeGreaterThan(0);
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
