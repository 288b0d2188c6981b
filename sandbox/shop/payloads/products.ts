// products/create and products/update, as Shopify words them.

import type { ProductDoc, ShopDoc, VariantDoc } from "../model.ts";
import { deriveId, gid, number, wordsOf } from "./words.ts";

const OPTION_DISTANCE = 1_000_000_000_000n;
const INVENTORY_ITEM_DISTANCE = 2_000_000_000_000n;

export function productPayload(shop: ShopDoc, product: ProductDoc): string {
  const { moment } = wordsOf(shop);
  return JSON.stringify({
    admin_graphql_api_id: gid("Product", product.id),
    body_html: product.description,
    created_at: moment(product.createdAt),
    handle: product.handle,
    id: number(product.id),
    product_type: product.productType,
    published_at: moment(product.createdAt),
    template_suffix: null,
    title: product.title,
    updated_at: moment(product.updatedAt),
    vendor: product.vendor,
    status: product.status.toLowerCase(),
    published_scope: "web",
    tags: product.tags.join(", "),
    variants: product.variants.map((variant, index) => variantFields(shop, product, variant, index + 1)),
    options: [{ name: "Size", id: deriveId(product.id, OPTION_DISTANCE), product_id: number(product.id), position: 1, values: product.variants.map(({ title }) => title) }],
    images: [],
    image: null,
    media: [],
    variant_gids: product.variants.map(({ id, updatedAt }) => ({ admin_graphql_api_id: gid("ProductVariant", id), updated_at: updatedAt })),
    has_variants_that_requires_components: false,
  });
}

function variantFields(shop: ShopDoc, product: ProductDoc, variant: VariantDoc, position: number) {
  const { moment, money } = wordsOf(shop);
  return {
    admin_graphql_api_id: gid("ProductVariant", variant.id),
    barcode: null,
    compare_at_price: null,
    created_at: moment(product.createdAt),
    id: number(variant.id),
    inventory_policy: "deny",
    position,
    price: money(variant.priceMinor),
    product_id: number(product.id),
    sku: variant.sku,
    taxable: true,
    title: variant.title,
    updated_at: moment(variant.updatedAt),
    option1: variant.title,
    option2: null,
    option3: null,
    image_id: null,
    inventory_item_id: deriveId(variant.id, INVENTORY_ITEM_DISTANCE),
    inventory_quantity: 100,
    old_inventory_quantity: 100,
  };
}
