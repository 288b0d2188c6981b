// What hangs on an answer goes with it, and what is wrong is told where it is.
import { expect, test } from "vitest";
import { blankDefinition, readyDefinition } from "../../capabilities/surveys/rules/library.ts";
import { readSurvey, withKind, withMoreChoices, withoutChoice, withStep } from "./survey-draft.ts";

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
  expect(withKind(ready, "several")).toEqual({ ...ready, question: { ...ready.question, kind: "several" } });
  const scale = withKind(ready, "scale");
  expect(scale).toMatchObject({ steps: [], question: { choices: [], isShuffled: false }, followUp: { after: null } });
  expect(withKind(scale, "single").question.choices).toHaveLength(2);
  expect(withKind({ ...ready, stop: { kind: "precision", points: 5 } }, "text")).toMatchObject({ followUp: null, stop: { kind: "never" } });
});

test("choices that are added have ids of their own", () => {
  expect(withMoreChoices([], 3).map(({ id }) => id)).toEqual(["choice", "choice-2", "choice-3"]);
});

test("a step without anything in it is none", () => {
  const tagged = withStep([], "yes", { hasTag: true });
  expect(tagged).toEqual([{ key: "yes", hasTag: true, hasSegment: false, opensTask: false }]);
  expect(withStep(tagged, "yes", { hasTag: false })).toEqual([]);
});
