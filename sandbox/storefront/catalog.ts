// Finding products by what people type and by what stands in an address, over the shop's state.

import type { Id, ProductDoc, ShopState } from "../shop/model.ts";

/** the first so many whose title, type or vendor contains the words; all of them for no words */
export function searchProducts(state: ShopState, query: string, countMax: number): ProductDoc[] {
  const wanted = query.trim().toLocaleLowerCase();
  const found: ProductDoc[] = [];
  for (const product of state.eachProduct({})) {
    if (product.status !== "ACTIVE") continue;
    const text = `${product.title} ${product.productType} ${product.vendor}`.toLocaleLowerCase();
    if (text.includes(wanted)) found.push(product);
    if (found.length === countMax) break;
  }
  return found;
}

const idsByHandle = new WeakMap<ShopState, Map<string, Id>>();

/** handles are looked up once and remembered; one that is unknown, or whose product changed its handle, is looked up again */
export function findProductByHandle(state: ShopState, handle: string): ProductDoc | null {
  const known = readByHandle(state, handle);
  if (known !== null) return known;
  const ids = new Map<string, Id>();
  for (const product of state.eachProduct({})) ids.set(product.handle, product.id);
  idsByHandle.set(state, ids);
  return readByHandle(state, handle);
}

function readByHandle(state: ShopState, handle: string): ProductDoc | null {
  const id = idsByHandle.get(state)?.get(handle);
  const product = id === undefined ? null : state.getProduct(id);
  return product !== null && product.handle === handle && product.status === "ACTIVE" ? product : null;
}

/** active products in the order of their ids, page by page */
export function listActiveProducts(state: ShopState, afterId: Id | null, countMax: number): ProductDoc[] {
  const found: ProductDoc[] = [];
  let after = afterId;
  while (found.length < countMax) {
    const page = state.listProducts({}, { sortKey: "ID", first: countMax, after: after === null ? null : { key: after, id: after } });
    found.push(...page.filter(({ status }) => status === "ACTIVE"));
    after = page.at(-1)?.id ?? null;
    if (page.length < countMax) break;
  }
  return found.slice(0, countMax);
}

export type VariantInProduct = { product: ProductDoc; variant: ProductDoc["variants"][number] };

const productIdsByVariant = new WeakMap<ShopState, Map<Id, Id>>();

/** variants are looked up like handles */
export function findVariant(state: ShopState, variantId: Id): VariantInProduct | null {
  const known = readVariant(state, variantId);
  if (known !== null) return known;
  const ids = new Map<Id, Id>();
  for (const product of state.eachProduct({})) for (const variant of product.variants) ids.set(variant.id, product.id);
  productIdsByVariant.set(state, ids);
  return readVariant(state, variantId);
}

function readVariant(state: ShopState, variantId: Id): VariantInProduct | null {
  const productId = productIdsByVariant.get(state)?.get(variantId);
  const product = productId === undefined ? null : state.getProduct(productId);
  const variant = product?.variants.find(({ id }) => id === variantId);
  return product === null || variant === undefined || product.status !== "ACTIVE" ? null : { product, variant };
}
