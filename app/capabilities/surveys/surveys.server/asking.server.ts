// Asking one shopper: which survey, if any, and what they answered.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../../platform/db.server.ts";
import { dayAt, type Day } from "../../../values/day.ts";
import type { CustomerId, OrderId, ShopId } from "../../../values/ids.ts";
import { closeTask, openTask, tryContact } from "../../followups/followups.server.ts";
import { earn, findLiveProgramme, readSummary } from "../../loyalty/loyalty.server.ts";
import { isMember, setMarks } from "../../segments/segments.server.ts";
import { readShop } from "../../shops/shops.server.ts";
import { CHANGE_MS, type AnswerRefusal, type GivenAnswer, type Place, type SurveyWish } from "../model/answer.ts";
import { markOf, type Definition, type Survey } from "../model/survey.ts";
import { asksMembership, isInAudience, type Person } from "../rules/audience.ts";
import { keysOfAnswer, toAnswer } from "../rules/answers.ts";
import { isBlockedByDates } from "../rules/storefront.ts";
import { answerWords } from "../rules/words.ts";
import * as answers from "../store.server/answers.server.ts";
import * as asks from "../store.server/asks.server.ts";
import * as store from "../store.server/surveys.server.ts";

/** `customerId` null: a guest, who stays nameless. */
export type Visitor = { shopId: ShopId; customerId: CustomerId | null };

/** A question on the screen stays theirs so long: after a reload it is the same. */
export const ASKING_MS = 1_800_000;
const DAY_MS = 86_400_000;
/** Places that interrupt, and so wait for the rest between two messages. */
const RESTING: readonly Place[] = ["popup", "order"];

type Ask = Pick<Extract<SurveyWish, { wish: "ask" }>, "surveyIds" | "place" | "language" | "isAgain">;

/** The first survey by priority that may ask now, counted as asked; null: none. */
export async function ask(visitor: Visitor, { surveyIds, place, language, isAgain = false }: Ask): Promise<Survey | null> {
  const { shopId } = visitor;
  const [shop, live] = await Promise.all([readShop(shopId), store.listLive(db(), shopId)]);
  const today = dayAt(now(), shop.timeZone);
  const candidates = live.filter(({ id, definition }) => surveyIds.includes(id) && !isBlockedByDates(definition, today));
  const persons = await readPersons(visitor, candidates);
  const fitting = candidates.filter(({ definition }, at) => isInAudience(definition.audience, persons[at] ?? null, language));
  return inTransaction((tx) => claim(tx, visitor, fitting, { place, today, isAgain }));
}

/** What counts of a shopper for each survey. */
async function readPersons({ shopId, customerId }: Visitor, surveys: readonly Survey[]): Promise<(Person | null)[]> {
  if (customerId === null) return surveys.map(() => null);
  const isMembershipAsked = surveys.some(({ definition }) => asksMembership(definition.audience));
  const [orderCount, membership] = await Promise.all([asks.findOrderCount(db(), shopId, customerId), isMembershipAsked ? readMembership({ shopId, customerId }) : NO_MEMBER]);
  return Promise.all(surveys.map(async ({ definition: { audience: { segmentId } } }) => ({ orderCount, ...membership, isInSegment: segmentId !== null && (await isMember(db(), shopId, segmentId, customerId)) })));
}

const NO_MEMBER = { isMember: false, tierId: null };

async function readMembership(shopper: { shopId: ShopId; customerId: CustomerId }): Promise<Pick<Person, "isMember" | "tierId">> {
  const [programme, summary] = await Promise.all([findLiveProgramme(shopper.shopId), readSummary(shopper)]);
  return programme === null || summary === null ? NO_MEMBER : { isMember: summary.isMember || programme.enrolment === "everyone", tierId: summary.tierId };
}

