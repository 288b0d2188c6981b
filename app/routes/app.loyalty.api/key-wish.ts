// What a merchant may ask about the secret: a new one, in place of the one the page shows, so that a form sent twice makes one.
import { z } from "zod";

const form = z.object({ seenAt: z.union([z.literal("").transform(() => null), z.iso.datetime().transform((text) => new Date(text))]) });

/** Throws for a form that is not one of ours. `seenAt` null: there was none. */
export const parseKeyWish = (data: FormData): z.output<typeof form> => form.parse(Object.fromEntries(data));

/** Not ok: somebody was quicker. */
export type KeyAnswer = { ok: true; secret: string } | { ok: false };
