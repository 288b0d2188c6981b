// Customers followed into and out of segments: once a day all of them, and whenever something moved those it moved.
import { now } from "../../../platform/clock.server.ts";
import { inTransaction, type Tx } from "../../../platform/db.server.ts";
import { dayAt, type Day } from "../../../values/day.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { findRebuiltAt, takeMovedCustomers } from "../../analytics/analytics.server.ts";
import { fitShop, keepForecasts, readForecaster, type Forecaster } from "../../forecasts/forecasts.server.ts";
import * as profiles from "../../profiles/profiles.server.ts";
import { reasonsOf } from "../../profiles/rules/reasons.ts";
import { readShop } from "../../shops/shops.server.ts";
import { READY_KEYS, type MoveReason } from "../model.ts";
import { READY_MADE } from "../rules/ready-made.ts";
import type { Standpoint } from "../store.server/predicates.server.ts";
import * as members from "../store.server/members.server.ts";
import { takeLock, tryMeasuringLock } from "../store.server/locks.server.ts";
import * as store from "../store.server/segments.server.ts";
import { addTellings } from "../store.server/tellings.server.ts";

const PAGE = 2_000; // customers a transaction: about a second of work
const PAGE_TIMEOUT_MS = 300_000; // the last page of the day also keeps the month's forecasts, of a million customers

const MEASURING_TIMEOUT_MS = 1_800_000; // of the lock's transaction, which waits while all of a large shop is fitted and ranked

/** Does nothing before the history was read, and leaves the work to whoever is measuring the shop already. Ends after the page in which
 *  `until` passes; answers whether there is more to do. */
export async function refreshCustomers(shopId: ShopId, until: Date | null = null): Promise<boolean> {
  const { timeZone } = await readShop(shopId);
  const rebuiltAt = await findRebuiltAt(shopId);
  if (rebuiltAt === null) return false;
  if (!(await measure(shopId, { today: dayAt(now(), timeZone), rebuiltAt }))) return false;
  await inTransaction((tx) => addReadyMade(tx, shopId));
  const forecaster = await readForecaster(shopId);
  for (;;) {
    const isMore = await inTransaction((tx) => refreshPage(tx, shopId, { forecaster, timeZone }), { timeoutMs: PAGE_TIMEOUT_MS });
    if (!isMore || (until !== null && now() >= until)) return isMore;
  }
}

/** One at a time fits and measures a shop; a killed process lets go of the lock with its connection. Answers false while another does. */
async function measure(shopId: ShopId, day: { today: Day; rebuiltAt: Date }): Promise<boolean> {
  if (await profiles.isMeasured(shopId, day)) return true;
  return inTransaction(async (tx) => {
    if (!(await tryMeasuringLock(tx, shopId))) return false;
    if (await profiles.isMeasured(shopId, day)) return true; // somebody did, while this asked
    await fitShop(shopId, { today: day.today, builtAt: day.rebuiltAt });
    await profiles.measureCustomers(shopId, day);
    return true;
  }, { timeoutMs: MEASURING_TIMEOUT_MS });
}

async function addReadyMade(tx: Tx, shopId: ShopId): Promise<void> {
  const known = new Set((await store.listSegments(tx, shopId)).map(({ readyKey }) => readyKey));
  for (const readyKey of READY_KEYS) {
    if (!known.has(readyKey)) await store.addSegment(tx, shopId, { id: crypto.randomUUID(), readyKey, name: "", rule: READY_MADE[readyKey], at: now() });
  }
}

type Means = { forecaster: Forecaster; timeZone: string };

/** New rules first, so that nobody is followed by half of one; then the next of the day's round, and when that is over whoever moved. Answers
 *  whether there may be more. */
async function refreshPage(tx: Tx, shopId: ShopId, means: Means): Promise<boolean> {
  await takeLock(tx, shopId);
  const standing = await profiles.findStanding(tx, shopId);
  if (standing === null) return false;
  const at = { shopId, today: standing.today, timeZone: means.timeZone };
  const refilling = await store.findRefilling(tx, shopId);
  if (refilling !== null) {
    await refillPage(tx, refilling, at);
    return true;
  }
  const ids = standing.isWhole ? await takeMovedCustomers(tx, shopId, "segments", PAGE) : await profiles.takeNextCustomers(tx, shopId, standing, PAGE);
  await follow(tx, ids, { at, standing, forecaster: means.forecaster });
  if (!standing.isWhole && ids.length < PAGE) await endRound(tx, at);
  return !standing.isWhole || ids.length > 0;
}

