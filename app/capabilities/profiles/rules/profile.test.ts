// Rhythm, scores and stage: each rule at its edges, and what must hold for any customer.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, parseDay, type Day } from "../../../values/day.ts";
import { parseId, type CustomerId } from "../../../values/ids.ts";
import { DEFAULT_SETTINGS, RFM_GROUPS, STAGES, type Basis, type Facts, type Forecast } from "../model.ts";
import { frequencyMoneyOf, profileOf, rfmGroupOf, rhythmOf, stageAfter, type Yardstick } from "./profile.ts";
import { overdueDaysOf, reasonsOf } from "./reasons.ts";

const today = parseDay("2026-11-26");
const basis: Basis = {
  asOf: today, customerCount: 100, rfm: { r: [300, 200, 100, 30], f: [null, 2, 3, 6], m: [1_000, 5_000, 10_000, 50_000] },
  rhythm: { gapCount: 400, typicalDays: 30, medianDays: 31, lapseDays: 120 }, secondOrder: { gapCount: 100, typicalDays: 45, medianDays: 44, lapseDays: 150 }, ownLapseRatio: 2.5, vipFromMinor: 40_000, knowsCosts: false,
};
const yardstick: Yardstick = { today, basis, settings: DEFAULT_SETTINGS };
const NO_FORECAST: Forecast = { chance30: null, chance60: null, chance90: null, expectedOrders365: null, ordersLow365: null, ordersHigh365: null, expectedValue365Minor: null, valueLow365Minor: null, valueHigh365Minor: null, stakeMinor: 0 };
const ago = (days: number): Day => addDays(today, -days);

function someFacts(changes: Partial<Facts> = {}): Facts {
  return {
    customerId: parseId<CustomerId>(7), orderCount: 4, purchaseDays: 4, revenueMinor: 20_000, firstDayRevenueMinor: 5_000, gapLogSum: 3 * Math.log(20), firstOrderOn: ago(90), lastOrderOn: ago(30), lastOrderAt: null, isLastRefunded: false,
    recentOrders: 4, earlierOrders: 0, productGapDays: null, productLapseDays: null, marginMinor: null, search: "", ...changes,
  };
}
const profileWith = (changes: Partial<Facts>) => profileOf(someFacts(changes), NO_FORECAST, yardstick);

describe("rhythm", () => {
  const rhythm = (changes: Partial<Facts>, settings = DEFAULT_SETTINGS) => rhythmOf(someFacts(changes), { basis, settings });

  test("own gaps are shrunk to the shop's as if two of the shop's had been seen", () => {
    expect(rhythm({}).typicalGapDays).toBe(Math.round(Math.exp((3 * Math.log(20) + 2 * Math.log(30)) / 5)));
    expect(rhythm({ purchaseDays: 101, gapLogSum: 100 * Math.log(20) }).typicalGapDays).toBe(20);
  });

  test("somebody who bought once is measured by second orders, or by what they bought", () => {
    expect(rhythm({ purchaseDays: 1, gapLogSum: 0 })).toEqual({ typicalGapDays: 45, lapseDays: 150 });
    expect(rhythm({ purchaseDays: 1, gapLogSum: 0, productGapDays: 12, productLapseDays: 60 })).toEqual({ typicalGapDays: 12, lapseDays: 60 });
  });

  test("the end of a rhythm is one's own only as far as enough gaps are known", () => {
    const shop = basis.rhythm?.lapseDays ?? 0;
    const few = rhythm({ purchaseDays: 2, gapLogSum: Math.log(10) }).lapseDays ?? 0;
    const many = rhythm({ purchaseDays: 60, gapLogSum: 59 * Math.log(10) }).lapseDays ?? 0;
    expect(few).toBeLessThan(shop);
    expect(few).toBeGreaterThan(many);
    expect(many).toBeLessThan(35); // 2.5 usual gaps of ten days, and a little
  });

  test("the merchant's own lapse point holds for everybody; without any rhythm nothing is said", () => {
    expect(rhythm({}, { ...DEFAULT_SETTINGS, lapseDays: 77 }).lapseDays).toBe(77);
    const bare = { ...basis, rhythm: null, secondOrder: null, ownLapseRatio: null };
    expect(rhythmOf(someFacts({ purchaseDays: 1 }), { basis: bare, settings: DEFAULT_SETTINGS })).toEqual({ typicalGapDays: null, lapseDays: null });
    expect(rhythmOf(someFacts({ purchaseDays: 0 }), yardstick)).toEqual({ typicalGapDays: null, lapseDays: null });
  });
});

