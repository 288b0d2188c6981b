// Members and balances of another programme brought in: looked at first, then written at once, and undone at once.
import { now } from "../../../platform/clock.server.ts";
import { db, inTransaction, type Tx } from "../../../platform/db.server.ts";
import { dayAt } from "../../../values/day.ts";
import type { Shop } from "../../shops/model.ts";
import { findCustomersByEmail } from "../../orders/orders.server.ts";
import type { FileFault, ImportSource, LineError, ParsedFile } from "../model/imports.ts";
import { parseImport } from "../rules/imports.ts";
import * as store from "../store.server/imports.server.ts";
import * as programmes from "../store.server/programmes.server.ts";

export type { StoredImport } from "../store.server/imports.server.ts";

/** `errors` by line, the first of them; `errorCount` is how many there are. */
export type ImportPreview = { source: ImportSource; lines: number; members: number; points: number; hasTiers: boolean; errors: LineError[]; errorCount: number };
export type PreviewAnswer = { ok: true; preview: ImportPreview } | { ok: false; fault: FileFault };
/** nobody: no line could be taken over · not_launched: there is no programme whose points they would be */
export type ImportAnswer = { ok: true; members: number; points: number } | { ok: false; fault: FileFault | "nobody" | "not_launched" };

const ERRORS_SHOWN = 100;

/** Changes nothing. */
export async function previewImport(shop: Shop, text: string): Promise<PreviewAnswer> {
  const answer = parseImport(text, dayAt(now(), shop.timeZone));
  if (!answer.ok) return answer;
  const { source, lines, hasTiers } = answer.file;
  const { members, errors } = await match(db(), shop, answer.file);
  return { ok: true, preview: { source, lines, hasTiers, members: members.length, points: sumOf(members), errors: errors.slice(0, ERRORS_SHOWN), errorCount: errors.length } };
}

const sumOf = (members: readonly { points: number }[]): number => members.reduce((sum, { points }) => sum + points, 0);

async function match(tx: Tx, { id: shopId }: Shop, file: ParsedFile): Promise<{ members: store.MatchedMember[]; errors: LineError[] }> {
  const known = await findCustomersByEmail(tx, shopId, file.members.map(({ email }) => email));
  const members: store.MatchedMember[] = [];
  const errors = [...file.errors];
  for (const { line, email, points, joinedOn, birthday } of file.members) {
    const customerId = known.get(email);
    if (customerId === undefined) errors.push({ line, field: "email", fault: "unknown", text: email });
    else members.push({ customerId, points, joinedOn, birthday });
  }
  return { members, errors: errors.toSorted((one, other) => one.line - other.line) };
}

/** All lines without a fault, in one transaction. Whoever is in the file was a member there and is one here, since today where it does not say. `id` is made by the page, so that the same wish is the same import. Ring for `settleLoyalty` after it. */
export async function importMembers(shop: Shop, { id, fileName, text }: { id: string; fileName: string; text: string }): Promise<ImportAnswer> {
  const today = dayAt(now(), shop.timeZone);
  const answer = parseImport(text, today);
  if (!answer.ok) return answer;
  return inTransaction(async (tx) => {
    await programmes.lockTogether(tx, shop.id);
    const version = (await programmes.listVersions(tx, shop.id)).at(-1)?.version;
    if (version === undefined) return { ok: false, fault: "not_launched" };
    const { members } = await match(tx, shop, answer.file);
    if (members.length === 0) return { ok: false, fault: "nobody" };
    const sums = { members: members.length, points: sumOf(members) };
    const isNew = await store.addImport(tx, shop.id, { id, source: answer.file.source, fileName, importedAt: now(), memberCount: sums.members, points: sums.points });
    if (isNew) {
      await store.addEvents(tx, shop.id, members, { importId: id, today, version, at: now() });
      await store.describeMembers(tx, shop.id, members.map((member) => ({ ...member, joinedOn: member.joinedOn ?? today })), today);
    }
    return { ok: true, ...sums };
  });
}

/** Its points go; days of joining and birthdays stay known. False: there is nothing to undo. Ring for `settleLoyalty` after it. */
export const undoImport = (shop: Shop, id: string): Promise<boolean> => inTransaction(async (tx) => {
  await programmes.lockTogether(tx, shop.id);
  if (!(await store.markUndone(tx, shop.id, id, now()))) return false;
  await store.revokeEvents(tx, shop.id, id, dayAt(now(), shop.timeZone));
  return true;
});

const IMPORTS_SHOWN = 50;

export const listImports = (shop: Shop): Promise<store.StoredImport[]> => store.listImports(db(), shop.id, { today: dayAt(now(), shop.timeZone), limit: IMPORTS_SHOWN });
