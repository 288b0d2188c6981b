// What apps have written onto things: reading metafields of any owner.

import { createHash } from "node:crypto";
import type { MetafieldDoc } from "../metafields.ts";
import { connectRows } from "../connections.ts";
import { toGid } from "../gids.ts";
import { toDateTime, type FieldTable } from "./field-table.ts";

export function metafieldFieldsOf<S>(gidOf: (source: S) => string): FieldTable<S> {
  return {
    metafield: (source, args, context) => context.metafields.find(gidOf(source), { namespace: textOrNull(args.namespace), key: String(args.key) }),
    metafields: (source, args, context) => {
      const namespace = textOrNull(args.namespace);
      const keys = Array.isArray(args.keys) ? new Set(args.keys.map(String)) : null;
      const found = context.metafields.list(gidOf(source)).filter((metafield) =>
        (namespace === null || metafield.namespace === context.metafields.resolveNamespace(namespace)) &&
        (keys === null || keys.has(metafield.key) || keys.has(`${metafield.namespace}.${metafield.key}`)));
      return connectRows(found, ({ id }) => id, args);
    },
  };
}

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

export const metafields: FieldTable<MetafieldDoc> = {
  id: ({ id }) => toGid("Metafield", id),
  legacyResourceId: ({ id }) => id,
  namespace: ({ namespace }) => namespace,
  key: ({ key }) => key,
  type: ({ type }) => type,
  value: ({ value }) => value,
  jsonValue: ({ type, value }) => (type === "json" || type.startsWith("number_") || type === "boolean" || type.startsWith("list.") ? parseJson(value) : value),
  compareDigest: (metafield) => digestOf(metafield),
  sizeInBytes: ({ value }) => Buffer.byteLength(value),
  createdAt: ({ createdAt }) => toDateTime(createdAt),
  updatedAt: ({ updatedAt }) => toDateTime(updatedAt),
};

const parseJson = (text: string): unknown => JSON.parse(text);

export const digestOf = ({ type, value }: Pick<MetafieldDoc, "type" | "value">): string =>
  createHash("sha256").update(`${type}\0${value}`).digest("hex");