describe("stage", () => {
  const standing = { purchaseDays: 4, typicalGapDays: 30, lapseDays: 100, isVip: false };
  test.each([
    [0, "regular"], [44, "regular"], [45, "slipping"], [79, "slipping"], [80, "at_risk"], [100, "at_risk"], [101, "lapsed"], [200, "lapsed"], [201, "lost"],
  ] as const)("%i days after the last order: %s", (days, stage) => {
    const found = stageAfter(days, standing);
    expect(found.stage).toBe(stage);
    expect(found.fromDays).toBeLessThanOrEqual(days);
    expect(stageAfter(found.fromDays, standing).stage).toBe(stage);
    if (found.fromDays > 0) expect(stageAfter(found.fromDays - 1, standing).stage).not.toBe(stage);
  });

  test("one order is new until a second would be late; two are active; a VIP who is on time is a VIP", () => {
    expect(stageAfter(79, { ...standing, purchaseDays: 1 }).stage).toBe("new");
    expect(stageAfter(500, { ...standing, purchaseDays: 1 }).stage).toBe("one_time");
    expect(stageAfter(1, { ...standing, purchaseDays: 2 }).stage).toBe("active");
    expect(stageAfter(1, { ...standing, isVip: true }).stage).toBe("vip");
    expect(stageAfter(90, { ...standing, isVip: true }).stage).toBe("at_risk");
  });

  test("as days pass without an order nobody comes nearer again", () => {
    const order = STAGES.filter((stage) => stage !== "prospect" && stage !== "one_time");
    fc.assert(fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 2, max: 9 }), fc.boolean(), fc.nat(900), (typicalGapDays, lapseDays, purchaseDays, isVip, days) => {
      const placeAfter = (after: number) => { const { stage } = stageAfter(after, { purchaseDays, typicalGapDays, lapseDays, isVip }); return ["active", "regular", "vip"].includes(stage) ? 0 : order.findIndex((one) => one === stage); };
      expect(placeAfter(days + 1)).toBeGreaterThanOrEqual(placeAfter(days));
    }));
  });

  test("without orders there is a prospect; the day a stage began follows from the last order", () => {
    expect(profileWith({ orderCount: 0, purchaseDays: 0, lastOrderOn: null, firstOrderOn: null })).toMatchObject({ stage: "prospect", rfmGroup: "PROSPECTS", scores: null, nextOrderOn: null });
    const slipping = profileWith({ lastOrderOn: ago(60) });
    expect(slipping).toMatchObject({ stage: "slipping" });
    expect(profileOf(someFacts({ lastOrderOn: ago(60) }), NO_FORECAST, { ...yardstick, today: addDays(slipping.stageSince, -1) }).stage).toBe("regular");
  });
});

