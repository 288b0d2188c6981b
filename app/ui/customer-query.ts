// Which customers a list or report is about, as its address says: `?stage=at_risk,lapsed&orders=3&sort=stake`. A view is such an address.
import { RFM_GROUPS, STAGES, type RfmGroup, type Stage } from "../capabilities/profiles/model.ts";
import { SORTS, type CustomerQuery, type Direction, type Rule, type Sort } from "../capabilities/segments/model.ts";
import { readRule } from "./rule-preview.ts";

export type CustomerFilters = {
  search: string;
  stages: readonly Stage[];
  groups: readonly RfmGroup[];
  isVipOnly: boolean;
  /** ISO 3166 */
  country: string | null;
  tag: string | null;
  ordersFrom: number | null;
  /** a cell of the RFM map: recency, and frequency with money */
  r: number | null;
  fm: number | null;
  segmentId: string | null;
  /** whom a figure of another page counts; null: it was not a figure that led here */
  counted: Rule | null;
};

export type CustomerList = CustomerFilters & {
  sort: Sort;
  direction: Direction;
  /** counts from 1 */
  page: number;
  /** the saved view this began with */
  viewId: string | null;
};

export type ListField = "q" | "stage" | "group" | "vip" | "country" | "tag" | "orders" | "r" | "fm" | "segment" | "rule" | "sort" | "direction" | "page" | "view";
export type ListAnswer = { ok: true; list: CustomerList } | { ok: false; field: ListField };

export const EVERYBODY: CustomerList = {
  search: "", stages: [], groups: [], isVipOnly: false, country: null, tag: null, ordersFrom: null, r: null, fm: null, segmentId: null, counted: null, sort: "last_order", direction: "descending", page: 1, viewId: null,
};

export const SEARCH_MAX = 200;
export const TAG_MAX = 255; // of Shopify's
const ORDERS_MAX = 100_000;
const PAGES_MAX = 100_000; // PostgreSQL's offsets stay whole numbers
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function parseCustomerList(parameters: URLSearchParams): ListAnswer {
  const said = (name: ListField): string | null => parameters.get(name)?.trim() || null;
  const wrong = new Set<ListField>();
  const read = <T>(name: ListField, parse: (text: string) => T | undefined, otherwise: T): T => {
    const text = said(name);
    if (text === null) return otherwise;
    const value = parse(text);
    if (value === undefined) wrong.add(name);
    return value ?? otherwise;
  };
  const list: CustomerList = {
    search: read("q", (text) => (text.length <= SEARCH_MAX && !text.includes("\0") ? text : undefined), ""),
    stages: read("stage", wordsAmong(STAGES), []),
    groups: read("group", wordsAmong(RFM_GROUPS), []),
    isVipOnly: read("vip", (text) => (text === "1" ? true : undefined), false),
    country: read("country", (text) => (/^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : undefined), null),
    tag: read("tag", (text) => (text.length <= TAG_MAX && !text.includes("\0") ? text : undefined), null),
    ordersFrom: read("orders", numberUpTo(ORDERS_MAX), null),
    r: read("r", numberUpTo(5), null),
    fm: read("fm", numberUpTo(5), null),
    segmentId: read("segment", uuidIn, null),
    counted: read("rule", (text) => readRule(text) ?? undefined, null),
    sort: read("sort", (text) => SORTS.find((known) => known === text), EVERYBODY.sort),
    direction: read("direction", (text) => DIRECTIONS.find((known) => known === text), EVERYBODY.direction),
    page: read("page", numberUpTo(PAGES_MAX), 1),
    viewId: read("view", uuidIn, null),
  };
  const [field] = wrong;
  return field === undefined ? { ok: true, list } : { ok: false, field };
}

const DIRECTIONS = ["ascending", "descending"] as const;
const wordsAmong = <T extends string>(known: readonly T[]) => (text: string): T[] | undefined => {
  const found = text.split(",").map((word) => known.find((one) => one === word));
  return found.every((word) => word !== undefined) ? [...new Set(found)] : undefined;
};
const numberUpTo = (max: number) => (text: string): number | undefined => (/^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= max ? Number(text) : undefined);
const uuidIn = (text: string): string | undefined => (UUID.test(text) ? text : undefined);

/** The way back into the address, without what goes without saying. */
export function toListParameters(list: CustomerList): Record<string, string> {
  const { sort, direction, page, viewId } = list;
  return {
    ...toFilterParameters(list),
    ...(sort !== EVERYBODY.sort && { sort }), ...(direction !== EVERYBODY.direction && { direction }), ...(page > 1 && { page: String(page) }), ...(viewId !== null && { view: viewId }),
  };
}

/** Whom the list is about, whatever their order: what a report takes. */
export function toFilterParameters({ search, stages, groups, isVipOnly, country, tag, ordersFrom, r, fm, segmentId, counted }: CustomerFilters): Record<string, string> {
  return {
    ...(search !== "" && { q: search }), ...(stages.length > 0 && { stage: stages.join(",") }), ...(groups.length > 0 && { group: groups.join(",") }), ...(isVipOnly && { vip: "1" }),
    ...(country !== null && { country }), ...(tag !== null && { tag }), ...(ordersFrom !== null && { orders: String(ordersFrom) }),
    ...(r !== null && { r: String(r) }), ...(fm !== null && { fm: String(fm) }), ...(segmentId !== null && { segment: segmentId }), ...(counted !== null && { rule: JSON.stringify(counted) }),
  };
}

/** As a view keeps it: neither a page nor the view's own name. */
export const toViewQuery = (list: CustomerList): string => new URLSearchParams(toListParameters({ ...list, page: 1, viewId: null })).toString();

export const toCustomerQuery = (list: CustomerList): CustomerQuery => ({
  rule: ruleOf(list), segmentId: list.segmentId, search: list.search, sort: list.sort, direction: list.direction,
});

/** null: the filters leave everybody in. */
function ruleOf({ stages, groups, isVipOnly, country, tag, ordersFrom, r, fm, counted }: CustomerFilters): Rule | null {
  const rules: Rule[] = counted === null ? [] : [counted];
  if (stages.length > 0) rules.push({ field: "stage", operator: "any_of", value: [...stages] });
  if (groups.length > 0) rules.push({ field: "rfm_group", operator: "any_of", value: [...groups] });
  if (isVipOnly) rules.push({ field: "vip", operator: "is", value: true });
  if (country !== null) rules.push({ field: "country", operator: "any_of", value: [country] });
  if (tag !== null) rules.push({ field: "tag", operator: "any_of", value: [tag] });
  if (ordersFrom !== null) rules.push({ field: "orders", operator: "at_least", value: ordersFrom });
  if (r !== null) rules.push({ field: "r_score", operator: "between", value: { from: r, to: r } });
  if (fm !== null) rules.push(frequencyMoneyIs(fm));
  return rules.length === 0 ? null : { all: rules };
}

/** FM is the mean of both scores, rounded half up: each F goes with the M that make it so. */
const frequencyMoneyIs = (fm: number): Rule => ({
  any: [1, 2, 3, 4, 5].flatMap((f): Rule[] => {
    const from = Math.max(1, 2 * fm - 1 - f);
    const to = Math.min(5, 2 * fm - f);
    return from > to ? [] : [{ all: [{ field: "f_score", operator: "between", value: { from: f, to: f } }, { field: "m_score", operator: "between", value: { from, to } }] }];
  }),
});
