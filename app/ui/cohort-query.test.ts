import { expect, test } from "vitest";
import { parseCohortQuery, toCohortParameters, USUAL_COHORTS, type CohortQuery } from "./cohort-query.ts";

const read = (text: string) => parseCohortQuery(new URLSearchParams(text));

test("nothing said means months, retention, everybody", () => {
  expect(read("")).toEqual({ ok: true, query: USUAL_COHORTS });
  expect(toCohortParameters(USUAL_COHORTS)).toEqual([]);
});

test.each<Partial<CohortQuery>>([
  { grain: "quarter", measure: "margin", view: "by", smallTo: 300 },
  { selection: [{ kind: "product", value: "10" }, { kind: "code", value: "" }] },
  { selection: [{ kind: "tag", value: "a:b, c" }], against: [] },
  { against: [{ kind: "country", value: "JP" }, { kind: "type", value: "茶" }] },
  { selection: [{ kind: "collection", value: "460000000001" }], against: [] },
])("what was chosen comes back from the address: %o", (chosen) => {
  const query = { ...USUAL_COHORTS, ...chosen };
  expect(read(new URLSearchParams(toCohortParameters(query)).toString())).toEqual({ ok: true, query });
});

test.each([["grain=day", "grain"], ["measure=luck", "measure"], ["view=x", "view"], ["small=7", "small"], ["with=product:ten", "with"], ["with=collection:tea", "with"], ["with=shoe:1", "with"], ["against=product", "against"], [Array(6).fill("with=tag:x").map((one, at) => `${one}${at}`).join("&"), "with"], [`with=tag:${"x".repeat(256)}`, "with"], ["with=tag:%00", "with"]])("%s is refused by its field", (text, field) => {
  expect(read(text)).toEqual({ ok: false, field });
});

test("the same trait twice is one", () => {
  expect(read("with=tag:x&with=tag:x")).toMatchObject({ query: { selection: [{ kind: "tag", value: "x" }] } });
});