describe("RFM", () => {
  test("a score is the highest whose limit is reached, and a limit nobody reaches is passed over", () => {
    const scoresAt = (lastOrderOn: Day, orderCount: number, revenueMinor: number) => profileWith({ lastOrderOn, orderCount, revenueMinor }).scores;
    expect(scoresAt(ago(30), 6, 50_000)).toEqual({ r: 5, f: 5, m: 5 });
    expect(scoresAt(ago(31), 1, 999)).toEqual({ r: 4, f: 1, m: 1 });
    expect(scoresAt(ago(300), 2, 1_000)).toEqual({ r: 2, f: 3, m: 2 });
    expect(scoresAt(ago(301), 5, 9_999)).toEqual({ r: 1, f: 4, m: 3 });
  });

  test("the merchant's own limits come first", () => {
    const settings = { ...DEFAULT_SETTINGS, rfm: { r: [9, 8, 7, 6], f: [2, 3, 4, 5], m: [1, 2, 3, 4] } as Basis["rfm"] }; // a tuple of four
    expect(profileOf(someFacts(), NO_FORECAST, { ...yardstick, settings }).scores).toEqual({ r: 1, f: 4, m: 5 });
  });

  test("every pair of scores has a group, by Shopify's words", () => {
    const groups = new Set([1, 2, 3, 4, 5].flatMap((r) => [1, 2, 3, 4, 5].map((fm) => rfmGroupOf({ r, f: fm, m: fm }))));
    expect([...groups, "PROSPECTS"].toSorted()).toEqual([...RFM_GROUPS].toSorted());
    expect(frequencyMoneyOf({ f: 1, m: 2 })).toBe(2); // rounded half up
    expect([rfmGroupOf({ r: 5, f: 1, m: 1 }), rfmGroupOf({ r: 4, f: 1, m: 1 }), rfmGroupOf({ r: 3, f: 3, m: 3 }), rfmGroupOf({ r: 1, f: 5, m: 5 })]).toEqual(["NEW", "PROMISING", "NEEDS_ATTENTION", "PREVIOUSLY_LOYAL"]);
  });
});

describe("reasons", () => {
  const codesWith = (changes: Partial<Facts>) => reasonsOf(profileWith(changes)).map(({ code }) => code);

  test("say what somebody behind the counter would say", () => {
    expect(reasonsOf(profileWith({ lastOrderOn: ago(71), isLastRefunded: true }))).toEqual([{ code: "usual_gap", days: 24 }, { code: "days_since", days: 71 }, { code: "last_refunded" }]);
    expect(codesWith({ lastOrderOn: ago(99) })).toEqual(["usual_gap", "days_since", "past_lapse"]);
    expect(codesWith({ purchaseDays: 1, gapLogSum: 0, orderCount: 1, lastOrderOn: ago(20) })).toEqual(["one_order", "shop_gap", "on_rhythm"]);
    expect(codesWith({ orderCount: 0, purchaseDays: 0, lastOrderOn: null, firstOrderOn: null })).toEqual(["no_order"]);
    expect(codesWith({ lastOrderOn: ago(40), recentOrders: 1, earlierOrders: 3, revenueMinor: 90_000 })).toEqual(["usual_gap", "days_since", "slowing", "top_spender"]);
  });

  test("nobody is without one, and nobody has more than four", () => {
    fc.assert(fc.property(fc.nat(900), fc.integer({ min: 1, max: 9 }), fc.boolean(), fc.nat(9), fc.nat(9), (days, purchaseDays, isLastRefunded, recentOrders, earlierOrders) => {
      const reasons = reasonsOf(profileWith({ lastOrderOn: ago(days), purchaseDays, gapLogSum: (purchaseDays - 1) * Math.log(25), isLastRefunded, recentOrders, earlierOrders, revenueMinor: 99_999 }));
      expect(reasons.length).toBeGreaterThan(0);
      expect(reasons.length).toBeLessThanOrEqual(4);
    }));
  });

  test("overdue counts from the day the next order was expected", () => {
    const profile = profileWith({ lastOrderOn: ago(71) });
    expect(profile.nextOrderOn).toBe(addDays(ago(71), 24));
    expect(overdueDaysOf(profile)).toBe(71 - 24);
    expect(overdueDaysOf(profileWith({ lastOrderOn: ago(3) }))).toBe(0);
  });
});
