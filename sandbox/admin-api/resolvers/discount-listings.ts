// Lists of discounts, so that an app can look whether one it asked for was made.

import { statusOf, type DiscountDoc } from "../../shop/discount-model.ts";
import { connectRows, type Connection } from "../connections.ts";
import { compareIds, isId } from "../gids.ts";
import { parseSearch, refuseSearch, type Term } from "../search.ts";
import { nodeTypeOf } from "./discounts.ts";
import { asNode, type ApiContext, type Arguments, type FieldTable } from "./field-table.ts";

export const discountListings: FieldTable = {
  discountNodes: (_root, args, context) => list(args, context, () => true),
  codeDiscountNodes: (_root, args, context) => list(args, context, ({ code }) => code !== null),
  automaticDiscountNodes: (_root, args, context) => list(args, context, ({ code }) => code === null),
};

function list(args: Arguments, context: ApiContext, isMeant: (discount: DiscountDoc) => boolean): Connection<DiscountDoc> {
  const tests = parseSearch(typeof args.query === "string" ? args.query : null).map((term) => testOf(term, context));
  const found = context.state.discounts.list().filter((discount) => isMeant(discount) && tests.every((test) => test(discount)));
  for (const discount of found) asNode(nodeTypeOf(discount), discount);
  return connectRows(sort(found, String(args.sortKey)), ({ id }) => id, args);
}

function testOf({ field, operator, value }: Term, { clock }: ApiContext): (discount: DiscountDoc) => boolean {
  if (operator !== ":") throw refuseSearch(`${field}${operator}`);
  const text = value.toLowerCase();
  switch (field) {
    case "title": return ({ title }) => title.toLowerCase() === text;
    case "code": return ({ code }) => code?.toLowerCase() === text;
    case "method": return ({ code }) => (code === null ? "automatic" : "code") === text;
    case "status": return (discount) => statusOf(discount, clock.now().toISOString()).toLowerCase() === text;
    case "id":
      if (!isId(value)) throw refuseSearch(`id:${value} is not a number`);
      return ({ id }) => id === value;
    default: throw refuseSearch(`"${field}" is not a filter it knows`);
  }
}

function sort(rows: DiscountDoc[], sortKey: string): DiscountDoc[] {
  const by = (keyOf: (discount: DiscountDoc) => string): DiscountDoc[] => rows.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)) || compareIds(a.id, b.id));
  switch (sortKey) {
    case "ID": return rows.toSorted((a, b) => compareIds(a.id, b.id));
    case "CREATED_AT": return by(({ createdAt }) => createdAt);
    case "UPDATED_AT": return by(({ updatedAt }) => updatedAt);
    case "TITLE": return by(({ title }) => title);
    default: throw refuseSearch(`sortKey ${sortKey}`);
  }
}
