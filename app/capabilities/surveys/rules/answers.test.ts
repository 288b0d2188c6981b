// Which answers a question takes, under which keys, and when the follow-up is asked.
import { describe, expect, test } from "vitest";
import type { Definition, Question, QuestionKind } from "../model/survey.ts";
import { asksOn, keysOf, keysOfAnswer, npsGroupOf, optionsOf, toAnswer } from "./answers.ts";

const choice = (id: string) => ({ id, text: { en: id }, imageUrl: null });
const aQuestion = (kind: QuestionKind): Question => ({ kind, text: { en: "?" }, choices: kind === "single" || kind === "several" ? ["a", "b", "c"].map(choice) : [], isShuffled: false, lowLabel: null, highLabel: null });
const asking = (kind: QuestionKind, followUp: Definition["followUp"] = null) => ({ question: aQuestion(kind), followUp });

describe("a question takes", () => {
  test.each<[QuestionKind, string[], string, ReturnType<typeof toAnswer>]>([
    ["single", ["b"], "", { choices: ["b"], text: "" }],
    ["single", ["a", "b"], "", null],
    ["single", [], "", null],
    ["single", ["z"], "", null],
    ["single", ["b", "b"], "", { choices: ["b"], text: "" }],
    ["several", ["c", "a", "c"], "", { choices: ["a", "c"], text: "" }],
    ["several", ["c", "z"], "", null],
    ["scale", ["5"], "", { choices: ["5"], text: "" }],
    ["scale", ["0"], "", null],
    ["nps", ["0"], "", { choices: ["0"], text: "" }],
    ["nps", ["11"], "", null],
    ["yes_no", ["yes"], "", { choices: ["yes"], text: "" }],
    ["text", [], "  so it is ", { choices: [], text: "so it is" }],
    ["text", [], "  ", null],
    ["text", ["a"], "x", null],
    ["single", ["a"], "nobody asked", { choices: ["a"], text: "" }],
  ])("%s %j %j: %j", (kind, choices, text, taken) => {
    expect(toAnswer(asking(kind), { choices, text })).toEqual(taken);
  });
});

test("the follow-up is asked after the answers named, of NPS by group, and its text is kept only then", () => {
  const reason = { text: { en: "Why?" }, after: ["detractor"] };
  expect(toAnswer(asking("nps", reason), { choices: ["6"], text: "slow" })).toEqual({ choices: ["6"], text: "slow" });
  expect(toAnswer(asking("nps", reason), { choices: ["7"], text: "slow" })).toEqual({ choices: ["7"], text: "" });
  expect(asksOn(asking("single", { text: { en: "Why?" }, after: null }), ["a"])).toBe(true);
  expect(asksOn(asking("several", { text: { en: "Why?" }, after: ["c"] }), ["a", "c"])).toBe(true);
  expect(asksOn(asking("text", { text: { en: "Why?" }, after: null }), [])).toBe(false);
});

test("answers are counted under the question's keys, and under no others", () => {
  for (const kind of ["single", "several", "scale", "nps", "yes_no"] as const) {
    const question = aQuestion(kind);
    for (const option of optionsOf(question)) expect(keysOf(question)).toContain(keysOfAnswer(question, [option])[0]);
  }
  expect(["0", "6", "7", "8", "9", "10"].map(npsGroupOf)).toEqual(["detractor", "detractor", "passive", "passive", "promoter", "promoter"]);
});
