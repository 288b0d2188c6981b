// What the theme is told: the programme as shoppers should read it, and what one shopper has. Shapes: docs/storefront.md.
import { decimalsOf } from "../../../values/money.ts";
import type { Day } from "../../../values/day.ts";
import type { EntryKind } from "../model/ledger.ts";
import type { Programme, ProgrammeState, Reward } from "../model/programme.ts";
import type { RedemptionState } from "../model/redemption.ts";
import { inEachLanguage } from "../../../values/words.ts";

const LIQUID_DECIMALS = 2; // Liquid counts money in hundredths, of yen as well

const toCents = (minor: number, currency: string): number => Math.round(minor * 10 ** (LIQUID_DECIMALS - decimalsOf(currency)));

export function toPublicProgramme(programme: Programme, { state, currency }: { state: ProgrammeState; currency: string }) {
  const cents = (minor: number) => toCents(minor, currency);
  const { tiers, referral } = programme;
  return {
    isLive: state === "live", pointName: programme.pointName && inEachLanguage(programme.pointName), enrolment: programme.enrolment,
    earn: waysToEarn(programme, cents),
    rewards: programme.rewards.filter(({ isOn }) => isOn).map((reward) => rewardOf(reward, cents)),
    tiers: tiers && {
      basis: tiers.basis, period: tiers.period,
      levels: tiers.levels.map(({ id, title, entry, percent, hasFreeShipping, percentOff, giftPoints }) => ({ id, title: inEachLanguage(title), entry: tiers.basis === "spend" ? cents(entry) : entry, percent, hasFreeShipping, percentOff, giftPoints })),
    },
    referral: referral && {
      friend: { kind: referral.friend.kind, percent: "percent" in referral.friend ? referral.friend.percent : null, amountCents: "amountMinor" in referral.friend ? cents(referral.friend.amountMinor) : null },
      minOrderCents: referral.minOrderMinor && cents(referral.minOrderMinor), points: referral.advocatePoints,
    },
    pendingDays: programme.pendingDays, expiry: programme.expiry,
  };
}

function waysToEarn({ order, signUp, birthday, review, survey, firstOrder, nthOrders, links, custom, referral }: Programme, cents: (minor: number) => number) {
  return [
    ...(order.isOn ? [{ kind: "order", points: order.points, perCents: cents(order.perMinor) }] : []),
    ...(signUp.isOn ? [{ kind: "sign_up", points: signUp.points }] : []),
    ...(birthday.isOn ? [{ kind: "birthday", points: birthday.points, leadDays: birthday.leadDays }] : []),
    ...(review.isOn ? [{ kind: "review", points: review.points }] : []),
    ...(survey.isOn ? [{ kind: "survey", points: survey.points }] : []),
    ...(firstOrder.isOn ? [{ kind: "first_order", points: firstOrder.points }] : []),
    ...nthOrders.map(({ number, points }) => ({ kind: "nth_order", number, points })),
    ...links.filter(({ isOn }) => isOn).map(({ kind, id, title, url, points }) => ({ kind, id, title, url, points })),
    ...custom.filter(({ isOn }) => isOn).map(({ id, title, points }) => ({ kind: "custom", id, title, points })),
    ...(referral ? [{ kind: "referral", points: referral.advocatePoints }] : []),
  ];
}

const rewardOf = (reward: Reward, cents: (minor: number) => number) => ({
  id: reward.id, kind: reward.kind, title: reward.title && inEachLanguage(reward.title), cost: reward.cost,
  amountCents: "amountMinor" in reward ? cents(reward.amountMinor) : null, maxSteps: "maxSteps" in reward ? reward.maxSteps : 1,
  percent: "percent" in reward ? reward.percent : null, productTitle: "productTitle" in reward ? reward.productTitle : null,
  minOrderCents: reward.minOrderMinor && cents(reward.minOrderMinor), validDays: reward.validDays, tierIds: reward.tierIds,
});

/** What a tier's customers carry in Shopify: segments, discounts and Flows may ask for it. */
export const tagOf = (tierId: string): string => `tier-${tierId}`;

export type CustomerDocument = {
  isMember: boolean;
  balance: number;
  owed: number;
  pending: number;
  waiting: number;
  tierId: string | null;
  tierValue: number;
  /** the next points to end, and when; null and 0: none will */
  expiresOn: Day | null;
  expiring: number;
  hasBirthday: boolean;
  followed: string[];
  referralCode: string | null;
  coupons: { id: string; rewardId: string; kind: string; steps: number; code: string | null; state: RedemptionState; endsOn: Day | null }[];
  history: { on: Day; kind: EntryKind; points: number; note: string }[];
};

export type Known = {
  programme: Programme; currency: string;
  member: { joinedOn: Day | null; birthday: string | null; balance: number; pending: number; waiting: number; tierId: string | null; tierValue: number } | null;
  nextExpiry: { on: Day; points: number } | null;
} & Pick<CustomerDocument, "followed" | "referralCode" | "coupons" | "history">;

export function toCustomerDocument({ programme, currency, member, nextExpiry, ...lists }: Known): CustomerDocument {
  const balance = member?.balance ?? 0;
  return {
    isMember: (member !== null && member.joinedOn !== null) || (programme.enrolment === "everyone" && !programme.signUp.isOn),
    balance: Math.max(0, balance), owed: Math.max(0, -balance), pending: member?.pending ?? 0, waiting: member?.waiting ?? 0,
    tierId: member?.tierId ?? null, tierValue: programme.tiers?.basis === "spend" ? toCents(member?.tierValue ?? 0, currency) : (member?.tierValue ?? 0),
    expiresOn: nextExpiry?.on ?? null, expiring: nextExpiry?.points ?? 0, hasBirthday: member !== null && member.birthday !== null, ...lists,
  };
}
