// The errors of the Admin API: Shopify's own, and the sandbox's loud word about what it does not do.

import { GraphQLError } from "graphql";
import { hasScope, type Requirement } from "./access.ts";

export const notImplemented = (typeName: string, fieldName: string, why?: string): GraphQLError =>
  new GraphQLError(`sandbox: ${typeName}.${fieldName} is not implemented${why === undefined ? "" : ` (${why})`}`, {
    extensions: { code: "SANDBOX_NOT_IMPLEMENTED" },
  });

export const accessDenied = (fieldName: string, { sentence }: Requirement): GraphQLError =>
  new GraphQLError(`Access denied for ${fieldName} field. Required access: ${sentence}`, {
    extensions: { code: "ACCESS_DENIED", documentation: "https://shopify.dev/api/usage/access-scopes", requiredAccess: sentence },
  });

/** For mutations whose scope depends on what they are pointed at, so that the schema's table does not know it. */
export function demandScope(granted: ReadonlySet<string>, scope: string, fieldName: string): void {
  if (!hasScope(granted, scope)) throw accessDenied(fieldName, { scopes: [scope], sentence: `\`${scope}\` access scope.` });
}

/** What a mutation answers when the wish, and not the question, was wrong. */
export type UserError = { field: string[] | null; message: string; code?: string | null; elementIndex?: number | null };

export const userError = (field: string, message: string): UserError => ({ field: [field], message });
