// Surveys as the merchant keeps them: written, copied, put in order, started and ended.
import { isDeepStrictEqual } from "node:util";
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../../platform/db.server.ts";
import type { ShopId } from "../../../values/ids.ts";
import type { Words } from "../../../values/words.ts";
import { findSegment, listSegments, saveSegment } from "../../segments/segments.server.ts";
import type { Shop } from "../../shops/model.ts";
import { LIVE_MAX, segmentRuleOf, SURVEYS_MAX, type Definition, type KeyField, type NameKey, type Survey, type SurveyAnswerTo, type SurveyForm, type SurveyRefusal } from "../model/survey.ts";
import { keysOf, optionsOf } from "../rules/answers.ts";
import * as store from "../store.server/surveys.server.ts";

/** The first asks first. */
export const listSurveys = (shopId: ShopId): Promise<Survey[]> => store.listSurveys(db(), shopId);
export const findSurvey = (shopId: ShopId, id: string): Promise<Survey | null> => store.findSurvey(db(), shopId, id);

const refuse = (reason: SurveyRefusal): { ok: false; reason: SurveyRefusal } => ({ ok: false, reason });

/** A new draft, or what is there changed; the same wish twice is one. What was answered keeps its kind and choices: only their wording may change. */
export async function saveSurvey({ id: shopId }: Pick<Shop, "id">, { id, definition }: SurveyForm, nameKey: NameKey): Promise<SurveyAnswerTo<{ id: string }>> {
  const field = findUnknownKey(definition);
  if (field !== null) return { ok: false, reason: "unknown_key", field };
  if (definition.audience.segmentId !== null && (await findSegment(shopId, definition.audience.segmentId)) === null) return refuse("unknown_segment");
  const answer = await inShop(shopId, async (tx): Promise<SurveyAnswerTo<{ id: string }>> => {
    const known = await store.findSurvey(tx, shopId, id);
    if (known === null) return addDraft(tx, shopId, { id, definition });
    if (known.state === "ended") return refuse("wrong_state");
    if (known.answered > 0 && !isSameQuestion(known.definition, definition)) return refuse("question_fixed");
    await store.changeSurvey(tx, shopId, id, { definition, updatedAt: now() });
    return { ok: true, id };
  });
  if (answer.ok && (await findSurvey(shopId, id))?.startedAt) await keepSegments(shopId, id, definition, nameKey);
  return answer;
}

/** Which part names an answer its question does not take. */
function findUnknownKey({ question, steps, followUp }: Definition): KeyField | null {
  const keys = keysOf(question);
  if (!steps.every(({ key }) => keys.includes(key))) return "steps";
  return followUp?.after?.every((key) => keys.includes(key)) ?? true ? null : "followUp.after";
}

const isSameQuestion = (one: Definition, other: Definition): boolean => one.question.kind === other.question.kind && isDeepStrictEqual(new Set(optionsOf(one.question)), new Set(optionsOf(other.question)));

async function addDraft(tx: Tx, shopId: ShopId, { id, definition }: SurveyForm): Promise<SurveyAnswerTo<{ id: string }>> {
  if ((await store.countSurveys(tx, shopId)) >= SURVEYS_MAX) return refuse("no_room");
  await store.addSurvey(tx, shopId, { id, definition, at: now() });
  return { ok: true, id };
}

/** A draft of the same question under another name; the same wish twice is one. */
export const duplicateSurvey = (shopId: ShopId, { id, newId, name }: { id: string; newId: string; name: string }): Promise<SurveyAnswerTo<{ id: string }>> => inShop(shopId, async (tx) => {
  const known = await store.findSurvey(tx, shopId, id);
  if (known === null) return refuse("not_found");
  if ((await store.findSurvey(tx, shopId, newId)) !== null) return { ok: true, id: newId };
  return addDraft(tx, shopId, { id: newId, definition: { ...known.definition, name, from: null, to: null } });
});

