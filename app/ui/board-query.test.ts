import { expect, test } from "vitest";
import { parseBoardChoice, toBoardParameters, toBoardQuery, toBoardReport, WHOLE_BOARD, type BoardChoice } from "./board-query.ts";

const parse = (parameters: Record<string, string>) => parseBoardChoice(new URLSearchParams(parameters));

test("an address that says nothing shows everybody who is leaving and not seen to", () => {
  expect(parse({ locale: "ja" })).toEqual({ ok: true, choice: WHOLE_BOARD });
  expect(toBoardParameters(WHOLE_BOARD)).toEqual({});
  expect(toBoardQuery(WHOLE_BOARD)).toEqual({ standing: "open", stages: ["slipping", "at_risk", "lapsed"], isVipOnly: false });
});

test("what is said comes back as it was", () => {
  const choice: BoardChoice = { standing: "snoozed", stage: "lapsed", isVipOnly: true, page: 3 };
  expect(parse(toBoardParameters(choice))).toEqual({ ok: true, choice });
  expect(toBoardQuery(choice).stages).toEqual(["lapsed"]);
});

test("the file is of the part that is seen, all its pages", () => {
  expect(toBoardReport({ standing: "contacted", stage: "at_risk", isVipOnly: true, page: 4 })).toBe("/app/reports/at_risk.csv?standing=contacted&stage=at_risk&vip=1");
});

test.each([["standing", "closed"], ["stage", "lost"], ["vip", "no"], ["page", "0"], ["page", "1.5"]])("%s=%s is refused by its name", (field, value) => expect(parse({ [field]: value })).toEqual({ ok: false, field }));
