// What may happen to a product.

import type { Ledger } from "./ledger.ts";
import type { Id, ProductDoc, ShopState } from "./model.ts";
import { deletedPayload } from "./payloads/orders.ts";
import { productPayload } from "./payloads/products.ts";

export function updateProduct(ledger: Ledger, id: Id, changes: Parameters<ShopState["updateProduct"]>[1]): ProductDoc {
  return ledger.change(() => {
    const product = ledger.putProduct({ ...ledger.product(id), ...changes, updatedAt: ledger.now() });
    ledger.tell("products/update", () => productPayload(ledger.shop(), product));
    return product;
  });
}

/** Orders keep what they say about it, but point to nothing any more. */
export function deleteProduct(ledger: Ledger, id: Id): void {
  ledger.change(() => {
    ledger.removeProduct(ledger.product(id).id);
    ledger.tell("products/delete", () => deletedPayload(id));
  });
}
