// What a dry run says is what publishing does: nothing where nothing changes, and no more than what changes where something does.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, parseDay, toDate, type Day } from "../../../values/day.ts";
import { parseId, type CustomerId, type OrderId, type OrderLineId, type ProductId } from "../../../values/ids.ts";
import type { PastOrder } from "../../orders/model.ts";
import { MOVERS_SHOWN, NOTHING } from "../model/dry-run.ts";
import { EVENT_KINDS, type EventFact, type MemberFacts } from "../model/facts.ts";
import type { Programme, ProgrammeVersion } from "../model/programme.ts";
import { defaultProgramme } from "./defaults.ts";
import { addCustomer, tellMove, tellYear, type Means } from "./dry-run.ts";
import { decidePercents, toOrderFact } from "./facts.ts";
import { settle } from "./settlement.ts";

const TODAY = parseDay("2026-11-20");
const AT = new Date("2026-11-20T15:00:00Z");
const UTC = "UTC";
const LONG_MS = 60_000; // seconds of work, on a machine that may be busy
const usual = defaultProgramme({ currency: "USD", averageOrderMinor: 5_000 });
const daysAgo = (count: number): Day => addDays(TODAY, -count);

function anOrder(id: number, ago: number, minor: number, refund: { after: number; minor: number } | null = null): PastOrder {
  const refunded = refund === null ? 0 : Math.min(minor, refund.minor);
  return {
    id: parseId<OrderId>(BigInt(id)), placedAt: toDate(daysAgo(ago)), cancelledAt: null, isTest: false, financialStatus: "PAID", totalMinor: minor, revenueMinor: minor - refunded, hasTaxIncluded: true, shippingMinor: 0, currentShippingMinor: 0, discountMinor: 0, discountCodes: [],
    lines: [{ id: parseId<OrderLineId>(BigInt(id)), productId: parseId<ProductId>(5), productType: "Tea", tags: [], isGiftCard: false, quantity: 1, currentQuantity: 1, totalMinor: minor, beforeDiscountsMinor: minor, taxMinor: 0 }],
    refunds: refund === null ? [] : [{ refundedAt: toDate(daysAgo(Math.max(0, ago - refund.after))), amountMinor: refunded }],
  };
}

const meansOf = (versions: readonly ProgrammeVersion[]): Means => ({ versions, timeZone: UTC, at: AT, today: TODAY, collectionIdsOf: () => [] });
function factsOf(past: readonly PastOrder[], events: readonly EventFact[], versions: readonly ProgrammeVersion[]): MemberFacts {
  return { joinedOn: null, redemptions: [], events, orders: past.map((order) => toOrderFact(order, { timeZone: UTC, percents: decidePercents(order, { versions, known: {}, collectionIdsOf: () => [] }) })) };
}
const inForce = (programme: Programme, ago = 600): ProgrammeVersion[] => [{ version: 1, effectiveAt: toDate(daysAgo(ago)), keptUntil: null, programme }];

function compare(past: readonly PastOrder[], draft: Programme, versions: readonly ProgrammeVersion[], events: readonly EventFact[] = []) {
  const [facts, means] = [factsOf(past, events, versions), meansOf(versions)];
  return { now: tellYear(facts, past, versions.at(-1)?.programme ?? null, means), then: tellYear(facts, past, draft, means), move: tellMove(facts, draft, means) };
}

const programmeOf: fc.Arbitrary<Programme> = fc.record({
  points: fc.integer({ min: 1, max: 5 }), graceDays: fc.constantFrom(0, 30, 366), period: fc.constantFrom("rolling" as const, "calendar" as const, "lifetime" as const), basis: fc.constantFrom("spend" as const, "points" as const, "orders" as const),
  entry: fc.integer({ min: 1, max: 20_000 }), reenter: fc.option(fc.integer({ min: 1, max: 30_000 })), gift: fc.constantFrom(0, 100), hasTiers: fc.nat(4).map((n) => n > 0), isForJoiners: fc.boolean(), first: fc.boolean(),
}).map(({ points, graceDays, period, basis, entry, reenter, gift, hasTiers, isForJoiners, first }): Programme => ({
  ...usual, enrolment: isForJoiners ? "joiners" : "everyone", order: { ...usual.order, points }, firstOrder: { isOn: first, points: 50 },
  tiers: hasTiers && usual.tiers ? { basis, period, graceDays, levels: usual.tiers.levels.map((level, at) => ({ ...level, entry: entry * (at + 1), keep: entry, reenter, giftPoints: gift })) } : null,
}));
const versionsOf: fc.Arbitrary<ProgrammeVersion[]> = fc.array(fc.record({ ago: fc.nat(700), programme: programmeOf, kept: fc.option(fc.integer({ min: -100, max: 400 })) }), { minLength: 1, maxLength: 4 })
  .map((all) => all.toSorted((one, other) => other.ago - one.ago).map(({ ago, programme, kept }, at) => ({ version: at + 1, effectiveAt: toDate(daysAgo(ago)), keptUntil: kept === null ? null : addDays(TODAY, kept), programme })));
const pastOf = fc.array(fc.record({ ago: fc.nat(800), minor: fc.integer({ min: 1, max: 30_000 }), refund: fc.option(fc.record({ after: fc.nat(60), minor: fc.integer({ min: 1, max: 30_000 }) })) }), { maxLength: 8 })
  .map((all) => all.map(({ ago, minor, refund }, at) => anOrder(at + 1, ago, minor, refund)));