async function claim(tx: Tx, { shopId, customerId }: Visitor, surveys: readonly Survey[], { place, today, isAgain }: { place: Place; today: Day; isAgain: boolean }): Promise<Survey | null> {
  const at = now();
  if (customerId === null) {
    const [first] = surveys;
    if (first && !isAgain) await store.countOne(tx, shopId, first.id, ["asked"], today);
    return first ?? null;
  }
  const known = new Map((await asks.listAsks(tx, shopId, customerId)).map((asked) => [asked.surveyId, asked]));
  const open = surveys.filter(({ id }) => mayAsk(known.get(id), place));
  const onScreen = open.find(({ id }) => isOnScreen(known.get(id), at));
  if (onScreen) return onScreen;
  const first = RESTING.includes(place) ? open.find(({ id }) => !known.has(id)) : open[0];
  if (!first) return null;
  if (RESTING.includes(place) && !(await tryContact(tx, shopId, customerId, { kind: "survey", at, restDays: await store.readRestDays(tx, shopId) }))) return null;
  const isNew = await asks.noteAsk(tx, shopId, { surveyId: first.id, customerId, state: "asked", place, at });
  await store.countOne(tx, shopId, first.id, isNew ? ["asked"] : [], today);
  return first;
}

/** Who closed a pop-up may still answer inside a page, or by a link; who answered is done. */
const mayAsk = (known: asks.Ask | undefined, place: Place): boolean => known === undefined || known.state === "asked" || (known.state === "dismissed" && !RESTING.includes(place));
const isOnScreen = (known: asks.Ask | undefined, at: Date): boolean => known?.state === "asked" && at.getTime() - known.askedAt.getTime() < ASKING_MS;

/** All of these, which is why none of them asks. Of guests nobody knows. */
export async function hasAnswered({ shopId, customerId }: Visitor, surveyIds: readonly string[]): Promise<boolean> {
  const known = customerId === null ? [] : await asks.listAsks(db(), shopId, customerId);
  return surveyIds.every((id) => known.some(({ surveyId, state }) => surveyId === id && state === "answered"));
}

export type OrderVisit = { language: string; /** the order's; null: nobody knows */ country: string | null; shown: Shown };
/** What a guest's browser remembers. `openId`: a question that still stands there; `restedMs`: since the last one, null: there was none. */
export type Shown = { seen: readonly string[]; openId: string | null; restedMs: number | null };

/** On the order-status and thank-you pages. Of customers the app knows itself what they were shown. */
export async function askOnOrder(visitor: Visitor, { language, country, shown }: OrderVisit): Promise<{ id: string; definition: Definition; points: number } | null> {
  const isGuest = visitor.customerId === null;
  if (isGuest && shown.openId === null && !(await isRested(visitor.shopId, shown.restedMs))) return null;
  const isNews = (id: string): boolean => !isGuest || (shown.openId === null ? !shown.seen.includes(id) : id === shown.openId);
  const isAsking = ({ id, definition: { isOnOrder, audience: { countries } } }: Survey): boolean => isOnOrder && isNews(id) && (countries.length === 0 || (country !== null && countries.includes(country)));
  const surveyIds = (await store.listLive(db(), visitor.shopId)).filter(isAsking).map(({ id }) => id);
  const survey = surveyIds.length === 0 ? null : await ask(visitor, { surveyIds, place: "order", language, isAgain: shown.openId !== null });
  return survey && { id: survey.id, definition: survey.definition, points: survey.definition.earnsPoints && !isGuest ? await readPoints(visitor.shopId) : 0 };
}

const isRested = async (shopId: ShopId, restedMs: number | null): Promise<boolean> => restedMs === null || restedMs >= (await store.readRestDays(db(), shopId)) * DAY_MS;

/** What the loyalty programme gives for a survey; 0: nothing. */
export async function readPoints(shopId: ShopId): Promise<number> {
  const survey = (await findLiveProgramme(shopId))?.survey;
  return survey?.isOn ? survey.points : 0;
}

/** Closed without an answer: not asked again. */
export async function dismiss({ shopId, customerId }: Visitor, surveyId: string): Promise<void> {
  const [shop, survey] = await Promise.all([readShop(shopId), store.findSurvey(db(), shopId, surveyId)]);
  if (!survey?.startedAt) return;
  await inTransaction(async (tx) => {
    const isClosed = customerId === null || (await asks.dismissAsk(tx, shopId, { surveyId, customerId }));
    if (isClosed) await store.countOne(tx, shopId, surveyId, ["dismissed"], dayAt(now(), shop.timeZone));
  });
}

export type AnswerResult = { ok: true; points: number } | { ok: false; reason: AnswerRefusal };

