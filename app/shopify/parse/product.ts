// A product and its variants through both doors. Neither names the currency of a price: it is the shop's.
import { z } from "zod";
import type { ProductId, VariantId } from "../../values/ids.ts";
import type { ProductSnapshot } from "../snapshots.ts";
import { amountIn, commaList, exactId, filled, id, instant, optional, parseAs } from "./fields.ts";

type Shop = { currency: string };

/** `json` of products/create or products/update, which say nothing of costs. Throws a ParseError. */
export function parseProductWebhook(json: unknown, shop: Shop, topic = "products/update"): ProductSnapshot {
  const body = parseAs(topic, bodyIn(shop.currency), json);
  return {
    id: exactId(body),
    title: body.title,
    productType: body.product_type ?? "",
    vendor: body.vendor ?? "",
    status: body.status.toUpperCase(),
    tags: body.tags,
    createdAt: body.created_at,
    updatedAt: body.updated_at,
    variants: body.variants.map((variant) => ({
      id: exactId(variant), title: variant.title, sku: variant.sku, priceMinor: variant.price, unitCostMinor: null,
    })),
  };
}

/** A node with the fields of queries/products.ts. Throws a ParseError. */
export function parseProductNode(node: unknown, shop: Shop): ProductSnapshot {
  const { variants, ...product } = parseAs("product", nodeIn(shop.currency), node);
  return {
    ...product,
    variants: variants.nodes.map(({ inventoryItem, price, ...variant }) => ({ ...variant, priceMinor: price, unitCostMinor: inventoryItem?.unitCost?.amount ?? null })),
  };
}

const bodyIn = perCurrency((currency) =>
  z.object({
    id: id<ProductId>(),
    admin_graphql_api_id: optional(id<ProductId>()),
    title: z.string(),
    product_type: optional(z.string()),
    vendor: optional(z.string()),
    status: z.string(),
    tags: commaList,
    created_at: instant,
    updated_at: instant,
    variants: z.array(
      z.object({ id: id<VariantId>(), admin_graphql_api_id: optional(id<VariantId>()), title: z.string(), sku: filled, price: amountIn(currency) }),
    ),
  }),
);

const nodeIn = perCurrency((currency) =>
  z.object({
    id: id<ProductId>(),
    title: z.string(),
    productType: z.string(),
    vendor: z.string(),
    status: z.string(),
    tags: z.array(z.string()),
    createdAt: instant,
    updatedAt: instant,
    variants: z.object({
      nodes: z.array(
        z.object({
          id: id<VariantId>(),
          title: z.string(),
          sku: filled,
          price: amountIn(currency),
          inventoryItem: optional(z.object({ unitCost: optional(z.object({ amount: amountIn(currency) })) })),
        }),
      ),
    }),
  }),
);

/** Schemas are costly to build and a process meets few currencies. */
function perCurrency<Schema extends z.ZodType>(build: (currency: string) => Schema): (currency: string) => Schema {
  const built = new Map<string, Schema>();
  return (currency) => {
    const schema = built.get(currency) ?? build(currency);
    built.set(currency, schema);
    return schema;
  };
}
