// What came of a survey: how many said what, what asking cost, what people did next, and how long it will take.
import { z } from "zod";
import type { Day } from "../../../values/day.ts";
import type { CustomerId } from "../../../values/ids.ts";
import { textSchema } from "../../../values/id-schemas.ts";
import type { Interval } from "../../forecasts/rules/wilson.ts";
import type { Place } from "./answer.ts";

export type Estimate = Interval & { value: number };

/** Of people, guests included; `key` as in rules/answers.ts. */
export type AnswerShare = Estimate & { key: string; count: number };

/** `score` of a recommendation: promoters less detractors, -1 to 1; of a scale: its mean; else, and of nobody, null. */
export type AnswerTable = {
  people: number;
  /** by the keys answers are counted under */
  keys: AnswerShare[];
  /** of a recommendation by number, else none */
  scores: AnswerShare[];
  score: Estimate | null;
};

/** Whose answers are shown. */
export type AnswerGroup = { kind: "everyone" } | { kind: "language"; language: string } | { kind: "segment"; segmentId: string };

/** Days, or weeks that begin with `from`, where there are too many. */
export type Period = { from: Day; to: Day; asked: number; answered: number; dismissed: number };

/** `rate` null: nobody was asked. */
export type AskingCost = { asked: number; answered: number; dismissed: number; rate: Estimate | null; dismissal: Estimate | null };

export type Results = {
  everyone: AnswerTable;
  /** null: everyone */
  group: AnswerTable | null;
  languages: { language: string; table: AnswerTable }[];
  periods: Period[];
  cost: AskingCost;
};

/** Days after an answer in which an order counts. */
export const OUTCOME_DAYS = [30, 60, 90] as const;
export type OutcomeDays = (typeof OUTCOME_DAYS)[number];

/** Beside the keys of answers, whose ids have no full stop: everybody who answered, and who was asked and did not. */
export const ANSWERED = ".answered";
export const SILENT = ".silent";

/** `needed`: so many more people it takes, beside `waiting`, whose days are not over. */
export type Measured = ({ isKnown: true } & Estimate) | { isKnown: false; needed: number; waiting: number };

/** Of customers; `people`: those whose days are over. `effective`: as many would be as certain, were all weighed alike. Revenue in minor units, of a person. */
export type Outcome = { days: OutcomeDays; people: number; waiting: number; effective: number; repurchased: number; share: Measured; revenue: Measured };
export type OutcomeRow = { key: string; customers: number; outcomes: Outcome[] };

/** What the people of one group, stratum and horizon did: sums of their revenue and of its powers. */
export type StratumSums = { key: string; days: number; stratum: number; waiting: number; people: number; repurchased: number; revenue: number; revenueSquares: number; revenueCubes: number };

export const TEXTS_PER_PAGE = 10;
export const PEOPLE_PER_PAGE = 20;
export const TAGS_MAX = 10; // of one text
export const TEXT_TAG_MAX = 40;
export const textTagSchema = textSchema.pipe(z.string().trim().min(1).max(TEXT_TAG_MAX));

/** `customer` null: a guest, or somebody Shopify no longer has. */
export type GivenText = { id: string; text: string; choices: string[]; tags: string[]; answeredAt: Date; language: string; place: Place; customer: { id: CustomerId; name: string } | null };
export type TextQuery = { search: string; tag: string | null };
export type TextPage = { texts: GivenText[]; count: number; tags: { tag: string; count: number }[] };

/** Of who gave no answer: when they were asked. */
export type AnsweringPerson = { customerId: CustomerId; name: string; answeredAt: Date; choices: string[]; text: string };

/** What cannot be counted beforehand: guests and the page's language and market are known only once they are here. Words: `surveys.reach.unknown.<part>`. */
export const UNCOUNTED = ["guests", "languages", "countries"] as const;
export type Uncounted = (typeof UNCOUNTED)[number];

/** own: of this survey; shop: of the shop's other surveys; usual: an assumption, until there are any. */
export type ReachRate = Estimate & { source: "own" | "shop" | "usual"; surveys: number; asked: number };

/** Why no days are given. Words: `surveys.reach.reasons.<reason>`. */
export const REACH_REASONS = ["enough", "nobody", "all_wait", "nobody_comes", "too_small", "too_slow", "ends_before"] as const;
export type ReachReason = (typeof REACH_REASONS)[number];

export type Reach = {
  /** in the audience, and may be asked now */
  customers: number;
  /** in it too, until their rest between two messages is over */
  waiting: number;
  /** live surveys before it in the order: they ask first */
  before: number;
  uncounted: Uncounted[];
  /** of them, who ordered in the last RECENT_DAYS days */
  recent: number;
  /** by them, and by guests where they are asked too, in the same days */
  ordersPerDay: number;
  rate: ReachRate;
  askedPerDay: number;
  /** answers it takes: where it stops, or ANSWERS_WANTED */
  target: number;
  /** still to go, at the quickest and the slowest; `to` null: more than a year, or never */
  days: { from: number; to: number | null } | null;
  /** null: days are given */
  reason: ReachReason | null;
};
export const RECENT_DAYS = 28;
export const ANSWERS_WANTED = 100; // a share is then known within ten points