const FROM: Record<"live" | "paused" | "ended", readonly Survey["state"][]> = { live: ["draft", "paused"], paused: ["live"], ended: ["live", "paused"] };

/** In the state already: nothing changes. */
export const changeState = (shop: Pick<Shop, "id">, id: string, to: "paused" | "ended"): Promise<SurveyAnswerTo> => turn(shop, id, to);

/** Started, or resumed. Segments its steps name are kept from then on. */
export async function startSurvey(shop: Pick<Shop, "id">, id: string, nameKey: NameKey): Promise<SurveyAnswerTo> {
  const answer = await turn(shop, id, "live");
  const started = answer.ok ? await findSurvey(shop.id, id) : null;
  if (started) await keepSegments(shop.id, id, started.definition, nameKey);
  return answer;
}

const turn = ({ id: shopId }: Pick<Shop, "id">, id: string, to: "live" | "paused" | "ended"): Promise<SurveyAnswerTo> => inShop(shopId, async (tx) => {
  const known = await store.findSurvey(tx, shopId, id);
  if (known === null) return refuse("not_found");
  if (known.state === to) return { ok: true };
  if (!FROM[to].includes(known.state)) return refuse("wrong_state");
  if (to === "live" && (await store.countSurveys(tx, shopId, "live")) >= LIVE_MAX) return refuse("too_many_live");
  const at = now();
  await store.changeSurvey(tx, shopId, id, { state: to, ...(to === "live" && known.startedAt === null ? { startedAt: at } : {}), ...(to === "ended" ? { endedAt: at, endReason: "by_hand" } : {}) });
  return { ok: true };
});

/** Saved once each; one the merchant renamed or deleted is left as it is. A shop without room for more segments has fewer. */
async function keepSegments(shopId: ShopId, surveyId: string, { name, question, steps }: Definition, nameKey: NameKey): Promise<void> {
  const rules = new Set((await listSegments(shopId)).map(({ rule }) => JSON.stringify(rule)));
  for (const { key, hasSegment } of steps) {
    const rule = segmentRuleOf(surveyId, key);
    if (!hasSegment || rules.has(JSON.stringify(rule))) continue;
    await saveSegment(shopId, { id: crypto.randomUUID(), name: `${name}: ${nameKey(question, key)}`.slice(0, NAME_MAX), rule });
  }
}
const NAME_MAX = 100; // of a segment

/** Not while it asks. Its answers go with it. */
export const deleteSurvey = (shopId: ShopId, id: string): Promise<SurveyAnswerTo> => inShop(shopId, async (tx) => {
  const known = await store.findSurvey(tx, shopId, id);
  if (known === null) return refuse("not_found");
  if (known.state === "live" || known.state === "paused") return refuse("wrong_state");
  await store.deleteSurvey(tx, shopId, id);
  return { ok: true };
});

/** Those not named stay behind. */
export const saveOrder = (shopId: ShopId, ids: readonly string[]): Promise<void> => inShop(shopId, async (tx) => {
  const known = (await store.listSurveys(tx, shopId)).map(({ id }) => id);
  await store.saveOrder(tx, shopId, [...new Set([...ids.filter((id) => known.includes(id)), ...known])]);
});

/** "You said, we did". */
export const saveNote = (shopId: ShopId, id: string, note: Words | null): Promise<SurveyAnswerTo> => inShop(shopId, async (tx) => {
  if ((await store.findSurvey(tx, shopId, id)) === null) return refuse("not_found");
  await store.changeSurvey(tx, shopId, id, { note, notedAt: note === null ? null : now() });
  return { ok: true };
});

export const readSetting = async (shopId: ShopId): Promise<{ restDays: number }> => ({ restDays: await store.readRestDays(db(), shopId) });
export const saveSetting = (shopId: ShopId, { restDays }: { restDays: number }): Promise<void> => inTransaction((tx) => store.saveRestDays(tx, shopId, restDays));

const inShop = <T>(shopId: ShopId, run: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(async (tx) => {
  await store.lockShop(tx, shopId);
  return run(tx);
});
