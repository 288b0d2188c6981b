// Whom a survey asks.
import { expect, test } from "vitest";
import type { Audience } from "../model/survey.ts";
import { isInAudience, type Person } from "./audience.ts";

const EVERYONE: Audience = { who: "everyone", orders: "any", tierIds: [], segmentId: null, languages: [], countries: [] };
const somebody: Person = { orderCount: 3, isMember: false, tierId: null, isInSegment: false };

test.each<[string, Partial<Audience>, Partial<Person> | null, boolean]>([
  ["everyone", {}, {}, true],
  ["a guest too", {}, null, true],
  ["no guest among customers", { who: "customers" }, null, false],
  ["members", { who: "members" }, { isMember: true }, true],
  ["who is none", { who: "members" }, {}, false],
  ["returning: two orders", { orders: "returning" }, { orderCount: 2 }, true],
  ["one is new", { orders: "returning" }, { orderCount: 1 }, false],
  ["new", { orders: "new" }, { orderCount: 1 }, true],
  ["not after the second", { orders: "new" }, { orderCount: 2 }, false],
  ["a guest is new", { orders: "new" }, null, true],
  ["and never returning", { orders: "returning" }, null, false],
  ["a tier", { tierIds: ["gold", "silver"] }, { tierId: "silver" }, true],
  ["another tier", { tierIds: ["gold"] }, { tierId: "silver" }, false],
  ["no tier", { tierIds: ["gold"] }, {}, false],
  ["a segment", { segmentId: "s" }, { isInSegment: true }, true],
  ["not in it", { segmentId: "s" }, {}, false],
  ["no guest is in one", { segmentId: "s" }, null, false],
  ["the page's language", { languages: ["ja", "en"] }, {}, true],
  ["another language", { languages: ["ja"] }, {}, false],
])("%s", (_name, audience, person, isIn) => {
  expect(isInAudience({ ...EVERYONE, ...audience }, person && { ...somebody, ...person }, "en-GB")).toBe(isIn);
});
