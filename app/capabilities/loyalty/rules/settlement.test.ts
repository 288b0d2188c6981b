// Ten thousand histories: whatever happens, and in whatever order it is heard of, the balance is the sum of the entries, and the same.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, parseDay, toDate, type Day } from "../../../values/day.ts";
import { parseId, type OrderId, type OrderLineId } from "../../../values/ids.ts";
import type { EventFact, MemberFacts, OrderFact, RedemptionFact } from "../model/facts.ts";
import { sumParts } from "../model/ledger.ts";
import type { Programme, ProgrammeVersion } from "../model/programme.ts";
import { defaultProgramme } from "./defaults.ts";
import { pointsOf } from "./earning.ts";
import { readHistory } from "./history.ts";
import { settle, type NewEntry, type Posted } from "./settlement.ts";

const START = parseDay("2025-01-01");
const LAST = 900; // days a history lasts
const UTC = "UTC";
const dayOf = (offset: number): Day => addDays(START, offset);

type Line = { minor: number; quantity: number; percent: number };
type Change = { after: number; line: number; quantity: number; amountMinor: number };
type Bought = { on: number; lines: Line[]; changes: Change[]; isCancelled: boolean };
type Story = { orders: Bought[]; events: { on: number; points: number; revokedAfter: number | null }[]; wishes: { on: number; points: number; returnedAfter: number | null }[]; joinedOn: number | null; versions: Version[] };
type Version = { on: number; expiry: Programme["expiry"]; forgivenAfterMonths: number | null; pendingDays: number; points: number; isForJoiners: boolean; gift: number };

const lineOf: fc.Arbitrary<Line> = fc.record({ minor: fc.integer({ min: 0, max: 20_000 }), quantity: fc.integer({ min: 1, max: 4 }), percent: fc.constantFrom(0, 50, 100, 100, 300) });
const changeOf: fc.Arbitrary<Change> = fc.record({ after: fc.integer({ min: 0, max: 60 }), line: fc.nat(2), quantity: fc.integer({ min: 0, max: 4 }), amountMinor: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30_000 })) });
const day = fc.nat(LAST);
const orderOf: fc.Arbitrary<Bought> = fc.record({ on: day, lines: fc.array(lineOf, { minLength: 1, maxLength: 3 }), changes: fc.array(changeOf, { maxLength: 3 }), isCancelled: fc.nat(9).map((n) => n === 0) });
const versionOf: fc.Arbitrary<Version> = fc.record({
  on: day, forgivenAfterMonths: fc.constantFrom(null, 1, 6), pendingDays: fc.constantFrom(0, 14, 40), points: fc.integer({ min: 1, max: 5 }), isForJoiners: fc.boolean(), gift: fc.constantFrom(0, 100),
  expiry: fc.constantFrom<Programme["expiry"]>({ kind: "never" }, { kind: "per_grant", months: 3 }, { kind: "inactivity", months: 4 }, { kind: "inactivity", months: 2 }),
});
const storyOf: fc.Arbitrary<Story> = fc.record({
  orders: fc.array(orderOf, { maxLength: 6 }), joinedOn: fc.option(day),
  events: fc.array(fc.record({ on: day, points: fc.integer({ min: -200, max: 300 }), revokedAfter: fc.option(fc.nat(90)) }), { maxLength: 4 }),
  wishes: fc.array(fc.record({ on: day, points: fc.integer({ min: 1, max: 400 }), returnedAfter: fc.option(fc.nat(60)) }), { maxLength: 4 }),
  versions: fc.array(versionOf, { minLength: 1, maxLength: 3 }),
});

function versionsOf({ versions }: Story): ProgrammeVersion[] {
  const programme = defaultProgramme({ currency: "USD", averageOrderMinor: 6_000 });
  return versions.toSorted((one, other) => one.on - other.on).map(({ on, points, isForJoiners, gift, ...rules }, at) => ({
    version: at + 1, effectiveAt: toDate(dayOf(at === 0 ? 0 : on)), keptUntil: null,
    programme: { ...programme, ...rules, enrolment: isForJoiners ? "joiners" : "everyone", order: { ...programme.order, points }, tiers: programme.tiers && { ...programme.tiers, levels: programme.tiers.levels.map((level) => ({ ...level, giftPoints: gift })) } },
  }));
}

