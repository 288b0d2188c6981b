// Another system tells of an action: points by the programme's rule for it, once for each id of the sender's. docs/loyalty-api.md.
import type { ActionFunctionArgs } from "@remix-run/node";
import { localeFrom } from "../callers/locale.ts";
import { tellingFrom } from "../callers/sender.server.ts";
import { toldAnswer } from "../callers/told-answer.server.ts";
import { tellLoyalty } from "../capabilities/loyalty/jobs.server.ts";
import { earn, findTold, type ToldAnswer } from "../capabilities/loyalty/loyalty.server.ts";
import { enqueue } from "../platform/jobs.server.ts";

export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const { shopId, telling: { customer, action: ruleId, id: sourceId, note = null } } = await tellingFrom(request);
  const customerId = await findTold(shopId, customer);
  const answer: ToldAnswer = customerId === null ? { ok: false, reason: "unknown_customer" } : await earn({ shopId, customerId }, { kind: "custom", ruleId, sourceId, note });
  if (answer.ok) await enqueue(tellLoyalty, { shopId });
  return toldAnswer(answer, localeFrom(request));
}
