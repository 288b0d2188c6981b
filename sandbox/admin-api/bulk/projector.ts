// A bulk query compiled once into plain functions over the same resolvers, since graphql-js would plan every row of half a million anew.

import {
  getArgumentValues, getNamedType, getNullableType, GraphQLError, isLeafType, isListType, isNonNullType, isObjectType, Kind,
  type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema, type SelectionSetNode,
} from "graphql";
import { PAGE_MAX, type Connection } from "../connections.ts";
import { notImplemented } from "../refusals.ts";
import type { ApiContext, Arguments } from "../resolvers/field-table.ts";
import { checkAccess, findResolver } from "../resolvers/tables.ts";
import { isConnection } from "./bulk-rules.ts";

export type Row = Record<string, unknown>;
/** A row's own line, and what its connections hold. */
export type ProjectNode = (source: unknown) => { row: Row; children: Iterable<{ source: unknown; project: ProjectNode }> };
export type BulkRoot = { fieldName: string; args: Arguments; project: ProjectNode };

type Compilation = { context: ApiContext; fragments: ReadonlyMap<string, FragmentDefinitionNode> };
type Field = { name: string; read: (source: unknown) => unknown };
type NestedConnection = { read: (source: unknown, page: Arguments) => Connection<unknown>; project: ProjectNode };
type CompiledObject = { fields: Field[]; connections: NestedConnection[] };
type CompiledValue = { complete: (value: unknown) => unknown; connections: NestedConnection[] };

export function compileBulkQuery(schema: GraphQLSchema, document: DocumentNode, context: ApiContext): BulkRoot[] {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const root = schema.getQueryType();
  if (!operation || !root) throw new GraphQLError("There is no query to run.");
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const compilation: Compilation = { context, fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])) };
  return flatten(compilation, operation.selectionSet, root).map((field) => {
    const definition = root.getFields()[field.name.value];
    if (!definition || !isConnection(definition.type)) throw notImplemented("bulk query", field.name.value, "only connections at the top");
    checkAccess(context, root.name, field.name.value, getNamedType(definition.type).name);
    return { fieldName: field.name.value, args: getArgumentValues(definition, field), project: compileConnection(compilation, field, definition.type) };
  });
}

function compileConnection(compilation: Compilation, field: FieldNode, type: GraphQLOutputType): ProjectNode {
  const { set, nodeType } = findNodeSelection(compilation, field, type);
  const { fields, connections } = compileObject(compilation, set, nodeType);
  return (source) => ({ row: readRow(fields, source), children: connections.length === 0 ? [] : listChildren(connections, source) });
}

function compileObject(compilation: Compilation, set: SelectionSetNode, type: GraphQLObjectType): CompiledObject {
  const compiled: CompiledObject = { fields: [], connections: [] };
  const { context } = compilation;
  for (const field of flatten(compilation, set, type)) {
    const fieldName = field.name.value;
    const name = field.alias?.value ?? fieldName;
    if (fieldName === "__typename") {
      compiled.fields.push({ name, read: () => type.name });
      continue;
    }
    const definition = type.getFields()[fieldName];
    if (!definition) throw notImplemented(type.name, fieldName);
    checkAccess(context, type.name, fieldName, getNamedType(definition.type).name);
    const resolve = findResolver(type.name, fieldName);
    const args: Arguments = getArgumentValues(definition, field);
    if (isConnection(definition.type)) {
      const read: NestedConnection["read"] = (source, page) => resolve(source, { ...args, ...page }, context) as Connection<unknown>; // the schema says so, and connect() makes them all
      compiled.connections.push({ read, project: compileConnection(compilation, field, definition.type) });
      continue;
    }
    const { complete, connections } = compileValue(compilation, field, definition.type, `${type.name}.${fieldName}`);
    compiled.fields.push({ name, read: (source) => complete(resolve(source, args, context)) });
    for (const nested of connections) compiled.connections.push({ ...nested, read: (source, page) => readBelow(nested, resolve(source, args, context), page) });
  }
  return compiled;
}

