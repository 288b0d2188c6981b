// Which members a list or report is about, as its address says: `?tier=gold&owing=1&sort=expiry`.
import { MEMBER_SORTS, type Direction, type MemberFilter, type MemberQuery, type MemberSort } from "../capabilities/loyalty/model/books.ts";

export type MemberList = MemberQuery & { /** counts from 1 */ page: number };
export type MemberField = "q" | "tier" | "owing" | "expiring" | "sort" | "direction" | "page";
export type MemberListAnswer = { ok: true; list: MemberList } | { ok: false; field: MemberField };

export const EVERY_MEMBER: MemberList = { search: "", tierId: null, isOwing: false, isExpiring: false, sort: "balance", direction: "descending", page: 1 };

/** In an address; nobody's tier is called so, as ids have no full stop. */
const NO_TIER = ".none";
export const MEMBER_SEARCH_MAX = 200;
const PAGES_MAX = 100_000; // PostgreSQL's offsets stay whole numbers
const DIRECTIONS: readonly Direction[] = ["ascending", "descending"];

export function parseMemberList(parameters: URLSearchParams): MemberListAnswer {
  const wrong = new Set<MemberField>();
  const read = <T>(name: MemberField, parse: (text: string) => T | undefined, otherwise: T): T => {
    const text = parameters.get(name)?.trim() ?? "";
    if (text === "") return otherwise;
    const value = parse(text);
    if (value === undefined) wrong.add(name);
    return value ?? otherwise;
  };
  const flag = (text: string) => (text === "1" ? true : undefined);
  const list: MemberList = {
    search: read("q", (text) => (text.length <= MEMBER_SEARCH_MAX && !text.includes("\0") ? text : undefined), ""),
    tierId: read<string | null>("tier", (text) => (text === NO_TIER ? "" : /^[a-z0-9][a-z0-9-]{0,39}$/.test(text) ? text : undefined), null),
    isOwing: read("owing", flag, false),
    isExpiring: read("expiring", flag, false),
    sort: read<MemberSort>("sort", (text) => MEMBER_SORTS.find((known) => known === text), EVERY_MEMBER.sort),
    direction: read<Direction>("direction", (text) => DIRECTIONS.find((known) => known === text), EVERY_MEMBER.direction),
    page: read("page", (text) => (/^[1-9]\d{0,5}$/.test(text) && Number(text) <= PAGES_MAX ? Number(text) : undefined), 1),
  };
  const [field] = wrong;
  return field === undefined ? { ok: true, list } : { ok: false, field };
}

/** Whom it is about, whatever their order: what a report takes. */
export const toMemberParameters = ({ search, tierId, isOwing, isExpiring }: MemberFilter): Record<string, string> => ({
  ...(search !== "" && { q: search }), ...(tierId !== null && { tier: tierId === "" ? NO_TIER : tierId }), ...(isOwing && { owing: "1" }), ...(isExpiring && { expiring: "1" }),
});

/** The way back into the address, without what goes without saying. */
export const toMemberListParameters = ({ sort, direction, page, ...filter }: MemberList): Record<string, string> => ({
  ...toMemberParameters(filter), ...(sort !== EVERY_MEMBER.sort && { sort }), ...(direction !== EVERY_MEMBER.direction && { direction }), ...(page > 1 && { page: String(page) }),
});
