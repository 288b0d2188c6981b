// What follows from answers and changes: ends that have come, steps at Shopify, and what the theme is told.
import { createHash } from "node:crypto";
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../../platform/db.server.ts";
import { log } from "../../../platform/log.server.ts";
import { ShopifyMisunderstanding } from "../../../shopify/errors.ts";
import { tellAnswer, tellAsked, tellSurveys } from "../../../shopify/surveys.server.ts";
import { dayAt, type Day } from "../../../values/day.ts";
import { parseId, type ShopId } from "../../../values/ids.ts";
import { toJson } from "../../../values/json.ts";
import { wordsIn } from "../../../values/words.ts";
import { findQuietUntil } from "../../followups/followups.server.ts";
import { TAG_PREFIX } from "../../segments/model.ts";
import { listSegments } from "../../segments/segments.server.ts";
import type { Shop } from "../../shops/model.ts";
import { readShop } from "../../shops/shops.server.ts";
import type { EndReason, Survey } from "../model/survey.ts";
import { keysOfAnswer } from "../rules/answers.ts";
import { isPrecise } from "../rules/precision.ts";
import { toPublicSurvey, type AskedDocument } from "../rules/storefront.ts";
import { nameAnswer } from "../rules/words.ts";
import * as answers from "../store.server/answers.server.ts";
import * as asks from "../store.server/asks.server.ts";
import * as store from "../store.server/surveys.server.ts";
import { ASKING_MS, givePoints, readPoints } from "./asking.server.ts";

/** Ends after the call in which `until` passes; answers whether there is more. */
export async function followShop(shopId: ShopId, until: Date): Promise<boolean> {
  const shop = await readShop(shopId);
  if (shop.uninstalledAt !== null) return false;
  await endSurveys(shop);
  await tellTheme(shop);
  for (;;) {
    const isMore = [await takeSteps(shop), await tellCustomers(shop)].includes(true);
    if (!isMore || now() >= until) return isMore;
  }
}

const askingSince = (): Date => new Date(now().getTime() - ASKING_MS);

export const listShopsToFollow = async (): Promise<ShopId[]> => (await store.listShopsToFollow(db(), askingSince())).map((row) => parseId<ShopId>(row.shop_id));

/** Those whose last day is over, or which know enough. */
async function endSurveys({ id: shopId, timeZone }: Shop): Promise<void> {
  const today = dayAt(now(), timeZone);
  for (const survey of await store.listLive(db(), shopId)) {
    const endReason = await findEnd(shopId, survey, today);
    if (endReason !== null) await inTransaction((tx) => end(tx, shopId, survey.id, endReason));
  }
}

async function findEnd(shopId: ShopId, { id, definition: { question, stop, to }, answered }: Survey, today: Day): Promise<EndReason | null> {
  if (to !== null && today > to) return "schedule";
  if (stop.kind === "answers") return answered >= stop.count ? "answers" : null;
  if (stop.kind === "never" || question.kind === "text") return null; // a text has no share that could be known
  return isPrecise(question, await answers.countChoices(db(), shopId, id), stop.points) ? "precision" : null;
}

async function end(tx: Tx, shopId: ShopId, id: string, endReason: EndReason): Promise<void> {
  await store.lockShop(tx, shopId);
  if ((await store.findSurvey(tx, shopId, id))?.state !== "live") return; // the merchant was faster
  await store.changeSurvey(tx, shopId, id, { state: "ended", endedAt: now(), endReason });
}

/** All that is live, whenever it is not what was told last: the surveys, or what a programme gives and a segment is called. */
async function tellTheme({ id: shopId, domain }: Shop): Promise<void> {
  const [live, points, segments, told] = await Promise.all([store.listLive(db(), shopId), readPoints(shopId), listSegments(shopId), store.findTold(db(), shopId)]);
  const segmentTagOf = (segmentId: string | null): string | null => segments.find(({ id, isMirrored }) => id === segmentId && isMirrored)?.tag ?? null;
  const document = { surveys: live.map((survey) => toPublicSurvey(survey, { points, segmentTag: segmentTagOf(survey.definition.audience.segmentId) })) };
  const toldHash = createHash("sha256").update(toJson(document)).digest("hex");
  if (toldHash === told) return;
  const isToldLive = live.length > 0;
  await tellSurveys(domain, { isLive: isToldLive, document });
  await inTransaction((tx) => store.noteTold(tx, shopId, { toldHash, isToldLive }));
}

