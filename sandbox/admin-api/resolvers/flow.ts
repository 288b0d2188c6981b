// Triggers for Shopify Flow: taken when an extension declares them and their payload has what was declared.

import { isId } from "../gids.ts";
import { notImplemented, userError } from "../refusals.ts";
import type { FlowField } from "../../shop/flow.ts";
import type { ApiContext, Arguments, FieldTable } from "./field-table.ts";

const PAYLOAD_BYTES_MAX = 50_000; // Shopify's

export const flowMutations: FieldTable = {
  flowTriggerReceive(_root, args, context) {
    const refusal = refuse(args, context);
    if (refusal !== null) return { userErrors: [refusal] };
    context.flow.receive(String(args.handle), Object.fromEntries(Object.entries(args.payload ?? {})));
    return { userErrors: [] };
  },
};

function refuse({ body, handle, payload }: Arguments, { flow, state }: ApiContext): object | null {
  if (body != null && (handle != null || payload != null)) return userError("body", "Cannot use `handle` and `payload` arguments with `body` argument");
  if (body != null) throw notImplemented("Mutation", "flowTriggerReceive", "with the deprecated body; use handle and payload");
  if (typeof handle !== "string" || typeof payload !== "object" || payload === null) return userError("handle", "`handle` and `payload` arguments are required");
  if (Buffer.byteLength(JSON.stringify(payload)) > PAYLOAD_BYTES_MAX) return schemaError([`Properties size exceeds the limit of ${PAYLOAD_BYTES_MAX} bytes.`]);
  const trigger = flow.triggers.find((each) => each.handle === handle);
  if (trigger === undefined) return schemaError([`Invalid handle '${handle}'.`]);
  const given = new Map<string, unknown>(Object.entries(payload));
  const faults = [
    ...[...given.keys()].filter((key) => !trigger.fields.some((field) => field.key === key)).map((key) => `Invalid field: '${key}'.`),
    ...trigger.fields.flatMap((field) => faultsOf(field, given.get(field.key), (id) => state.getCustomer(id) !== null)),
  ];
  return faults.length > 0 ? schemaError(faults) : null;
}

/** In the words Shopify uses for the deprecated `body`: those for a payload are not written down anywhere. */
function faultsOf({ key, type }: FlowField, value: unknown, isCustomer: (id: string) => boolean): string[] {
  if (value == null) return [`Required field missing: '${key}'.`];
  const wrong = (kind: string): string[] => [`Type error for field '${key}': ${typeof value === "string" ? value : JSON.stringify(value)} is not ${kind}.`];
  switch (type) {
    case "customer_reference": {
      const id = typeof value === "string" ? value : JSON.stringify(value);
      if (!isId(id)) return wrong("an Integer");
      return isCustomer(id) ? [] : [`Invalid ${key} '${id}': Customer does not exist.`];
    }
    case "boolean": return typeof value === "boolean" ? [] : wrong("a Boolean");
    case "number_decimal": return typeof value === "number" ? [] : wrong("a Number");
    case "single_line_text_field": case "email": case "url": return typeof value === "string" ? [] : wrong("a String");
    default: throw notImplemented("Mutation", "flowTriggerReceive", `for a field of type ${type}`);
  }
}

const schemaError = (faults: readonly string[]): object => userError("body", `Errors validating schema:\n${faults.map((fault) => `  ${fault}\n`).join("")}`);
