// The books as a merchant asks for them: members, one member's account, what the shop owes, and everything as rows.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import { addMonths, countMonths, dayAt, monthOf, type Day } from "../../../values/day.ts";
import { parseId, type CustomerId, type OrderId, type ShopId } from "../../../values/ids.ts";
import { readOverview } from "../../analytics/analytics.server.ts";
import { nameOrders, type OrderNames } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import { readShop } from "../../shops/shops.server.ts";
import { MEMBERS_PER_PAGE, type AccountBook, type BookEntry, type Liability, type ListedMember, type MemberFilter, type MemberQuery } from "../model/books.ts";
import type { Comparison } from "../model/comparison.ts";
import type { ProgrammeVersion } from "../model/programme.ts";
import type { Words } from "../../../values/words.ts";
import { REDEMPTION_STATES } from "../model/redemption.ts";
import { compareStrata } from "../rules/comparison.ts";
import { estimateBreakage, toMonthBooks, valueAtEnd, valueOfPoint } from "../rules/liability.ts";
import * as store from "../store.server/books.server.ts";
import { listStrata } from "../store.server/comparison.server.ts";
import * as members from "../store.server/members.server.ts";
import * as programmes from "../store.server/programmes.server.ts";
import { listRedemptionsOf } from "../store.server/redemptions.server.ts";

export type { RedemptionRow, ReferralRow, StoredEntry } from "../store.server/books.server.ts";

const todayIn = ({ timeZone }: Pick<Shop, "timeZone">): Day => dayAt(now(), timeZone);

/** `page` counts from 0; `count` is exact up to MEMBERS_COUNTED_MAX. */
export async function listMembers(shop: Shop, query: MemberQuery, page: number): Promise<{ members: ListedMember[]; count: number }> {
  const today = todayIn(shop);
  const [listed, count] = await Promise.all([
    store.listMembers(db(), shop.id, query, { today, limit: MEMBERS_PER_PAGE, offset: page * MEMBERS_PER_PAGE }), store.countMembers(db(), shop.id, query, today),
  ]);
  return { members: listed, count };
}

const ROWS_PER_PAGE = 5_000;

/** Rows by a growing key, a page at a time, so that a file may be as long as the shop is large. */
async function* pagesOf<Row, Key>(first: Key, keyOf: (row: Row) => Key, read: (after: Key) => Promise<Row[]>): AsyncGenerator<Row[]> {
  for (let after = first; ; ) {
    const rows = await read(after);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_PER_PAGE) return;
    after = keyOf(last);
  }
}

export const memberPages = (shop: Shop, filter: MemberFilter): AsyncGenerator<ListedMember[]> =>
  pagesOf(0n, (row: ListedMember): bigint => row.customerId, (after) => store.listMembersAfter(db(), shop.id, filter, { today: todayIn(shop), after, limit: ROWS_PER_PAGE }));
export const entryPages = (shopId: ShopId): AsyncGenerator<store.StoredEntry[]> =>
  pagesOf(0n, (row: store.StoredEntry) => row.id, (after) => store.listEntriesAfter(db(), shopId, { after, limit: ROWS_PER_PAGE }));
export const redemptionPages = (shopId: ShopId): AsyncGenerator<store.RedemptionRow[]> =>
  pagesOf<store.RedemptionRow, string | null>(null, (row) => row.id, (after) => store.listRedemptionsAfter(db(), shopId, { after, limit: ROWS_PER_PAGE }));
export const referralPages = (shopId: ShopId): AsyncGenerator<store.ReferralRow[]> =>
  pagesOf(0n, (row: store.ReferralRow) => row.orderId, (after) => store.listReferralsAfter(db(), shopId, { after, limit: ROWS_PER_PAGE }));

const ENTRIES_PER_PAGE = 20;

/** Null: nobody's account. `before`: the line the page begins after. */
export async function findAccount(shopId: ShopId, customerId: CustomerId, { before }: { before: bigint | null }): Promise<AccountBook | null> {
  const [member] = await members.listMembers(db(), shopId, [customerId]);
  if (member === undefined) return null;
  const [lots, periods, redemptions, rows, versions] = await Promise.all([
    store.listLots(db(), shopId, customerId), store.listPeriods(db(), shopId, customerId), listRedemptionsOf(db(), shopId, [customerId], REDEMPTION_STATES),
    store.listEntries(db(), shopId, customerId, { before, limit: ENTRIES_PER_PAGE + 1 }), programmes.listVersions(db(), shopId),
  ]);
  const shown = rows.slice(0, ENTRIES_PER_PAGE);
  const names = await nameOrders(db(), shopId, [...new Set(shown.flatMap(({ detail: { orderId, grantKey } }) => [orderId, orderIn(grantKey)]).filter((id) => id !== undefined))].map((id) => parseId<OrderId>(id)));
  const { joinedOn, birthday, balance, pending, waiting, tierId, tierSince, tierValue, nextTierEntry } = member;
  return {
    joinedOn, birthday, balance, pending, waiting, tierId, tierSince, tierValue, nextTierEntry, periods, redemptions,
    lots: lots.filter(({ isPending }) => !isPending), pendingLots: lots.filter(({ isPending }) => isPending),
    entries: shown.map((row) => toBookEntry(row, { names, versions })), next: rows.length > ENTRIES_PER_PAGE ? String(shown.at(-1)?.id) : null,
  };
}

