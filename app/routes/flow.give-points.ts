// "Give points", run by a Shopify Flow: once for each run, however often Flow sends it.
import type { ActionFunctionArgs } from "@remix-run/node";
import { flowRunFrom } from "../callers/flow.server.ts";
import { localeFrom } from "../callers/locale.ts";
import { toldAnswer } from "../callers/told-answer.server.ts";
import { tellLoyalty } from "../capabilities/loyalty/jobs.server.ts";
import { earn, findTold, type ToldAnswer } from "../capabilities/loyalty/loyalty.server.ts";
import type { FlowRun } from "../capabilities/loyalty/model/actions.ts";
import type { Shop } from "../capabilities/shops/model.ts";
import { meetCustomer } from "../capabilities/sync/sync.server.ts";
import { enqueue } from "../platform/jobs.server.ts";

export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const { shop, run } = await flowRunFrom(request);
  return toldAnswer(await give(shop, run), localeFrom(request));
}

/** Flow repeats what fails by our fault, and only that: whatever cannot succeed is a 4xx, and a limit that was reached no failure of the Flow. */
async function give(shop: Shop, { action_run_id: sourceId, properties: { customer_id: who, action: ruleId, note } }: FlowRun): Promise<ToldAnswer> {
  const customerId = (await findTold(shop.id, who)) ?? (await meetCustomer(shop.id, who.id));
  if (customerId === null) return { ok: false, reason: "unknown_customer" };
  const answer = await earn({ shopId: shop.id, customerId }, { kind: "flow", ruleId, sourceId, note: note || null });
  if (!answer.ok && answer.reason === "already_given") return { ok: true, points: 0, isNew: false };
  if (answer.ok) await enqueue(tellLoyalty, { shopId: shop.id });
  return answer;
}
