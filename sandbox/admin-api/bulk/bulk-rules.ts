// What Shopify lets a bulk query be, and the words with which it refuses the rest.

import {
  getNamedType, getNullableType, GraphQLError, isCompositeType, isInterfaceType, isListType, isObjectType, Kind, OperationTypeNode, parse, TypeInfo, validate, visit, visitWithTypeInfo,
  type DocumentNode, type FieldNode, type GraphQLOutputType, type GraphQLSchema,
} from "graphql";

const CONNECTIONS_MAX = 5;
const DEPTH_MAX = 2; // connections within connections

export type BulkPlan = { document: DocumentNode } | { refusals: string[] };

export function checkBulkQuery(schema: GraphQLSchema, text: string): BulkPlan {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    return { refusals: [`Invalid bulk query: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operations.some(({ operation }) => operation !== OperationTypeNode.QUERY)) return { refusals: ["Invalid operation type. Only `query` operations are supported."] };
  if (operations.length !== 1) return { refusals: ["Bulk queries must contain exactly one operation."] };
  const invalid = validate(schema, document).filter((error) => !isAboutPaging(error));
  if (invalid.length > 0) return { refusals: invalid.map(({ message }) => `Invalid bulk query: ${message}`) };
  const refusals = listRefusals(schema, document);
  return refusals.length > 0 ? { refusals } : { document };
}

/** Bulk queries page by themselves. */
const isAboutPaging = ({ message }: GraphQLError): boolean => /argument "(first|last)"/.test(message);

type Findings = {
  connections: number;
  deepest: number;
  topLevelNodes: string[];
  withNodes: Set<string>;
  withoutParentId: Set<string>;
  withoutNode: Set<string>;
  isConnectionInList: boolean;
};

function listRefusals(schema: GraphQLSchema, document: DocumentNode): string[] {
  const found = analyse(schema, document);
  const refusals: string[] = [];
  if (found.withNodes.size > 0) {
    refusals.push(`All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: 'products { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: '${[...found.withNodes].join("', '")}'.`);
  }
  for (const name of found.topLevelNodes) refusals.push(`Bulk queries cannot contain a top level \`${name}\` field.`);
  if (found.deepest > DEPTH_MAX) refusals.push(`Bulk queries cannot contain connections with a nesting depth greater than ${DEPTH_MAX}.`);
  if (found.connections > CONNECTIONS_MAX) refusals.push(`Bulk queries cannot contain more than ${CONNECTIONS_MAX} connections.`);
  if (found.withoutParentId.size > 0) {
    refusals.push(`The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${[...found.withoutParentId].join(", ")}.`);
  }
  if (found.withoutNode.size > 0) refusals.push(`All connections must be of types that implement the Node interface. Invalid connection fields: '${[...found.withoutNode].join("', '")}'.`);
  if (found.isConnectionInList) refusals.push("Queries that contain a connection field within a list field are not currently supported.");
  if (found.connections === 0) refusals.push("Bulk queries must contain at least one connection.");
  return refusals;
}

function analyse(schema: GraphQLSchema, document: DocumentNode): Findings {
  const found: Findings = { connections: 0, deepest: 0, topLevelNodes: [], withNodes: new Set(), withoutParentId: new Set(), withoutNode: new Set(), isConnectionInList: false };
  const typeInfo = new TypeInfo(schema);
  const open: FieldNode[] = []; // the connections around the field being looked at
  let listsAround = 0;
  visit(document, visitWithTypeInfo(typeInfo, {
    Field: {
      enter(field) {
        const type = typeInfo.getType();
        const parentName = typeInfo.getParentType()?.name ?? "";
        if (parentName === "QueryRoot" && /^nodes?$/.test(field.name.value)) found.topLevelNodes.push(field.name.value);
        if (isConnection(type)) {
          found.connections += 1;
          found.deepest = Math.max(found.deepest, open.length);
          found.isConnectionInList ||= listsAround > 0;
          const parent = open.at(-1);
          if (parent && !selectsNodeId(parent)) found.withoutParentId.add(parent.name.value);
          if (!holdsNodes(schema, type)) found.withoutNode.add(field.name.value);
          open.push(field);
        } else if (field.name.value === "nodes" && parentName.endsWith("Connection")) {
          found.withNodes.add(open.at(-1)?.name.value ?? "nodes");
        } else if (isObjectList(type) && !parentName.endsWith("Connection")) listsAround += 1;
      },
      leave(field) {
        const type = typeInfo.getType();
        if (isConnection(type)) open.pop();
        else if (isObjectList(type) && !typeInfo.getParentType()?.name.endsWith("Connection") && field.name.value !== "nodes") listsAround -= 1;
      },
    },
  }));
  return found;
}

export const isConnection = (type: GraphQLOutputType | null | undefined): boolean => {
  const named = type ? getNamedType(type) : null;
  return isObjectType(named) && named.name.endsWith("Connection") && "edges" in named.getFields();
};

const isObjectList = (type: GraphQLOutputType | null | undefined): boolean => {
  const nullable = type ? getNullableType(type) : null;
  return isListType(nullable) && isCompositeType(getNamedType(nullable));
};

function holdsNodes(schema: GraphQLSchema, connection: GraphQLOutputType | null | undefined): boolean {
  const named = connection ? getNamedType(connection) : null;
  const edge = isObjectType(named) ? named.getFields().edges : undefined;
  const edgeType = edge ? getNamedType(edge.type) : null;
  const node = isObjectType(edgeType) ? edgeType.getFields().node : undefined;
  const nodeType = node ? getNamedType(node.type) : null;
  if (isInterfaceType(nodeType) && nodeType.name === "Node") return true;
  return (isObjectType(nodeType) || isInterfaceType(nodeType)) && nodeType.getInterfaces().some((candidate) => candidate === schema.getType("Node"));
}

/** `edges { node { id` as it stands, or in a fragment that is left to the compiler to see. */
function selectsNodeId(connection: FieldNode): boolean {
  const node = findField(findField(connection, "edges"), "node");
  return (node?.selectionSet?.selections ?? []).some((selection) =>
    selection.kind === Kind.FIELD ? selection.name.value === "id" && selection.alias === undefined : true);
}

const findField = (parent: FieldNode | undefined, name: string): FieldNode | undefined =>
  parent?.selectionSet?.selections.find((selection): selection is FieldNode => selection.kind === Kind.FIELD && selection.name.value === name);
