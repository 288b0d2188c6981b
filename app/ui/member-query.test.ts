import { expect, test } from "vitest";
import { EVERY_MEMBER, parseMemberList, toMemberListParameters, type MemberList } from "./member-query.ts";

const parse = (query: string) => parseMemberList(new URLSearchParams(query));

test("nothing said is everybody, most points first", () => expect(parse("locale=ja")).toEqual({ ok: true, list: EVERY_MEMBER }));

test("what an address says comes back as it was", () => {
  const list: MemberList = { search: "mina", tierId: "gold", isOwing: true, isExpiring: true, sort: "expiry", direction: "ascending", page: 3 };
  expect(parse(new URLSearchParams(toMemberListParameters(list)).toString())).toEqual({ ok: true, list });
  expect(parse(new URLSearchParams(toMemberListParameters({ ...EVERY_MEMBER, tierId: "" })).toString())).toEqual({ ok: true, list: { ...EVERY_MEMBER, tierId: "" } });
});

test.each([["q", `q=${"x".repeat(201)}`], ["tier", "tier=Gold"], ["owing", "owing=yes"], ["expiring", "expiring=2"], ["sort", "sort=name"], ["direction", "direction=up"], ["page", "page=0"]] as const)("a wrong %s is named", (field, query) => {
  expect(parse(query)).toEqual({ ok: false, field });
});
