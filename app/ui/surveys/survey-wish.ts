// What a merchant may ask of surveys they have, from whichever page.
import { z } from "zod";
import { NAME_MAX, REST_DAYS, type SurveyRefusal } from "../../capabilities/surveys/model/survey.ts";

/** Where its forms go: Remix tells an index route from its layout by the question mark. */
export const SURVEYS_PATH = "/app/surveys?index";

const id = z.uuid();
const wish = z.discriminatedUnion("intent", [
  /** all that are not over, the first asks first */
  z.object({ intent: z.literal("order"), ids: z.string().transform((text) => text.split(",")).pipe(z.array(id)) }),
  z.object({ intent: z.literal("rest"), days: z.string().transform(Number).pipe(z.int().min(0).max(REST_DAYS.max)) }),
  z.object({ intent: z.literal("change"), id, to: z.enum(["live", "paused", "ended"]) }),
  /** `newId` is made by the page, so that a repetition makes no second copy */
  z.object({ intent: z.literal("duplicate"), id, newId: id, name: z.string().transform((name) => name.slice(0, NAME_MAX).trim()) }),
  z.object({ intent: z.literal("delete"), id }),
]);
export type SurveysWish = z.output<typeof wish>;
/** As the form sends it. */
export type SaidSurveysWish = z.input<typeof wish>;

/** `done`: what to say of it. */
export type SurveysAnswer = { ok: true; done: "order" | "rest" | "live" | "paused" | "ended" | "duplicate" | "delete"; id: string | null } | { ok: false; reason: SurveyRefusal };

/** Throws for a form that is not one of ours: what a person may mistype is looked at before it is sent. */
export const parseSurveysWish = (form: FormData): SurveysWish => wish.parse(Object.fromEntries(form));
