// Shopify's sessions in our database: the five methods its library asks for, tokens and staff encrypted.
import { Session, type OnlineAccessInfo } from "@shopify/shopify-api";
import { db } from "../platform/db.server.ts";
import { env } from "../platform/env.server.ts";
import { decrypt, encrypt } from "./cipher.ts";

export const sessionStorage = {
  async storeSession(session: Session): Promise<boolean> {
    const row = toRow(session);
    await db().session.upsert({ where: { id: session.id }, create: row, update: row });
    return true;
  },
  async loadSession(id: string): Promise<Session | undefined> {
    const row = await db().session.findUnique({ where: { id } });
    return row ? toSession(row) : undefined;
  },
  async deleteSession(id: string): Promise<boolean> {
    await db().session.deleteMany({ where: { id } });
    return true;
  },
  async deleteSessions(ids: string[]): Promise<boolean> {
    await db().session.deleteMany({ where: { id: { in: ids } } });
    return true;
  },
  async findSessionsByShop(domain: string): Promise<Session[]> {
    const rows = await db().session.findMany({ where: { domain }, take: SESSIONS_MAX, orderBy: { id: "asc" } });
    return rows.map(toSession);
  },
};
const SESSIONS_MAX = 100; // one offline session per shop, plus staff should we ever ask for online ones

/** Forgets every token of a shop: it uninstalled us, or its data is to be erased. */
export async function forgetSessions(domain: string): Promise<void> {
  await db().session.deleteMany({ where: { domain } });
}

/** The row of a session and what to compare with before replacing it. */
export type StoredSession = { session: Session; seen: { refreshToken: Bytes | null; accessToken: Bytes | null } };

export async function readStored(id: string): Promise<StoredSession | null> {
  const row = await db().session.findUnique({ where: { id } });
  return row && { session: toSession(row), seen: { refreshToken: row.refreshToken, accessToken: row.accessToken } };
}

/** Both tokens in one statement, and only when nobody replaced the seen ones meanwhile; answers whether it did. */
export async function replaceStored(session: Session, seen: StoredSession["seen"]): Promise<boolean> {
  const replaced = await db().session.updateMany({ where: { id: session.id, ...seen }, data: toRow(session) });
  return replaced.count === 1;
}

type Bytes = Uint8Array<ArrayBuffer>;
type SessionRow = {
  id: string;
  domain: string;
  state: string;
  isOnline: boolean;
  scope: string | null;
  expiresAt: Date | null;
  accessToken: Bytes | null;
  refreshToken: Bytes | null;
  refreshTokenExpires: Date | null;
  onlineAccessInfo: Bytes | null;
};
type SecretColumn = "accessToken" | "refreshToken" | "onlineAccessInfo";

function toRow(session: Session): SessionRow {
  const secret = (column: SecretColumn, text: string | undefined): Bytes | null => (text ? encrypt(text, lockOf(session.id, column)) : null);
  return {
    id: session.id,
    domain: session.shop,
    state: session.state,
    isOnline: session.isOnline,
    scope: session.scope ?? null,
    expiresAt: session.expires ?? null,
    accessToken: secret("accessToken", session.accessToken),
    refreshToken: secret("refreshToken", session.refreshToken),
    refreshTokenExpires: session.refreshTokenExpires ?? null,
    onlineAccessInfo: secret("onlineAccessInfo", session.onlineAccessInfo && JSON.stringify(session.onlineAccessInfo)),
  };
}

function toSession(row: SessionRow): Session {
  const open = (column: SecretColumn): string | undefined => {
    const secret = row[column];
    return secret === null ? undefined : decrypt(secret, lockOf(row.id, column));
  };
  const accessToken = open("accessToken");
  const refreshToken = open("refreshToken");
  const staff = open("onlineAccessInfo");
  return new Session({
    id: row.id,
    shop: row.domain,
    state: row.state,
    isOnline: row.isOnline,
    ...(row.scope !== null && { scope: row.scope }),
    ...(row.expiresAt && { expires: row.expiresAt }),
    ...(accessToken !== undefined && { accessToken }),
    ...(refreshToken !== undefined && { refreshToken }),
    ...(row.refreshTokenExpires && { refreshTokenExpires: row.refreshTokenExpires }),
    ...(staff !== undefined && { onlineAccessInfo: JSON.parse(staff) as OnlineAccessInfo }), // as toRow wrote it: it decrypted
  });
}

const lockOf = (id: string, column: SecretColumn) => ({ key: Buffer.from(env.TOKEN_KEY, "base64"), place: `${id}/${column}` });
