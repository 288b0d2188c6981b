// The suggested next step, the smallest that may be enough; and how long people are left in peace.
import { expect, test } from "vitest";
import { addDays, parseDay, toDate } from "../../values/day.ts";
import { NEVER, quietUntilOf, stepFor } from "./rules.ts";

const today = parseDay("2026-11-26");
const somebody: Parameters<typeof stepFor>[0] = { hasTask: false, profile: { stage: "at_risk", isLastRefunded: false, stageSince: addDays(today, -20) }, isVip: false, emailConsent: "SUBSCRIBED", preferredChannel: null, everyDays: null, lastContact: null };
const staged = (changes: Partial<NonNullable<(typeof somebody)["profile"]>>) => ({ profile: somebody.profile && { ...somebody.profile, ...changes } });
const contacted = (daysAgo: number) => ({ at: toDate(addDays(today, -daysAgo)), channel: "email" as const, note: "" });
const stepWith = (changes: Partial<typeof somebody>) => stepFor({ ...somebody, ...changes }, { today, timeZone: "UTC" });

test.each([
  ["a reminder comes first", {}, "reminder"],
  ["a small coupon only after one since it began", { lastContact: contacted(15) }, "small_coupon"],
  ["one from before does not count", { lastContact: contacted(40) }, "reminder"],
  ["nobody is written to twice in a fortnight", { lastContact: contacted(13) }, "wait"],
  ["or as often as they said", { lastContact: contacted(20), everyDays: 30 }, "wait"],
  ["who has lapsed gets a coupon, and a larger one the second time", staged({ stage: "lapsed" }), "small_coupon"],
  ["the second time", { ...staged({ stage: "lapsed" }), lastContact: contacted(16) }, "win_back_coupon"],
  ["a VIP hears from a person", { isVip: true }, "personal_note"],
  ["and without consent to e-mails, face to face", { isVip: true, emailConsent: "NOT_SUBSCRIBED" }, "in_person"],
  ["or while it is not confirmed, or not known", { isVip: true, emailConsent: "PENDING" }, "in_person"],
  ["not known", { isVip: true, emailConsent: null }, "in_person"],
  ["unless they named another way", { isVip: true, emailConsent: "NOT_SUBSCRIBED", preferredChannel: "phone" }, "personal_note"],
  ["a refund is made good before anything is sold", { isVip: true, ...staged({ isLastRefunded: true }) }, "make_good"],
  ["without consent, consent", { emailConsent: "UNSUBSCRIBED" }, "ask_consent"],
  ["unless they like to be met otherwise", { emailConsent: "UNSUBSCRIBED", preferredChannel: "line" }, "reminder"],
  ["who wants no contact gets none", { isVip: true, preferredChannel: "none" }, "leave_alone"],
  ["what they said is made good at once, consent or not", { hasTask: true, emailConsent: null, lastContact: contacted(1) }, "make_good"],
  ["also where nobody measured them yet", { hasTask: true, profile: null }, "make_good"],
  ["but not against their wish", { hasTask: true, preferredChannel: "none" }, "leave_alone"],
  ["who is not leaving, and was answered, is sold nothing", { ...staged({ stage: "active" }), lastContact: contacted(20) }, "wait"],
  ["nor is somebody nobody measured yet", { profile: null, lastContact: contacted(20) }, "wait"],
] as const)("%s", (_name, changes, step) => {
  expect(stepWith(changes)).toBe(step);
});

const at = new Date("2026-11-26T12:00:00Z");
const quiet = (peace: Partial<Parameters<typeof quietUntilOf>[0]>, timeZone = "UTC") => quietUntilOf({ lastAt: new Date("2026-11-01T22:00:00Z"), channel: null, everyDays: null, ...peace }, { restDays: 30, at, timeZone });

test.each([
  ["until the rest is over", {}, "2026-12-01"],
  ["or as long as they said, if that is longer", { everyDays: 60 }, "2026-12-31"],
  ["not shorter", { everyDays: 7 }, "2026-12-01"],
  ["now, where nothing ever reached them", { lastAt: null }, null],
  ["or long ago", { lastAt: new Date("2026-10-27T12:00:00Z") }, null],
  ["never, where they want nothing", { lastAt: null, channel: "none" }, NEVER],
] as const)("left in peace %s", (_name, peace, day) => {
  expect(quiet(peace)).toBe(day);
});

test("the day is the shop's own", () => expect(quiet({}, "Asia/Tokyo")).toBe("2026-12-02"));