/** The order as Shopify shows it once the first so many changes were made. */
function orderAfter({ on, lines, changes, isCancelled }: Bought, at: number, changeCount: number): OrderFact {
  const made = changes.toSorted((one, other) => one.after - other.after).slice(0, changeCount);
  const isOver = isCancelled && changeCount > changes.length;
  const left = lines.map(({ quantity }) => quantity);
  const totalMinor = lines.reduce((sum, { minor, quantity }) => sum + minor * quantity, 0);
  let revenueMinor = totalMinor;
  const refunds = made.map(({ after, line, quantity, amountMinor }) => {
    const index = line % lines.length;
    const removed = Math.min(quantity, left[index] ?? 0);
    left[index] = (left[index] ?? 0) - removed;
    const given = Math.min(revenueMinor, removed * (lines[index]?.minor ?? 0) + amountMinor);
    revenueMinor -= given;
    return { on: dayOf(on + after), amountMinor: given };
  });
  return {
    id: parseId<OrderId>(BigInt(at + 1)), placedAt: toDate(dayOf(on)), placedOn: dayOf(on), wasPaid: true, cancelledOn: isOver ? dayOf(on + 61) : null, totalMinor, revenueMinor: isOver ? 0 : revenueMinor,
    hasTaxIncluded: true, shippingMinor: 0, currentShippingMinor: 0, refunds,
    lines: lines.map(({ minor, quantity, percent }, index) => ({ id: parseId<OrderLineId>(BigInt(index + 1)), productId: null, quantity, currentQuantity: left[index] ?? 0, totalMinor: minor * quantity, beforeDiscountsMinor: minor * quantity, taxMinor: 0, percent })),
  };
}

/** Every piece of news there will be, each no sooner than it happened; `delays` say how late it is heard. */
type News = { heardOn: number; tell: (facts: Known) => void };
type Known = { orders: Map<number, number>; events: Map<number, boolean>; wishes: Map<number, boolean>; hasJoined: boolean };

function newsOf(story: Story, delays: readonly number[]): News[] {
  const news: News[] = [];
  const hear = (on: number, tell: News["tell"]) => void news.push({ heardOn: on + (delays[news.length % delays.length] ?? 0), tell });
  for (const [at, order] of story.orders.entries()) {
    const afters = [0, ...order.changes.map(({ after }) => after).toSorted((one, other) => one - other), ...(order.isCancelled ? [61] : [])];
    for (const [count, after] of afters.entries()) hear(order.on + after, ({ orders }) => orders.set(at, Math.max(orders.get(at) ?? 0, count))); // the newest word wins
  }
  for (const [at, { on, revokedAfter }] of story.events.entries()) {
    hear(on, ({ events }) => void (events.has(at) || events.set(at, false)));
    if (revokedAfter !== null) hear(on + revokedAfter, ({ events }) => events.set(at, true));
  }
  for (const [at, { on, returnedAfter }] of story.wishes.entries()) {
    hear(on, ({ wishes }) => void (wishes.has(at) || wishes.set(at, false)));
    if (returnedAfter !== null) hear(on + returnedAfter, ({ wishes }) => wishes.set(at, true));
  }
  if (story.joinedOn !== null) hear(story.joinedOn, (facts) => { facts.hasJoined = true; });
  return news.toSorted((one, other) => one.heardOn - other.heardOn);
}

