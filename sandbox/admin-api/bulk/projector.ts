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

type Field = { name: string; read: (source: unknown) => unknown };
type NestedConnection = { read: (source: unknown, page: Arguments) => Connection<unknown>; project: ProjectNode };
type Compiled = { fields: Field[]; connections: NestedConnection[] };

export function compileBulkQuery(schema: GraphQLSchema, document: DocumentNode, context: ApiContext): BulkRoot[] {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const root = schema.getQueryType();
  if (!operation || !root) throw new GraphQLError("There is no query to run.");
  const compiler = createCompiler(document, context);
  return compiler.flatten(operation.selectionSet, root).map((field) => {
    const definition = root.getFields()[field.name.value];
    if (!definition || !isConnection(definition.type)) throw notImplemented("bulk query", field.name.value, "only connections at the top");
    checkAccess(context, root.name, field.name.value, getNamedType(definition.type).name);
    return { fieldName: field.name.value, args: getArgumentValues(definition, field), project: compiler.compileConnection(field, definition.type) };
  });
}

const NOTHING: Connection<unknown> = { edges: [], nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null } };

type Compiler = {
  flatten(selectionSet: SelectionSetNode, type: GraphQLObjectType): FieldNode[];
  compileConnection(field: FieldNode, type: GraphQLOutputType): ProjectNode;
};

function createCompiler(document: DocumentNode, context: ApiContext): Compiler {
  const fragments = new Map(document.definitions.filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
    .map((fragment) => [fragment.name.value, fragment]));

  /** The fields of a selection, fragments opened; same-named fields are read once, as their arguments must agree. */
  function flatten(selectionSet: SelectionSetNode, type: GraphQLObjectType): FieldNode[] {
    const fields = new Map<string, FieldNode>();
    const add = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (selection.directives?.length) throw notImplemented("bulk query", `@${selection.directives[0]?.name.value}`);
        if (selection.kind === Kind.FIELD) addField(fields, selection);
        else {
          const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
          const condition = fragment?.typeCondition?.name.value ?? type.name;
          const applies = condition === type.name || type.getInterfaces().some(({ name }) => name === condition);
          if (fragment && applies) add(fragment.selectionSet);
        }
      }
    };
    add(selectionSet);
    return [...fields.values()];
  }

  function compileObject(selectionSet: SelectionSetNode, type: GraphQLObjectType): Compiled {
    const compiled: Compiled = { fields: [], connections: [] };
    for (const field of flatten(selectionSet, type)) {
      const fieldName = field.name.value;
      const responseName = field.alias?.value ?? fieldName;
      if (fieldName === "__typename") {
        compiled.fields.push({ name: responseName, read: () => type.name });
        continue;
      }
      const definition = type.getFields()[fieldName];
      if (!definition) throw notImplemented(type.name, fieldName);
      checkAccess(context, type.name, fieldName, getNamedType(definition.type).name);
      const resolve = findResolver(type.name, fieldName);
      if (isConnection(definition.type)) {
        const args = getArgumentValues(definition, field);
        compiled.connections.push({
          // The schema says this field is a connection, and all connections here are made by connect().
          read: (source, page) => resolve(source, { ...args, ...page }, context) as Connection<unknown>,
          project: compileConnection(field, definition.type),
        });
        continue;
      }
      const args = getArgumentValues(definition, field);
      const { complete, connections } = compileValue(field, definition.type, `${type.name}.${fieldName}`);
      compiled.fields.push({ name: responseName, read: (source) => complete(resolve(source, args, context)) });
      for (const nested of connections) {
        compiled.connections.push({
          ...nested,
          read: (source, page) => {
            const value = resolve(source, args, context);
            return value == null ? NOTHING : nested.read(value, page);
          },
        });
      }
    }
    return compiled;
  }

  function compileValue(field: FieldNode, type: GraphQLOutputType, path: string): { complete: (value: unknown) => unknown; connections: NestedConnection[] } {
    if (isNonNullType(type)) {
      const { complete, connections } = compileValue(field, getNullableType(type), path);
      const demand = (value: unknown): unknown => {
        const completed = complete(value);
        if (completed === null) throw new GraphQLError(`Cannot return null for non-nullable field ${path}.`);
        return completed;
      };
      return { complete: demand, connections };
    }
    if (isListType(type)) {
      const { complete, connections } = compileValue(field, type.ofType, path);
      return { complete: (value) => (Array.isArray(value) ? value.map(complete) : null), connections };
    }
    if (isLeafType(type)) return { complete: (value) => (value == null ? null : type.serialize(value)), connections: [] };
    if (!isObjectType(type) || !field.selectionSet) throw notImplemented("bulk query", path, "its type is abstract");
    const { fields, connections } = compileObject(field.selectionSet, type);
    return { complete: (value) => (value == null ? null : readRow(fields, value)), connections };
  }

  function compileConnection(field: FieldNode, type: GraphQLOutputType): ProjectNode {
    const { nodeField, nodeType } = findNodeSelection(field, type);
    if (!nodeField.selectionSet) throw notImplemented("bulk query", field.name.value);
    const { fields, connections } = compileObject(nodeField.selectionSet, nodeType);
    return (source) => ({ row: readRow(fields, source), children: connections.length === 0 ? [] : listChildren(connections, source) });
  }

  function findNodeSelection(field: FieldNode, type: GraphQLOutputType): { nodeField: FieldNode; nodeType: GraphQLObjectType } {
    const connectionType = getNamedType(type);
    const edges = isObjectType(connectionType) && field.selectionSet ? flatten(field.selectionSet, connectionType).find(({ name }) => name.value === "edges") : undefined;
    const edgeType = isObjectType(connectionType) ? getNamedType(connectionType.getFields().edges?.type) : undefined;
    const nodeField = isObjectType(edgeType) && edges?.selectionSet ? flatten(edges.selectionSet, edgeType).find(({ name }) => name.value === "node") : undefined;
    const nodeType = isObjectType(edgeType) ? getNamedType(edgeType.getFields().node?.type) : undefined;
    if (!nodeField || !isObjectType(nodeType)) throw notImplemented("bulk query", field.name.value, "it selects no edges { node { … } } of one type");
    return { nodeField, nodeType };
  }

  return { flatten, compileConnection };
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

function readRow(fields: readonly Field[], source: unknown): Row {
  const row: Row = {};
  for (const { name, read } of fields) row[name] = read(source);
  return row;
}

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
