// The group in the address is read back as it was written.
import { expect, test } from "vitest";
import type { AnswerGroup } from "../../capabilities/surveys/model/results.ts";
import { parseGroup, toGroupParameters } from "./group-query.ts";

test.each<AnswerGroup>([{ kind: "everyone" }, { kind: "language", language: "zh-CN" }, { kind: "segment", segmentId: "0f8fad5b-d9cb-469f-a165-70867728950e" }])("$kind", (group) => {
  expect(parseGroup(new URLSearchParams(toGroupParameters(group)))).toEqual(group);
});

test("what nobody could mean is everyone", () => {
  expect(parseGroup(new URLSearchParams({ language: "'; drop", segment: "1" }))).toEqual({ kind: "everyone" });
});
