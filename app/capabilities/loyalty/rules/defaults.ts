// A programme to begin with: about a twentieth of what is spent comes back, by the shop's currency and its usual order.
import { decimalsOf } from "../../../values/money.ts";
import type { Programme } from "../model/programme.ts";

const BACK_PERCENT = 5;
const POINTS_PER_REWARD = 100;
const USUAL_ORDER_UNITS = 50; // where nothing has been sold yet
const TIER_ORDERS = [3, 8]; // usual orders within a year

/** `averageOrderMinor` null: no order yet. */
export function defaultProgramme({ currency, averageOrderMinor }: { currency: string; averageOrderMinor: number | null }): Programme {
  const unitMinor = 10 ** decimalsOf(currency);
  const orderMinor = averageOrderMinor !== null && averageOrderMinor > 0 ? averageOrderMinor : USUAL_ORDER_UNITS * (decimalsOf(currency) === 0 ? 100 : unitMinor);
  const perMinor = Math.max(1, roundDown(orderMinor / USUAL_ORDER_UNITS)); // a usual order brings 50 to 125 points
  const stepMinor = Math.max(1, Math.round((perMinor * POINTS_PER_REWARD * BACK_PERCENT) / 100));
  const reward = { isOn: true, title: null, minOrderMinor: null, validDays: 90, perCustomer: null, total: null, tierIds: [] };
  return {
    enrolment: "everyone",
    pointName: null,
    order: { isOn: true, points: 1, perMinor, includesTax: true, includesShipping: false, isBeforeDiscounts: false, only: null, excluded: null, rates: [] },
    signUp: { isOn: true, points: 50 },
    birthday: { isOn: true, points: 100, leadDays: 30 },
    review: { isOn: false, points: 25, perYear: 12 },
    survey: { isOn: false, points: 20 },
    firstOrder: { isOn: false, points: 50 },
    nthOrders: [],
    links: [],
    custom: [],
    windows: [],
    stacking: "added",
    pendingDays: 14,
    expiry: { kind: "inactivity", months: 12 },
    forgivenAfterMonths: 12,
    returnsOnRefund: true,
    rewards: [
      { ...reward, id: "amount-off", kind: "amount_off", cost: POINTS_PER_REWARD, amountMinor: stepMinor, maxSteps: 10 },
      { ...reward, id: "free-shipping", kind: "free_shipping", cost: POINTS_PER_REWARD },
      { ...reward, id: "store-credit", kind: "store_credit", isOn: false, cost: POINTS_PER_REWARD, amountMinor: stepMinor, maxSteps: 10 },
    ],
    tiers: {
      basis: "spend", period: "rolling", graceDays: 30,
      levels: [
        { ...level(TIER_ORDERS[0] ?? 3, orderMinor), id: "silver", title: { en: "Silver", ja: "シルバー", "zh-CN": "银卡" }, percent: 125, hasFreeShipping: false },
        { ...level(TIER_ORDERS[1] ?? 8, orderMinor), id: "gold", title: { en: "Gold", ja: "ゴールド", "zh-CN": "金卡" }, percent: 150, hasFreeShipping: true },
      ],
    },
    referral: { friend: { kind: "percentage", percent: 10 }, minOrderMinor: null, advocatePoints: 200, householdPoints: 50, monthlyMax: 5 },
  };
}

/** The same programme, by which nothing new is earned. */
export const pausedOf = (programme: Programme): Programme => ({
  ...programme, nthOrders: [], windows: [], rewards: programme.rewards.map((reward) => ({ ...reward, isOn: false })),
  expiry: programme.expiry.kind === "inactivity" ? { kind: "never" } : programme.expiry, // nobody can be active
  order: { ...programme.order, isOn: false }, firstOrder: { ...programme.firstOrder, isOn: false },
});

function level(orders: number, orderMinor: number) {
  const entry = roundDown(orders * orderMinor);
  return { entry, keep: roundDown(entry * 0.8), reenter: null, percentOff: 0, giftPoints: 0 };
}

/** To 1, 2 or 5 and noughts: what a shopkeeper would have chosen. */
function roundDown(value: number): number {
  const scale = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  const lead = value / scale;
  return scale * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
}
