// A loyalty programme and shoppers' standing in it, as an app writes them into metafields for its theme extension to read.

import { toGid } from "../admin-api/gids.ts";
import { createMetafields } from "../admin-api/metafields.ts";
import { installationGid } from "../admin-api/resolvers/shop.ts";
import type { SandboxContext } from "../context.ts";
import type { Id } from "../shop/model.ts";

type Reward = { id: string; kind: string; cost: number; title: Record<string, string> | null; amountCents: number | null; maxSteps: number; percent: number | null; productTitle: string | null; minOrderCents: number | null; validDays: number | null; tierIds: string[] };
type Programme = { isLive: boolean; pointName: Record<string, string> | null; enrolment: "everyone" | "joiners"; earn: object[]; windows: { from: string; to: string; percent: number }[]; stacking: "added" | "multiplied" | "highest"; rewards: Reward[]; tiers: object | null; referral: object | null; pendingDays: number; expiry: { kind: string; months?: number } };
type Coupon = { id: string; rewardId: string; kind: string; steps: number; code: string | null; state: "held" | "issued" | "used" | "returning"; endsOn: string | null };
export type Shopper = {
  isMember: boolean; balance: number; owed: number; pending: number; waiting: number; tierId: string | null; tierValue: number; nextTier: { id: string; entry: number } | null;
  staying: { keep: number; until: string } | null; expiring: number; spendableUntil: string | null;
  hasBirthday: boolean; followed: string[]; referralCode: string | null; coupons: Coupon[]; history: { on: string; kind: string; points: number; note: string | null }[];
};

const reward: Omit<Reward, "id" | "kind" | "cost"> = { title: null, amountCents: null, maxSteps: 1, percent: null, productTitle: null, minOrderCents: null, validDays: 90, tierIds: [] };

/** For a shop in yen: amounts are hundredths of one. */
export const aProgramme: Programme = {
  isLive: true,
  pointName: null,
  enrolment: "everyone",
  earn: [
    { kind: "order", points: 1, perCents: 10_000 }, { kind: "sign_up", points: 50 }, { kind: "birthday", points: 100, leadDays: 30 }, { kind: "review", points: 25 },
    { kind: "first_order", points: 50 }, { kind: "nth_order", number: 5, points: 100 },
    { kind: "follow", id: "insta", title: "Instagram", url: "https://example.com/regulars", points: 10 }, { kind: "custom", id: "bag", title: "Bring your own bag", points: 1 }, { kind: "referral", points: 200 },
  ],
  windows: [],
  stacking: "added",
  rewards: [
    { ...reward, id: "amount-off", kind: "amount_off", cost: 100, amountCents: 50_000, maxSteps: 10 },
    { ...reward, id: "shipping", kind: "free_shipping", cost: 150, minOrderCents: 300_000 },
    { ...reward, id: "credit", kind: "store_credit", cost: 200, amountCents: 100_000, maxSteps: 5, validDays: null },
    { ...reward, id: "mug", kind: "free_product", cost: 1200, productTitle: "Tea & Mug <set>" },
    { ...reward, id: "early", kind: "early_access", cost: 300, tierIds: ["gold"], validDays: null },
    { ...reward, id: "tasting", kind: "custom", cost: 500, title: { en: "A seat at our tasting", ja: "試飲会へのご招待", "zh-CN": "品鉴会席位" } },
  ],
  tiers: {
    basis: "spend", period: "rolling",
    levels: [
      { id: "silver", title: { en: "Silver", ja: "シルバー", "zh-CN": "银卡" }, entry: 3_000_000, percent: 125, hasFreeShipping: false, percentOff: 0, giftPoints: 0 },
      { id: "gold", title: { en: "Gold", ja: "ゴールド", "zh-CN": "金卡" }, entry: 8_000_000, percent: 150, hasFreeShipping: true, percentOff: 5, giftPoints: 300 },
    ],
  },
  referral: { friend: { kind: "percentage", percent: 10, amountCents: null }, minOrderCents: null, points: 200 },
  pendingDays: 14,
  expiry: { kind: "inactivity", months: 12 },
};

export const aMember: Shopper = {
  isMember: true, balance: 1320, owed: 0, pending: 40, waiting: 0, tierId: "silver", tierValue: 4_230_000, nextTier: { id: "gold", entry: 8_000_000 }, staying: null, expiring: 50, spendableUntil: "2026-12-31",
  hasBirthday: false, followed: [], referralCode: null,
  coupons: [
    { id: "0f9c2f5e-5c1d-4d0e-9c69-6a0f2f3b7a01", rewardId: "amount-off", kind: "amount_off", steps: 2, code: "R-7K2M9XPT", state: "issued", endsOn: "2027-02-01" },
    { id: "0f9c2f5e-5c1d-4d0e-9c69-6a0f2f3b7a02", rewardId: "credit", kind: "store_credit", steps: 1, code: null, state: "issued", endsOn: null },
  ],
  history: [
    { on: "2026-11-20", kind: "order", points: 40, note: "#1042" }, { on: "2026-11-12", kind: "redeem", points: -200, note: null }, { on: "2026-11-02", kind: "take_back", points: -18, note: "#1038" },
    { on: "2026-10-30", kind: "event", points: 5, note: "For the late parcel" },
  ],
};

export const anOwingMember: Shopper = { ...aMember, balance: 0, owed: 40, pending: 0, expiring: 0, spendableUntil: null, tierId: null, tierValue: 1_230_000, nextTier: { id: "silver", entry: 3_000_000 }, coupons: [], history: [{ on: "2026-11-02", kind: "take_back", points: -140, note: "#1038" }] };

export function writeProgramme({ state, clock }: SandboxContext, programme: Programme): void {
  const fields = createMetafields(state, clock);
  fields.write(installationGid, { namespace: "regulars", key: "loyalty", type: "json", value: JSON.stringify(programme) });
  fields.write(installationGid, { namespace: "regulars", key: "is_loyalty_live", type: "boolean", value: String(programme.isLive) });
}

export function writeShopper({ state, clock }: SandboxContext, customerId: Id, shopper: Shopper): void {
  const fields = createMetafields(state, clock);
  const owner = toGid("Customer", customerId);
  fields.write(owner, { namespace: "regulars", key: "loyalty", type: "json", value: JSON.stringify(shopper) });
  fields.write(owner, { namespace: "regulars", key: "points", type: "number_integer", value: String(shopper.balance) });
}
