// What a query costs: 0 for a scalar, 1 for an object, 2 + rows × row for a connection, 10 for a mutation; the dearest branch of an abstract type.
// Shopify publishes the shape of this sum but not the exact connection formula, so an app must read the cost and never predict it.

import {
  getArgumentValues, getNamedType, getNullableType, isAbstractType, isCompositeType, isLeafType, isListType, isObjectType, Kind, OperationTypeNode,
  type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLCompositeType, type GraphQLField, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode,
} from "graphql";
import { isConnection } from "./bulk/bulk-rules.ts";

const MUTATION_COST = 10;
const CONNECTION_COST = 2;

export type CostQuestion = { schema: GraphQLSchema; document: DocumentNode; operation: OperationDefinitionNode; variables: Record<string, unknown> };

/** With the answer at hand, what was really there is counted instead of what was asked for. */
export function countCost({ schema, document, operation, variables }: CostQuestion, answer?: unknown): number {
  const fragments = new Map(document.definitions.filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
    .map((fragment) => [fragment.name.value, fragment]));

  function costOfSet(set: SelectionSetNode, type: GraphQLCompositeType, value: unknown): number {
    let sum = 0;
    let dearest = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        sum += costOfField(selection, type, value);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!fragment) continue;
      const condition = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (!isCompositeType(condition)) continue;
      const cost = costOfSet(fragment.selectionSet, condition, value);
      if (isAbstractType(type)) dearest = Math.max(dearest, cost);
      else sum += cost;
    }
    return sum + dearest;
  }

  function costOfField(node: FieldNode, type: GraphQLCompositeType, parent: unknown): number {
    const definition = "getFields" in type ? type.getFields()[node.name.value] : undefined;
    const named = definition && getNamedType(definition.type);
    if (!definition || !named || isLeafType(named) || !isCompositeType(named) || named.name.startsWith("__") || !node.selectionSet) {
      return type === schema.getMutationType() ? MUTATION_COST : 0;
    }
    const value = answer === undefined ? undefined : readProperty(parent, node.alias?.value ?? node.name.value);
    if (answer !== undefined && (value ?? null) === null) return type === schema.getMutationType() ? MUTATION_COST : 0;
    if (isConnection(definition.type)) return costOfConnection(node, definition, named, value);
    const own = type === schema.getMutationType() ? MUTATION_COST : 1;
    const count = isListType(getNullableType(definition.type)) ? countListed(node, definition) : 1;
    // A list is one object however long, but for the list of ids that was asked for by name.
    return count * (own + costOfSet(node.selectionSet, named, Array.isArray(value) ? value[0] : value));
  }

  function costOfConnection(node: FieldNode, definition: GraphQLField<unknown, unknown>, type: GraphQLCompositeType, value: unknown): number {
    const { first, last } = readArguments(definition, node);
    const asked = Number(first ?? last ?? 0);
    let cost = CONNECTION_COST;
    for (const selection of node.selectionSet?.selections ?? []) {
      if (selection.kind !== Kind.FIELD || !isObjectType(type)) continue;
      const listed = selection.name.value;
      if (listed !== "nodes" && listed !== "edges") continue;
      const rows = answer === undefined ? undefined : readProperty(value, selection.alias?.value ?? listed);
      const rowType = getNamedType(type.getFields()[listed]?.type);
      if (!isCompositeType(rowType) || !selection.selectionSet) continue;
      const set = selection.selectionSet;
      const rowCost = (row: unknown): number => (listed === "nodes" ? 1 : 0) + costOfSet(set, rowType, row);
      cost += Array.isArray(rows) ? rows.reduce((sum: number, row) => sum + rowCost(row), 0) : asked * rowCost(undefined);
    }
    return cost;
  }

  const readArguments = (definition: GraphQLField<unknown, unknown>, node: FieldNode): Record<string, unknown> => getArgumentValues(definition, node, variables);
  const countListed = (node: FieldNode, definition: GraphQLField<unknown, unknown>): number => {
    const { ids } = readArguments(definition, node);
    return Array.isArray(ids) ? ids.length : 1;
  };

  const root = operation.operation === OperationTypeNode.MUTATION ? schema.getMutationType() : schema.getQueryType();
  return root ? costOfSet(operation.selectionSet, root, answer) : 0;
}

const readProperty = (value: unknown, name: string): unknown => (typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined);
