// One member's account in the shape their page shows it.
import type { AccountBook } from "../../capabilities/loyalty/model/books.ts";
import type { Tiers } from "../../capabilities/loyalty/model/programme.ts";
import { NEVER } from "../../capabilities/loyalty/rules/history.ts";
import { levelAfter } from "../../capabilities/loyalty/rules/tiers.ts";
import type { Day } from "../../values/day.ts";

export type AccountView = ReturnType<typeof toAccountView>;

export function toAccountView({ redemptions, entries, pendingLots, ...book }: AccountBook) {
  const pendingOn = new Map<Day, number>();
  for (const { availableOn, remaining } of pendingLots) if (availableOn < NEVER) pendingOn.set(availableOn, (pendingOn.get(availableOn) ?? 0) + remaining);
  return {
    ...book, pendingDays: [...pendingOn].map(([on, points]) => ({ on, points })),
    entries: entries.map((entry) => ({ ...entry, writtenAt: entry.writtenAt.toISOString() })),
    redemptions: redemptions.map(({ id, reward, steps, points, state, code, heldAt, endsAt, usedOrderId, refusal }) => ({
      id, reward, steps, points, state, refusal, heldAt: heldAt.toISOString(), endsAt: endsAt?.toISOString() ?? null, usedOrderId: usedOrderId === null ? null : String(usedOrderId),
      code: code !== null && reward.kind === "gift_card" ? maskCode(code) : code,
    })),
  };
}

const SHOWN_END = 4; // as Shopify shows a gift card

const maskCode = (code: string): string => `•••• ${code.slice(-SHOWN_END)}`;

export type TierProgress = { /** null: the highest, or no tiers */ next: { id: string; entry: number; percent: number; missing: number } | null };

/** On the way to the tier above the one they are in; whole percent, as it is read aloud. */
export function progressOf(tiers: Tiers | null, { tierId, tierValue, nextTierEntry }: { tierId: string | null; tierValue: number; nextTierEntry: number | null }): TierProgress {
  const next = levelAfter(tiers, tierId);
  const entry = nextTierEntry ?? next?.entry ?? 0;
  return { next: next && { id: next.id, entry, percent: entry === 0 ? 100 : Math.min(100, Math.floor((100 * Math.max(0, tierValue)) / entry)), missing: Math.max(0, entry - tierValue) } };
}