function factsOf(story: Story, known: Known): MemberFacts {
  return {
    joinedOn: known.hasJoined && story.joinedOn !== null ? dayOf(story.joinedOn) : null,
    orders: [...known.orders].flatMap(([at, count]) => (story.orders[at] ? [orderAfter(story.orders[at], at, count)] : [])),
    events: [...known.events].flatMap(([at, isRevoked]): EventFact[] => {
      const event = story.events[at];
      return event ? [{ id: `e${at}`, kind: event.points < 0 ? "adjustment" : "custom", ruleId: null, on: dayOf(event.on), points: event.points, version: 1, revokedOn: isRevoked && event.points > 0 ? dayOf(event.on + (event.revokedAfter ?? 0)) : null }] : [];
    }),
    redemptions: [...known.wishes].flatMap(([at, isBack]): RedemptionFact[] => {
      const wish = story.wishes[at];
      return wish ? [{ id: `w${at}`, points: wish.points, on: dayOf(wish.on), returnedOn: isBack ? dayOf(wish.on + (wish.returnedAfter ?? 0)) : null }] : [];
    }),
  };
}

class Book {
  readonly entries: NewEntry[] = [];
  private readonly versions: ProgrammeVersion[];

  constructor(story: Story) {
    this.versions = versionsOf(story);
  }

  posted(): Posted[] {
    const sums = new Map<string, Posted>();
    for (const { key, kind, points, detail } of this.entries) {
      const known = sums.get(key);
      sums.set(key, { key, kind, detail, points: (known?.points ?? 0) + points, count: (known?.count ?? 0) + 1 });
    }
    return [...sums.values()];
  }

  balance(): number {
    return this.entries.reduce((sum, { points }) => sum + points, 0);
  }

  settle(story: Story, known: Known, on: number) {
    const settlement = settle(factsOf(story, known), { versions: this.versions, timeZone: UTC, today: dayOf(on), posted: this.posted() });
    this.entries.push(...settlement.entries);
    return settlement;
  }
}

/** Until a day two customers, of whom the second had what the bits of `mask` say. */
type Merge = { on: number; mask: number };

const NOTHING_KNOWN: Known = { orders: new Map<number, number>(), events: new Map<number, boolean>(), wishes: new Map<number, boolean>(), hasJoined: false };

function partOf({ orders, events, wishes, hasJoined }: Known, isIn: (at: number) => boolean): Known {
  const pick = <T>(all: Map<number, T>) => new Map([...all].filter(([at]) => isIn(at)));
  return { orders: pick(orders), events: pick(events), wishes: pick(wishes), hasJoined };
}

/** The whole story, heard with such delays and settled each time something is heard. */
function tell(story: Story, delays: readonly number[], { isEachHeardTwice = false, merge = null }: { isEachHeardTwice?: boolean; merge?: Merge | null } = {}): Book {
  const [book, gone] = [new Book(story), new Book(story)];
  const known: Known = { orders: new Map(), events: new Map(), wishes: new Map(), hasJoined: false };
  const last = LAST + 400;
  const check = (one: Book, part: Known, on: number): void => {
    const { standing } = one.settle(story, part, on);
    expect(one.balance()).toBe(standing.balance);
    expect(standing.lots.reduce((sum, { remaining }) => sum + remaining, 0)).toBe(Math.max(0, standing.balance));
  };
  for (const { heardOn, tell: hear } of newsOf(story, delays)) {
    const on = Math.min(heardOn, last);
    for (let time = 0; time < (isEachHeardTwice ? 2 : 1); time += 1) {
      hear(known);
      const isApart = merge !== null && on < merge.on;
      check(book, isApart ? partOf(known, (at) => (merge.mask >> at) % 2 === 0) : known, on);
      if (merge !== null) check(gone, isApart ? partOf(known, (at) => (merge.mask >> at) % 2 === 1) : NOTHING_KNOWN, on);
    }
  }
  const { standing } = book.settle(story, known, last);
  gone.settle(story, NOTHING_KNOWN, last);
  expect(gone.balance()).toBe(0);
  expect(book.balance()).toBe(standing.balance);
  expect(book.settle(story, known, last).entries).toEqual([]); // said twice, written once
  for (const { key, kind, points, detail } of book.posted()) if (kind === "order") expect([key, sumParts(detail)]).toEqual([key, points]);
  return book;
}

const sumsOf = (book: Book) => new Map(book.posted().filter(({ points }) => points !== 0).map(({ key, points }) => [key, points]).toSorted(([one], [other]) => String(one).localeCompare(String(other))) as [string, number][]); // pairs of a key and its points

