// Saved customer segments: a name of their own, a query over tags, and whoever fits it at the moment.

import type { CustomerDoc, Id, Instant, SandboxClock, ShopState } from "./model.ts";
import { hasTag } from "./tags.ts";

export type SegmentDoc = { id: Id; name: string; query: string; createdAt: Instant; editedAt: Instant };
export type SegmentTest = (customer: CustomerDoc) => boolean;

export type Segments = {
  list: () => SegmentDoc[];
  find: (id: Id) => SegmentDoc | null;
  create: (wish: { name: string; query: string }) => SegmentDoc;
  update: (segment: SegmentDoc, changes: { name?: string; query?: string }) => SegmentDoc;
  remove: (id: Id) => void;
  /** the name, or the next free one after it; null when too many are taken */
  findFreeName: (wanted: string, exceptId: Id | null) => string | null;
};

const STORE_KEY = "segments";
const LAST_ID_KEY = "segments:last-id";
const FIRST_ID = "1170000000000";

export function createSegments(state: ShopState, clock: SandboxClock): Segments {
  const list = (): SegmentDoc[] => readSegments(state);
  const save = (segments: SegmentDoc[]): void => { state.remember(STORE_KEY, segments); };
  const takeId = (): Id => {
    const last = state.recall(LAST_ID_KEY);
    const id = String(BigInt(typeof last === "string" ? last : FIRST_ID) + 1n);
    state.remember(LAST_ID_KEY, id);
    return id;
  };
  return {
    list,
    find: (id) => list().find((segment) => segment.id === id) ?? null,
    create(wish) {
      const at = clock.now().toISOString();
      const segment: SegmentDoc = { ...wish, id: takeId(), createdAt: at, editedAt: at };
      save([...list(), segment]);
      return segment;
    },
    update(segment, changes) {
      const updated: SegmentDoc = { ...segment, ...changes, editedAt: clock.now().toISOString() };
      save(list().map((each) => (each.id === updated.id ? updated : each)));
      return updated;
    },
    remove: (id) => { save(list().filter((segment) => segment.id !== id)); },
    findFreeName: (wanted, exceptId) => freeNameOf(wanted, new Set(list().filter(({ id }) => id !== exceptId).map(({ name }) => name))),
  };
}

export const readSegments = (memory: Pick<ShopState, "recall">): SegmentDoc[] => (memory.recall(STORE_KEY) ?? []) as SegmentDoc[]; // only createSegments() stores under this key

const RENAMES_MAX = 10; // Shopify tries as often before it says that the name is taken

/** Shopify does not refuse a second "VIP" but calls it "VIP (2)". */
function freeNameOf(wanted: string, taken: ReadonlySet<string>): string | null {
  let name = wanted;
  for (let renames = 0; taken.has(name); renames += 1) {
    if (renames === RENAMES_MAX) return null;
    const numbered = / \((\d+)\)$/.exec(name);
    name = numbered ? `${name.slice(0, numbered.index)} (${Number(numbered[1]) + 1})` : `${name} (2)`;
  }
  return name;
}

const TAG_QUERY = /^customer_tags\s+(NOT\s+)?CONTAINS\s+'((?:[^'\\]|\\.)*)'$/;

/** The part of Shopify's segment language the sandbox speaks; null for the rest of it. */
export function parseSegmentQuery(query: string): SegmentTest | null {
  const match = TAG_QUERY.exec(query.trim());
  if (match?.[2] === undefined) return null;
  const tag = match[2].replace(/\\(.)/g, "$1");
  const isNegated = match[1] !== undefined;
  return ({ tags }) => hasTag(tags, tag) !== isNegated;
}

/** By ascending id. */
export const listMembers = (state: ShopState, isMember: SegmentTest): CustomerDoc[] => [...state.eachCustomer({})].filter(isMember);
