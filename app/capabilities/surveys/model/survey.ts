// A survey as the merchant writes it: one question, whom it asks and when, and what follows from an answer.
import { z } from "zod";
import { daySchema } from "../../../values/day-schema.ts";
import { idTextSchema, textSchema } from "../../../values/id-schemas.ts";
import { LANGUAGES, wordsUpTo, type Words } from "../../../values/words.ts";
import type { Rule } from "../../segments/model.ts";

const QUESTION_MAX = 200; // characters: more is no longer read on a phone
const CHOICE_MAX = 80;
export const NAME_MAX = 100;
export const CHOICES_MIN = 2;
export const CHOICES_MAX = 12;
const LIST_MAX = 50; // pages, products, countries: a rule a person can still read
const TAG_MAX = 40;
/** Live at once: each is written into every page where it might ask. */
export const LIVE_MAX = 10;
export const SURVEYS_MAX = 500;

/** Words: `surveys.kinds.<kind>`. `scale` is 1 to 5, `nps` 0 to 10 (Reichheld 2003). */
export const QUESTION_KINDS = ["single", "several", "scale", "nps", "yes_no", "text"] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

const choiceId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "small letters, digits and hyphens only");
const choiceSchema = z.object({ id: choiceId, text: wordsUpTo(CHOICE_MAX), imageUrl: z.url({ protocol: /^https$/ }).max(500).nullable() });
export type Choice = z.infer<typeof choiceSchema>;

const questionSchema = z.object({
  kind: z.enum(QUESTION_KINDS),
  text: wordsUpTo(QUESTION_MAX),
  /** of `single` and `several`; else none */
  choices: z.array(choiceSchema).max(CHOICES_MAX),
  isShuffled: z.boolean(),
  /** what the ends of a scale mean; null: very bad and very good, in the extension's own words */
  lowLabel: wordsUpTo(CHOICE_MAX).nullable(),
  highLabel: wordsUpTo(CHOICE_MAX).nullable(),
}).refine(({ kind, choices }) => !(kind === "single" || kind === "several") || choices.length >= CHOICES_MIN, { message: `at least ${CHOICES_MIN} choices`, path: ["choices"] })
  .refine(({ choices }) => new Set(choices.map(({ id }) => id)).size === choices.length, { message: "each must have its own id", path: ["choices"] });
export type Question = z.infer<typeof questionSchema>;

/** "What is the reason?": a text, after the answers named; null: after any. */
const followUpSchema = z.object({ text: wordsUpTo(QUESTION_MAX), after: z.array(z.string().max(TAG_MAX)).min(1).max(CHOICES_MAX).nullable() });

/** everyone: guests too, who stay nameless. new: at most one order; returning: two or more. Words: `surveys.audience.*` */
export const WHO = ["everyone", "customers", "members"] as const;
export const ORDERS = ["any", "new", "returning"] as const;
const audienceSchema = z.object({
  who: z.enum(WHO),
  orders: z.enum(ORDERS),
  /** of the loyalty programme; none named: any, or none */
  tierIds: z.array(z.string().max(TAG_MAX)).max(LIST_MAX),
  segmentId: z.uuid().nullable(),
  /** of the page; none named: any */
  languages: z.array(z.enum(LANGUAGES)),
  /** ISO 3166-1, of the visitor's market; none named: any */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).max(LIST_MAX),
});
export type Audience = z.infer<typeof audienceSchema>;

/** As Liquid's request.page_type says; `other`: any that is none of these. */
export const PAGE_KINDS = ["index", "product", "collection", "list-collections", "cart", "page", "blog", "article", "search", "other"] as const;

const SECONDS_MAX = 600;
const popupSchema = z.object({
  /** visit: any page; login: the first page after logging in; return: the first page of a visit a day or more after another */
  on: z.enum(["visit", "login", "return"]),
  /** none named: any kind of page; with paths or products, those as well */
  pageKinds: z.array(z.enum(PAGE_KINDS)),
  productIds: z.array(idTextSchema).max(LIST_MAX),
  /** /pages/about */
  paths: z.array(textSchema.pipe(z.string().trim().regex(/^\/\S*$/).max(200))).max(LIST_MAX),
  /** so long after the page opened; null: when its end is reached */
  seconds: z.int().min(0).max(SECONDS_MAX).nullable(),
});

const stopSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("never") }),
  z.object({ kind: z.literal("answers"), count: z.int().min(1).max(1_000_000) }),
  /** every share (of NPS: the score) is known within so many points either way, 19 times of 20 */
  z.object({ kind: z.literal("precision"), points: z.int().min(1).max(30) }),
]);

/** What follows from one answer, by its key (rules/answers.ts, keysOf). Points are the survey's, never an answer's: that would be buying it. */
const stepSchema = z.object({
  key: z.string().max(TAG_MAX),
  /** on the customer in Shopify, behind our prefix */
  hasTag: z.boolean(),
  /** a segment of everybody who answered so is kept */
  hasSegment: z.boolean(),
  /** on the at-risk board at once */
  opensTask: z.boolean(),
  /** Flow hears of it; none: saved before this could be said of one answer */
  startsFlow: z.boolean().optional(),
});
export type AnswerStep = z.infer<typeof stepSchema>;

export const definitionSchema = z.object({
  /** for the merchant */
  name: textSchema.pipe(z.string().trim().min(1).max(NAME_MAX)),
  question: questionSchema,
  followUp: followUpSchema.nullable(),
  /** null: the extension's own */
  thanks: wordsUpTo(QUESTION_MAX).nullable(),
  audience: audienceSchema,
  /** null: no pop-up */
  popup: popupSchema.nullable(),
  /** in the theme's survey block */
  isInPage: z.boolean(),
  /** on the order-status and thank-you pages */
  isOnOrder: z.boolean(),
  /** first and last day, the shop's; null: open */
  from: daySchema.nullable(),
  to: daySchema.nullable(),
  stop: stopSchema,
  /** what the loyalty programme gives for a survey */
  earnsPoints: z.boolean(),
  startsFlow: z.boolean(),
  steps: z.array(stepSchema).max(CHOICES_MAX),
}).refine(({ from, to }) => from === null || to === null || from <= to, { message: "must not end before it begins", path: ["to"] })
  .refine(({ popup, isInPage, isOnOrder }) => popup !== null || isInPage || isOnOrder, { message: "choose where it is asked", path: ["popup"] });
export type Definition = z.infer<typeof definitionSchema>;
export type Popup = NonNullable<Definition["popup"]>;

export const surveyForm = z.object({ id: z.uuid(), definition: definitionSchema });
export type SurveyForm = z.infer<typeof surveyForm>;

/** Words: `surveys.states.<state>`. */
export const STATES = ["draft", "live", "paused", "ended"] as const;
export type SurveyState = (typeof STATES)[number];
export const END_REASONS = ["by_hand", "answers", "precision", "schedule"] as const;
export type EndReason = (typeof END_REASONS)[number];

export type Survey = {
  id: string;
  state: SurveyState;
  definition: Definition;
  priority: number;
  asked: number;
  answered: number;
  dismissed: number;
  createdAt: Date;
  updatedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  endReason: EndReason | null;
  /** "You said, we did" */
  note: Words | null;
  notedAt: Date | null;
};

/** Why nothing was changed. `question_fixed`: it has been answered, so kind and choices stay; a copy may differ. Words: `surveys.refused.<reason>`. */
export type SurveyRefusal = "not_found" | "question_fixed" | "too_many_live" | "no_room" | "wrong_state" | "unknown_segment" | "unknown_key";
export type SurveyAnswerTo<T = object> = ({ ok: true } & T) | { ok: false; reason: SurveyRefusal; /** the one that is wrong, of `unknown_key` */ field?: KeyField };

/** What names answers by their keys. */
export type KeyField = "steps" | "followUp.after";

/** What the answers under a key are called, in the merchant's language. */
export type NameKey = (question: Question, key: string) => string;

/** Characters of "You said, we did": a paragraph of a message. */
export const NOTE_MAX = 1_000;

/** Days between two messages to one person. */
export const REST_DAYS = { usual: 30, max: 365 };

/** The segment of those who gave an answer; `survey:<id>:<key>` as segments know it. */
export const markOf = (surveyId: string, key: string): string => `survey:${surveyId}:${key}`;
export const segmentRuleOf = (surveyId: string, key: string): Rule => ({ field: "survey_answer", operator: "any_of", value: [markOf(surveyId, key)] });
