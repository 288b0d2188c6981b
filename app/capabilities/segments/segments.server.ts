// Segments: who belongs together, kept true, listed, exported, and told to Shopify. Rings are the caller's: see jobs.server.ts.
import { isDeepStrictEqual } from "node:util";
import { now } from "../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../platform/db.server.ts";
import { dayAt, type Day } from "../../values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../values/ids.ts";
import { noteMovedCustomers } from "../analytics/analytics.server.ts";
import type { Titled } from "../orders/model.ts";
import { listTitles } from "../orders/orders.server.ts";
import { findStanding } from "../profiles/profiles.server.ts";
import type { Shop } from "../shops/model.ts";
import { readShop } from "../shops/shops.server.ts";
import { FIELDS, PAGE_SIZE, SEGMENTS_MAX, TAG_PREFIX, type CustomerQuery, type CustomerView, type Kind, type ListedCustomer, type Move, type Rule, type RuleNames, type Segment, type SegmentForm, type SegmentRefusal, type ToldSegment } from "./model.ts";
import { startRefill } from "./segments.server/refresh.server.ts";
import * as customers from "./store.server/customers.server.ts";
import { takeLock } from "./store.server/locks.server.ts";
import * as marks from "./store.server/marks.server.ts";
import * as members from "./store.server/members.server.ts";
import * as moves from "./store.server/moves.server.ts";
import type { Standpoint } from "./store.server/predicates.server.ts";
import * as store from "./store.server/segments.server.ts";
import * as tellings from "./store.server/tellings.server.ts";

export { refreshCustomers } from "./segments.server/refresh.server.ts";
export { tellShopify, type TellingWords } from "./segments.server/tell.server.ts";
export { eraseShop } from "./store.server/segments.server.ts";
export { forgetMarks } from "./store.server/marks.server.ts";
export { forget as forgetCustomers, isMember, readPerson as exportPerson } from "./store.server/members.server.ts";

/** Nobody follows customers until the caller's transaction ends. Ask before any other lock. */
export const holdStill = (tx: Tx, shopId: ShopId): Promise<void> => takeLock(tx, shopId);
export { forgetViews } from "./store.server/moves.server.ts";