/** Keys of what an order brought end in its number. */
const orderIn = (grantKey: string | undefined): string | undefined => /^(?:order|first_order|nth_order:\d+):(\d+)$/.exec(grantKey ?? "")?.[1];

function toBookEntry({ id, customerId: _customerId, key: _key, ...row }: store.StoredEntry, { names, versions }: { names: ReadonlyMap<string, OrderNames>; versions: readonly ProgrammeVersion[] }): BookEntry {
  const { orderId, grantKey, lines = [], windowIds = [], version } = row.detail;
  const named = (order: string | undefined) => (order === undefined ? null : { id: order, name: names.get(order)?.name ?? `#${order}` });
  const windows = versions.find((one) => one.version === version)?.programme.windows ?? [];
  return {
    ...row, id: String(id), order: named(orderId), grantOrder: named(orderIn(grantKey)),
    lines: lines.map(({ id: lineId, minor, percent, points }) => ({ title: names.get(orderId ?? "")?.lines.get(lineId) ?? "", minor, percent, points })),
    windows: windowIds.flatMap((windowId) => windows.find((one) => one.id === windowId)?.title ?? []),
  };
}

/** For a customer's page: null, where there is no programme or they are not in its books. */
export async function findMemberCard(shopId: ShopId, customerId: CustomerId): Promise<{ balance: number; pending: number; waiting: number; tier: Words | null } | null> {
  const version = (await programmes.listVersions(db(), shopId)).at(-1);
  const [member] = version === undefined ? [] : await members.listMembers(db(), shopId, [customerId]);
  if (version === undefined || member === undefined) return null;
  const { balance, pending, waiting, tierId } = member;
  return { balance, pending, waiting, tier: version.programme.tiers?.levels.find(({ id }) => id === tierId)?.title ?? null };
}

export async function readLiability(shop: Shop): Promise<Liability> {
  const today = todayIn(shop);
  const spendableSince = await store.findSpendableSince(db(), shop.id, shop.timeZone);
  const [versions, averageOrderMinor, outstanding, schedule, finished, months, kept, check] = await Promise.all([
    programmes.listVersions(db(), shop.id), readAverageOrder(shop), store.sumOutstanding(db(), shop.id), store.sumExpiries(db(), shop.id), store.sumFinished(db(), shop.id, spendableSince ?? today),
    store.sumMonths(db(), shop.id, shop.timeZone), store.listMonthValues(db(), shop.id), programmes.findCheck(db(), shop.id),
  ]);
  const version = versions.at(-1) ?? null;
  return {
    version, today, outstanding, schedule, check, breakage: estimateBreakage(finished, { expiry: version?.programme.expiry ?? { kind: "never" }, spendableSince, today }),
    months: toMonthBooks(months, monthOf(today), (month) => kept.get(month) ?? (kept.has(month) ? null : valueAtEnd(month, { versions, timeZone: shop.timeZone, averageOrderMinor }))),
    value: version && valueOfPoint(version.programme, { averageOrderMinor }),
  };
}

/** Of the last twelve months; null: none was placed. */
async function readAverageOrder(shop: Shop): Promise<number | null> {
  const { totals: { orders, revenueMinor } } = await readOverview(shop, { preset: "last_12_months" }, todayIn(shop));
  return orders === 0 ? null : Math.round(revenueMinor / orders);
}

/** So that a month that is over keeps its money, whatever becomes of the rules and of the usual order. */
export async function keepMonthValues(shopId: ShopId): Promise<void> {
  const shop = await readShop(shopId);
  const [versions, kept, since] = await Promise.all([programmes.listVersions(db(), shopId), store.listMonthValues(db(), shopId), store.findSpendableSince(db(), shopId, shop.timeZone)]);
  if (since === null) return;
  const first = monthOf(since);
  const over = Array.from({ length: Math.max(0, countMonths({ from: first, to: monthOf(todayIn(shop)) })) }, (_, at) => addMonths(first, at)).filter((month) => !kept.has(month));
  if (over.length === 0) return;
  const averageOrderMinor = await readAverageOrder(shop);
  await inTransaction((tx) => store.keepMonthValues(tx, shopId, over.map((month) => ({ month, value: valueAtEnd(month, { versions, timeZone: shop.timeZone, averageOrderMinor }) }))));
}

/** Members against customers like them: no effect of the programme, as whoever joins is keener. */
export const compareMembers = async (shop: Shop): Promise<Comparison> => compareStrata(await listStrata(db(), shop.id, { today: todayIn(shop), timeZone: shop.timeZone }));
