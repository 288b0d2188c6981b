import { expect, test } from "vitest";
import { parseBoardChoice, toBoardParameters, toBoardReport, WHOLE_BOARD, type BoardChoice } from "./board-query.ts";

const parse = (parameters: Record<string, string>) => parseBoardChoice(new URLSearchParams(parameters));

test("an address that says nothing shows everybody who is leaving or has a task, and was not seen to", () => {
  expect(parse({ locale: "ja" })).toEqual({ ok: true, choice: WHOLE_BOARD });
  expect(toBoardParameters(WHOLE_BOARD)).toEqual({});
  expect(WHOLE_BOARD).toEqual({ standing: "open", stage: null, isVipOnly: false, hasTask: false, page: 1 });
});

test("what is said comes back as it was", () => {
  const choice: BoardChoice = { standing: "snoozed", stage: "lapsed", isVipOnly: true, hasTask: true, page: 3 };
  expect(parse(toBoardParameters(choice))).toEqual({ ok: true, choice });
});

test("the file is of the part that is seen, all its pages", () => {
  expect(toBoardReport({ standing: "contacted", stage: "at_risk", isVipOnly: true, hasTask: true, page: 4 })).toBe("/app/reports/at_risk.csv?standing=contacted&stage=at_risk&vip=1&task=1");
});

test.each([["standing", "closed"], ["stage", "lost"], ["vip", "no"], ["task", "all"], ["page", "0"], ["page", "1.5"]])("%s=%s is refused by its name", (field, value) => expect(parse({ [field]: value })).toEqual({ ok: false, field }));
