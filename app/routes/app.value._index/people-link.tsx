// A figure of cohorts that leads to their customers.
import { Link } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ValueTable } from "../../capabilities/cohorts/model.ts";
import type { Day } from "../../values/day.ts";
import { useAddress } from "../../ui/address.ts";
import type { Rows } from "../../ui/open-rows.ts";
import type { ShownValue } from "./shown-value.ts";

type PeopleLinkProps = { shown: Pick<ShownValue, "peopleOf" | "table">; /** in order */ cohorts: readonly Day[]; /** of these cohorts, for who does not see where the link stands */ of: string; children: string };

/** Stands for itself where no rule says who they are. */
export function PeopleLink({ shown, cohorts, of, children }: PeopleLinkProps) {
  const { t } = useTranslation();
  const address = useAddress();
  const people = rowsOfCohorts(shown, cohorts);
  if (people === null) return children;
  return <Link url={address(...people)} monochrome removeUnderline accessibilityLabel={t("cohorts.value.people", { of, figure: children })}>{children}</Link>;
}

/** Cohorts in order; null: not a run of them, or no rule says who they are. */
export function rowsOfCohorts({ peopleOf, table }: PeopleLinkProps["shown"], cohorts: readonly Day[]): Rows | null {
  const [first, last] = [cohorts[0], cohorts.at(-1)];
  return first === undefined || last === undefined || !isRun(table, cohorts) ? null : peopleOf(first, last);
}

/** Days of first orders have no gaps. */
const isRun = ({ rows }: Pick<ValueTable, "rows">, cohorts: readonly Day[]): boolean =>
  rows.filter(({ cohort }) => cohort >= (cohorts[0] ?? "") && cohort <= (cohorts.at(-1) ?? "")).length === cohorts.length;