function compileValue(compilation: Compilation, field: FieldNode, type: GraphQLOutputType, path: string): CompiledValue {
  if (isNonNullType(type)) {
    const { complete, connections } = compileValue(compilation, field, getNullableType(type), path);
    const demand = (value: unknown): unknown => {
      const completed = complete(value);
      if (completed === null) throw new GraphQLError(`Cannot return null for non-nullable field ${path}.`);
      return completed;
    };
    return { complete: demand, connections };
  }
  if (isListType(type)) {
    const { complete, connections } = compileValue(compilation, field, type.ofType, path);
    return { complete: (value) => (Array.isArray(value) ? value.map(complete) : null), connections };
  }
  if (isLeafType(type)) return { complete: (value) => (isNothing(value) ? null : type.serialize(value)), connections: [] };
  if (!isObjectType(type) || !field.selectionSet) throw notImplemented("bulk query", path, "its type is abstract");
  const { fields, connections } = compileObject(compilation, field.selectionSet, type);
  return { complete: (value) => (isNothing(value) ? null : readRow(fields, value)), connections };
}

/** The fields of a selection, fragments opened; what is selected twice is merged. */
function flatten({ fragments }: Compilation, selectionSet: SelectionSetNode, type: GraphQLObjectType): FieldNode[] {
  const fields = new Map<string, FieldNode>();
  const add = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.directives?.length) throw notImplemented("bulk query", `@${selection.directives[0]?.name.value ?? ""}`);
      if (selection.kind === Kind.FIELD) {
        addField(fields, selection);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      const condition = fragment?.typeCondition?.name.value ?? type.name;
      const applies = condition === type.name || type.getInterfaces().some(({ name }) => name === condition);
      if (fragment && applies) add(fragment.selectionSet);
    }
  };
  add(selectionSet);
  return [...fields.values()];
}

function addField(fields: Map<string, FieldNode>, field: FieldNode): void {
  const name = field.alias?.value ?? field.name.value;
  const known = fields.get(name);
  if (!known?.selectionSet || !field.selectionSet) {
    fields.set(name, known ?? field);
    return;
  }
  fields.set(name, { ...known, selectionSet: { ...known.selectionSet, selections: [...known.selectionSet.selections, ...field.selectionSet.selections] } });
}

function findNodeSelection(compilation: Compilation, field: FieldNode, type: GraphQLOutputType): { set: SelectionSetNode; nodeType: GraphQLObjectType } {
  const edges = descend(compilation, getNamedType(type), field.selectionSet, "edges");
  const node = descend(compilation, edges.type, edges.set, "node");
  if (!node.set || !isObjectType(node.type)) throw notImplemented("bulk query", field.name.value, "it selects no edges { node { … } } of one type");
  return { set: node.set, nodeType: node.type };
}

type Below = { type: unknown; set: SelectionSetNode | undefined };

function descend(compilation: Compilation, type: unknown, set: SelectionSetNode | undefined, fieldName: string): Below {
  if (!isObjectType(type) || !set) return { type: undefined, set: undefined };
  const selected = flatten(compilation, set, type).find(({ name }) => name.value === fieldName);
  return { type: getNamedType(type.getFields()[fieldName]?.type), set: selected?.selectionSet };
}

function readRow(fields: readonly Field[], source: unknown): Row {
  const row: Row = {};
  for (const { name, read } of fields) row[name] = read(source);
  return row;
}

const NOTHING: Connection<unknown> = { edges: [], nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null } };

const isNothing = (value: unknown): boolean => value === null || value === undefined;
const readBelow = ({ read }: NestedConnection, source: unknown, page: Arguments): Connection<unknown> => (isNothing(source) ? NOTHING : read(source, page));

function* listChildren(connections: readonly NestedConnection[], source: unknown): Iterable<{ source: unknown; project: ProjectNode }> {
  for (const { read, project } of connections) {
    for (let after: string | null = null; ; ) {
      const { nodes, pageInfo } = read(source, { first: PAGE_MAX, last: undefined, before: undefined, after });
      for (const node of nodes) yield { source: node, project };
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
  }
}
