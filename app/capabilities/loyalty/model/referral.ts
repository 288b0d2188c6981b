// A friend's first order by a member's code, and how sure we are that the friend is somebody else.
import type { CustomerId, OrderId } from "../../../values/ids.ts";

/** pending: until the return window closes; review: a person has to look; counted: points given; refused. */
export const REFERRAL_STATES = ["pending", "review", "counted", "refused"] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];

/** Each is a sentence on the page, with its weight in the score. */
export const RISK_WEIGHTS = {
  self: 100, not_new: 100, undone: 100, same_email: 100, same_alias: 90, same_phone: 90, same_friend: 90,
  household: 40, same_address: 60, fast: 30, many: 50,
} as const;
export type RiskReason = keyof typeof RISK_WEIGHTS;
export const RISK_REASONS = Object.keys(RISK_WEIGHTS) as RiskReason[]; // the keys of the table above

export const REFUSED_FROM = 90; // of the score: the same person
export const REVIEW_FROM = 50;

/** Salted hashes; what they are made of is not kept. */
export const IDENTITY_KINDS = ["email", "alias", "phone", "address", "household"] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];
export type Identity = Partial<Record<IdentityKind, string>>;

export type Referral = {
  orderId: OrderId;
  advocateId: CustomerId;
  /** null: erased since */
  friendId: CustomerId | null;
  orderedAt: Date;
  version: number;
  state: ReferralState;
  /** 0 to 100; null: not looked at yet */
  score: number | null;
  reasons: RiskReason[];
  points: number;
  decidedAt: Date | null;
  decidedBy: string | null;
  note: string | null;
  appealedAt: Date | null;
};
