// Looking after customers who are leaving or were let down, and leaving everybody in peace between two messages.
import { now } from "../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../platform/db.server.ts";
import { dayAt, type Day } from "../../values/day.ts";
import { parseId, type CustomerId, type ShopId } from "../../values/ids.ts";
import { wilson } from "../forecasts/rules/wilson.ts";
import { listSegments } from "../segments/segments.server.ts";
import type { Shop } from "../shops/model.ts";
import { OUTCOME_DAYS, type BoardQuery, type BoardRow, type Entry, type FollowupForm, type Outcome, type Outcomes, type Task } from "./model.ts";
import { quietUntilOf, stepFor } from "./rules.ts";
import * as board from "./store.server/board.server.ts";
import * as contacts from "./store.server/contacts.server.ts";
import * as entries from "./store.server/entries.server.ts";
import * as outcomes from "./store.server/outcomes.server.ts";
import * as tasks from "./store.server/tasks.server.ts";

export { tryContact } from "./store.server/contacts.server.ts";
export { erasePerson, eraseShop, joinPeople, readPerson as exportPerson } from "./store.server/people.server.ts";
/** Part of the writer's transaction: who has a task is on the board as soon as that is committed. */
export { deleteTask as closeTask, openTask } from "./store.server/tasks.server.ts";

export const PAGE_SIZE = 50;
const EXPORT_PAGE = 1_000;

/** `page` counts from 0. */
export async function readBoard(shop: Shop, query: BoardQuery, page: number): Promise<{ rows: BoardRow[]; customers: number; stakeMinor: number }> {
  const when = momentOf(shop);
  const [rows, sums] = await Promise.all([
    board.listBoard(db(), shop.id, query, { ...when, limit: PAGE_SIZE, from: page * PAGE_SIZE }),
    board.sumBoard(db(), shop.id, query, when),
  ]);
  return { rows: rows.map(withStep(shop, when)), customers: sums.customers, stakeMinor: sums.stakeMinor };
}

/** The whole board in its order, page by page: what a file of it holds. All of it is of the moment it was asked for. */
export async function* boardPages(shop: Shop, query: BoardQuery, pageSize: number = EXPORT_PAGE): AsyncGenerator<BoardRow[]> {
  const when = momentOf(shop);
  for (let from: number | BoardRow = 0; ; ) {
    const page: BoardRow[] = (await board.listBoard(db(), shop.id, query, { ...when, limit: pageSize, from })).map(withStep(shop, when));
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    from = last;
  }
}

const momentOf = ({ timeZone }: Shop) => ({ today: dayAt(now(), timeZone), at: now() });
const withStep = ({ timeZone }: Shop, { today }: { today: Day }) => (row: Omit<BoardRow, "step">): BoardRow => ({ ...row, step: stepFor({ ...row, hasTask: row.tasks.some(({ isOpen }) => isOpen) }, { today, timeZone }) });

const WHOLE_BOARD: BoardQuery = { standing: "open", stage: null, isVipOnly: false, hasTask: false };

/** Who has not been seen to, in one count: what Home says, and what the board then lists. */
export const sumOpen = (shop: Shop): Promise<board.BoardSums> => board.sumBoard(db(), shop.id, WHOLE_BOARD, momentOf(shop));

/** Answers how many customers it is new for. */
export const addFollowup = (shopId: ShopId, form: FollowupForm, staffId: string | null): Promise<number> =>
  inTransaction((tx) => entries.addEntries(tx, shopId, form.customerIds.map((id) => parseId<CustomerId>(id)), {
    kind: form.kind, wishId: form.wishId, at: now(), staffId, note: form.note,
    channel: form.kind === "contacted" ? form.channel : null, snoozedUntil: form.kind === "snoozed" ? form.until : null,
  }));

export const listEntries = (shopId: ShopId, customerId: CustomerId, limit: number): Promise<Entry[]> => entries.listEntries(db(), shopId, customerId, limit);

/** What is open about a customer, newest first. */
export const listTasks = (shopId: ShopId, customerId: CustomerId): Promise<Task[]> => tasks.listTasks(db(), shopId, customerId);

/** The first day on which something may be said to each of these again, a message with `restDays` of peace before it; null: now. */
export async function findQuietUntil(tx: Tx, shopId: ShopId, customerIds: readonly CustomerId[], { restDays, timeZone }: { restDays: number; timeZone: string }): Promise<Map<CustomerId, Day | null>> {
  const at = now();
  return new Map((await contacts.listPeace(tx, shopId, customerIds)).map(({ customerId, ...peace }) => [customerId, quietUntilOf(peace, { restDays, at, timeZone })]));
}

/** What became of customers who came to be at risk: of those contacted then, and of those who were not. The merchant chose whom, so the
 *  difference proves nothing. null: nobody was looked at yet. */
export async function readOutcomes(shop: Shop): Promise<Outcomes | null> {
  const atRisk = (await listSegments(shop.id)).find(({ readyKey }) => readyKey === "at_risk");
  if (!atRisk) return null;
  const sums = await outcomes.readOutcomes(db(), shop.id, { segmentId: atRisk.id, today: dayAt(now(), shop.timeZone), timeZone: shop.timeZone, days: OUTCOME_DAYS });
  return {
    contacted: outcomeOf(sums.contacted, sums.contacted_ordered), notContacted: outcomeOf(sums.untouched, sums.untouched_ordered),
    expected: sums.chance_known === 0 ? null : { share: sums.chance_sum / sums.chance_known, known: sums.chance_known },
    alreadyContacted: sums.already, stillRunning: sums.running,
  };
}

const outcomeOf = (episodes: number, ordered: number): Outcome => ({ episodes, ordered, ...wilson({ successes: ordered, trials: episodes }) });
