// Making, changing, ending and deleting discounts.

import type { DiscountDoc } from "../../shop/discount-model.ts";
import type { UserError } from "../refusals.ts";
import { readDiscountInput } from "./discount-inputs.ts";
import { discountGid, findDiscountNode, kindOf } from "./discounts.ts";
import type { ApiContext, Arguments, FieldTable } from "./field-table.ts";

type Kind = { name: string; argument: string; isCode: boolean; isShipping: boolean };

const kinds: readonly Kind[] = [
  { name: "discountCodeBasic", argument: "basicCodeDiscount", isCode: true, isShipping: false },
  { name: "discountCodeFreeShipping", argument: "freeShippingCodeDiscount", isCode: true, isShipping: true },
  { name: "discountAutomaticBasic", argument: "automaticBasicDiscount", isCode: false, isShipping: false },
  { name: "discountAutomaticFreeShipping", argument: "freeShippingAutomaticDiscount", isCode: false, isShipping: true },
];

const nodeField = (isCode: boolean): string => (isCode ? "codeDiscountNode" : "automaticDiscountNode");
const nodeType = (isCode: boolean): string => (isCode ? "DiscountCodeNode" : "DiscountAutomaticNode");
const notThere = (message: string, code: string | null): UserError[] => [{ field: ["id"], message, code }];

const withInfo = (error: UserError): object => ({ ...error, extraInfo: null });

export const discountMutations: FieldTable = Object.fromEntries([...kinds.flatMap(savingOf), ...[true, false].flatMap(endingOf)]);

type Entry = [string, FieldTable[string]];

function savingOf(kind: Kind): Entry[] {
  const { name, isCode } = kind;
  const answer = (node: DiscountDoc | null, userErrors: UserError[]): object => ({ [nodeField(isCode)]: node, userErrors: userErrors.map(withInfo) });
  const save = (fieldName: string, args: Arguments, context: ApiContext, known: DiscountDoc | null): object => {
    const wish = readDiscountInput(args[kind.argument], { ...kind, fieldName, known }, context);
    if (Array.isArray(wish)) return answer(null, wish);
    const { discounts } = context.state;
    return answer(known === null ? discounts.create(wish) : discounts.update(known.id, wish), []);
  };
  return [
    [`${name}Create`, (_root, args, context) => save(`${name}Create`, args, context, null)],
    [`${name}Update`, (_root, args, context) => {
      const known = findDiscountNode(args, context, [nodeType(isCode)]);
      if (known === null || kindOf(known) !== `D${name.slice(1)}`) return answer(null, notThere("Discount does not exist", null));
      return save(`${name}Update`, args, context, known);
    }],
  ];
}

function endingOf(isCode: boolean): Entry[] {
  const method = isCode ? "Code" : "Automatic";
  const missing = notThere(`${method} discount does not exist.`, "INVALID").map(withInfo);
  const find = (args: Arguments, context: ApiContext): DiscountDoc | null => findDiscountNode(args, context, [nodeType(isCode)]);
  return [
    [`discount${method}Deactivate`, (_root, args, context) => {
      const known = find(args, context);
      return { [nodeField(isCode)]: known && context.state.discounts.deactivate(known.id), userErrors: known ? [] : missing };
    }],
    [`discount${method}Delete`, (_root, args, context) => {
      const known = find(args, context);
      if (known) context.state.discounts.remove(known.id);
      return { [`deleted${method}DiscountId`]: known && discountGid(known), userErrors: known ? [] : missing };
    }],
  ];
}
