// The suggested next step: the smallest that may be enough.
import { expect, test } from "vitest";
import { addDays, parseDay, toDate } from "../../values/day.ts";
import { stepFor } from "./rules.ts";

const today = parseDay("2026-11-26");
const somebody: Parameters<typeof stepFor>[0] = { stage: "at_risk", isVip: false, isLastRefunded: false, emailConsent: "SUBSCRIBED", preferredChannel: null, everyDays: null, lastContact: null, stageSince: addDays(today, -20) };
const contacted = (daysAgo: number) => ({ at: toDate(addDays(today, -daysAgo)), channel: "email" as const, note: "" });
const stepWith = (changes: Partial<typeof somebody>) => stepFor({ ...somebody, ...changes }, { today, timeZone: "UTC" });

test.each([
  ["a reminder comes first", {}, "reminder"],
  ["a small coupon only after one since it began", { lastContact: contacted(15) }, "small_coupon"],
  ["one from before does not count", { lastContact: contacted(40) }, "reminder"],
  ["nobody is written to twice in a fortnight", { lastContact: contacted(13) }, "wait"],
  ["or as often as they said", { lastContact: contacted(20), everyDays: 30 }, "wait"],
  ["who has lapsed gets a coupon, and a larger one the second time", { stage: "lapsed" }, "small_coupon"],
  ["the second time", { stage: "lapsed", lastContact: contacted(16) }, "win_back_coupon"],
  ["a VIP hears from a person", { isVip: true }, "personal_note"],
  ["and without consent to e-mails, face to face", { isVip: true, emailConsent: "NOT_SUBSCRIBED" }, "in_person"],
  ["or while it is not confirmed, or not known", { isVip: true, emailConsent: "PENDING" }, "in_person"],
  ["not known", { isVip: true, emailConsent: null }, "in_person"],
  ["unless they named another way", { isVip: true, emailConsent: "NOT_SUBSCRIBED", preferredChannel: "phone" }, "personal_note"],
  ["a refund is made good before anything is sold", { isVip: true, isLastRefunded: true }, "make_good"],
  ["without consent, consent", { emailConsent: "UNSUBSCRIBED" }, "ask_consent"],
  ["unless they like to be met otherwise", { emailConsent: "UNSUBSCRIBED", preferredChannel: "line" }, "reminder"],
  ["who wants no contact gets none", { isVip: true, preferredChannel: "none" }, "leave_alone"],
] as const)("%s", (_name, changes, step) => {
  expect(stepWith(changes)).toBe(step);
});