const mergeOf: fc.Arbitrary<Merge | null> = fc.option(fc.record({ on: day, mask: fc.nat(63) }));
const delays = fc.array(fc.oneof(fc.constant(0), fc.nat(300)), { minLength: 1, maxLength: 5 });

/** The first day on which an order is not what it was. */
const changedOn = (order: Bought | undefined): number => (order === undefined ? 0 : order.on + Math.min(LAST, ...order.changes.map(({ after }) => after), ...(order.isCancelled ? [61] : [])));

describe("histories", () => {
  test("end the same in every order of arrival, repeated or not, of one customer or of two who were merged, line by line", () => {
    fc.assert(fc.property(storyOf, delays, mergeOf, (story, late, merge) => {
      const prompt = tell(story, [0]);
      expect(sumsOf(tell(story, late, { isEachHeardTwice: true, merge }))).toEqual(sumsOf(prompt));
    }), { numRuns: 10_000 });
  }, 600_000);

  test("award each order what is left of it, once", () => {
    fc.assert(fc.property(storyOf, delays, (story, late) => {
      const sums = sumsOf(tell(story, late));
      for (const [at, order] of story.orders.entries()) {
        const fact = orderAfter(order, at, order.changes.length + (order.isCancelled ? 1 : 0));
        const kept = [...sums].filter(([key]) => key === `order:${fact.id}` || key.startsWith(`take_back:${fact.id}:`)).reduce((sum, [, points]) => sum + points, 0);
        const multipliers = versionsOf(story).flatMap(({ programme }) => [100, 125, 150].map((percent) => pointsOf(fact, programme.order, percent).deserved));
        expect([0, ...multipliers]).toContain(kept);
      }
    }), { numRuns: 500 });
  });

  test("keep the multiplier each order had, whatever is refunded later", () => {
    fc.assert(fc.property(storyOf, fc.nat(5), (story, which) => {
      const at = story.orders.length === 0 ? 0 : which % story.orders.length;
      const told = story.orders.map((_, index) => [index, 9] as const); // all there is to say
      const kept = story.orders.map((order, index) => (index === at ? { ...order, changes: [], isCancelled: false } : order));
      const [before, after] = [{ ...story, orders: kept }, story].map((one) => readHistory(factsOf(one, { ...NOTHING_KNOWN, orders: new Map(told) }), { versions: versionsOf(story), timeZone: UTC, today: dayOf(LAST) }).grants.filter(({ kind, on }) => kind === "order" && on < dayOf(changedOn(story.orders[at]))));
      const percents = (grants: typeof before) => grants?.map(({ key, detail }) => [key, detail.percent]);
      expect(percents(after)).toEqual(percents(before));
    }), { numRuns: 1_000 });
  }, 60_000);

  test("give a tier's gift to who enters it from below, and none on the way down", () => {
    const order: Bought = { on: 0, lines: [{ minor: 60_000, quantity: 1, percent: 100 }], changes: [], isCancelled: false }; // into gold at once
    const story: Story = { orders: [order], events: [], wishes: [], joinedOn: null, versions: [{ on: 0, expiry: { kind: "never" }, forgivenAfterMonths: null, pendingDays: 0, points: 1, isForJoiners: false, gift: 100 }] };
    const { grants, tiers } = readHistory(factsOf(story, { ...NOTHING_KNOWN, orders: new Map([[0, 0]]) }), { versions: versionsOf(story), timeZone: UTC, today: dayOf(LAST) });
    expect(tiers.map(({ tierId }) => tierId)).toEqual(["gold", "silver", null]);
    expect(grants.filter(({ kind }) => kind === "tier_gift").map(({ key }) => key)).toEqual(["tier_gift:gold"]);
  });

  test("of which every order was refunded are as if nothing had been bought", () => {
    fc.assert(fc.property(storyOf, delays, (story, late) => {
      const refunded = { ...story, events: [], wishes: [], orders: story.orders.map((order) => ({ ...order, isCancelled: true })) };
      expect(tell(refunded, late).balance()).toBe(0);
    }), { numRuns: 500 });
  });
});
