// Customers as rows: everybody who matches, who is in a segment, and who is on a part of the at-risk board.
import type { BoardQuery, BoardRow, Task } from "../../capabilities/followups/model.ts";
import { LEAVING_STAGES, type Profile } from "../../capabilities/profiles/model.ts";
import { daysBetween } from "../../capabilities/profiles/rules/profile.ts";
import { reasonsOf } from "../../capabilities/profiles/rules/reasons.ts";
import type { ListedCustomer, Segment } from "../../capabilities/segments/model.ts";
import type { Day } from "../../values/day.ts";
import { toDecimal } from "../../values/money.ts";
import { wordsIn } from "../../values/words.ts";
import { writeShare, type Column, type Report, type Row } from "./report.ts";

type Pages<Customer = ListedCustomer> = AsyncIterable<Customer[]>;
type About = { currency: string; today: Day };

const PROFILE_COLUMNS: Column[] = [
  { name: "orders", type: "integer" }, { name: "net_revenue", type: "decimal" }, { name: "first_order_at", type: "day" }, { name: "last_order_at", type: "day" }, { name: "recency_days", type: "integer" },
  { name: "r", type: "integer" }, { name: "f", type: "integer" }, { name: "m", type: "integer" }, { name: "rfm_group", type: "text" }, { name: "stage", type: "text" },
  { name: "chance_30", type: "decimal" }, { name: "chance_90", type: "decimal" }, { name: "expected_orders_365", type: "decimal" }, { name: "expected_value_365", type: "decimal" },
  { name: "next_order_on", type: "day" }, { name: "reason_codes", type: "text" },
];
const ORDER_DIGITS = 4;

export const customersReport = (pages: Pages, about: About): Report => ({
  name: "customers",
  fileName: `regulars-customers-${about.today}`,
  about: { asOf: about.today, currency: about.currency },
  columns: [{ name: "customer_id", type: "text" }, ...PROFILE_COLUMNS],
  rows: rowsOf(pages, (customer) => [String(customer.customerId), ...profileRow(customer, about)]),
});

export const segmentMembersReport = (segment: Pick<Segment, "id">, pages: Pages, about: About): Report => ({
  name: "segment_members",
  fileName: `regulars-segment-${segment.id.slice(0, 8)}-${about.today}`,
  about: { segment: segment.id, asOf: about.today, currency: about.currency },
  columns: [{ name: "customer_id", type: "text" }, { name: "name", type: "text" }, { name: "email", type: "text" }, ...PROFILE_COLUMNS],
  rows: rowsOf(pages, (customer) => [String(customer.customerId), customer.name, customer.email, ...profileRow(customer, about)]),
});

/** The rows of the board, in its order, with what the board says of each. */
export const atRiskReport = (query: BoardQuery, pages: Pages<BoardRow>, about: About): Report => ({
  name: "at_risk",
  fileName: `regulars-at-risk-${query.standing}-${about.today}`,
  about: { standing: query.standing, stages: query.stage ?? LEAVING_STAGES.join(" "), vipOnly: query.isVipOnly ? "1" : "0", taskOnly: query.hasTask ? "1" : "0", asOf: about.today, currency: about.currency },
  columns: [
    { name: "customer_id", type: "text" }, { name: "name", type: "text" }, { name: "email", type: "text" }, { name: "at_stake", type: "decimal" }, { name: "is_vip", type: "integer" }, { name: "suggested_step", type: "text" },
    { name: "email_consent", type: "text" }, { name: "language", type: "text" }, { name: "preferred_channel", type: "text" }, { name: "last_contact_at", type: "text" }, { name: "last_contact_channel", type: "text" }, { name: "snoozed_until", type: "day" },
    { name: "task_at", type: "text" }, { name: "survey_id", type: "text" }, { name: "survey_answer", type: "text" }, { name: "survey_text", type: "text" },
    ...PROFILE_COLUMNS,
  ],
  rows: rowsOf(pages, (row) => [
    String(row.customerId), row.name, row.email, toDecimal({ minor: row.stakeMinor, currency: about.currency }), Number(row.isVip), row.step,
    row.emailConsent, row.language, row.preferredChannel, row.lastContact?.at.toISOString() ?? null, row.lastContact?.channel ?? null, row.snoozedUntil,
    ...taskRow(row.tasks), ...(row.profile === null ? PROFILE_COLUMNS.map(() => null) : profileRow(row.profile, about)),
  ]),
});

/** The newest, where there are several. */
function taskRow([task]: readonly Task[]): Row {
  if (task === undefined) return [null, null, null, null];
  const { openedAt, reason: { surveyId, answer, text } } = task;
  return [openedAt.toISOString(), surveyId, answer && wordsIn(answer, "en"), text];
}

async function* rowsOf<Customer>(pages: Pages<Customer>, toRow: (customer: Customer) => Row): AsyncGenerator<Row[]> {
  for await (const page of pages) yield page.map(toRow);
}

function profileRow(profile: Profile, { currency }: About): Row {
  const { scores, lastOrderOn, asOf, expectedValue365Minor } = profile;
  return [
    profile.orderCount, toDecimal({ minor: profile.revenueMinor, currency }), profile.firstOrderOn, lastOrderOn, lastOrderOn && daysBetween(lastOrderOn, asOf),
    scores?.r ?? null, scores?.f ?? null, scores?.m ?? null, profile.rfmGroup, profile.stage,
    writeShare(profile.chance30), writeShare(profile.chance90), profile.expectedOrders365?.toFixed(ORDER_DIGITS) ?? null, expectedValue365Minor === null ? null : toDecimal({ minor: expectedValue365Minor, currency }),
    profile.nextOrderOn, reasonsOf(profile).map(({ code }) => code).join(" "),
  ];
}
