// What one shopper sees of the programme, and the same told to Shopify, so that the theme shows it without asking us.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction } from "../../../platform/db.server.ts";
import { tellApp, tellMembers } from "../../../shopify/loyalty.server.ts";
import { dayAt, type Day } from "../../../values/day.ts";
import { parseId, type CustomerId, type OrderId, type ShopId } from "../../../values/ids.ts";
import { findLocales, nameOrders } from "../../orders/orders.server.ts";
import type { Shop } from "../../shops/model.ts";
import { readShop } from "../../shops/shops.server.ts";
import type { EntryDetail, ShownKind } from "../model/ledger.ts";
import type { Programme, ProgrammeState, ProgrammeVersion } from "../model/programme.ts";
import { wordsIn } from "../../../values/words.ts";
import { notAllowed } from "../rules/permissions.ts";
import { tagOf, toCustomerDocument, toPublicProgramme, type CustomerDocument } from "../rules/storefront.ts";
import { NEVER } from "../rules/history.ts";
import * as ledger from "../store.server/ledger.server.ts";
import { listNotMade } from "../store.server/redemptions.server.ts";
import { findOrderPoints } from "../store.server/order-points.server.ts";
import * as programmes from "../store.server/programmes.server.ts";
import * as store from "../store.server/shoppers.server.ts";
import { deliverPerks } from "./perks.server.ts";
import type { Shopper } from "./redeem.server.ts";
import { settleMembers } from "./settle.server.ts";

const RECENT = 5; // entries the theme shows without asking

type Place = Pick<Shop, "id" | "currency" | "timeZone">;

/** Of each that is asked for; whoever has nothing yet has a document that says so. Without a programme nobody has. */
async function readDocuments(shop: Place, customerIds: readonly CustomerId[]): Promise<Map<CustomerId, CustomerDocument>> {
  const latest = await programmes.findLatest(db(), shop.id);
  const accounts = await listAccounts(shop.id, customerIds, latest);
  return latest === null ? new Map() : new Map(accounts.map((account) => [account.customerId, documentOf(account, latest.programme, shop)]));
}

/** With the code that gives friends what the programme says today, and no older one. */
const listAccounts = async (shopId: ShopId, customerIds: readonly CustomerId[], latest: ProgrammeVersion | null): Promise<store.Account[]> =>
  store.listAccounts(db(), shopId, customerIds, { recentCount: RECENT, codesOf: latest && (await programmes.findPromised(db(), shopId, latest)) });

const documentOf = ({ member, nextExpiry, referralCode, followed, coupons, recent: history }: store.Account, programme: Programme, { currency, timeZone }: Place): CustomerDocument => toCustomerDocument({
  programme, currency, member, nextExpiry, referralCode, followed, history,
  coupons: coupons.map(({ id, rewardId, reward, steps, code, state, endsAt }) => ({ id, rewardId, kind: reward.kind, steps, code, state, endsOn: endsAt && dayAt(endsAt, timeZone) })),
});

/** Settled first where time may have changed something since. Null: there is no programme. */
export async function readSummary({ shopId, customerId }: Shopper): Promise<CustomerDocument | null> {
  const [shop, latest] = await Promise.all([readShop(shopId), programmes.findLatest(db(), shopId)]);
  const [account] = await listAccounts(shopId, [customerId], latest);
  if (latest === null || account === undefined) return null;
  const isDue = account.member === null || (account.member.nextChange !== null && account.member.nextChange <= dayAt(now(), shop.timeZone));
  if (!isDue) return documentOf(account, latest.programme, shop);
  await inTransaction((tx) => settleMembers(tx, shop, [customerId]));
  return (await readDocuments(shop, [customerId])).get(customerId) ?? null;
}

const orderIdsOf = (entries: readonly { detail: EntryDetail }[]): OrderId[] => [...new Set(entries.flatMap(({ detail: { orderId } }) => orderId ?? []))].map((id) => parseId<OrderId>(id));

/** `points` in all, `pending` of them not to be spent before `availableOn`; null: not before the shopper joins. */
export type OrderPoints = { points: number; pending: number; availableOn: Day | null };

/** What an order has brought whoever asks. Null: nothing yet, or it is not theirs. */
export async function readOrderPoints({ shopId, customerId }: Shopper, orderId: OrderId): Promise<OrderPoints | null> {
  const found = await findOrderPoints(db(), shopId, { customerId, orderId });
  return found && { points: found.points + found.pending, pending: found.pending, availableOn: found.availableOn === NEVER ? null : found.availableOn };
}

export type HistoryEntry = { id: string; on: string; kind: ShownKind; points: number; balance: number; why: Why };
export type Why = { order?: string; percent?: number; lines?: { title: string; points: number }[]; /** beside the lines: with them they add up to the points of the order */ parts?: { part: "shipping" | "added" | "withheld"; points: number }[]; months?: number; number?: number; event?: string; note?: string; tierId?: string };

const PAGE = 20;

