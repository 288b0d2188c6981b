// How many a survey can reach, and when it will have heard enough.
import { now } from "../../../platform/clock.server.ts";
import { db } from "../../../platform/db.server.ts";
import { addDays, countDays, dayAt, type Day } from "../../../values/day.ts";
import type { CustomerId } from "../../../values/ids.ts";
import { findLiveProgramme, memberPages } from "../../loyalty/loyalty.server.ts";
import type { Shop } from "../../shops/model.ts";
import type { Reach } from "../model/results.ts";
import type { Audience, Definition, Survey } from "../model/survey.ts";
import { asksMembership } from "../rules/audience.ts";
import { keepsRest, reachOf } from "../rules/reach.ts";
import { countAskedSince, sumAudience } from "../store.server/reach.server.ts";
import { listSurveys, readRestDays } from "../store.server/surveys.server.ts";

const LATELY_DAYS = 14;

/** `surveyId`: its own, once it has one; what it asked itself then counts, as long as it is live. */
export async function estimateReach(shop: Shop, definition: Definition, surveyId: string | null = null): Promise<Reach> {
  const at = now();
  const today = dayAt(at, shop.timeZone);
  const [surveys, memberIds, days] = await Promise.all([listSurveys(db(), shop.id), findMemberIds(shop, definition.audience), readRestDays(db(), shop.id)]);
  const place = surveys.findIndex(({ id }) => id === surveyId);
  const [audience, own] = await Promise.all([
    sumAudience(db(), shop.id, definition.audience, { memberIds, rest: keepsRest(definition) ? { days, at } : null, today }), readOwn(shop, surveys.find(({ id, state }) => id === surveyId && state === "live"), today),
  ]);
  return reachOf(definition, { audience, others: surveys.filter(({ id }) => id !== surveyId), before: surveys.filter(({ state }, index) => state === "live" && (place < 0 || index < place)).length, own, today });
}

async function readOwn({ id: shopId, timeZone }: Shop, survey: Survey | undefined, today: Day) {
  if (!survey?.startedAt) return null;
  const startedOn = dayAt(survey.startedAt, timeZone);
  const days = Math.min(LATELY_DAYS, countDays({ from: startedOn, to: today }));
  return { asked: survey.asked, answered: survey.answered, lately: { days, asked: await countAskedSince(db(), shopId, survey.id, addDays(today, 1 - days)) } };
}

/** Null: membership is not asked for, or everybody is a member. */
async function findMemberIds(shop: Shop, audience: Audience): Promise<CustomerId[] | null> {
  if (!asksMembership(audience)) return null;
  const programme = await findLiveProgramme(shop.id);
  if (programme === null) return [];
  const isEverybody = programme.enrolment === "everyone";
  if (isEverybody && audience.tierIds.length === 0) return null;
  const ids: CustomerId[] = [];
  for await (const page of memberPages(shop, { search: "", tierId: null, isOwing: false, isExpiring: false })) {
    for (const { customerId, joinedOn, tierId } of page) {
      const isMember = isEverybody || joinedOn !== null;
      const isInTier = audience.tierIds.length === 0 || audience.tierIds.includes(tierId ?? "");
      if (isInTier && (isMember || audience.who !== "members")) ids.push(customerId);
    }
  }
  return ids;
}
