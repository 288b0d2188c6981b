// What a shopper's page sends of a survey, and what it hears back. Shapes: docs/storefront.md.
import { z } from "zod";
import { textSchema } from "../../../values/id-schemas.ts";
import { CHOICES_MAX, LIVE_MAX } from "./survey.ts";

const TEXT_MAX = 1_000; // characters: an answer, not a letter
const PATH_MAX = 200;
const LOCALE_MAX = 20;

/** popup and page: in the theme; order: on Shopify's order-status or thank-you page; link: opened from a message. */
export const PLACES = ["popup", "page", "order", "link"] as const;
export type Place = (typeof PLACES)[number];

const context = { place: z.enum(PLACES), language: textSchema.pipe(z.string().max(LOCALE_MAX)), page: textSchema.pipe(z.string().max(PATH_MAX)) };

/** `answerId` is made by the page and kept, so that a repetition, or a change, is the same answer. */
export const answerWishSchema = z.object({
  wish: z.literal("answer"), surveyId: z.uuid(), answerId: z.uuid(), choices: z.array(z.string().max(40)).max(CHOICES_MAX), text: textSchema.pipe(z.string().max(TEXT_MAX)), ...context,
});

export const surveyWishSchema = z.discriminatedUnion("wish", [
  /** which of these may be asked now; the first by priority whose audience the shopper is in */
  z.object({ wish: z.literal("ask"), surveyIds: z.array(z.uuid()).min(1).max(LIVE_MAX), /** of a guest: the page was loaded anew, and the question stands where it stood */ isAgain: z.boolean().optional(), ...context }),
  answerWishSchema,
  z.object({ wish: z.literal("dismiss"), surveyId: z.uuid(), ...context }),
]);
export type SurveyWish = z.infer<typeof surveyWishSchema>;
export type GivenAnswer = z.infer<typeof answerWishSchema>;

/** `not_live`: no such survey asks now, or not this shopper, whatever the cause. */
export type AnswerRefusal = "not_live" | "bad_answer" | "already_answered";

/** Within so long an answer may be changed. */
export const CHANGE_MS = 3_600_000;
