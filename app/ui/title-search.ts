// Products or collections found by part of their title.

export const SEARCH_PATHS = { products: "/app/products", collections: "/app/collections" } as const;

export type FoundTitles = { found: { id: string; title: string }[] };
