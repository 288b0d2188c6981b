// Products or collections found by part of their title.
import type { TitledNoun } from "../capabilities/orders/model.ts";

export const titleSearchAt = (of: TitledNoun, q: string): string => `/app/titles?${new URLSearchParams({ of, q }).toString()}`;

export type FoundTitles = { found: { id: string; title: string }[] };
