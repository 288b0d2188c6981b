// What hangs on an answer goes with it, and what is wrong is told where it is.
import { expect, test } from "vitest";
import type { QuestionKind } from "../../capabilities/surveys/model/survey.ts";
import { blankDefinition, readyDefinition } from "../../capabilities/surveys/rules/library.ts";
import { fitted, leaveKind, NOTHING_LEFT, readSurvey, withKind, withMoreChoices, withoutChoice, withStep, type SurveyDraft } from "./survey-draft.ts";

const ready = readyDefinition("why_not_again");
const faultsIn = (draft: unknown): Record<string, string> => {
  const read = readSurvey(draft);
  return read.ok ? {} : Object.fromEntries(Object.entries(read.faults).map(([place, { code }]) => [place, code]));
};

test("a blank survey says at each field that it is empty", () => {
  expect(faultsIn(blankDefinition())).toEqual({ name: "missing", "question.text": "no_words", "question.choices.0.text": "no_words", "question.choices.1.text": "no_words" });
});

test("each mistake is at its field", () => {
  const { question, popup } = ready;
  expect(faultsIn({ ...ready, question: { ...question, choices: question.choices.slice(0, 1) } })).toEqual({ "question.choices": "not_enough" });
  expect(faultsIn({ ...ready, question: { ...question, choices: question.choices.map((choice) => ({ ...choice, imageUrl: "http://a.example/b.png" })) } })["question.choices.0.imageUrl"]).toBe("not_an_address");
  expect(faultsIn({ ...ready, popup: { ...popup, paths: ["about"], seconds: "soon" } })).toEqual({ "popup.paths": "not_a_path", "popup.seconds": "not_a_number" });
  expect(faultsIn({ ...ready, popup: null })).toEqual({ popup: "nowhere" });
  expect(faultsIn({ ...ready, from: "2026-12-02", to: "2026-12-01" })).toEqual({ to: "reversed" });
  expect(faultsIn({ ...ready, stop: { kind: "answers", count: "" }, followUp: { text: {}, after: [] } })).toEqual({ "stop.count": "missing", "followUp.text": "no_words", "followUp.after": "missing" });
});

test("a choice that goes takes its follow-up and its steps with it", () => {
  const once = withoutChoice(ready, "not-happy");
  expect(once.steps).toEqual([]);
  expect(once.followUp?.after).toEqual(["price"]);
  expect(withoutChoice(once, "price").followUp?.after).toBeNull();
});

test("another kind of question keeps what it can", () => {
  const nothing = NOTHING_LEFT;
  expect(withKind(ready, "several", nothing)).toEqual({ ...ready, question: { ...ready.question, kind: "several" } });
  const scale = withKind(ready, "scale", nothing);
  expect(scale).toMatchObject({ steps: [], question: { choices: [], isShuffled: false }, followUp: { after: null } });
  expect(withKind(scale, "single", nothing).question.choices).toHaveLength(2);
  expect(withKind({ ...ready, stop: { kind: "precision", points: 5 } }, "text", nothing)).toMatchObject({ followUp: null, stop: { kind: "never" } });
});

test("a kind one comes back to is as it was left, whatever came between", () => {
  const start: SurveyDraft = { ...ready, stop: { kind: "precision", points: 7 } };
  const walk = (...kinds: QuestionKind[]) => kinds.reduce(({ draft, left }, kind) => ({ draft: withKind(draft, kind, left), left: leaveKind(left, draft) }), { draft: start, left: NOTHING_LEFT });
  for (const between of [["text"], ["nps"], ["yes_no", "text", "scale"], ["text", "several"]] as QuestionKind[][]) expect(walk(...between, "single").draft).toEqual(start); // the compiler forgets what a list of lists holds
  const { draft, left } = walk("nps");
  const labelled = { ...draft, question: { ...draft.question, highLabel: { en: "Gladly" } }, steps: withStep([], "promoter", { hasTag: true }) };
  expect(withKind(withKind(labelled, "single", left), "nps", leaveKind(left, labelled))).toEqual(labelled);
  expect(withKind(labelled, "scale", left)).toMatchObject({ question: { highLabel: { en: "Gladly" } }, steps: [] });
});

test("a follow-up that was switched off and on asks only after answers there still are", () => {
  const followUp = { text: { en: "Why?" }, after: ["price", "gone"] };
  expect(fitted(followUp, ready.question)).toEqual({ ...followUp, after: ["price"] });
  expect(fitted({ ...followUp, after: ["gone"] }, ready.question).after).toBeNull();
});

test("choices that are added have ids of their own", () => {
  expect(withMoreChoices([], 3).map(({ id }) => id)).toEqual(["choice", "choice-2", "choice-3"]);
});

test("a step without anything in it is none", () => {
  const tagged = withStep([], "yes", { hasTag: true });
  expect(tagged).toEqual([{ key: "yes", hasTag: true, hasSegment: false, opensTask: false, startsFlow: false }]);
  expect(withStep(tagged, "yes", { hasTag: false })).toEqual([]);
  expect(withStep([], "yes", { startsFlow: true })).toMatchObject([{ key: "yes", startsFlow: true }]);
});
