// Who is taken for the same person, who for family, and who is looked at.
import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { defaultProgramme } from "./defaults.ts";
import { decideReferral, identityOf, promisedSince, risksOf, scoreOf, type Circumstances, type Hash, type Person } from "./referrals.ts";

const hashWith = (salt: string): Hash => (text) => createHmac("sha256", salt).update(text).digest("base64url");
const salt = hashWith("a shop's own");
const mina: Person = { email: "mina.okafor@gmail.com", phone: "+81 90-1234-5678", lastName: "Okafor", address: "1-2-3 Ginza", postcode: "104-0061", countryCode: "JP" };
const ken: Person = { email: "ken@example.com", phone: "090 9999 0000", lastName: "Tanaka", address: "9 Elm St", postcode: "97201", countryCode: "US" };
const usual: Circumstances = { isSelf: false, isFirstOrder: true, isUndone: false, advocate: identityOf(mina, salt), friend: identityOf(ken, salt), others: [], minutesSince: 600, friendCount: 1, monthlyMax: 5 };
const rule = { advocatePoints: 200, householdPoints: 50 };
const risksWith = (person: Partial<Person>, rest: Partial<Circumstances> = {}) => risksOf({ ...usual, friend: identityOf({ ...ken, ...person }, salt), ...rest });

test("a friend is a friend", () => {
  expect(risksOf(usual)).toEqual([]);
  expect(decideReferral([], rule)).toEqual({ state: "pending", points: 200 });
});

test.each<[string, Partial<Person>, string[], string]>([
  ["the same address of mail", { email: "MINA.OKAFOR@gmail.com " }, ["same_email"], "refused"],
  ["Gmail's dots and a plus", { email: "m.inaokafor+tea@googlemail.com" }, ["same_alias"], "refused"],
  ["the same phone, written otherwise", { phone: "09012345678" }, ["same_phone"], "refused"],
  ["family", { lastName: "OKAFOR", address: "1−2−3 ginza", postcode: "1040061", countryCode: "JP" }, ["household"], "pending"],
  ["neighbours, or a second name", { address: "1-2-3, GINZA", postcode: "104-0061", countryCode: "jp" }, ["same_address"], "review"],
])("%s", (_name, person, reasons, state) => {
  expect(risksWith(person)).toEqual(reasons);
  expect(decideReferral(risksWith(person), rule).state).toBe(state);
});

test("family is allowed for less, or not at all where the merchant says so", () => {
  expect(decideReferral(["household"], rule)).toEqual({ state: "pending", points: 50 });
  expect(decideReferral(["household"], { ...rule, householdPoints: 0 })).toEqual({ state: "refused", points: 0 });
});

test("who is not new, who ordered with their own code and who gave all back is refused; many in a month, and haste in a shared home, are looked at", () => {
  for (const claim of [{ isFirstOrder: false }, { isSelf: true }, { isUndone: true }]) expect(decideReferral(risksWith({}, claim), rule).state).toBe("refused");
  expect(decideReferral(risksWith({}, { friendCount: 6 }), rule).state).toBe("review");
  expect(decideReferral(risksWith({}, { minutesSince: 3 }), rule).state).toBe("pending");
  expect(decideReferral(risksWith({ lastName: "Okafor", address: "1-2-3 Ginza", postcode: "104-0061", countryCode: "JP" }, { minutesSince: 3 }), rule).state).toBe("review");
  expect(risksWith({}, { others: [identityOf({ ...ken, email: "k.e.n+2@example.com", phone: ken.phone }, salt)] })).toEqual(["same_friend"]);
});

test("hashes say nothing, are another shop's own, and what is missing is compared with nobody", () => {
  expect(JSON.stringify(identityOf(mina, salt))).not.toMatch(/mina|okafor|ginza|1234/i);
  expect(identityOf(mina, hashWith("another"))).not.toEqual(identityOf(mina, salt));
  const nobody: Person = { email: null, phone: null, lastName: null, address: null, postcode: null, countryCode: null };
  expect(identityOf(nobody, salt)).toEqual({});
  expect(risksOf({ ...usual, advocate: {}, friend: {} })).toEqual([]);
  expect(scoreOf(["self", "many"])).toBe(100);
});

test("what friends get has a beginning: the last change of it, not of anything else", () => {
  const base = defaultProgramme({ currency: "USD", averageOrderMinor: 5_000 });
  const of = (percent: number | null, advocatePoints = 100) => ({ ...base, referral: percent === null ? null : { friend: { kind: "percentage" as const, percent }, minOrderMinor: null, advocatePoints, householdPoints: 0, monthlyMax: 5 } });
  const since = (...programmes: ReturnType<typeof of>[]) => promisedSince(programmes.map((programme, at) => ({ version: at + 1, programme })));
  expect([since(), since(of(10), of(null)), since(of(10)), since(of(10), of(10, 200)), since(of(10), of(25), of(25)), since(of(25), of(10), of(25)), since(of(10), of(null), of(10))]).toEqual([null, null, 1, 1, 2, 3, 3]);
});
