// The programme as the merchant writes it: a draft, and versions that come into force one after the other.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../../platform/db.server.ts";
import { dayAt, toDate, type Day } from "../../../values/day.ts";
import type { ShopId } from "../../../values/ids.ts";
import { readShop } from "../../shops/shops.server.ts";
import type { Programme, ProgrammeState, ProgrammeVersion } from "../model/programme.ts";
import { pausedOf } from "../rules/defaults.ts";
import * as store from "../store.server/programmes.server.ts";

export type KnownProgramme = { state: ProgrammeState; draft: Programme; updatedAt: Date; versions: ProgrammeVersion[] };

/** Null: there is none yet. `versions` oldest first; none before it was launched. */
export async function findProgramme(shopId: ShopId): Promise<KnownProgramme | null> {
  const stored = await store.findProgramme(db(), shopId);
  return stored && { ...stored, versions: await store.listVersions(db(), shopId) };
}

/** The programme as it counts now; null: nothing is earned. */
export async function findLiveProgramme(shopId: ShopId): Promise<Programme | null> {
  const stored = await store.findProgramme(db(), shopId);
  return stored?.state === "live" ? ((await store.findLatest(db(), shopId))?.programme ?? null) : null;
}

/** What is in force is not touched. */
export const saveDraft = (shopId: ShopId, draft: Programme): Promise<void> => inTransaction(async (tx) => {
  const stored = await store.findProgramme(tx, shopId);
  await store.saveProgramme(tx, shopId, { state: stored?.state ?? "draft", draft, updatedAt: now() });
});

/** Orders placed on `from` or later earn. `unkept`: what was looked at where nobody kept a draft. Launched again it changes nothing. Ring for `settleLoyalty`
 *  after this and the next three. */
export async function launch(shopId: ShopId, { from, unkept }: { from: Day; unkept?: Programme }): Promise<boolean> {
  if (unkept && (await store.findProgramme(db(), shopId)) === null) await saveDraft(shopId, unkept);
  return change(shopId, async (tx, { timeZone, stored, versions }) => {
    if (versions.length > 0) return false;
    await store.addVersion(tx, shopId, { version: 1, effectiveAt: startOf(from, timeZone), keptUntil: null, programme: stored.draft });
    await store.saveProgramme(tx, shopId, { ...stored, state: "live", updatedAt: now() });
    return true;
  });
}

/** The draft comes into force now. `keptUntil`: whoever would lose a tier by it keeps the tier so long. `savedAt`: as it was saved then;
 *  false if it has been saved or published since. */
export const publish = (shopId: ShopId, { keptUntil, savedAt }: { keptUntil: Day | null; savedAt?: Date }): Promise<boolean> => change(shopId, async (tx, { stored, versions }) => {
  if (versions.length === 0 || (savedAt !== undefined && savedAt.getTime() !== stored.updatedAt.getTime())) return false;
  await addNext(tx, shopId, versions, { keptUntil, programme: stored.draft });
  await store.saveProgramme(tx, shopId, { ...stored, state: "live", updatedAt: now() });
  return true;
});

/** Nothing is earned or redeemed any more, and nothing that is there is lost. */
export const pause = (shopId: ShopId): Promise<boolean> => change(shopId, async (tx, { stored, versions }) => {
  const last = versions.at(-1);
  if (stored.state !== "live" || last === undefined) return false;
  await addNext(tx, shopId, versions, { keptUntil: null, programme: pausedOf(last.programme) });
  await store.saveProgramme(tx, shopId, { ...stored, state: "paused", updatedAt: now() });
  return true;
});

const addNext = (tx: Tx, shopId: ShopId, versions: readonly ProgrammeVersion[], next: Pick<ProgrammeVersion, "keptUntil" | "programme">): Promise<void> =>
  store.addVersion(tx, shopId, { version: (versions.at(-1)?.version ?? 0) + 1, effectiveAt: now(), ...next });

type Known = { timeZone: string; stored: store.StoredProgramme; versions: ProgrammeVersion[] };

async function change(shopId: ShopId, run: (tx: Tx, known: Known) => Promise<boolean>): Promise<boolean> {
  const { timeZone } = await readShop(shopId);
  return inTransaction(async (tx) => {
    if (!(await store.lockAlone(tx, shopId))) return false;
    const stored = await store.findProgramme(tx, shopId);
    if (stored === null) return false;
    const isChanged = await run(tx, { timeZone, stored, versions: await store.listVersions(tx, shopId) });
    if (isChanged) await store.startRound(tx, shopId);
    return isChanged;
  });
}

/** The first moment of a day in the shop's zone: zones change their offset, so it is looked for, a quarter of an hour at a time. */
function startOf(day: Day, timeZone: string): Date {
  const earliestMs = toDate(day).getTime() - ZONE_MAX_MS;
  const quarter = Array.from({ length: (2 * ZONE_MAX_MS) / QUARTER_MS + 1 }, (_, index) => new Date(earliestMs + index * QUARTER_MS)).find((at) => dayAt(at, timeZone) === day);
  if (quarter === undefined) throw new Error("a day no zone knows");
  return quarter;
}
const QUARTER_MS = 900_000; // offsets are whole quarters
const ZONE_MAX_MS = 14 * 3_600_000; // the farthest from UTC

/** Balances are still on their way to what the rules in force say. */
export const isSettling = (shopId: ShopId): Promise<boolean> => store.isSettling(db(), shopId);

export const listShopsToSettle = (): Promise<ShopId[]> => store.listShopsToSettle(db(), now());
/** Where the shop's own date has changed. */
export const listShopsAtNight = (): Promise<ShopId[]> => store.listShopsAtNight(db(), now());
export const listShopsWithProgramme = (): Promise<ShopId[]> => store.listShopsWithProgramme(db());
