// The errors of the Admin API: Shopify's own, and the sandbox's loud word about what it does not do.

import { GraphQLError } from "graphql";
import type { Requirement } from "./access.ts";

export const notImplemented = (typeName: string, fieldName: string, why?: string): GraphQLError =>
  new GraphQLError(`sandbox: ${typeName}.${fieldName} is not implemented${why === undefined ? "" : ` (${why})`}`, {
    extensions: { code: "SANDBOX_NOT_IMPLEMENTED" },
  });

export const accessDenied = (fieldName: string, { sentence }: Requirement): GraphQLError =>
  new GraphQLError(`Access denied for ${fieldName} field. Required access: ${sentence}`, {
    extensions: { code: "ACCESS_DENIED", documentation: "https://shopify.dev/api/usage/access-scopes", requiredAccess: sentence },
  });
