// Accounts mirrored to Shopify: points, tier and coupons as metafields, and a tag for each tier.
import { z } from "zod";
import { gid, type CustomerId } from "../values/ids.ts";
import { toJson } from "../values/json.ts";
import { askShopify } from "./admin.server.ts";
import { setAppFields, setCustomerFields, type CustomerFields } from "./metafields.server.ts";
import { changeTagsMutation } from "./queries/loyalty.ts";

export const tellApp = (domain: string, { isLive, programme }: { isLive: boolean; programme: unknown }): Promise<void> =>
  setAppFields(domain, "the programme", [{ key: "loyalty", type: "json", value: toJson(programme) }, { key: "is_loyalty_live", type: "boolean", value: String(isLive) }]);

export type MemberNews = { customerId: CustomerId; document: unknown; points: number; owed: number; tier: string | null; addTag: string | null; removeTag: string | null };

/** At most six at once. */
export async function tellMembers(domain: string, news: readonly MemberNews[]): Promise<void> {
  await setCustomerFields(domain, news.map(fieldsOf));
  for (const { customerId, addTag, removeTag } of news) {
    if (addTag === null && removeTag === null) continue;
    const answered = z.object({ userErrors: z.array(z.unknown()) }).optional();
    await askShopify(domain, changeTagsMutation, {
      customer: gid("Customer", customerId), adds: addTag !== null, removes: removeTag !== null, added: addTag === null ? [] : [addTag], removed: removeTag === null ? [] : [removeTag],
    }, z.object({ tagsAdd: answered, tagsRemove: answered }));
  }
}

const fieldsOf = ({ customerId, document, points, owed, tier }: MemberNews): CustomerFields => ({
  customerId,
  fields: [
    { key: "loyalty", type: "json", value: toJson(document) },
    { key: "points", type: "number_integer", value: String(points) },
    { key: "points_owed", type: "number_integer", value: String(owed) },
    { key: "tier", type: "single_line_text_field", value: tier ?? "-" }, // a metafield cannot be empty
  ],
});
