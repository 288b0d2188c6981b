// Why one retention is not another: three formulas of the same people on the same dates, and what turns one into the next.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData, useNavigation } from "@remix-run/react";
import { Badge, BlockStack, Box, Button, Card, InlineStack, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { chooseFormula, readOverview } from "../../capabilities/analytics/analytics.server.ts";
import { RETENTION_FORMULAS, type Overview, type RetentionFormula, type Totals } from "../../capabilities/analytics/model.ts";
import { retentionsOf } from "../../capabilities/analytics/rules.ts";
import { now } from "../../platform/clock.server.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { writeFormula, writeParts } from "../../ui/kpi-words.ts";
import { useFreshFigures } from "../../ui/live.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import type { PageHandle } from "../../ui/page-handle.ts";
import { OpenFigure } from "../../ui/open-figure.tsx";
import { retentionPeople, rowsOfRetention } from "../../ui/open-rows.ts";
import { choiceOf, parseRangeChoice, toParameters } from "../../ui/range-choice.ts";
import { RangeControl } from "../../ui/range-control.tsx";
import { RetentionTabs } from "../../ui/retention-tabs.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { dayAt } from "../../values/day.ts";

const PATH = "/app/definitions";

export const handle: PageHandle = { titleKey: "analytics.formulas.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const today = dayAt(now(), shop.timeZone);
  const choice = parseRangeChoice(new URL(request.url).searchParams, today);
  const stamp = await readStamp(shop.id);
  return { today, stamp, overview: await readOverview(shop, choice.ok ? choice : {}, today) };
}

export type FormulaAnswer = { ok: true; formula: RetentionFormula } | { ok: false };

export async function action({ request }: ActionFunctionArgs): Promise<FormulaAnswer> {
  const { shop } = await merchantFrom(request);
  const said = (await request.formData()).get("formula");
  const formula = RETENTION_FORMULAS.find((known) => known === said);
  if (formula === undefined) return { ok: false };
  await chooseFormula(shop.id, formula);
  return { ok: true, formula };
}

export default function Definitions() {
  const { overview, today, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { state } = useNavigation();
  useFreshFigures(stamp);
  const parameters = new URLSearchParams(toParameters(choiceOf(overview))).toString();
  return (
    <Page fullWidth title={t("analytics.formulas.title")} subtitle={t("analytics.formulas.subtitle")} primaryAction={<DownloadButton address={`/app/reports/retention_definitions.csv?${parameters}`}>{t("frame.downloadCsv")}</DownloadButton>}>
      <BlockStack gap="400">
        <RetentionTabs current="definitions" />
        <Box paddingInline={{ xs: "400", sm: "0" }}><RangeControl key={`${overview.range.from} ${overview.range.to}`} overview={overview} today={today} path={PATH} /></Box>
        <div aria-busy={state === "loading"} className={state === "loading" ? "regulars-stale" : ""}>
          <BlockStack gap="400">
            <Formulas overview={overview} />
            <Reconciliation overview={overview} />
          </BlockStack>
        </div>
      </BlockStack>
    </Page>
  );
}

function Formulas({ overview: { totals, kpis, range, retentionPeriod } }: { overview: Overview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const fetcher = useFetcher<FormulaAnswer>();
  useAnswer(fetcher.data, ({ formula }) => showToast(t("analytics.formulas.chosen", { name: writeFormula(t, formula) })));
  const chosen = kpis.find(({ name }) => name === "repurchase_retention")?.formula;
  const found = retentionsOf(totals);
  const columns = [t("analytics.formulas.formula"), t("analytics.formulas.sum"), t("analytics.formulas.value"), t("analytics.formulas.headline")];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{t("analytics.formulas.three")}</Text>
          <HowPopover title={t("analytics.formulas.three")} rules={RETENTION_FORMULAS.map((formula) => t(`analytics.formulas.${formula}.rule`))} />
        </InlineStack>
        <NamedTable name={t("analytics.formulas.three")} columns={columns} className="regulars-figures regulars-stacked">
          {RETENTION_FORMULAS.map((formula) => {
            const { numerator, denominator, value } = found[formula];
            const { above, below } = writeParts(t, { name: "repurchase_retention", formula });
            const rows = retentionPeriod === null ? { above: null, below: null } : rowsOfRetention(formula, { range, before: retentionPeriod });
            return (
              <tr key={formula}>
                <th scope="row">{writeFormula(t, formula)}</th>
                <td data-label={columns[1]}>
                  <Facts
                    look="sum"
                    facts={[
                      [above, <OpenFigure key="above" rows={rows.above} of={above}>{formats.count(numerator)}</OpenFigure>],
                      ...(below === null ? [] : [[`÷ ${below}`, <OpenFigure key="below" rows={rows.below} of={below}>{formats.count(denominator ?? 0)}</OpenFigure>] as const]),
                    ]}
                  />
                </td>
                <td data-label={columns[2]}>{value === null ? t("analytics.kpi.nothingYet") : formats.share(value)}</td>
                <td data-label={columns[3]}>
                  {formula === chosen
                    ? <Badge tone="success">{t("analytics.formulas.isHeadline")}</Badge>
                    : <Button size="slim" accessibilityLabel={t("analytics.formulas.chooseOf", { name: writeFormula(t, formula) })} loading={fetcher.state !== "idle" && fetcher.formData?.get("formula") === formula} onClick={() => fetcher.submit({ formula }, { method: "post" })}>{t("analytics.formulas.choose")}</Button>}
                </td>
              </tr>
            );
          })}
        </NamedTable>
        <Text as="p" tone="subdued">{t("analytics.formulas.headlineBody")}</Text>
      </BlockStack>
    </Card>
  );
}

/** The people behind all three, row by row, so that each formula can be made from the others. */
function Reconciliation({ overview: { totals, retentionPeriod, range } }: { overview: Overview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const rows = rowsOf(totals);
  const people = retentionPeriod === null ? null : retentionPeople({ range, before: retentionPeriod });
  const columns = [t("analytics.formulas.people"), t("analytics.formulas.count"), t("analytics.formulas.usedBy")];
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("analytics.formulas.reconciliation")}</Text>
        <Text as="p" tone="subdued">{retentionPeriod === null ? t("analytics.formulas.allTime") : t("analytics.formulas.periods", { before: formats.range(retentionPeriod), now: formats.range(range) })}</Text>
        <NamedTable name={t("analytics.formulas.reconciliation")} columns={columns} className="regulars-figures regulars-stacked">
          {rows.map(({ row, count }) => (
            <tr key={row}>
              <th scope="row">{t(`analytics.formulas.rows.${row}`)}</th>
              <td data-label={columns[1]}><OpenFigure rows={people?.[row] ?? null} of={t(`analytics.formulas.rows.${row}`)}>{formats.count(count)}</OpenFigure></td>
              <td data-label={columns[2]}>{t(`analytics.formulas.uses.${row}`)}</td>
            </tr>
          ))}
        </NamedTable>
        <BlockStack gap="100">
          <Text as="p">{t("analytics.formulas.steps.classic", { wonBack: formats.count(wonBackOf(totals)), before: formats.count(totals.previousCustomers) })}</Text>
          <Text as="p">{t("analytics.formulas.steps.returning", { asked: formats.count(totals.askedCustomers), before: formats.count(totals.previousCustomers) })}</Text>
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

const wonBackOf = ({ returningCustomers, retainedCustomers }: Totals): number => returningCustomers - retainedCustomers;

const rowsOf = (totals: Totals) => [
  { row: "before", count: totals.previousCustomers }, { row: "kept", count: totals.retainedCustomers }, { row: "wonBack", count: wonBackOf(totals) },
  { row: "fresh", count: totals.askedCustomers - totals.returningCustomers }, { row: "asked", count: totals.askedCustomers },
] as const;
