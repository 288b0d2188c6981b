// Surveys: written, asked, answered, and what follows. Rings are the caller's: see jobs.server.ts.
export { erasePerson, eraseShop, joinPeople, readPerson as exportPerson } from "./store.server/people.server.ts";
export { answer, ask, askOnOrder, dismiss, hasAnswered, readPoints, type AnswerResult, type Shown, type Visitor } from "./surveys.server/asking.server.ts";
export { followShop, listShopsToFollow } from "./surveys.server/follow.server.ts";
export { estimateReach } from "./surveys.server/reach.server.ts";
export { answerPages, listPeople, readOutcomes, readResults, readTexts, tagText, type AnswerRow } from "./surveys.server/results.server.ts";
export { changeState, deleteSurvey, duplicateSurvey, findSurvey, listSurveys, readSetting, saveNote, saveOrder, saveSetting, saveSurvey, startSurvey } from "./surveys.server/saved.server.ts";
