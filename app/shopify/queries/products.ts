// A product's fields, as parse/product.ts reads them.
import { documentsOf } from "./noun.ts";

export const productDocuments = documentsOf({
  type: "Product",
  list: "products",
  pageSize: 12, // with 20 variants each about 770 points
  fields: "id title productType vendor status tags createdAt updatedAt",
  children: { field: "variants", pageSize: 20, fields: "id title sku price inventoryItem { unitCost { amount } }" },
});
