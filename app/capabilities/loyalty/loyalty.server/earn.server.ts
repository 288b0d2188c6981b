// Points for what is no order: each occasion once, within its limit, decided when it happens.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../../platform/db.server.ts";
import { addDays, dayAt, type Day } from "../../../values/day.ts";
import type { CustomerId, ShopId } from "../../../values/ids.ts";
import { findCustomersByEmail, followCustomers } from "../../orders/orders.server.ts";
import { readShop } from "../../shops/shops.server.ts";
import type { ProgrammeVersion } from "../model/programme.ts";
import type { ToldRefusal } from "../model/actions.ts";
import type { Refusal } from "../model/redemption.ts";
import { asReview, birthdaysOn, countedWith, daysToCelebrate, nameOf, sinceOf, worthOf, type Occasion } from "../rules/occasions.ts";
import * as events from "../store.server/events.server.ts";
import * as ledger from "../store.server/ledger.server.ts";
import * as members from "../store.server/members.server.ts";
import * as programmes from "../store.server/programmes.server.ts";
import type { Shopper } from "./redeem.server.ts";
import { settleMembers, type Place } from "./settle.server.ts";

export type EarnAnswer = { ok: true; points: number } | { ok: false; reason: Refusal };
/** `isNew` false: told before, and given then. */
export type ToldAnswer = { ok: true; points: number; isNew: boolean } | { ok: false; reason: ToldRefusal };

/** Joining is a wish of its own, as under `joiners` points wait for it; asked again it changes nothing. */
export const join = ({ shopId, customerId }: Shopper): Promise<EarnAnswer> => inAccount(shopId, customerId, async (tx, account) => {
  await members.join(tx, shopId, customerId, account.today);
  return orNothing(await give(tx, account, { kind: "sign_up" }));
});

/** Whoever has joined has joined, though there be nothing for it. */
const orNothing = (answer: EarnAnswer): EarnAnswer => (answer.ok || answer.reason !== "already_given" ? answer : { ok: true, points: 0 });

/** `month` from 1. Its points come on the day. */
export const tellBirthday = ({ shopId, customerId }: Shopper, { month, day }: { month: number; day: number }): Promise<EarnAnswer> => inAccount(shopId, customerId, async (tx, { today }) => {
  const birthday = [month, day].map((part) => String(part).padStart(2, "0")).join("-");
  const isNew = await members.saveBirthday(tx, shopId, customerId, { birthday, toldOn: today });
  return isNew ? { ok: true, points: 0 } : { ok: false, reason: "already_given" };
});

export const visit = ({ shopId, customerId }: Shopper, linkId: string): Promise<EarnAnswer> => inAccount(shopId, customerId, async (tx, account) => {
  const link = account.version.programme.links.find(({ id }) => id === linkId);
  return link === undefined ? { ok: false, reason: "unknown_reward" } : give(tx, account, { kind: link.kind, linkId });
});

/** Something another system, or a Flow, tells of: `sourceId` is its own name for it, so that it counts once however often it is told. */
export const earn = ({ shopId, customerId }: Shopper, said: Occasion): Promise<ToldAnswer> => inAccount<ToldAnswer>(shopId, customerId, async (tx, account) => {
  const occasion = asReview(said, account.version.programme);
  const told = await events.findEvent(tx, shopId, nameOf(occasion, customerId, account.today));
  const ruleId = "ruleId" in occasion ? occasion.ruleId : null;
  if (told !== null) return told.customerId === customerId && (ruleId === null || told.ruleId === ruleId) ? { ok: true, points: told.points, isNew: false } : { ok: false, reason: "other_action" };
  if (worthOf(occasion, account.version.programme) === null) return { ok: false, reason: "unknown_action" };
  const answer = await give(tx, account, occasion);
  return answer.ok ? { ...answer, isNew: true } : answer;
});

/** Somebody as another system knows them, whoever they have become since. Null: nobody of ours. */
export async function findTold(shopId: ShopId, who: { id: CustomerId } | { email: string }): Promise<CustomerId | null> {
  if ("email" in who) return (await findCustomersByEmail(db(), shopId, [who.email])).get(who.email) ?? null;
  return (await followCustomers(db(), shopId, [who.id])).get(who.id) ?? null;
}