const ANSWERS_AT_ONCE = 20;
const CLAIM_MS = 1_200_000; // longer than Shopify may take over all of them

/** Points, tags and Flow of each answer that has any due. Answers whether there may be more. */
async function takeSteps({ id: shopId, domain }: Shop): Promise<boolean> {
  const at = now();
  const due = await inTransaction((tx) => answers.claimDue(tx, shopId, { at, until: new Date(at.getTime() + CLAIM_MS), limit: ANSWERS_AT_ONCE }));
  const surveys = new Map((due.length === 0 ? [] : await store.listSurveys(db(), shopId)).map((survey) => [survey.id, survey]));
  try {
    for (const answer of due) {
      const survey = surveys.get(answer.surveyId);
      const toldTags = survey ? await takeStepsOf(domain, shopId, survey, answer).catch(orRefused(shopId, answer)) : answer.toldTags;
      await inTransaction((tx) => answers.noteDone(tx, shopId, answer.id, { version: answer.version, toldTags }));
    }
  } catch (error) {
    await inTransaction((tx) => answers.dropClaims(tx, shopId, due.map(({ id }) => id)));
    throw error;
  }
  return due.length > 0; // who thought again meanwhile is due once more
}

/** What Shopify says no to, and would again, holds up nobody else's. An outage does: it is tried anew. */
const orRefused = (shopId: ShopId, { id, toldTags }: answers.DueAnswer) => (error: unknown): string[] => {
  if (!(error instanceof ShopifyMisunderstanding)) throw error;
  log.error("steps of an answer were refused", error, { shopId, answerId: id });
  return toldTags;
};

/** May be repeated: points are given once, tags are what they are. Flow hears of an answer again if a process died before it could say that it had. */
async function takeStepsOf(domain: string, shopId: ShopId, { id, definition }: Survey, { customerId, choices, text, toldTags }: answers.DueAnswer): Promise<string[]> {
  const { question, steps, startsFlow, earnsPoints } = definition;
  if (earnsPoints) await givePoints({ shopId, customerId }, id);
  const keys = keysOfAnswer(question, choices);
  const tags = steps.filter(({ hasTag, key }) => hasTag && keys.includes(key)).map(({ key }) => tagOf(id, key));
  const news = {
    customerId, addTags: tags.filter((tag) => !toldTags.includes(tag)), removeTags: toldTags.filter((tag) => !tags.includes(tag)),
    flow: startsFlow || steps.some((step) => step.startsFlow === true && keys.includes(step.key)) ? { survey: wordsIn(question.text, "en"), answer: nameAnswer(question, choices, "en"), text } : null,
  };
  if (news.addTags.length > 0 || news.removeTags.length > 0 || news.flow !== null) await tellAnswer(domain, news);
  return tags;
}

const SHORT = 8; // of a survey's id: enough to tell a shop's surveys apart, and a tag may have 255 characters

/** What a customer who gave this answer carries in Shopify. */
const tagOf = (surveyId: string, key: string): string => `${TAG_PREFIX}survey-${surveyId.slice(0, SHORT)}-${key}`;

const CUSTOMERS_AT_ONCE = 25; // metafields one call may set

/** Whom the theme need not ask any more. Answers whether there may be more. */
async function tellCustomers({ id: shopId, domain, timeZone }: Shop): Promise<boolean> {
  const askedBefore = askingSince();
  const customerIds = await asks.listToTell(db(), shopId, { askedBefore, limit: CUSTOMERS_AT_ONCE });
  if (customerIds.length === 0) return false;
  const [done, restDays] = await Promise.all([inTransaction((tx) => asks.takeDone(tx, shopId, customerIds, askedBefore)), store.readRestDays(db(), shopId)]);
  const quiet = await findQuietUntil(db(), shopId, customerIds, { restDays, timeZone });
  try {
    await tellAsked(domain, customerIds.map((customerId) => ({ customerId, document: { done: done.get(customerId) ?? [], quietUntil: quiet.get(customerId) ?? null } satisfies AskedDocument })));
  } catch (error) {
    await inTransaction((tx) => asks.noteUntold(tx, shopId, customerIds));
    throw error;
  }
  return customerIds.length === CUSTOMERS_AT_ONCE;
}
