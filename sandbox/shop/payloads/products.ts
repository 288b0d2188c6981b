// products/*, as Shopify words them.
import type { ProductDoc, ShopDoc } from "../model.ts";
import { gid, number, wordsOf } from "./words.ts";

export function productPayload(shop: ShopDoc, product: ProductDoc): string {
  const { moment, money } = wordsOf(shop);
  return JSON.stringify({
    admin_graphql_api_id: gid("Product", product.id), body_html: product.description, created_at: moment(product.createdAt), handle: product.handle, id: number(product.id), product_type: product.productType,
    published_at: moment(product.createdAt), template_suffix: null, title: product.title, updated_at: moment(product.updatedAt), vendor: product.vendor, status: product.status.toLowerCase(), published_scope: "web", tags: product.tags.join(", "),
    variants: product.variants.map((variant, index) => ({
      admin_graphql_api_id: gid("ProductVariant", variant.id), barcode: null, compare_at_price: null, created_at: moment(product.createdAt), id: number(variant.id), inventory_policy: "deny", position: index + 1, price: money(variant.priceMinor),
      product_id: number(product.id), sku: variant.sku, taxable: true, title: variant.title, updated_at: moment(variant.updatedAt), option1: variant.title, option2: null, option3: null, image_id: null,
      inventory_item_id: null, inventory_quantity: 100, old_inventory_quantity: 100,
    })),
    options: [{ name: "Title", position: 1, product_id: number(product.id), values: product.variants.map((variant) => variant.title) }], images: [], image: null, media: [],
    variant_gids: product.variants.map((variant) => ({ admin_graphql_api_id: gid("ProductVariant", variant.id), updated_at: variant.updatedAt })), has_variants_that_requires_components: false,
  });
}
