// What a merchant may wish of the list: that it keeps a view, or forgets one.
import { z } from "zod";
import { viewForm } from "../../capabilities/segments/model.ts";

/** Where its forms go. */
export const CUSTOMERS_PATH = "/app/customers";

const wish = z.discriminatedUnion("intent", [viewForm.extend({ intent: z.literal("saveView") }), z.object({ intent: z.literal("deleteView"), id: z.uuid() })]);

/** The first field that is wrong, by its name. */
export type ViewAnswer = { ok: true } | { ok: false; field: string };

export function parseViewWish(form: FormData): { ok: true; wish: z.output<typeof wish> } | { ok: false; field: string } {
  const answer = wish.safeParse(Object.fromEntries(form));
  return answer.success ? { ok: true, wish: answer.data } : { ok: false, field: String(answer.error.issues[0]?.path[0] ?? "intent") };
}
