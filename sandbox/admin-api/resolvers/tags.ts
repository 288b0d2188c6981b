// Tags of customers and products, added and removed beside those of others; what changes nothing is no news.

import { z } from "zod";
import { addTags, removeTags } from "../../shop/tags.ts";
import { parseGid } from "../gids.ts";
import { demandScope, notImplemented, userError } from "../refusals.ts";
import { asNode, type ApiContext, type Arguments, type FieldTable } from "./field-table.ts";

type Change = typeof addTags;

export const tagMutations: FieldTable = {
  tagsAdd: (_root, args, context) => changeTags("tagsAdd", args, context, addTags),
  tagsRemove: (_root, args, context) => changeTags("tagsRemove", args, context, removeTags),
};

function changeTags(fieldName: string, args: Arguments, { state, granted }: ApiContext, change: Change): object {
  // A tag holds no comma, so "a, b" is two.
  const asked = z.array(z.string()).parse(args.tags).flatMap((text) => text.split(",")).map((tag) => tag.trim()).filter(Boolean);
  const gid = parseGid(String(args.id));
  switch (gid?.typeName) {
    case "Customer": {
      demandScope(granted, "write_customers", fieldName);
      return answer("Customer", state.getCustomer(gid.id), (customer, tags) => state.updateCustomer(customer.id, { tags }), (has) => change(has, asked));
    }
    case "Product": {
      demandScope(granted, "write_products", fieldName);
      return answer("Product", state.getProduct(gid.id), (product, tags) => state.updateProduct(product.id, { tags }), (has) => change(has, asked));
    }
    default: throw notImplemented("Mutation", fieldName, `for ${gid?.typeName ?? "what is not a global id"}`);
  }
}

function answer<T extends { tags: string[] }>(typeName: string, owner: T | null, write: (owner: T, tags: string[]) => T, change: (has: readonly string[]) => string[]): object {
  if (owner === null) return { node: null, userErrors: [userError("id", `${typeName} does not exist`)] };
  const tags = change(owner.tags);
  const isChanged = tags.length !== owner.tags.length; // adding only grows the list, removing only shortens it
  return { node: asNode(typeName, isChanged ? write(owner, tags) : owner), userErrors: [] };
}
