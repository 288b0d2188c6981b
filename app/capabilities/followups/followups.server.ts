// Looking after customers who are leaving.
import { now } from "../../platform/clock.server.ts";
import { db, inTransaction } from "../../platform/db.server.ts";
import { dayAt, type Day } from "../../values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../values/ids.ts";
import { wilson } from "../forecasts/rules/wilson.ts";
import { listSegments } from "../segments/segments.server.ts";
import type { Shop } from "../shops/model.ts";
import { OUTCOME_DAYS, type BoardQuery, type BoardRow, type Entry, type FollowupForm, type Outcome, type Outcomes } from "./model.ts";
import { stepFor } from "./rules.ts";
import * as store from "./store.server.ts";

export { erasePerson, eraseShop, joinPeople, readPerson as exportPerson } from "./store.server.ts";

export const PAGE_SIZE = 50;
const EXPORT_PAGE = 1_000;

/** `page` counts from 0. */
export async function readBoard(shop: Shop, query: BoardQuery, page: number): Promise<{ rows: BoardRow[]; customers: number; stakeMinor: number }> {
  const when = momentOf(shop);
  const [rows, sums] = await Promise.all([
    store.listBoard(db(), shop.id, query, { ...when, limit: PAGE_SIZE, from: page * PAGE_SIZE }),
    store.sumBoard(db(), shop.id, query, when),
  ]);
  return { rows: rows.map(withStep(shop, when)), ...sums };
}

/** The whole board in its order, page by page: what a file of it holds. All of it is of the moment it was asked for. */
export async function* boardPages(shop: Shop, query: BoardQuery, pageSize: number = EXPORT_PAGE): AsyncGenerator<BoardRow[]> {
  const when = momentOf(shop);
  for (let from: number | BoardRow = 0; ; ) {
    const page: BoardRow[] = (await store.listBoard(db(), shop.id, query, { ...when, limit: pageSize, from })).map(withStep(shop, when));
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    from = last;
  }
}

const momentOf = ({ timeZone }: Shop) => ({ today: dayAt(now(), timeZone), at: now() });
const withStep = ({ timeZone }: Shop, { today }: { today: Day }) => (row: Omit<BoardRow, "step">): BoardRow => ({ ...row, step: stepFor(row, { today, timeZone }) });

/** Who is leaving and has not been seen to, in one count: what Home says, and what the board then lists. */
export const sumOpen = (shop: Shop): Promise<store.OpenSums> => store.sumOpen(db(), shop.id, momentOf(shop));

/** Answers how many customers it is new for. */
export const addFollowup = (shopId: ShopId, form: FollowupForm, staffId: string | null): Promise<number> =>
  inTransaction((tx) => store.addEntries(tx, shopId, form.customerIds.map((id) => parseId<CustomerId>(id)), {
    kind: form.kind, wishId: form.wishId, at: now(), staffId, note: form.note,
    channel: form.kind === "contacted" ? form.channel : null, snoozedUntil: form.kind === "snoozed" ? form.until : null,
  }));

export const listEntries = (shopId: ShopId, customerId: CustomerId, limit: number): Promise<Entry[]> => store.listEntries(db(), shopId, customerId, limit);

/** What became of customers who came to be at risk: of those contacted then, and of those who were not. The merchant chose whom, so the
 *  difference proves nothing. null: nobody was looked at yet. */
export async function readOutcomes(shop: Shop): Promise<Outcomes | null> {
  const atRisk = (await listSegments(shop.id)).find(({ readyKey }) => readyKey === "at_risk");
  if (!atRisk) return null;
  const sums = await store.readOutcomes(db(), shop.id, { segmentId: atRisk.id, today: dayAt(now(), shop.timeZone), timeZone: shop.timeZone, days: OUTCOME_DAYS });
  return {
    contacted: outcomeOf(sums.contacted, sums.contacted_ordered), notContacted: outcomeOf(sums.untouched, sums.untouched_ordered),
    expected: sums.chance_known === 0 ? null : { share: sums.chance_sum / sums.chance_known, known: sums.chance_known },
    alreadyContacted: sums.already, stillRunning: sums.running,
  };
}

const outcomeOf = (episodes: number, ordered: number): Outcome => ({ episodes, ordered, ...wilson({ successes: ordered, trials: episodes }) });