export async function erasePerson(tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<void> {
  await members.forget(tx, shopId, [customerId]);
  await marks.forgetMarks(tx, shopId, customerId);
}

/** What another room knows of a customer: their marks that begin with `prefix` become exactly these. Segments follow at the next refresh: ring for it
 *  after this. */
export async function setMarks(tx: Tx, shopId: ShopId, customerId: CustomerId, wish: { prefix: string; marks: readonly string[]; at: Date }): Promise<void> {
  if (await marks.setMarks(tx, shopId, customerId, wish)) await noteMovedCustomers(tx, shopId, "segments", [customerId]);
}

export const listSegments = async (shopId: ShopId): Promise<Segment[]> => (await store.listSegments(db(), shopId)).map(toSegment);

export async function listToldSegments(shopId: ShopId): Promise<ToldSegment[]> {
  const [segments, counts] = await Promise.all([listSegments(shopId), tellings.countTellings(db(), shopId, null)]);
  const countOf = new Map(counts.map((count) => [count.segmentId, count]));
  return segments.map((segment) => ({ ...segment, ...(countOf.get(segment.id) ?? NONE_TOLD) }));
}

export async function findSegment(shopId: ShopId, id: string): Promise<ToldSegment | null> {
  const segment = await store.findSegment(db(), shopId, id);
  if (segment === null) return null;
  const [count = NONE_TOLD] = await tellings.countTellings(db(), shopId, id);
  return { ...toSegment(segment), waitingCount: count.waitingCount, refusedCount: count.refusedCount };
}

const NONE_TOLD = { waitingCount: 0, refusedCount: 0 };
const toSegment = ({ refilledTo, locale: _locale, ...segment }: store.StoredSegment): Segment => ({ ...segment, isRefilling: refilledTo !== null });

/** Of segments that were deleted since, how many removals Shopify refused. */
export const countRefusedOfDeleted = (shopId: ShopId): Promise<number> => tellings.countRefusedOfDeleted(db(), shopId);

export type { SegmentSum } from "./store.server/members.server.ts";
export const sumMembers = (shopId: ShopId): Promise<members.SegmentSum[]> => members.sumMembers(db(), shopId);

export type SegmentAnswer = { ok: true; id: string } | { ok: false; reason: SegmentRefusal };

/** A new segment, or a new name and rule for one; the same wish twice is one. In a small shop who matches is a member when this returns, in a large one
 *  by and by: ring for a refresh. */
export const saveSegment = (shopId: ShopId, { id, name, rule }: SegmentForm): Promise<SegmentAnswer> =>
  inTransaction(async (tx) => {
    await takeLock(tx, shopId);
    const known = await store.findSegment(tx, shopId, id);
    if (known?.readyKey) return refuse("ready_made");
    if (await store.isNameTaken(tx, shopId, name, id)) return refuse("name_taken");
    if (known === null && (await store.countSegments(tx, shopId)) >= SEGMENTS_MAX) return refuse("no_room");
    if (known === null) await store.addSegment(tx, shopId, { id, readyKey: null, name, rule, at: now() });
    else await changeSegment(tx, shopId, { ...known, name, rule });
    const saved = await store.findSegment(tx, shopId, id);
    const standing = await findStanding(tx, shopId);
    const isRuleNew = known === null || !isDeepStrictEqual(known.rule, saved?.rule);
    if (saved !== null && isRuleNew && standing !== null && (saved.isPopulated || saved.refilledTo !== null || standing.isWhole)) await startRefill(tx, saved, await standpointOf(shopId, standing.today));
    return { ok: true, id };
  });

async function changeSegment(tx: Tx, shopId: ShopId, { id, name, rule, tag, isMirrored }: store.StoredSegment): Promise<void> {
  await store.changeSegment(tx, shopId, id, { name, rule, updatedAt: now() });
  if (isMirrored) await tellings.addTellings(tx, shopId, [{ segmentId: id, customerId: null, isEntry: true, tag, startsFlow: false, reasons: null }]); // the name there
}

const refuse = (reason: SegmentRefusal): SegmentAnswer => ({ ok: false, reason });

/** Tags and Shopify's saved segment go with it; ready-made ones stay. */
export const deleteSegment = (shopId: ShopId, id: string): Promise<SegmentAnswer> =>
  inTransaction(async (tx) => {
    await takeLock(tx, shopId);
    const segment = await store.findSegment(tx, shopId, id);
    if (segment === null) return refuse("not_found");
    if (segment.readyKey !== null) return refuse("ready_made");
    if (segment.isMirrored && segment.tag !== null) await unmirror(tx, shopId, { id, tag: segment.tag, shopifySegmentId: segment.shopifySegmentId });
    await store.deleteSegment(tx, shopId, id);
    return { ok: true, id };
  });

export type TellingChange = { isMirrored?: boolean; isFlowOn?: boolean; locale: string };

/** What Shopify is to know of a segment. `slug` names the tag when there is none yet. */
export const changeTelling = (shopId: ShopId, id: string, change: TellingChange & { slug: string }): Promise<SegmentAnswer> =>
  inTransaction(async (tx) => {
    await takeLock(tx, shopId);
    const segment = await store.findSegment(tx, shopId, id);
    if (segment === null) return refuse("not_found");
    const { isFlowOn = segment.isFlowOn, isMirrored = segment.isMirrored, locale } = change;
    const tag = segment.tag ?? (isMirrored ? await freeTag(tx, shopId, change.slug) : null);
    await store.changeSegment(tx, shopId, id, { isFlowOn, isMirrored, tag, locale });
    if (tag !== null && isMirrored && !segment.isMirrored) await mirror(tx, shopId, { id, tag });
    if (tag !== null && !isMirrored && segment.isMirrored) await unmirror(tx, shopId, { id, tag, shopifySegmentId: segment.shopifySegmentId });
    return { ok: true, id };
  });

type Tagged = { id: string; tag: string };

async function mirror(tx: Tx, shopId: ShopId, { id, tag }: Tagged): Promise<void> {
  await tellings.addTellings(tx, shopId, [{ segmentId: id, customerId: null, isEntry: true, tag, startsFlow: false, reasons: null }]);
  await tellings.addTellingsOfAll(tx, shopId, { segmentId: id, tag, isEntry: true });
}

async function unmirror(tx: Tx, shopId: ShopId, { id, tag, shopifySegmentId }: Tagged & { shopifySegmentId: bigint | null }): Promise<void> {
  await tellings.addTellings(tx, shopId, [{ segmentId: id, customerId: null, isEntry: false, tag, startsFlow: false, reasons: null, shopifySegmentId }]);
  await tellings.addTellingsOfAll(tx, shopId, { segmentId: id, tag, isEntry: false });
}

async function freeTag(tx: Tx, shopId: ShopId, slug: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const tag = `${TAG_PREFIX}${slug}${number === 1 ? "" : `-${number}`}`;
    if (!(await store.isTagTaken(tx, shopId, tag))) return tag;
  }
}

/** `segmentId` null: of segments that were deleted since. */
export const askRefusedAgain = (shopId: ShopId, segmentId: string | null): Promise<void> => inTransaction((tx) => tellings.askRefusedAgain(tx, shopId, segmentId));

