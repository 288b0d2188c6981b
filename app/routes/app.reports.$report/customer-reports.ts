// Customers as rows: everybody who matches, and who is in a segment.
import type { Profile } from "../../capabilities/profiles/model.ts";
import { daysBetween } from "../../capabilities/profiles/rules/profile.ts";
import { reasonsOf } from "../../capabilities/profiles/rules/reasons.ts";
import type { ListedCustomer, Segment } from "../../capabilities/segments/model.ts";
import type { Day } from "../../values/day.ts";
import { toDecimal } from "../../values/money.ts";
import { writeShare, type Column, type Report, type Row } from "./report.ts";

type Pages = AsyncIterable<ListedCustomer[]>;
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

async function* rowsOf(pages: Pages, toRow: (customer: ListedCustomer) => Row): AsyncGenerator<Row[]> {
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
