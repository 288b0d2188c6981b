// Access and refresh tokens of the app: kept as hashes, expiring by the sandbox's clock, a refresh token valid until its replacement is first used.

import { createHash, randomBytes } from "node:crypto";
import type { Id, SandboxClock, ShopState } from "../../shop/model.ts";

export type TokenPair = { accessToken: string; refreshToken: string | null };
export type TokenWish = { isOnline: boolean; isExpiring: boolean; userId: Id };

export type Tokens = {
  issue: (wish: TokenWish) => TokenPair;
  /** null: not a refresh token of ours, or its time is over */
  refresh: (refreshToken: string) => TokenPair | null;
  /** an old offline token for an expiring one; null when the old one is not valid */
  migrate: (accessToken: string) => TokenPair | null;
  /** true for a valid access token; being used, it ends the refresh token that made it */
  admit: (accessToken: string) => boolean;
  expire: (accessToken: string) => void;
  voidAll: () => void;
}

export const ACCESS_LIFE_SECONDS = 3_600;
export const ONLINE_LIFE_SECONDS = 86_399;
export const REFRESH_LIFE_SECONDS = 7_776_000;
const REPLACED_REFRESH_LIFE_MS = 30 * 86_400_000; // how long an unused replacement keeps its predecessor alive

type TokenDoc = {
  accessHash: string;
  accessUntilMs: number | null;
  refreshHash: string | null;
  refreshUntilMs: number | null;
  /** the refresh token this pair replaces */
  replacesHash: string | null;
  isOnline: boolean;
  userId: Id;
};

const STORE_KEY = "app-tokens";
const hash = (token: string): string => createHash("sha256").update(token).digest("hex");

export function createTokens(state: ShopState, clock: SandboxClock): Tokens {
  let docs = (state.recall(STORE_KEY) ?? []) as TokenDoc[]; // only save() stores under this key
  const nowMs = (): number => clock.now().getTime();
  const isAlive = (untilMs: number | null): boolean => untilMs === null || untilMs > nowMs();
  const save = (): void => {
    docs = docs.filter((doc) => isAlive(doc.accessUntilMs) || (doc.refreshHash !== null && isAlive(doc.refreshUntilMs)));
    state.remember(STORE_KEY, docs);
  };

  function add({ isOnline, isExpiring, userId }: TokenWish, replacesHash: string | null): TokenPair {
    const accessToken = `${isOnline ? "shpua" : "shpat"}_${randomBytes(16).toString("hex")}`;
    const refreshToken = isExpiring && !isOnline ? `shprt_${randomBytes(16).toString("hex")}` : null;
    const lifeSeconds = isOnline ? ONLINE_LIFE_SECONDS : ACCESS_LIFE_SECONDS;
    docs.push({
      accessHash: hash(accessToken),
      accessUntilMs: isOnline || isExpiring ? nowMs() + lifeSeconds * 1000 : null,
      refreshHash: refreshToken && hash(refreshToken),
      refreshUntilMs: refreshToken === null ? null : nowMs() + REFRESH_LIFE_SECONDS * 1000,
      replacesHash, isOnline, userId,
    });
    save();
    return { accessToken, refreshToken };
  }

  /** The pair is in use, so the refresh token it came from has done its duty. */
  function endPredecessor(doc: TokenDoc): void {
    if (doc.replacesHash === null) return;
    for (const earlier of docs) if (earlier.refreshHash === doc.replacesHash) earlier.refreshHash = null;
    doc.replacesHash = null;
    save();
  }

  const findByAccess = (token: string): TokenDoc | undefined => {
    const wanted = hash(token);
    return docs.find((doc) => doc.accessHash === wanted && isAlive(doc.accessUntilMs));
  };

  return {
    issue: (wish) => add(wish, null),
    refresh(refreshToken) {
      const wanted = hash(refreshToken);
      const doc = docs.find(({ refreshHash, refreshUntilMs }) => refreshHash === wanted && isAlive(refreshUntilMs));
      if (!doc) return null;
      endPredecessor(doc);
      doc.refreshUntilMs = Math.min(doc.refreshUntilMs ?? Number.POSITIVE_INFINITY, nowMs() + REPLACED_REFRESH_LIFE_MS);
      return add({ isOnline: false, isExpiring: true, userId: doc.userId }, wanted);
    },
    migrate(accessToken) {
      const doc = findByAccess(accessToken);
      if (!doc || doc.isOnline) return null;
      docs = docs.filter((other) => other !== doc);
      return add({ isOnline: false, isExpiring: true, userId: doc.userId }, null);
    },
    admit(accessToken) {
      const doc = findByAccess(accessToken);
      if (doc) endPredecessor(doc);
      return doc !== undefined;
    },
    expire(accessToken) {
      const doc = findByAccess(accessToken);
      if (doc) doc.accessUntilMs = nowMs();
    },
    voidAll() {
      docs = [];
      save();
    },
  };
}