/** In the transaction of a merge, after `holdStill`: the tags and marks of those who were merged are now those of whom they were merged into. */
export async function joinPeople(tx: Tx, shopId: ShopId, mergedIds: readonly CustomerId[]): Promise<void> {
  if (mergedIds.length === 0) return;
  await tellings.tellOfMerged(tx, shopId, mergedIds);
  await noteMovedCustomers(tx, shopId, "segments", await marks.joinMarks(tx, shopId, mergedIds));
}

export const isToTell = (shopId: ShopId): Promise<boolean> => tellings.hasTellings(db(), shopId);
export const listShopsToTell = async (): Promise<ShopId[]> => (await tellings.listShopsToTell(db())).map(({ id }) => parseId<ShopId>(id));
export const listShopsToRefill = async (): Promise<ShopId[]> => (await store.listShopsToRefill(db())).map(({ shopId }) => parseId<ShopId>(shopId));

const standpointOf = async (shopId: ShopId, today: Day): Promise<Standpoint> => ({ shopId, today, timeZone: (await readShop(shopId)).timeZone });
const standpointNow = ({ id, timeZone }: Shop): Standpoint => ({ shopId: id, today: dayAt(now(), timeZone), timeZone });
const NOBODY_LEFT_OUT: CustomerQuery = { rule: null, segmentId: null, search: "", sort: "last_order", direction: "descending" };

/** `count` is exact up to COUNTED_MAX; one more than that stands for more. `page` counts from 0. */
export const listCustomers = (shop: Shop, query: CustomerQuery, page: number): Promise<customers.Listed> =>
  customers.listCustomers(db(), query, standpointNow(shop), { limit: PAGE_SIZE, offset: page * PAGE_SIZE });

const SAMPLE_SIZE = 5;

/** Who a rule would choose now: how many, what they are worth, and the first few. */
export async function previewRule(shop: Shop, rule: Rule): Promise<{ customers: number; revenueMinor: number; stakeMinor: number; sample: ListedCustomer[] }> {
  const at = standpointNow(shop);
  const query = { ...NOBODY_LEFT_OUT, rule };
  const [sums, sample] = await Promise.all([customers.sumCustomers(db(), query, at), customers.listCustomers(db(), query, at, { limit: SAMPLE_SIZE, offset: 0 })]);
  return { ...sums, sample: sample.customers };
}

const EXPORT_PAGE = 2_000;

/** Everybody who matches, by number, page by page. */
export async function* customerPages(shop: Shop, query: Pick<CustomerQuery, "rule" | "segmentId" | "search">): AsyncGenerator<ListedCustomer[]> {
  const at = standpointNow(shop);
  for (let after = 0n; ; ) {
    const page = await customers.listMatching(db(), query, at, { after, limit: EXPORT_PAGE });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < EXPORT_PAGE) return;
    after = last.customerId;
  }
}

export const listMoves = (shopId: ShopId, customerId: CustomerId, limit: number): Promise<Move[]> => moves.listMoves(db(), shopId, customerId, limit);
export const listMemberships = (shopId: ShopId, customerId: CustomerId) => moves.listMemberships(db(), shopId, customerId);

export type { MoveCount } from "./store.server/moves.server.ts";
/** Who came and went since an instant, by segment; `segmentId` null: of all of them. */
export const countMoves = (shopId: ShopId, wish: { segmentId: string | null; since: Date }): Promise<moves.MoveCount[]> => moves.countMoves(db(), shopId, wish);

export const listViews = (shopId: ShopId): Promise<CustomerView[]> => moves.listViews(db(), shopId);
export const saveView = (shopId: ShopId, view: CustomerView): Promise<void> => inTransaction((tx) => moves.saveView(tx, shopId, view, now()));
export const deleteView = (shopId: ShopId, id: string): Promise<void> => inTransaction((tx) => moves.deleteView(tx, shopId, id));

/** What the products and collections a rule names are called; those that are gone are left out. */
export async function nameRule(shopId: ShopId, rule: Rule | null): Promise<RuleNames> {
  const idsOf = (kind: Kind): string[] => (rule === null ? [] : valuesIn(rule, kind));
  const toNamed = (rows: readonly Titled[]) => rows.map(({ id, title }) => ({ id: String(id), title }));
  const [products, collections] = await Promise.all([listTitles(shopId, "products", idsOf("ids").map(BigInt)), listTitles(shopId, "collections", idsOf("collections").map(BigInt))]);
  return { products: toNamed(products), collections: toNamed(collections) };
}

function valuesIn(rule: Rule, kind: Kind): string[] {
  if ("field" in rule) return FIELDS[rule.field] === kind && Array.isArray(rule.value) ? rule.value : [];
  return ("all" in rule ? rule.all : "any" in rule ? rule.any : [rule.not]).flatMap((part) => valuesIn(part, kind));
}
