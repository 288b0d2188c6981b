// A tier's discounts at Shopify: applied by itself at checkout for whoever is in the tier's segment. They have no key of ours, so they are looked for before they are made.
import { z } from "zod";
import { askShopify } from "./admin.server.ts";
import { ShopifyMisunderstanding } from "./errors.ts";
import { automaticsQuery, createAutomaticMutation, createAutomaticShippingMutation, deleteAutomaticMutation } from "./queries/perks.ts";
import { refusalOf, userErrors } from "./user-errors.ts";

/** `percent` null: free shipping. */
export type PerkWish = { title: string; percent: number | null; segmentId: bigint; startsAt: Date };

const segmentGid = (id: bigint): string => `gid://shopify/Segment/${id}`;

/** Its id at Shopify. `knownIds`: of others that were made before, and are not this one. Throws as `askShopify`. */
export async function makePerk(domain: string, wish: PerkWish, knownIds: ReadonlySet<string>): Promise<string> {
  const found = await findPerk(domain, wish, knownIds);
  if (found !== null) return found;
  const created = z.object({ automaticDiscountNode: z.object({ id: z.string() }).nullable(), userErrors });
  const { title, percent, segmentId, startsAt } = wish;
  const base = { title, startsAt, context: { customerSegments: { add: [segmentGid(segmentId)] } } };
  const answer = percent === null
    ? (await askShopify(domain, createAutomaticShippingMutation, { discount: { ...base, destination: { all: true }, combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: false } } },
      z.object({ discountAutomaticFreeShippingCreate: created }), { repeatsAfterOutage: false })).discountAutomaticFreeShippingCreate
    : (await askShopify(domain, createAutomaticMutation, { discount: { ...base, customerGets: { items: { all: true }, value: { percentage: percent / 100 } }, combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true } } },
      z.object({ discountAutomaticBasicCreate: created }), { repeatsAfterOutage: false })).discountAutomaticBasicCreate;
  if (answer.automaticDiscountNode === null) throw new ShopifyMisunderstanding(`a tier's discount was refused: ${refusalOf(answer.userErrors)}`);
  return answer.automaticDiscountNode.id;
}

const listed = z.object({ discountNodes: z.object({ nodes: z.array(z.object({
  id: z.string(),
  discount: z.object({ __typename: z.string(), title: z.string().optional(), context: z.object({ segments: z.array(z.object({ id: z.string() })).optional() }).nullish() }),
})) }) });

async function findPerk(domain: string, { title, percent, segmentId }: PerkWish, knownIds: ReadonlySet<string>): Promise<string | null> {
  const { discountNodes: { nodes } } = await askShopify(domain, automaticsQuery, { search: "method:automatic" }, listed);
  const type = percent === null ? "DiscountAutomaticFreeShipping" : "DiscountAutomaticBasic";
  return nodes.map(({ id, discount }) => ({ id: id.replace("DiscountNode", "DiscountAutomaticNode"), discount })).find(({ id, discount }) =>
    discount.__typename === type && discount.title === title && !knownIds.has(id) && (discount.context?.segments ?? []).some((segment) => segment.id === segmentGid(segmentId)))?.id ?? null;
}

/** Gone, by us or by the merchant before. */
export async function removePerk(domain: string, id: string): Promise<void> {
  const removed = z.object({ discountAutomaticDelete: z.object({ userErrors }) });
  await askShopify(domain, deleteAutomaticMutation, { id }, removed);
}
