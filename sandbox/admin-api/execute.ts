// One GraphQL request from text to answer: parsed, validated on the real schema, weighed, throttled, executed; errors in Shopify's shape.

import {
  execute, getVariableValues, GraphQLError, Kind, parse, validate,
  type DocumentNode, type GraphQLFormattedError, type GraphQLSchema, type OperationDefinitionNode,
} from "graphql";
import { countCost } from "./cost.ts";
import type { ApiContext } from "./resolvers/field-table.ts";
import { resolveField, resolveType } from "./resolvers/tables.ts";
import type { Bucket, ThrottleStatus } from "./throttle.ts";

export type GraphqlRequest = { query: string; variables: Record<string, unknown>; operationName: string | null };
export type Cost = { requestedQueryCost: number; actualQueryCost: number | null; throttleStatus: ThrottleStatus };
export type GraphqlAnswer = { data?: unknown; errors?: GraphQLFormattedError[]; extensions?: { cost: Cost } };

const QUERY_COST_MAX = 1_000; // points one query may ask for
const DOCUMENTS_KEPT = 300; // an app asks the same few questions again and again

export type Executor = (request: GraphqlRequest, context: ApiContext) => Promise<GraphqlAnswer>;

export function createExecutor(schema: GraphQLSchema, bucket: Bucket): Executor {
  const documents = new Map<string, DocumentNode | GraphQLError[]>();

  function read(query: string): DocumentNode | GraphQLError[] {
    const known = documents.get(query);
    if (known) return known;
    const fresh = parseAndValidate(schema, query);
    if (documents.size >= DOCUMENTS_KEPT) documents.clear();
    documents.set(query, fresh);
    return fresh;
  }

  return async ({ query, variables: raw, operationName }, context) => {
    const document = read(query);
    if (Array.isArray(document)) return { errors: document.map(formatError) };
    const operation = findOperation(document, operationName);
    if (operation instanceof GraphQLError) return { errors: [formatError(operation)] };
    const { coerced: variables, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], raw);
    if (errors) return { errors: errors.map(formatError) };

    const question = { schema, document, operation, variables };
    const requested = countCost(question);
    if (requested > QUERY_COST_MAX) return { errors: [formatError(tooDear(requested))] };
    if (!bucket.take(requested)) return throttled(requested, bucket.read());

    const result = await execute({ schema, document, operationName, variableValues: raw, contextValue: context, fieldResolver: resolveField, typeResolver: resolveType });
    const actual = Math.min(requested, countCost(question, result.data ?? {}));
    bucket.giveBack(requested - actual);
    return {
      ...(result.data === undefined ? {} : { data: result.data }),
      ...(result.errors ? { errors: result.errors.map(formatError) } : {}),
      extensions: { cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: bucket.read() } },
    };
  };
}

function parseAndValidate(schema: GraphQLSchema, query: string): DocumentNode | GraphQLError[] {
  try {
    const document = parse(query, { maxTokens: 20_000 });
    const errors = validate(schema, document);
    return errors.length > 0 ? [...errors] : document;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function findOperation(document: DocumentNode, name: string | null): OperationDefinitionNode | GraphQLError {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const found = name === null ? operations[0] : operations.find((operation) => operation.name?.value === name);
  if (!found || (name === null && operations.length > 1)) return new GraphQLError(name === null ? "An operation name is required" : `No operation named "${name}"`);
  return found;
}

export const throttled = (requestedQueryCost: number, throttleStatus: ThrottleStatus): GraphqlAnswer => ({
  errors: [{ message: "Throttled", extensions: { code: "THROTTLED", documentation: "https://shopify.dev/api/usage/rate-limits" } }],
  extensions: { cost: { requestedQueryCost, actualQueryCost: null, throttleStatus } },
});

const tooDear = (cost: number): GraphQLError =>
  new GraphQLError(`Query cost is ${cost}, which exceeds the single query max cost limit (${QUERY_COST_MAX}).\n\nSee https://shopify.dev/api/usage/rate-limits for more information on how the cost of a query is calculated.\n\nTo query larger amounts of data with fewer limits, bulk operations should be used instead.`, {
    extensions: { code: "MAX_COST_EXCEEDED", cost, maxCost: QUERY_COST_MAX, documentation: "https://shopify.dev/api/usage/rate-limits" },
  });

// graphql-js finds the mistakes, Shopify has its own words and codes for the most frequent ones.
const wordings: { pattern: RegExp; say: (match: RegExpExecArray) => { message?: string; extensions: Record<string, unknown> } }[] = [
  {
    pattern: /^Cannot query field "(\w+)" on type "(\w+)"/,
    say: ([, fieldName, typeName]) => ({ message: `Field '${fieldName}' doesn't exist on type '${typeName}'`, extensions: { code: "undefinedField", typeName, fieldName } }),
  },
  {
    pattern: /^Unknown argument "(\w+)" on field "(\w+)\.(\w+)"/,
    say: ([, argumentName, , name]) => ({ message: `Field '${name}' doesn't accept argument '${argumentName}'`, extensions: { code: "argumentNotAccepted", name, typeName: "Field", argumentName } }),
  },
  {
    pattern: /^Variable "\$(\w+)"/,
    say: () => ({ extensions: { code: "INVALID_VARIABLE" } }),
  },
];

function formatError(error: GraphQLError): GraphQLFormattedError {
  const formatted = error.toJSON();
  if (formatted.extensions) return formatted;
  for (const { pattern, say } of wordings) {
    const match = pattern.exec(error.message);
    if (match) return { ...formatted, ...say(match) };
  }
  return formatted;
}