const eventsOf = fc.array(fc.record({ kind: fc.constantFrom(...EVENT_KINDS), ago: fc.nat(500), points: fc.integer({ min: -50, max: 300 }), version: fc.integer({ min: 1, max: 4 }) }), { maxLength: 4 })
  .map((all) => all.map(({ kind, ago, points, version }, at): EventFact => ({ id: `e${at}`, kind, ruleId: null, on: daysAgo(ago), points, version, revokedOn: null })));

describe("a dry run", () => {
  test("of rules that are in force already says that nothing changes, whatever happened and whichever rules there were before", () => {
    fc.assert(fc.property(versionsOf, pastOf, eventsOf, (versions, past, events) => {
      const draft = versions.at(-1)?.programme ?? usual;
      const { now, then, move } = compare(past, draft, versions, events);
      expect([then, move.to]).toEqual([now, move.from]);
    }), { numRuns: 1_000 });
  }, LONG_MS);

  test("of another reward for friends, another price of a reward or another way to expire moves nobody and no points", () => {
    const draft: Programme = { ...usual, expiry: { kind: "never" }, rewards: [], referral: usual.referral && { ...usual.referral, friend: { kind: "percentage", percent: 20 } } };
    fc.assert(fc.property(pastOf, eventsOf, (past, events) => {
      const { now, then, move } = compare(past, draft, inForce(usual), events);
      expect([then, move.to]).toEqual([now, move.from]);
    }), { numRuns: 300 });
  }, LONG_MS);

  test("says in which tier publishing would leave somebody", () => {
    const noGrace: Programme = { ...usual, tiers: usual.tiers && { ...usual.tiers, graceDays: 0 } };
    fc.assert(fc.property(pastOf, programmeOf, (past, other) => {
      const draft: Programme = { ...other, tiers: other.tiers && { ...other.tiers, graceDays: 0 } };
      const versions = inForce(noGrace);
      const next = [...versions, { version: 2, effectiveAt: AT, keptUntil: null, programme: draft }];
      const [now, then] = [versions, next].map((known) => settle(factsOf(past, [], versions), { versions: known, timeZone: UTC, today: addDays(TODAY, 1), posted: [] }).standing.tierId);
      expect(compare(past, draft, versions).move).toEqual({ from: now, to: then });
    }), { numRuns: 300 });
  }, LONG_MS);

  test("waits for days of grace, and sees through to the lowest tier", () => {
    const [silver, gold] = usual.tiers?.levels ?? [];
    if (!silver || !gold || !usual.tiers) throw new Error("two tiers");
    const dearer: Programme = { ...usual, tiers: { ...usual.tiers, levels: [{ ...silver, entry: 900_000, keep: 900_000 }, { ...gold, entry: 950_000, keep: 950_000 }] } };
    const past = [anOrder(1, 20, gold.entry)];
    expect(compare(past, dearer, inForce(usual)).move).toEqual({ from: "gold", to: null });
    expect(compare(past, { ...usual, tiers: { ...usual.tiers, levels: [silver] } }, inForce(usual)).move).toEqual({ from: "gold", to: "silver" });
    const promised = inForce(usual).map((version) => ({ ...version, keptUntil: addDays(TODAY, 100) }));
    expect(compare(past, dearer, promised).move).toEqual({ from: "gold", to: null }); // later, and all the same
  });

  test("takes what is no order by the rules compared, and leaves out what no rule gave", () => {
    const event = (kind: EventFact["kind"], points: number): EventFact => ({ id: kind, kind, ruleId: null, on: daysAgo(30), points, version: 1, revokedOn: null });
    const draft: Programme = { ...usual, signUp: { isOn: true, points: 500 }, referral: usual.referral && { ...usual.referral, householdPoints: 70 } };
    expect(compare([], draft, inForce(usual), [event("sign_up", 50)])).toMatchObject({ now: 50, then: 500 });
    expect(compare([], draft, inForce(usual), [event("referral", 50)])).toMatchObject({ now: 50, then: 70 }); // of the same household
    expect(compare([], draft, inForce(usual), [event("import", 900), event("adjustment", 40)])).toMatchObject({ now: 0, then: 0 });
  });
});

test("sums name the first of who moves, and nobody who stays", () => {
  const id = (number: number) => parseId<CustomerId>(BigInt(number));
  const move = { from: "gold", to: "silver" };
  const sums = Array.from({ length: MOVERS_SHOWN + 2 }, (_, at) => at).reduce((known, at) => addCustomer(known, { customerId: id(at + 1), now: 5, then: 3, move }), addCustomer(NOTHING, { customerId: id(99), now: 5, then: 5, move: { from: "gold", to: "gold" } }));
  expect(sums).toMatchObject({ customers: MOVERS_SHOWN + 3, gaining: 0, losing: MOVERS_SHOWN + 2, moves: [{ from: "gold", to: "gold", customers: 1, firstIds: [] }, { ...move, customers: MOVERS_SHOWN + 2 }] });
  expect(sums.moves[1]?.firstIds).toEqual(Array.from({ length: MOVERS_SHOWN }, (_, at) => String(at + 1)));
});
