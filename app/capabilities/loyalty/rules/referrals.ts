// Whether a friend is a friend: people compared by what they wrote down about themselves, made unreadable first.
import { IDENTITY_KINDS, REFUSED_FROM, REVIEW_FROM, RISK_WEIGHTS, type Identity, type ReferralState, type RiskReason } from "../model/referral.ts";
import type { ProgrammeVersion } from "../model/programme.ts";

export type Person = { email: string | null; phone: string | null; lastName: string | null; address: string | null; postcode: string | null; countryCode: string | null };

/** Salted, and leading nowhere back. */
export type Hash = (text: string) => string;

export function identityOf(person: Person, make: Hash): Identity {
  const hash = (kind: string, text: string | null) => (text === null || text === "" ? {} : { [kind]: make(`${kind}\n${text}`) });
  const place = person.address === null || person.postcode === null ? null : [person.address, person.postcode, person.countryCode ?? ""].map(plain).join("|");
  return {
    ...hash("email", person.email?.trim().toLowerCase() ?? null), ...hash("alias", person.email && aliasOf(person.email)),
    ...hash("phone", person.phone?.replaceAll(/\D/g, "").slice(-PHONE_DIGITS) ?? null),
    ...hash("address", place), ...hash("household", place === null || person.lastName === null ? null : `${plain(person.lastName)}|${place}`),
  };
}
const PHONE_DIGITS = 9; // with and without the country's prefix

/** Letters and digits of any script, nothing else: "1-2-3 Ginza" is "123ginza". */
const plain = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

/** Mail to all of these reaches one person: what follows a plus, and with Gmail dots, is decoration. */
function aliasOf(email: string): string {
  const [name = "", domain = ""] = email.trim().toLowerCase().split("@");
  const [box = ""] = name.split("+");
  const isGmail = domain === "gmail.com" || domain === "googlemail.com";
  return `${isGmail ? box.replaceAll(".", "") : box}@${isGmail ? "gmail.com" : domain}`;
}

export type Circumstances = {
  isSelf: boolean;
  isFirstOrder: boolean;
  /** cancelled, or given back wholly */
  isUndone: boolean;
  advocate: Identity;
  friend: Identity;
  /** of friends who were referred before, by anybody */
  others: readonly Identity[];
  /** since the code was made, or since the advocate's last friend ordered */
  minutesSince: number | null;
  /** the advocate's friends of the last 30 days, this one included, and how many count without a look */
  friendCount: number;
  monthlyMax: number;
};

const FAST_MINUTES = 15;

/** In the order of their weight. */
export function risksOf({ isSelf, isFirstOrder, isUndone, advocate, friend, others, minutesSince, friendCount, monthlyMax }: Circumstances): RiskReason[] {
  const same = new Set(IDENTITY_KINDS.filter((kind) => friend[kind] !== undefined && friend[kind] === advocate[kind]));
  const claims: Record<RiskReason, boolean> = {
    self: isSelf, not_new: !isFirstOrder, undone: isUndone, same_email: same.has("email"), same_alias: same.has("alias") && !same.has("email"), same_phone: same.has("phone"),
    same_friend: others.some((other) => (["alias", "phone"] as const).some((kind) => friend[kind] !== undefined && friend[kind] === other[kind])),
    household: same.has("household"), same_address: same.has("address") && !same.has("household"),
    fast: minutesSince !== null && minutesSince < FAST_MINUTES, many: friendCount > monthlyMax,
  };
  return (Object.keys(claims) as RiskReason[]).filter((reason) => claims[reason]).toSorted((one, other) => RISK_WEIGHTS[other] - RISK_WEIGHTS[one]); // keys of the record above
}

export const scoreOf = (reasons: readonly RiskReason[]): number => Math.min(100, reasons.reduce((sum, reason) => sum + RISK_WEIGHTS[reason], 0));

/** A household is allowed, for less; `householdPoints` 0: it is not. */
export function decideReferral(reasons: readonly RiskReason[], { advocatePoints, householdPoints }: { advocatePoints: number; householdPoints: number }): { state: ReferralState; points: number } {
  const score = scoreOf(reasons);
  const isHousehold = reasons.includes("household");
  const points = isHousehold ? householdPoints : advocatePoints;
  if (score >= REFUSED_FROM || points === 0) return { state: "refused", points: 0 };
  return { state: score >= REVIEW_FROM ? "review" : "pending", points };
}

/** The version since which friends have got what they get now, without a break; null: they get nothing. */
export function promisedSince(versions: readonly Pick<ProgrammeVersion, "version" | "programme">[]): number | null {
  const promiseOf = ({ programme: { referral } }: Pick<ProgrammeVersion, "programme">) => referral && JSON.stringify([referral.friend, referral.minOrderMinor]);
  const [last] = versions.slice(-1);
  const promise = last ? promiseOf(last) : null;
  if (promise === null) return null;
  return versions[versions.findLastIndex((version) => promiseOf(version) !== promise) + 1]?.version ?? null;
}