async function follow(tx: Tx, ids: readonly CustomerId[], { at: standpoint, standing, forecaster }: { at: Standpoint; standing: profiles.Standing; forecaster: Forecaster }): Promise<void> {
  if (ids.length === 0) return;
  const { shopId } = standpoint;
  const at = now();
  const found = await profiles.profileCustomers(tx, shopId, ids, { standing, forecastOf: (facts) => forecaster.forecastOf(facts, standing.today) });
  const here = new Map(found.map((profile) => [profile.customerId, profile]));
  await members.forget(tx, shopId, ids.filter((id) => !here.has(id)));
  const segments = (await store.listSegments(tx, shopId)).filter(({ isPopulated }) => isPopulated);
  const crossings = await members.moveMembers(tx, segments, [...here.keys()], { ...standpoint, at });
  const moves = crossings.flatMap((crossing) => {
    const profile = here.get(crossing.customerId);
    return profile ? [{ ...crossing, reasons: moveReasonsOf(profile, crossing) }] : [];
  });
  await members.addMoves(tx, shopId, moves, at);
  await tellOf(tx, shopId, segments, moves);
}

/** Who left because they bought again did so for that reason, whatever else is to be said of them. */
const moveReasonsOf = (profile: profiles.FollowedProfile, { isEntry, since }: members.Crossing): MoveReason[] =>
  !isEntry && since !== null && profile.lastOrderAt !== null && isSince(profile.lastOrderAt, since) ? [{ code: "ordered_again" }, ...reasonsOf(profile)] : reasonsOf(profile);

const SECOND_MS = 1_000;
const LATEST_NEWS_MS = 2 * 86_400_000; // an order whose news was lost is found the night after

/** Shopify dates orders by whole seconds. Who entered by an order, and leaves long after it without another, has not ordered again. */
const isSince = (orderedAt: Date, since: Date): boolean =>
  orderedAt.getTime() >= Math.floor(since.getTime() / SECOND_MS) * SECOND_MS && now().getTime() - orderedAt.getTime() <= LATEST_NEWS_MS;

async function tellOf(tx: Tx, shopId: ShopId, segments: readonly store.StoredSegment[], moves: readonly members.WrittenMove[]): Promise<void> {
  const byId = new Map(segments.map((segment) => [segment.id, segment]));
  await addTellings(tx, shopId, moves.flatMap(({ segmentId, customerId, isEntry, reasons }) => {
    const segment = byId.get(segmentId);
    if (!segment || !(segment.isMirrored || segment.isFlowOn)) return [];
    return [{ segmentId, customerId, isEntry, tag: segment.isMirrored ? segment.tag : null, startsFlow: segment.isFlowOn, reasons }];
  }));
}

/** Everybody has a profile: segments nobody has been looked at for fill up, and once a month what was forecast is kept. */
async function endRound(tx: Tx, at: Standpoint): Promise<void> {
  const goneIds = await profiles.dropGone(tx, at.shopId); // whose notes a rebuild of the sums threw away
  await members.forget(tx, at.shopId, [...new Set([...goneIds, ...(await members.listGone(tx, at.shopId))])]);
  for (const segment of await store.listSegments(tx, at.shopId)) if (!segment.isPopulated) await startRefill(tx, segment, at);
  await keepForecasts(tx, at.shopId, at.today);
}

const REFILL_PAGE = 10_000; // customers a transaction: some tenths of a second

/** Everybody is to be looked at for this segment: a page at once, which is all of a small shop, and the rest by `refreshCustomers`. */
export const startRefill = (tx: Tx, segment: store.StoredSegment, at: Standpoint): Promise<boolean> => refillPage(tx, { ...segment, refilledTo: null }, at);
const refillPage = (tx: Tx, segment: store.StoredSegment, at: Standpoint): Promise<boolean> => members.refill(tx, segment, { ...at, at: now(), limit: REFILL_PAGE });
