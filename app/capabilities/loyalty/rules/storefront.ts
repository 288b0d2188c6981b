// What the theme is told: the programme as shoppers should read it, and what one shopper has. Shapes: docs/storefront.md.
import { decimalsOf } from "../../../values/money.ts";
import { addDays, type Day } from "../../../values/day.ts";
import type { ShownKind } from "../model/ledger.ts";
import type { Programme, ProductFilter, ProgrammeState, Reward } from "../model/programme.ts";
import type { RedemptionState } from "../model/redemption.ts";
import { inEachLanguage } from "../../../values/words.ts";
import { levelAfter } from "./tiers.ts";

const LIQUID_DECIMALS = 2; // Liquid counts money in hundredths, of yen as well

const toCents = (minor: number, currency: string): number => Math.round(minor * 10 ** (LIQUID_DECIMALS - decimalsOf(currency)));

/** Bonus windows that are over by `today` are left out. */
export function toPublicProgramme(programme: Programme, { state, currency, today }: { state: ProgrammeState; currency: string; today: Day }) {
  const cents = (minor: number) => toCents(minor, currency);
  const { tiers, referral } = programme;
  return {
    isLive: state === "live", pointName: programme.pointName && inEachLanguage(programme.pointName), enrolment: programme.enrolment,
    earn: waysToEarn(programme, cents),
    windows: programme.windows.filter(({ to }) => to >= today).map(({ from, to, percent }) => ({ from, to, percent })), stacking: programme.stacking,
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
    ...(order.isOn ? [orderWay(order, cents)] : []),
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

const orderWay = ({ points, perMinor, includesTax, includesShipping, isBeforeDiscounts, only, excluded, rates }: Programme["order"], cents: (minor: number) => number) => ({
  kind: "order", points, perCents: cents(perMinor), includesTax, includesShipping, isBeforeDiscounts,
  only: only && inSmallLetters(only), excluded: excluded && inSmallLetters(excluded), rates: rates.map(({ filter, percent }) => ({ ...inSmallLetters(filter), percent })),
});

/** As the rules compare: Liquid makes small what it looks for. */
const inSmallLetters = ({ productIds, collectionIds, productTypes, tags }: ProductFilter): ProductFilter => ({
  productIds, collectionIds, productTypes: productTypes.map((type) => type.toLowerCase()), tags: tags.map((tag) => tag.toLowerCase()),
});

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
  /** the tier above, and what it takes of them; null: there is none */
  nextTier: { id: string; entry: number } | null;
  /** they have less than staying in their tier takes, and until when they may add to it; null: they have enough */
  staying: { keep: number; until: Day } | null;
  /** how many points end next, and the last day on which they can be spent; 0 and null: none will */
  expiring: number;
  spendableUntil: Day | null;
  hasBirthday: boolean;
  followed: string[];
  referralCode: string | null;
  coupons: { id: string; rewardId: string; kind: string; steps: number; code: string | null; state: RedemptionState; endsOn: Day | null }[];
  history: { on: Day; kind: ShownKind; points: number; note: string }[];
};

const SOON_DAYS = 60; // what ends later is no news yet; the theme counts as many

export const isSoon = (day: Day, today: Day): boolean => day <= addDays(today, SOON_DAYS);

export type Known = {
  programme: Programme; currency: string;
  member: { joinedOn: Day | null; birthday: string | null; balance: number; pending: number; waiting: number; tierId: string | null; tierValue: number; nextTierEntry: number | null; tierKeptUntil: Day | null } | null;
  /** the first day without them */
  nextExpiry: { on: Day; points: number } | null;
} & Pick<CustomerDocument, "followed" | "referralCode" | "coupons" | "history">;

export function toCustomerDocument({ programme, currency, member, nextExpiry, ...lists }: Known): CustomerDocument {
  const balance = member?.balance ?? 0;
  const { tiers } = programme;
  const counted = (value: number) => (tiers?.basis === "spend" ? toCents(value, currency) : value);
  const tierId = member?.tierId ?? null;
  const next = levelAfter(tiers, tierId);
  const keptUntil = member?.tierKeptUntil ?? null;
  const keep = tiers?.levels.find(({ id }) => id === tierId)?.keep ?? 0;
  return {
    isMember: (member !== null && member.joinedOn !== null) || (programme.enrolment === "everyone" && !programme.signUp.isOn),
    balance: Math.max(0, balance), owed: Math.max(0, -balance), pending: member?.pending ?? 0, waiting: member?.waiting ?? 0,
    tierId, tierValue: counted(member?.tierValue ?? 0),
    nextTier: next && { id: next.id, entry: counted(member?.nextTierEntry ?? next.entry) }, staying: keptUntil && { keep: counted(keep), until: keptUntil },
    expiring: nextExpiry?.points ?? 0, spendableUntil: nextExpiry && addDays(nextExpiry.on, -1), hasBirthday: member !== null && member.birthday !== null, ...lists,
  };
}
