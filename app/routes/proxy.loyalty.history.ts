// A shopper's own ledger, newest first, each line with its reason.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { shopperAnswer, shopperFrom } from "../callers/shopper.server.ts";
import { readHistory } from "../capabilities/loyalty/loyalty.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId, customerId } = await shopperFrom(request);
  if (customerId === null) return shopperAnswer({ ok: false, reason: "not_logged_in" }, 401);
  const before = new URL(request.url).searchParams.get("before");
  if (before !== null && !/^\d{1,18}$/.test(before)) return shopperAnswer({ ok: false, reason: "bad_request", field: "before" }, 400);
  return shopperAnswer({ ok: true, ...(await readHistory({ shopId, customerId }, before === null ? null : BigInt(before))) });
}
