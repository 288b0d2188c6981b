// Customers followed into and out of segments: once a day all of them, and whenever something moved those it moved.
import { now } from "../../../platform/clock.server.ts";
import { inTransaction, type Tx } from "../../../platform/db.server.ts";
import { dayAt } from "../../../values/day.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { findRebuiltAt, takeMovedCustomers } from "../../analytics/analytics.server.ts";
import { fitShop, keepForecasts, readForecaster, type Forecaster } from "../../forecasts/forecasts.server.ts";
import type { Profile } from "../../profiles/model.ts";
import * as profiles from "../../profiles/profiles.server.ts";
import { reasonsOf } from "../../profiles/rules/reasons.ts";
import { readShop } from "../../shops/shops.server.ts";
import { READY_KEYS, type MoveReason } from "../model.ts";
import { READY_MADE } from "../rules/ready-made.ts";
import type { Standpoint } from "../store.server/predicates.server.ts";
import * as members from "../store.server/members.server.ts";
import * as store from "../store.server/segments.server.ts";
import { addTellings } from "../store.server/tellings.server.ts";

const PAGE = 2_000; // customers a transaction: about a second of work
const PAGE_TIMEOUT_MS = 300_000; // the last page of the day also keeps the month's forecasts, of a million customers

/** Does nothing before the history was read. */
export async function refreshCustomers(shopId: ShopId): Promise<void> {
  const { timeZone } = await readShop(shopId);
  const today = dayAt(now(), timeZone);
  const rebuiltAt = await findRebuiltAt(shopId);
  if (rebuiltAt === null) return;
  if (!(await profiles.isMeasured(shopId, { today, rebuiltAt }))) {
    await fitShop(shopId, { today, builtAt: rebuiltAt });
    await profiles.measureCustomers(shopId, { today, rebuiltAt });
  }
  await inTransaction((tx) => addReadyMade(tx, shopId));
  const forecaster = await readForecaster(shopId);
  for (let isMore = true; isMore; ) isMore = await inTransaction((tx) => refreshPage(tx, shopId, { forecaster, timeZone }), { timeoutMs: PAGE_TIMEOUT_MS });
}

async function addReadyMade(tx: Tx, shopId: ShopId): Promise<void> {
  const known = new Set((await store.listSegments(tx, shopId)).map(({ readyKey }) => readyKey));
  for (const readyKey of READY_KEYS) {
    if (!known.has(readyKey)) await store.addSegment(tx, shopId, { id: crypto.randomUUID(), readyKey, name: "", rule: READY_MADE[readyKey], at: now() });
  }
}

type Means = { forecaster: Forecaster; timeZone: string };

/** The next of the day's round, and when that is over whoever moved. Answers whether there may be more. */
async function refreshPage(tx: Tx, shopId: ShopId, means: Means): Promise<boolean> {
  await store.takeLock(tx, shopId);
  const standing = await profiles.findStanding(tx, shopId);
  if (standing === null) return false;
  const ids = standing.isWhole ? await takeMovedCustomers(tx, shopId, PAGE) : await profiles.takeNextCustomers(tx, shopId, standing, PAGE);
  const at = { shopId, today: standing.today, timeZone: means.timeZone };
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
const moveReasonsOf = (profile: Profile, { isEntry, since }: members.Crossing): MoveReason[] =>
  !isEntry && since !== null && profile.lastOrderOn !== null && profile.lastOrderOn >= since.toISOString().slice(0, 10) ? [{ code: "ordered_again" }, ...reasonsOf(profile)] : reasonsOf(profile);

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
  for (const segment of await store.listSegments(tx, at.shopId)) if (!segment.isPopulated) await populateSegment(tx, segment, at);
  await keepForecasts(tx, at.shopId, at.today);
}

/** Who belongs there from the beginning did not enter: nothing is written of it, and Flow is not started. */
export async function populateSegment(tx: Tx, segment: Pick<store.StoredSegment, "id" | "rule">, at: Standpoint): Promise<void> {
  await members.populate(tx, segment, { ...at, at: now() });
  await store.changeSegment(tx, at.shopId, segment.id, { isPopulated: true });
}