type Account = { shop: Place; customerId: CustomerId; today: Day; version: ProgrammeVersion };

/** With the account held, and settled with whatever was added to it. */
async function inAccount<Answer extends ToldAnswer | EarnAnswer = EarnAnswer>(shopId: ShopId, customerId: CustomerId, run: (tx: Tx, account: Account) => Promise<Answer>): Promise<Answer | { ok: false; reason: "not_live" }> {
  const shop = await readShop(shopId);
  return inTransaction(async (tx) => {
    const standing = (await settleMembers(tx, shop, [customerId])).get(customerId);
    const program = await programmes.findProgramme(tx, shopId);
    const version = (await programmes.listVersions(tx, shopId)).at(-1);
    if (standing === undefined || version === undefined || program?.state !== "live") return { ok: false, reason: "not_live" };
    const answer = await run(tx, { shop, customerId, version, today: dayAt(now(), shop.timeZone) });
    if (!answer.ok) return answer;
    await settleMembers(tx, shop, [customerId]);
    await ledger.noteChange(tx, shopId, [customerId]);
    return answer;
  });
}

async function give(tx: Tx, { shop: { id: shopId }, customerId, today, version }: Account, occasion: Occasion): Promise<{ ok: true; points: number } | { ok: false; reason: "already_given" }> {
  const worth = worthOf(occasion, version.programme);
  if (worth === null) return { ok: false, reason: "already_given" };
  const { kind } = occasion;
  const { points, ruleId, limit } = worth;
  if (limit !== null && (await events.countEvents(tx, shopId, { customerId, kinds: countedWith(kind), ruleId, since: sinceOf(limit, today) })) >= limit.count) return { ok: false, reason: "already_given" };
  const note = "note" in occasion ? (occasion.note ?? null) : null;
  const isNew = await events.addEvent(tx, shopId, { id: nameOf(occasion, customerId, today), customerId, kind, ruleId, points, on: today, version: version.version, note, at: now() });
  return isNew ? { ok: true, points } : { ok: false, reason: "already_given" };
}

const PAGE = 500;

/** Everybody whose birthday is today, in the shop's calendar, or was on a day that was missed. May be run any number of times. */
export async function celebrateBirthdays(shopId: ShopId): Promise<void> {
  const shop = await readShop(shopId);
  const celebratedOn = await programmes.findCelebratedOn(db(), shopId);
  for (const day of daysToCelebrate(celebratedOn, dayAt(now(), shop.timeZone))) {
    await celebrate(shop, day);
    await inTransaction((tx) => programmes.noteCelebrated(tx, shopId, day));
  }
}

async function celebrate(shop: Place, today: Day): Promise<void> {
  const { id: shopId } = shop;
  for (let after = 0n; ; ) {
    const ids = await inTransaction(async (tx) => {
      const state = await programmes.lockTogether(tx, shopId);
      const version = (await programmes.listVersions(tx, shopId)).at(-1);
      if (state !== "live" || !version?.programme.birthday.isOn) return [];
      const found = await members.listCelebrating(tx, shopId, { monthDays: birthdaysOn(today), toldUntil: addDays(today, -version.programme.birthday.leadDays), after, limit: PAGE });
      await settleMembers(tx, shop, found);
      const given: CustomerId[] = [];
      for (const customerId of found) if ((await give(tx, { shop, customerId, today, version }, { kind: "birthday" })).ok) given.push(customerId);
      await settleMembers(tx, shop, given);
      return found;
    });
    const last = ids.at(-1);
    if (last === undefined || ids.length < PAGE) return;
    after = last;
  }
}

/** By hand, with the reason in the merchant's words; `id` is made by the page, so that a form sent twice counts once. */
export async function adjust(shopId: ShopId, id: string, { customerId, points, note }: { customerId: CustomerId; points: number; note: string }): Promise<EarnAnswer> {
  return inAccount(shopId, customerId, async (tx, { today, version }) => {
    await events.addEvent(tx, shopId, { id: `adjustment:${id}`, customerId, kind: "adjustment", ruleId: null, points, on: today, version: version.version, note, at: now() });
    return { ok: true, points };
  });
}
