// Who each customer is to the shop, kept true: once a day for all, and whenever something moved for those it moved.
import { isDeepStrictEqual } from "node:util";
import { now } from "../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../platform/db.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import type { Day } from "../../values/day.ts";
import { parseId, type BuyerId, type CustomerId, type ShopId } from "../../values/ids.ts";
import { noteChangedBuyers, purchaseDayPages } from "../analytics/analytics.server.ts";
import { refreshAnalytics } from "../analytics/jobs.server.ts";
import { knowsCosts } from "../orders/orders.server.ts";
import type { Basis, Facts, Flow, Forecast, Preference, Profile, Settings } from "./model.ts";
import { startFlows } from "./rules/flows.ts";
import { profileOf, type Yardstick } from "./rules/profile.ts";
import * as bases from "./store.server/basis.server.ts";
import * as facts from "./store.server/facts.server.ts";
import * as flows from "./store.server/flows.server.ts";
import * as measures from "./store.server/measures.server.ts";
import * as preferences from "./store.server/preferences.server.ts";
import * as store from "./store.server/profiles.server.ts";
import * as vips from "./store.server/vips.server.ts";

export type { ProductRhythm } from "./store.server/measures.server.ts";
export type { GroupPair, PersonRow, RfmCell, StageCount } from "./store.server/profiles.server.ts";
export { dropGone, erasePerson, eraseShop, PERSON_COLUMNS, PROFILE_COLUMNS, readPerson as exportPerson, toPerson, toProfile } from "./store.server/profiles.server.ts";

const MEASURING_TIMEOUT_MS = 900_000; // a million customers are ranked three ways

/** Measures all customers anew: what each is compared with from today on. `rebuiltAt` names the sums it stands on. */
export async function measureCustomers(shopId: ShopId, { today, rebuiltAt }: { today: Day; rebuiltAt: Date }): Promise<void> {
  const settings = await bases.readSettings(db(), shopId);
  const basis = await inTransaction(async (tx) => {
    const limits = await measures.readLimits(tx, shopId, { today, vipShare: settings.vipShare });
    const rhythms = await measures.readRhythms(tx, shopId);
    await measures.rebuildProductRhythms(tx, shopId);
    return { asOf: today, ...limits, ...rhythms, types: await measures.listTypeRhythms(tx, shopId), knowsCosts: await knowsCosts(tx, shopId) };
  }, { timeoutMs: MEASURING_TIMEOUT_MS });
  const moves = await flowsOf(shopId, { today, basis, settings });
  await inTransaction(async (tx) => {
    await flows.saveFlows(tx, shopId, moves);
    await bases.saveBasis(tx, shopId, { basis, settings, rebuiltAt });
  });
}

async function flowsOf(shopId: ShopId, yardstick: Yardstick): Promise<Flow[]> {
  const counting = startFlows(yardstick);
  for await (const page of purchaseDayPages(shopId)) for (const customer of page) counting.add(customer);
  return counting.finish();
}

/** Whether customers have been measured today, on these sums and by the settings in force. */
export async function isMeasured(shopId: ShopId, { today, rebuiltAt }: { today: Day; rebuiltAt: Date }): Promise<boolean> {
  const found = await bases.findBasis(db(), shopId);
  return found !== null && found.basis.asOf === today && found.rebuiltAt?.getTime() === rebuiltAt.getTime() && isDeepStrictEqual(found.settings, await bases.readSettings(db(), shopId));
}

export const RHYTHMS_PAGE_SIZE = 20;

/** Every one of them, page by page. */
export async function* productRhythmPages(shopId: ShopId): AsyncGenerator<measures.ProductRhythm[]> {
  for (let offset = 0; ; offset += EXPORT_PAGE) {
    const { rows } = await measures.listProductRhythms(db(), shopId, { limit: EXPORT_PAGE, offset });
    if (rows.length === 0) return;
    yield rows;
  }
}
const EXPORT_PAGE = 500;

/** After an order with each product, how long until the next of anything; `page` counts from 0. */
export const listProductRhythms = (shopId: ShopId, page: number): Promise<{ rows: measures.ProductRhythm[]; count: number }> => measures.listProductRhythms(db(), shopId, { limit: RHYTHMS_PAGE_SIZE, offset: page * RHYTHMS_PAGE_SIZE });

/** The same, and everybody has been looked at. */
export const isRoundDone = async (shopId: ShopId, day: { today: Day; rebuiltAt: Date }): Promise<boolean> => ((await bases.findBasis(db(), shopId))?.isWhole ?? false) && isMeasured(shopId, day);

/** The few shops of all for which it is worth asking `isRoundDone`. */
export const listShopsUnfinished = async (): Promise<ShopId[]> => (await bases.listUnfinished(db(), now())).map(({ id }) => parseId<ShopId>(id));

/** Where the day's work stands; null: nobody was measured yet. */
export type Standing = Yardstick & { rebuiltAt: Date | null; isWhole: boolean; doneUpTo: bigint };

export async function findStanding(tx: Tx, shopId: ShopId): Promise<Standing | null> {
  const found = await bases.findBasis(tx, shopId);
  return found && { ...found, today: found.basis.asOf };
}

