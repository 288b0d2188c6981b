// What a merchant may ask on the Loyalty page.
import { z } from "zod";

/** Where its forms go: Remix tells an index route from its layout by the question mark. */
export const LOYALTY_PATH = "/app/loyalty?index";

const wish = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("pause") }),
  /** the programme as it was when the page was drawn */
  z.object({ intent: z.literal("resume"), savedAt: z.iso.datetime().transform((text) => new Date(text)) }),
]);

/** Throws for a form that is not one of ours. */
export const parseLoyaltyWish = (form: FormData): z.output<typeof wish> => wish.parse(Object.fromEntries(form));

/** Not ok: somebody was quicker, and the page shows how things stand. */
export type LoyaltyAnswer = { ok: boolean; intent: z.output<typeof wish>["intent"] };
