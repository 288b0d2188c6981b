// Products found by part of their title.

export const PRODUCTS_PATH = "/app/products";

export type FoundProducts = { products: { id: string; title: string }[] };
