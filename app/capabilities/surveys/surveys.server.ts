// Surveys: written, asked, answered, and what follows. Rings are the caller's: see jobs.server.ts.
import type { Tx } from "../../platform/db.server.ts";
import type { CustomerId, ShopId } from "../../values/ids.ts";
import * as people from "./store.server/people.server.ts";

export { answer, ask, askOnOrder, dismiss, readPoints, type AnswerResult, type Visitor } from "./surveys.server/asking.server.ts";
export { followShop, listShopsToFollow } from "./surveys.server/follow.server.ts";
export { estimateReach } from "./surveys.server/reach.server.ts";
export { answerPages, listPeople, readOutcomes, readResults, readTexts, tagText, type AnswerRow } from "./surveys.server/results.server.ts";
export { changeState, deleteSurvey, duplicateSurvey, findSurvey, listSurveys, readSetting, saveNote, saveOrder, saveSetting, saveSurvey } from "./surveys.server/saved.server.ts";

export const exportPerson = (tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<Record<string, unknown>> => people.readPerson(tx, shopId, customerId);
export const erasePerson = (tx: Tx, shopId: ShopId, customerId: CustomerId): Promise<void> => people.erasePerson(tx, shopId, customerId);
export const joinPeople = (tx: Tx, shopId: ShopId, mergedIds: readonly CustomerId[]): Promise<void> => people.joinPeople(tx, shopId, mergedIds);
export const eraseShop = (tx: Tx, shopId: ShopId): Promise<void> => people.eraseShop(tx, shopId);
