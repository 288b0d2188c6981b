// Contacts, snoozes and notes, from wherever a merchant writes them down.
import type { ActionFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../callers/merchant.server.ts";
import { addFollowup } from "../capabilities/followups/followups.server.ts";
import { now } from "../platform/clock.server.ts";
import { parseFollowup, type FollowupAnswer } from "../ui/followup-wish.ts";
import { dayAt } from "../values/day.ts";

export async function action({ request }: ActionFunctionArgs): Promise<FollowupAnswer> {
  const { shop, staffId } = await merchantFrom(request);
  const wish = parseFollowup(await request.formData(), dayAt(now(), shop.timeZone));
  return wish.ok ? { ok: true, count: await addFollowup(shop.id, wish.form, staffId) } : wish;
}
