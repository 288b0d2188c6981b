// The loyalty programme as rows: its ledger, what is owed, its members, what they redeemed, and whom they brought.
import type { RedemptionRow, ReferralRow, StoredEntry } from "../../capabilities/loyalty/loyalty.server.ts";
import { MOVES, type Liability, type ListedMember, type Move } from "../../capabilities/loyalty/model/books.ts";
import type { EntryDetail } from "../../capabilities/loyalty/model/ledger.ts";
import { toMoney } from "../../capabilities/loyalty/rules/liability.ts";
import { monthOf, type Day } from "../../values/day.ts";
import { toDecimal } from "../../values/money.ts";
import { writeShare, type Column, type Report, type Row } from "./report.ts";

type About = { currency: string; today: Day };

async function* rowsOf<Item>(pages: AsyncIterable<Item[]>, toRow: (item: Item) => Row): AsyncGenerator<Row[]> {
  for await (const page of pages) yield page.map(toRow);
}

const columnsOf = (type: Column["type"], ...names: string[]): Column[] => names.map((name) => ({ name, type }));
const at = (date: Date | null): string | null => date?.toISOString() ?? null;
const idOf = (id: bigint | null): string | null => (id === null ? null : String(id));

/** In the order the lines were written. */
export const ledgerReport = (pages: AsyncIterable<StoredEntry[]>, { today }: About): Report => ({
  name: "ledger",
  fileName: `regulars-ledger-${today}`,
  about: { asOf: today },
  columns: [...columnsOf("text", "entry_id", "at", "customer_id", "kind"), ...columnsOf("integer", "points", "balance_after"), ...columnsOf("text", "reason", "order_id"), ...columnsOf("integer", "rule_version")],
  rows: rowsOf(pages, ({ id, writtenAt, customerId, kind, points, balanceAfter, detail }) => [String(id), at(writtenAt), String(customerId), kind, points, balanceAfter, reasonOf(detail), detail.orderId ?? null, detail.version ?? null]),
});

/** What the line is for, where its kind does not say it all: the event, the tier, the number of the order, the grant that ended, the redemption. */
const reasonOf = ({ event, tierId, number, grantKey, redemptionId, monthCount, orderId }: EntryDetail): string | null =>
  event ?? grantKey ?? redemptionId ?? (number === undefined ? null : `order ${number}`) ?? (monthCount === undefined ? null : `after ${monthCount} months`) ?? (orderId === undefined ? (tierId ?? null) : null);

const MOVE_COLUMNS: Readonly<Record<Move, string>> = { issued: "issued", imported: "imported", adjusted: "adjusted", spent: "spent", expired: "expired", takenBack: "taken_back", forgiven: "forgiven", closed: "closed_accounts" };

/** A row for each month, with what its closing was worth then; of the running one also what is outstanding today, in points and money. */
export function liabilityReport({ today, outstanding, value, breakage, months, check }: Liability, { currency }: About): Report {
  const { available, pending, waiting, owed } = outstanding;
  const money = (points: number): string | null => value && toDecimal({ minor: toMoney(points, value), currency });
  return {
    name: "liability",
    fileName: `regulars-liability-${today}`,
    about: {
      asOf: today, currency, valueOfPoint: value && String(value.minorPerPoint), valuedBy: value?.rewardId ?? null, breakage: breakage.isKnown ? writeShare(breakage.share) : null,
      breakageLow: breakage.isKnown ? writeShare(breakage.low) : null, breakageHigh: breakage.isKnown ? writeShare(breakage.high) : null, checkedAt: at(check?.checkedAt ?? null), wrongBalances: check && String(check.brokenCount),
    },
    columns: [...columnsOf("month", "month"), ...columnsOf("integer", "is_over", "opening", ...MOVES.map((move) => MOVE_COLUMNS[move]), "closing"), ...columnsOf("decimal", "minor_per_point", "closing_value"), ...columnsOf("integer", "available", "pending", "waiting", "owed"), ...columnsOf("decimal", "available_value", "pending_value", "waiting_value", "owed_value")],
    rows: months.map((month) => {
      const isOver = month.month < monthOf(today);
      const todays = isOver ? Array.from({ length: 8 }, () => null) : [available, pending, waiting, owed, money(available), money(pending), money(waiting), money(owed)];
      const worth = month.value === null ? [null, null] : [String(month.value.minorPerPoint), toDecimal({ minor: toMoney(month.closing, month.value), currency })];
      return [month.month, Number(isOver), month.opening, ...MOVES.map((move) => month[move]), month.closing, ...worth, ...todays];
    }),
  };
}

export const membersReport = (pages: AsyncIterable<ListedMember[]>, { today }: About): Report => ({
  name: "members",
  fileName: `regulars-members-${today}`,
  about: { asOf: today },
  columns: [...columnsOf("text", "customer_id", "name", "email"), ...columnsOf("integer", "points", "pending", "waiting"), ...columnsOf("text", "tier"), ...columnsOf("day", "joined_on", "next_expiry_on"), ...columnsOf("integer", "next_expiry_points")],
  rows: rowsOf(pages, ({ customerId, name, email, balance, pending, waiting, tierId, joinedOn, nextExpiry }) => [String(customerId), name, email, balance, pending, waiting, tierId, joinedOn, nextExpiry?.on ?? null, nextExpiry?.points ?? null]),
});

export const redemptionsReport = (pages: AsyncIterable<RedemptionRow[]>, { today }: About): Report => ({
  name: "redemptions",
  fileName: `regulars-redemptions-${today}`,
  about: { asOf: today },
  columns: [
    ...columnsOf("text", "redemption_id", "customer_id", "reward_id", "reward_kind"), ...columnsOf("integer", "rule_version", "steps", "points"), ...columnsOf("text", "state", "code", "asked_at", "issued_at", "ends_at", "used_order_id", "refusal"),
  ],
  rows: rowsOf(pages, (row) => [
    row.id, String(row.customerId), row.rewardId, row.rewardKind, row.version, row.steps, row.points, row.state, row.code, at(row.heldAt), at(row.issuedAt), at(row.endsAt), idOf(row.usedOrderId), row.refusal,
  ]),
});

export const referralsReport = (pages: AsyncIterable<ReferralRow[]>, { today }: About): Report => ({
  name: "referrals",
  fileName: `regulars-referrals-${today}`,
  about: { asOf: today },
  columns: [...columnsOf("text", "order_id", "advocate_id", "friend_id", "ordered_at", "state"), ...columnsOf("integer", "score"), ...columnsOf("text", "reasons"), ...columnsOf("integer", "points"), ...columnsOf("text", "decided_at")],
  rows: rowsOf(pages, (row) => [String(row.orderId), String(row.advocateId), idOf(row.friendId), at(row.orderedAt), row.state, row.score, JSON.stringify(row.reasons), row.points, at(row.decidedAt)]),
});
