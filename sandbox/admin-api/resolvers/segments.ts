// Customer segments and their members; names and refusals are worded as Shopify words them.

import { GraphQLError } from "graphql";
import type { CustomerDoc, Id } from "../../shop/model.ts";
import { listMembers, parseSegmentQuery, type SegmentDoc, type SegmentTest } from "../../shop/segments.ts";
import { connectRows, type Connection } from "../connections.ts";
import { compareIds, isId, parseGid, toGid } from "../gids.ts";
import { notImplemented, userError, type UserError } from "../refusals.ts";
import { parseSearch, refuseSearch } from "../search.ts";
import { customers } from "./customers.ts";
import { asNode, toDateTime, type ApiContext, type Arguments, type FieldTable } from "./field-table.ts";
import { metafieldFieldsOf } from "./metafields.ts";

export const segments: FieldTable<SegmentDoc> = {
  id: ({ id }) => toGid("Segment", id),
  name: ({ name }) => name,
  query: ({ query }) => query,
  creationDate: ({ createdAt }) => toDateTime(createdAt),
  lastEditDate: ({ editedAt }) => toDateTime(editedAt),
};

const likeCustomer = ["firstName", "lastName", "displayName", "note", "numberOfOrders", "amountSpent", "defaultAddress", "defaultEmailAddress", "defaultPhoneNumber"];
const memberGid = ({ id }: CustomerDoc): string => toGid("CustomerSegmentMember", id);

export const segmentMembers: FieldTable<CustomerDoc> = {
  ...Object.fromEntries(Object.entries(customers).filter(([name]) => likeCustomer.includes(name))),
  id: memberGid,
  lastOrderId: ({ id }, _args, { state }) => {
    const { lastOrderId } = state.customerTotals(id);
    return lastOrderId && toGid("Order", lastOrderId);
  },
  ...metafieldFieldsOf<CustomerDoc>(({ id }) => toGid("Customer", id)),
};

export const segmentQueries: FieldTable = {
  segment: (_root, args, context) => findSegment(args.id, context),
  segments: (_root, args, context) => connectRows(sortSegments(context.segments.list().filter(testOf(args.query)), String(args.sortKey)), ({ id }) => id, args),
  customerSegmentMembers: (_root, args, context) => connectMembers(args, context),
};

export const findSegment = (gid: unknown, { segments: stored }: ApiContext): SegmentDoc | null => {
  const parsed = parseGid(String(gid));
  return parsed?.typeName === "Segment" ? asNode("Segment", stored.find(parsed.id)) : null;
};

function testOf(query: unknown): (segment: SegmentDoc) => boolean {
  const tests = parseSearch(typeof query === "string" ? query : null).map(({ field, operator, value }): ((segment: SegmentDoc) => boolean) => {
    if (operator !== ":") throw refuseSearch(`${field}${operator}`);
    if (field === "name") return ({ name }) => name.toLowerCase() === value.toLowerCase();
    if (field === "id" && isId(value)) return ({ id }) => id === value;
    throw refuseSearch(`"${field}" is not a filter it knows`);
  });
  return (segment) => tests.every((test) => test(segment));
}

function sortSegments(rows: SegmentDoc[], sortKey: string): SegmentDoc[] {
  const by = (keyOf: (segment: SegmentDoc) => string): SegmentDoc[] => rows.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)) || compareIds(a.id, b.id));
  switch (sortKey) {
    case "ID": return rows.toSorted((a, b) => compareIds(a.id, b.id));
    case "CREATION_DATE": return by(({ createdAt }) => createdAt);
    case "LAST_EDIT_DATE": return by(({ editedAt }) => editedAt);
    default: throw refuseSearch(`sortKey ${sortKey}`);
  }
}

const MEMBERS_PAGE_MAX = 1_000; // Shopify allows more here than elsewhere

function connectMembers(args: Arguments, context: ApiContext): Connection<CustomerDoc> & { totalCount: number } {
  for (const name of ["queryId", "sortKey", "timezone"]) if (args[name] != null) throw notImplemented("QueryRoot", "customerSegmentMembers", `with ${name}`);
  const members = listMembers(context.state, memberTestOf(args, context));
  return Object.assign(connectRows(members, ({ id }): Id => id, args, MEMBERS_PAGE_MAX), { totalCount: members.length });
}

function memberTestOf({ query, segmentId }: Arguments, context: ApiContext): SegmentTest {
  if (typeof query === "string" && typeof segmentId === "string") throw new GraphQLError("Providing both segment_id and query is not supported.");
  if (typeof query === "string") return readTest("QueryRoot", "customerSegmentMembers", query);
  if (typeof segmentId !== "string") throw new GraphQLError("You must provide one of segment_id or query.");
  const segment = findSegment(segmentId, context);
  if (segment === null) throw new GraphQLError("Segment does not exist");
  return readTest("Segment", "query", segment.query);
}

function readTest(typeName: string, fieldName: string, query: string): SegmentTest {
  const test = parseSegmentQuery(query);
  if (test === null) throw notImplemented(typeName, fieldName, `the query ${query}; customer_tags CONTAINS '…' and NOT CONTAINS are`);
  return test;
}

export const segmentMutations: FieldTable = {
  segmentCreate: (_root, args, context) => saveSegment("segmentCreate", { name: String(args.name), query: String(args.query) }, null, context),
  segmentUpdate: (_root, args, context) => {
    const segment = findSegment(args.id, context);
    if (segment === null) return { segment: null, userErrors: [notThere] };
    const { name, query } = args;
    return saveSegment("segmentUpdate", { name: typeof name === "string" ? name : segment.name, query: typeof query === "string" ? query : segment.query }, segment, context);
  },
  segmentDelete: (_root, args, context) => {
    const segment = findSegment(args.id, context);
    if (segment === null) return { deletedSegmentId: null, userErrors: [notThere] };
    context.segments.remove(segment.id);
    return { deletedSegmentId: toGid("Segment", segment.id), userErrors: [] };
  },
};

const notThere = userError("id", "Segment does not exist");

function saveSegment(fieldName: string, wish: { name: string; query: string }, known: SegmentDoc | null, { segments: stored }: ApiContext): object {
  const errors = [...faultsOf("name", wish.name), ...faultsOf("query", wish.query)];
  if (errors.length > 0) return { segment: null, userErrors: errors };
  readTest("Mutation", fieldName, wish.query);
  const name = stored.findFreeName(wish.name.trim(), known?.id ?? null);
  if (name === null) return { segment: null, userErrors: [userError("name", "Name has already been taken")] };
  const saved = { name, query: wish.query.trim() };
  return { segment: known === null ? stored.create(saved) : stored.update(known, saved), userErrors: [] };
}

const LENGTHS_MAX = { name: 255, query: 5_000 } as const; // Shopify's
const LABELS = { name: "Name", query: "Query" } as const;

function faultsOf(field: keyof typeof LENGTHS_MAX, text: string): UserError[] {
  const max = LENGTHS_MAX[field];
  if (text.trim() === "") return [userError(field, `${LABELS[field]} can't be blank`)];
  return text.trim().length > max ? [userError(field, `${LABELS[field]} is too long (maximum is ${max} characters)`)] : [];
}
