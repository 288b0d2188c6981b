// The metafields apps write, kept with the shop; `$app` namespaces belong to the asking app alone.

import type { Id, SandboxClock, ShopState } from "../shop/model.ts";

export type MetafieldDoc = { id: Id; namespace: string; key: string; type: string; value: string; createdAt: string; updatedAt: string };
export type MetafieldName = { namespace: string | null; key: string };

export type Metafields = {
  /** `$app:loyalty` is `app--{app id}--loyalty` once stored; none at all is the app's own */
  resolveNamespace: (namespace: string | null) => string;
  find: (ownerGid: string, name: MetafieldName) => MetafieldDoc | null;
  list: (ownerGid: string) => MetafieldDoc[];
  write: (ownerGid: string, field: MetafieldName & { type: string; value: string }) => MetafieldDoc;
  /** false: it was not there */
  remove: (ownerGid: string, name: MetafieldName) => boolean;
  definitions: () => MetafieldDefinitionDoc[];
  define: (definition: Omit<MetafieldDefinitionDoc, "id">) => MetafieldDefinitionDoc;
}

/** `namespace` as it is stored */
export type MetafieldDefinitionDoc = {
  id: Id;
  ownerType: string;
  namespace: string;
  key: string;
  name: string;
  description: string | null;
  type: string;
  validations: { name: string; value: string }[];
  access: { admin: string; storefront: string; customerAccount: string };
  isPinned: boolean;
};

const DEFINITIONS_KEY = "metafield definitions";

export const APP_ID: Id = "191055299585";

export function createMetafields(state: ShopState, clock: SandboxClock): Metafields {
  const keyOf = (ownerGid: string): string => `metafields:${ownerGid}`;
  const list = (ownerGid: string): MetafieldDoc[] => (state.recall(keyOf(ownerGid)) ?? []) as MetafieldDoc[]; // only write() stores under these keys
  const resolveNamespace = (namespace: string | null): string =>
    namespace === null ? `app--${APP_ID}` : namespace.replace(/^\$app:/, `app--${APP_ID}--`).replace(/^\$app$/, `app--${APP_ID}`);
  const find: Metafields["find"] = (ownerGid, { namespace, key }) =>
    list(ownerGid).find((field) => field.namespace === resolveNamespace(namespace) && field.key === key) ?? null;
  const definitions = (): MetafieldDefinitionDoc[] => (state.recall(DEFINITIONS_KEY) ?? []) as MetafieldDefinitionDoc[]; // only define() stores under this key
  const takeId = (): Id => {
    const last = state.recall("metafields:last-id");
    const id = String(BigInt(typeof last === "string" ? last : "39000000000000") + 1n);
    state.remember("metafields:last-id", id);
    return id;
  };
  return {
    resolveNamespace,
    find,
    list,
    definitions,
    define(wish) {
      const definition: MetafieldDefinitionDoc = { ...wish, id: takeId() };
      state.remember(DEFINITIONS_KEY, [...definitions(), definition]);
      return definition;
    },
    remove(ownerGid, name) {
      const known = find(ownerGid, name);
      if (known !== null) state.remember(keyOf(ownerGid), list(ownerGid).filter(({ id }) => id !== known.id));
      return known !== null;
    },
    write(ownerGid, { namespace, key, type, value }) {
      const now = clock.now().toISOString();
      const known = find(ownerGid, { namespace, key });
      const written: MetafieldDoc = known
        ? { ...known, type, value, updatedAt: now }
        : { id: takeId(), namespace: resolveNamespace(namespace), key, type, value, createdAt: now, updatedAt: now };
      state.remember(keyOf(ownerGid), [...list(ownerGid).filter(({ id }) => id !== written.id), written]);
      return written;
    },
  };
}
