// The board in the shape its page shows it.
import type { BoardRow } from "../../capabilities/followups/model.ts";
import { reasonsOf } from "../../capabilities/profiles/rules/reasons.ts";

export type RowView = ReturnType<typeof toRowView>;

export const toRowView = (row: BoardRow) => ({
  id: String(row.customerId), name: row.name, email: row.email, stage: row.profile?.stage ?? null, isVip: row.isVip, stakeMinor: row.stakeMinor, reasons: row.profile === null ? [] : reasonsOf(row.profile), step: row.step,
  tasks: row.tasks.map(({ id, openedAt, isOpen, reason }) => ({ id, openedAt: openedAt.toISOString(), isOpen, reason })),
  emailConsent: row.emailConsent, language: row.language, preferredChannel: row.preferredChannel,
  lastContact: row.lastContact && { at: row.lastContact.at.toISOString(), channel: row.lastContact.channel, note: row.lastContact.note }, snoozedUntil: row.snoozedUntil,
});
