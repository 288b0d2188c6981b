// Accounts mirrored to Shopify: what the theme reads, and what merchants still have should they leave us.
import { z } from "zod";
import { gid, type CustomerId } from "../values/ids.ts";
import { toJson } from "../values/json.ts";
import { askShopify } from "./admin.server.ts";
import { ShopifyMisunderstanding } from "./errors.ts";
import { appQuery, changeTagsMutation, setMetafieldsMutation } from "./queries/loyalty.ts";

/** Not reserved for the app: Shopify keeps it when the app goes. */
const NAMESPACE = "regulars";

type Metafield = { ownerId: string; namespace: string; key: string; type: string; value: string };

/** Read by the theme extension alone. */
export async function tellApp(domain: string, { isLive, programme }: { isLive: boolean; programme: unknown }): Promise<void> {
  const { currentAppInstallation: { id } } = await askShopify(domain, appQuery, {}, z.object({ currentAppInstallation: z.object({ id: z.string() }) }));
  const refused = await setMetafields(domain, [
    { ownerId: id, namespace: NAMESPACE, key: "loyalty", type: "json", value: toJson(programme) },
    { ownerId: id, namespace: NAMESPACE, key: "is_loyalty_live", type: "boolean", value: String(isLive) },
  ]);
  if (refused !== null) throw new ShopifyMisunderstanding(`the programme was refused: ${refused}`);
}

export type MemberNews = { customerId: CustomerId; document: unknown; points: number; owed: number; tier: string | null; addTag: string | null; removeTag: string | null };

/** All that is set is set to what it is now, so hearing it twice does no harm. Who is no customer any more is left out. At most six at once. */
export async function tellMembers(domain: string, news: readonly MemberNews[]): Promise<void> {
  const refused = await setMetafields(domain, news.flatMap(metafieldsOf));
  if (refused !== null) for (const one of news) await setMetafields(domain, metafieldsOf(one)); // one who is gone stops all the others
  for (const { customerId, addTag, removeTag } of news) {
    if (addTag === null && removeTag === null) continue;
    const answered = z.object({ userErrors: z.array(z.unknown()) }).optional();
    await askShopify(domain, changeTagsMutation, {
      customer: gid("Customer", customerId), adds: addTag !== null, removes: removeTag !== null, added: addTag === null ? [] : [addTag], removed: removeTag === null ? [] : [removeTag],
    }, z.object({ tagsAdd: answered, tagsRemove: answered }));
  }
}

function metafieldsOf({ customerId, document, points, owed, tier }: MemberNews): Metafield[] {
  const base = { ownerId: gid("Customer", customerId), namespace: NAMESPACE };
  return [
    { ...base, key: "loyalty", type: "json", value: toJson(document) },
    { ...base, key: "points", type: "number_integer", value: String(points) },
    { ...base, key: "points_owed", type: "number_integer", value: String(owed) },
    { ...base, key: "tier", type: "single_line_text_field", value: tier ?? "-" }, // a metafield cannot be empty
  ];
}

/** What was refused, in Shopify's codes; null: nothing. All or none of them are set. */
async function setMetafields(domain: string, metafields: readonly Metafield[]): Promise<string | null> {
  const answered = z.object({ metafieldsSet: z.object({ userErrors: z.array(z.object({ code: z.string().nullish(), message: z.string() })) }) });
  const { metafieldsSet: { userErrors } } = await askShopify(domain, setMetafieldsMutation, { metafields }, answered);
  return userErrors.length === 0 ? null : userErrors.map(({ code }) => code ?? "refused").join(", ");
}