/** Newest first, each with its reason. `next`: where the page after this begins. */
export async function readHistory({ shopId, customerId }: Shopper, before: bigint | null): Promise<{ entries: HistoryEntry[]; next: string | null }> {
  const rows = await ledger.listEntries(db(), shopId, customerId, { before, limit: PAGE + 1 });
  const shown = rows.slice(0, PAGE);
  const names = await nameOrders(db(), shopId, orderIdsOf(shown));
  const notMade = await listNotMade(db(), shopId, shown.flatMap(({ kind, detail }) => (kind === "give_back" ? (detail.redemptionId ?? []) : [])));
  const entries = shown.map(({ id, effectiveOn, kind, points, balanceAfter, detail }) => ({
    id: String(id), on: effectiveOn, kind: notMade.has(detail.redemptionId ?? "") && kind === "give_back" ? "not_made" as const : kind, points, balance: balanceAfter, why: whyOf(detail, names),
  }));
  return { entries, next: rows.length > PAGE ? (entries.at(-1)?.id ?? null) : null };
}

function whyOf({ orderId, percent, lines, shippingPoints = 0, addedPoints = 0, withheldPoints = 0, monthCount, number, event, tierId }: EntryDetail, names: Awaited<ReturnType<typeof nameOrders>>): Why {
  const order = names.get(orderId ?? "");
  const parts = ([["shipping", shippingPoints], ["added", addedPoints], ["withheld", -withheldPoints]] as const).flatMap(([part, points]) => (points === 0 ? [] : [{ part, points }]));
  return {
    ...(order && { order: order.name }), ...(percent === undefined ? {} : { percent }), ...(number === undefined ? {} : { number }), ...(event && { event }), ...(tierId && { tierId }),
    ...(monthCount === undefined ? {} : { months: monthCount }),
    ...(lines && lines.length > 0 && { lines: lines.map(({ id, points }) => ({ title: order?.lines.get(id) ?? "", points })) }),
    ...(parts.length > 0 && { parts }),
  };
}

const BATCH = 6; // customers whose metafields fit into one call

/** The programme where it changed, then members whose account did, in the order of their numbers. Ends after the call in which `until` passes; answers whether there is more. */
export async function tellShopify(shopId: ShopId, until: Date): Promise<boolean> {
  const shop = await readShop(shopId);
  if (shop.uninstalledAt !== null) return false;
  const known = await programmes.findProgramme(db(), shopId);
  const version = (await programmes.listVersions(db(), shopId)).at(-1);
  if (known === null || version === undefined) return false;
  await showVersion(shop, version, known.state);
  for (;;) {
    const isMore = await tellBatch(shop, version.programme);
    if (!isMore || now() >= until) return isMore;
  }
}

const SHOWING_TIMEOUT_MS = 240_000; // some twenty questions to a Shopify that is slow

/** One at a time for each shop: perks have no key of ours, and two who make them would both make them. The lock is held while Shopify is asked, as
 *  nobody waits for it, and goes with whoever is killed. */
const showVersion = (shop: Shop, { version, programme }: ProgrammeVersion, state: ProgrammeState): Promise<void> => inTransaction(async (tx) => {
  if ((await programmes.findShown(tx, shop.id)) >= version || !(await programmes.tryShowing(tx, shop.id))) return;
  if ((await programmes.findShown(tx, shop.id)) >= version) return; // somebody did, while this asked
  const refused = notAllowed(programme, shop.scopes); // whoever chose one would only get the points back
  const offered = { ...programme, rewards: programme.rewards.filter(({ kind }) => !refused.includes(kind)) };
  await tellApp(shop.domain, { isLive: state === "live", programme: toPublicProgramme(offered, { state, currency: shop.currency, today: dayAt(now(), shop.timeZone) }) });
  await deliverPerks(shop, programme, state);
  await programmes.noteShown(tx, shop.id, version);
}, { timeoutMs: SHOWING_TIMEOUT_MS });

/** What shoppers may be offered has changed, though no rule has: ring for `tellLoyalty` afterwards. */
export const showAgain = (shopId: ShopId): Promise<unknown> => inTransaction((tx) => programmes.noteShown(tx, shopId, 0));

async function tellBatch(shop: Shop, programme: Programme): Promise<boolean> {
  const batch = await store.listToTell(db(), shop.id, BATCH);
  if (batch.length === 0) return false;
  const documents = await readDocuments(shop, batch.map(({ customerId }) => customerId));
  const locales = await findLocales(db(), shop.id, batch.map(({ customerId }) => customerId));
  const titleOf = (tierId: string | null, customerId: CustomerId): string | null => {
    const level = programme.tiers?.levels.find(({ id }) => id === tierId);
    return level === undefined ? null : wordsIn(level.title, locales.get(customerId) ?? "en");
  };
  await tellMembers(shop.domain, batch.flatMap(({ customerId, tierId, toldTierId }) => {
    const document = documents.get(customerId);
    return document ? [{ customerId, document, points: document.balance, owed: document.owed, tier: titleOf(tierId, customerId), addTag: tierId === toldTierId || tierId === null ? null : tagOf(tierId), removeTag: toldTierId === null || tierId === toldTierId ? null : tagOf(toldTierId) }] : [];
  }));
  await inTransaction(async (tx) => {
    for (const told of batch) await store.noteTold(tx, shop.id, told);
  });
  return true;
}

export const listShopsToTell = async (): Promise<ShopId[]> => (await store.listShopsToTell(db())).map((row) => parseId<ShopId>(row.shop_id));