/** One of each person: within the hour it replaces what they said, later it is refused. Ring for `followSurveys` afterwards. */
export async function answer(visitor: Visitor, given: GivenAnswer, orderId: OrderId | null = null): Promise<AnswerResult> {
  const { shopId, customerId } = visitor;
  const [shop, survey] = await Promise.all([readShop(shopId), store.findSurvey(db(), shopId, given.surveyId)]);
  if (survey === null || !isTaking(survey, dayAt(now(), shop.timeZone))) return { ok: false, reason: "not_live" };
  const said = toAnswer(survey.definition, given);
  const [person = null] = await readPersons(visitor, [survey]);
  const wasAsked = customerId !== null && (await asks.listAsks(db(), shopId, customerId)).some(({ surveyId }) => surveyId === survey.id);
  if (!wasAsked && !isInAudience(survey.definition.audience, person, given.language)) return { ok: false, reason: "not_live" };
  if (said === null) return { ok: false, reason: "bad_answer" };
  const written = await inTransaction((tx) => write(tx, visitor, survey, { ...given, ...said, orderId, today: dayAt(now(), shop.timeZone) }));
  if (!written || customerId === null || !survey.definition.earnsPoints) return written ? { ok: true, points: 0 } : { ok: false, reason: "already_answered" };
  return { ok: true, points: await givePoints({ shopId, customerId }, survey.id) };
}

/** Whoever was writing as it ended is still heard. */
const isTaking = ({ state, endedAt, endReason, definition }: Survey, today: Day): boolean =>
  state === "live" ? !isBlockedByDates(definition, today) : state === "ended" && endReason !== "by_hand" && endedAt !== null && now().getTime() - endedAt.getTime() < CHANGE_MS;

/** Given once for each survey and customer; 0: the programme gives none. */
export async function givePoints(shopper: { shopId: ShopId; customerId: CustomerId }, surveyId: string): Promise<number> {
  const answered = await earn(shopper, { kind: "survey", sourceId: surveyId });
  return answered.ok ? answered.points : 0;
}

type Written = Pick<GivenAnswer, "answerId" | "place" | "language" | "page"> & { choices: string[]; text: string; orderId: OrderId | null; today: Day };

/** False: there is an answer that may not be changed any more. */
async function write(tx: Tx, { shopId, customerId }: Visitor, survey: Survey, { answerId: id, place, language, page, choices, text, orderId, today }: Written): Promise<boolean> {
  const at = now();
  const surveyId = survey.id;
  const isNew = await answers.addAnswer(tx, shopId, { id, surveyId, customerId, at, choices, text, place, orderId: customerId === null ? null : orderId, language, page, isDone: customerId === null });
  const held = isNew ? null : await answers.holdAnswer(tx, shopId, { id, surveyId, customerId });
  if (!isNew) {
    if (held === null) return false; // somebody else's id
    const isSame = held.text === text && held.choices.join() === choices.join();
    if (isSame) return true;
    if (at.getTime() - held.answeredAt.getTime() >= CHANGE_MS) return false;
    await answers.changeAnswer(tx, shopId, held.id, { choices, text, at });
  }
  if (customerId !== null) await follow(tx, shopId, survey, { answerId: held?.id ?? id, customerId, choices, text, at });
  const wasAsked = customerId === null || !(await asks.noteAsk(tx, shopId, { surveyId, customerId, state: "answered", place, at }));
  await store.countOne(tx, shopId, surveyId, [...(wasAsked ? [] : ["asked" as const]), ...(isNew ? ["answered" as const] : [])], today);
  return true;
}

type Followed = { answerId: string; customerId: CustomerId; choices: string[]; text: string; at: Date };

/** What is ours to do follows in the same breath: an unhappy customer is on the board before the page has its answer. */
async function follow(tx: Tx, shopId: ShopId, { id: surveyId, definition }: Survey, { answerId, customerId, choices, text, at }: Followed): Promise<void> {
  const keys = keysOfAnswer(definition.question, choices);
  await setMarks(tx, shopId, customerId, { prefix: markOf(surveyId, ""), marks: keys.map((key) => markOf(surveyId, key)), at });
  const opensTask = definition.steps.some((step) => step.opensTask && keys.includes(step.key));
  if (opensTask) await openTask(tx, shopId, { id: answerId, customerId, at, reason: { kind: "survey", surveyId, survey: definition.name, answer: answerWords(definition.question, choices), text } });
  else await closeTask(tx, shopId, answerId);
}
