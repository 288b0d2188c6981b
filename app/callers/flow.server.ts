// Which run of a shop's Flow asks for something.
import { flowRunSchema, type FlowRun } from "../capabilities/loyalty/model/actions.ts";
import type { Shop } from "../capabilities/shops/model.ts";
import { findShop } from "../capabilities/shops/shops.server.ts";
import { signedFlowFrom } from "../shopify/callers.server.ts";
import { localeFrom } from "./locale.ts";
import { faultyField, jsonOf, toldRefusal } from "./told-answer.server.ts";

/** Throws a Response: 401 for what Shopify did not sign, 400 for what we do not understand, 404 for a shop that is not here. */
export async function flowRunFrom(request: Request): Promise<{ shop: Shop; run: FlowRun }> {
  const text = await signedFlowFrom(request);
  const run = flowRunSchema.safeParse(jsonOf(text));
  if (!run.success) throw await toldRefusal("bad_request", { locale: localeFrom(request), field: faultyField(run.error) });
  const shop = await findShop(run.data.shopify_domain.toLowerCase());
  if (shop?.uninstalledAt !== null) throw new Response(null, { status: 404 });
  return { shop, run: run.data };
}
