// A member's own code for friends, and what became of those who came.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { shopperAnswer, shopperFrom } from "../callers/shopper.server.ts";
import { makeCode } from "../capabilities/loyalty/jobs.server.ts";
import { readReferrals } from "../capabilities/loyalty/loyalty.server.ts";
import { enqueue } from "../platform/jobs.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId, customerId } = await shopperFrom(request);
  if (customerId === null) return shopperAnswer({ ok: false, reason: "not_logged_in" }, 401);
  const panel = await readReferrals({ shopId, customerId });
  if (panel === null) return shopperAnswer({ ok: false, reason: "not_live" }, 409);
  if (panel.code === null) await enqueue(makeCode, { shopId, customerId });
  return shopperAnswer({ ok: true, ...panel });
}