/** The next customers in the day's round; none: it is done. */
export async function takeNextCustomers(tx: Tx, shopId: ShopId, { doneUpTo }: Pick<Standing, "doneUpTo">, limit: number): Promise<CustomerId[]> {
  const ids = await facts.listCustomerIds(tx, shopId, { after: doneUpTo, limit });
  const isWhole = ids.length < limit;
  await bases.noteProgress(tx, shopId, { doneUpTo: isWhole ? 0n : (ids.at(-1) ?? doneUpTo), isWhole }); // a finished round names nobody
  return ids;
}

export type FollowedProfile = Profile & { lastOrderAt: Date | null };

/** Computes and keeps the profiles of these customers; those who are no longer here are absent from the answer. */
export async function profileCustomers(tx: Tx, shopId: ShopId, ids: readonly CustomerId[], { standing, forecastOf }: { standing: Standing; forecastOf: (facts: Facts) => Forecast }): Promise<FollowedProfile[]> {
  const known = await facts.listFacts(tx, shopId, ids, { today: standing.today, knowsCosts: standing.basis.knowsCosts });
  const profiles = known.map((one) => profileOf(one, forecastOf(one), standing));
  await store.saveProfiles(tx, shopId, ids, profiles);
  await bases.noteFollowed(tx, shopId, now());
  const lastOrderAt = new Map(known.map((one) => [one.customerId, one.lastOrderAt]));
  return profiles.map((profile) => ({ ...profile, lastOrderAt: lastOrderAt.get(profile.customerId) ?? null }));
}

/** When anybody's profile was last looked at; null: nobody's yet. */
export const findFollowedAt = (shopId: ShopId): Promise<Date | null> => bases.findFollowedAt(db(), shopId);

export const findProfile = (shopId: ShopId, customerId: CustomerId): Promise<Profile | null> => store.findProfile(db(), shopId, customerId);
export const countStages = (shopId: ShopId) => store.countStages(db(), shopId);
export const countRfmCells = (shopId: ShopId) => store.countRfmCells(db(), shopId);
export const countGroupPairs = (shopId: ShopId) => store.countGroupPairs(db(), shopId);
export const listFlows = (shopId: ShopId): Promise<Flow[]> => flows.listFlows(db(), shopId);

/** `isCurrent`: everybody was measured by the settings now chosen. */
export async function findMeasures(shopId: ShopId): Promise<{ basis: Basis; isWhole: boolean; isCurrent: boolean } | null> {
  const found = await bases.findBasis(db(), shopId);
  return found && { basis: found.basis, isWhole: found.isWhole, isCurrent: found.isWhole && isDeepStrictEqual(found.settings, await bases.readSettings(db(), shopId)) };
}

/** How long it takes until something is bought after a kind of product; only kinds bought again at least thirty times. */
export const listKindRhythms = (shopId: ShopId): Promise<{ kind: string; gapCount: number; typicalDays: number }[]> => measures.listKindRhythms(db(), shopId);

/** Fitted, measured and scored anew at the next refresh, without waiting for the night: ring for it after this. */
export const askMeasures = (shopId: ShopId): Promise<void> => inTransaction((tx) => bases.outdateBasis(tx, shopId));

export const readSettings = (shopId: ShopId): Promise<Settings> => bases.readSettings(db(), shopId);

/** What is not named stays. Everybody is measured anew by them at the next refresh: ring for it after this. */
export const changeSettings = (shopId: ShopId, change: Partial<Settings>): Promise<void> => inTransaction((tx) => bases.changeSettings(tx, shopId, change));

/** In the transaction of a merge: what was noted of customers merged into others. */
export const joinPeople = async (tx: Tx, shopId: ShopId, mergedIds: readonly CustomerId[]): Promise<void> => (mergedIds.length === 0 ? undefined : preferences.joinPreferences(tx, shopId, mergedIds));

export const readPreference = (shopId: ShopId, customerId: CustomerId): Promise<Preference> => preferences.readPreference(db(), shopId, customerId);

/** Conditions look at birthdays, so the customer is looked at anew. */
export async function changePreference(shopId: ShopId, customerId: CustomerId, preference: Preference): Promise<void> {
  await inTransaction(async (tx) => {
    await preferences.savePreference(tx, shopId, customerId, preference, now());
    await noteChangedBuyers(tx, shopId, [parseId<BuyerId>(customerId)]);
  });
  await enqueue(refreshAnalytics, { shopId });
}

export type { ListedVip, VipOrder, VipSums } from "./store.server/vips.server.ts";
export const sumVips = (shopId: ShopId): Promise<vips.VipSums> => vips.sumVips(db(), shopId);
export const VIP_PAGE_SIZE = 50;

/** `page` counts from 0. */
export const listVips = (shopId: ShopId, order: vips.VipOrder, page: number): Promise<vips.ListedVip[]> => vips.listVips(db(), shopId, order, { limit: VIP_PAGE_SIZE, offset: page * VIP_PAGE_SIZE });
