// Lifetime value by cohort, what its customers cost, and what was spent: each as rows.
import type { Value } from "../../capabilities/cohorts/cohorts.server.ts";
import { MILESTONE_DAYS, type Blend, type Cost, type Trait } from "../../capabilities/cohorts/model.ts";
import { toMonths, valueToCost } from "../../capabilities/cohorts/rules/acquisition.ts";
import { blendsOf, totalOf, valueOf } from "../../capabilities/cohorts/rules/value.ts";
import { writeTrait } from "../../ui/cohort-query.ts";
import { parseValueQuery } from "../../ui/value-query.ts";
import { toDecimal } from "../../values/money.ts";
import type { Day } from "../../values/day.ts";
import { writeShare, type Report, type ReportAnswer, type Row } from "./report.ts";

type About = { today: Day; currency: string };
export type ValueWish = { trait: Trait | null; /** null: no rows of all cohorts together */ blend: Blend | null };

/** `filter=kind:value`, one at most, and `blend`. */
export function parseValueWish(parameters: URLSearchParams): { ok: true; wish: ValueWish } | Extract<ReportAnswer, { ok: false }> {
  const blend = parameters.get("blend") ?? "";
  const parsed = parseValueQuery(new URLSearchParams([["blend", blend], ...parameters.getAll("filter").map((filter) => ["with", filter])]));
  if (parsed.ok) return { ok: true, wish: { trait: parsed.query.trait, blend: blend === "" ? null : parsed.query.blend } };
  const field = parsed.field === "with" ? "filter" : parsed.field;
  return { ok: false, field, message: `${field} cannot be understood. docs/reports.md lists what it may be.` };
}

const writer = (currency: string) => (minor: number | null): string | null => (minor === null ? null : toDecimal({ minor: Math.round(minor), currency }));
const monthOfCohort = (cohort: Day): string => cohort.slice(0, 7);
const aboutOf = ({ trait }: Pick<ValueWish, "trait">, { today, currency }: About) => ({ filter: trait === null ? "" : writeTrait(trait), asOf: today, currency });

/** A line per cohort and milestone; of those together, `all` after them. */
export function ltvReport(wish: ValueWish, { table }: Value, about: About): Report {
  const money = writer(about.currency);
  const places = MILESTONE_DAYS.map((day) => [day, table.ages.indexOf(day)] as const);
  const own = table.rows.flatMap((row) => places.map(([day, at]): Row => [monthOfCohort(row.cohort), day, row.size, money(valueOf(row, at, "revenue")), money(valueOf(row, at, "margin"))]));
  const { blend } = wish;
  const [revenue, margin] = blend === null ? [[], []] : (["revenue", "margin"] as const).map((basis) => blendsOf(table, { basis, blend }));
  const together = blend === null ? [] : places.map(([day, at]): Row => ["all", day, revenue?.[at]?.customers ?? 0, money(revenue?.[at]?.value ?? null), money(margin?.[at]?.value ?? null)]);
  return {
    name: "ltv", fileName: `regulars-ltv-${about.today}`, about: { ...aboutOf(wish, about), blend: wish.blend },
    columns: [{ name: "cohort", type: "month" }, { name: "day", type: "integer" }, { name: "customers", type: "integer" }, { name: "revenue_per_customer", type: "decimal" }, { name: "margin_per_customer", type: "decimal" }],
    rows: [...own, ...together],
  };
}

/** A line per cohort: what its customers cost, brought and left. */
export function paybackReport({ trait }: ValueWish, { table, costs }: Value, about: About): Report {
  const money = writer(about.currency);
  const costOf = new Map(costs?.map((cost) => [cost.cohort, cost]));
  const at = table.ages.indexOf(YEAR_DAYS);
  return {
    name: "payback", fileName: `regulars-payback-${about.today}`, about: aboutOf({ trait }, about),
    columns: [
      { name: "cohort", type: "month" }, { name: "customers", type: "integer" }, { name: "acquisition_cost", type: "decimal" }, { name: "cost_per_customer", type: "decimal" }, { name: "ltv_365_to_cac", type: "decimal" }, { name: "ltv_basis", type: "text" },
      { name: "payback_days", type: "integer" }, { name: "payback_months", type: "integer" }, { name: "payback_basis", type: "text" }, { name: "revenue", type: "decimal" }, { name: "margin", type: "decimal" }, { name: "keeping_cost", type: "decimal" }, { name: "profit_by_revenue", type: "decimal" }, { name: "profit_by_margin", type: "decimal" }, { name: "keeping_months_missing", type: "integer" },
    ],
    rows: table.rows.map((row): Row => {
      const cost = costOf.get(row.cohort);
      const basis = valueOf(row, at, "margin") === null ? "revenue" : "margin";
      const paid = cost?.paidBack ?? null;
      const times = valueToCost(row, at, { basis, cost });
      return [
        monthOfCohort(row.cohort), row.size, money(cost?.acquireMinor ?? null), money(cost?.perCustomerMinor ?? null), writeShare(times), times === null ? null : basis,
        paid?.day ?? null, paid?.day == null ? null : toMonths(paid.day), paid?.basis ?? null, money(row.toDate.revenueMinor), money(totalOf(row.toDate, "margin")), money(cost?.keepMinor ?? null), money(cost?.profit.revenue ?? null), money(cost?.profit.margin ?? null), cost?.keepMissing ?? null,
      ];
    }),
  };
}

const YEAR_DAYS = 365;

/** In the form an import reads. */
export function acquisitionCostsReport(costs: readonly Cost[], { today, currency }: About): Report {
  return {
    name: "acquisition_costs", fileName: `regulars-acquisition-costs-${today}`, about: { asOf: today, currency },
    columns: [{ name: "month", type: "month" }, { name: "channel", type: "text" }, { name: "cost", type: "decimal" }, { name: "purpose", type: "text" }],
    rows: costs.map(({ month, channel, amountMinor, purpose }) => [month, channel, toDecimal({ minor: amountMinor, currency }), purpose]),
  };
}
