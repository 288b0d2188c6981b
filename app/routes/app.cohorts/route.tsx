// Cohorts: what became of each period's new customers, of all of them or of those who began with something.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigate, useNavigation } from "@remix-run/react";
import { BlockStack, Card, InlineGrid, InlineStack, Page, Text } from "@shopify/polaris";
import { CalendarIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { isCounted, nameTraits, readCohorts } from "../../capabilities/cohorts/cohorts.server.ts";
import type { CohortTable, Selection } from "../../capabilities/cohorts/model.ts";
import { othersOf } from "../../capabilities/cohorts/rules/table.ts";
import { toLocale } from "../../i18n/locales.ts";
import { now } from "../../platform/clock.server.ts";
import { useAddress } from "../../ui/address.ts";
import type { OpenPeople } from "../../ui/cohort-cell.tsx";
import { named, parseCohortQuery, toCohortParameters, USUAL_COHORTS, type CohortQuery } from "../../ui/cohort-query.ts";
import { keyOf, writeSelection, type TraitVoice } from "../../ui/cohort-words.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { useCountedFigures } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { peopleAt } from "../../ui/open-rows.ts";
import { RetentionGrid, RetentionLegend } from "../../ui/retention-grid.tsx";
import { ruleOfOrdering } from "../../ui/beginning-rule.ts";
import { RetentionTabs } from "../../ui/retention-tabs.tsx";
import { UncountedPage } from "../../ui/uncounted-page.tsx";
import { dayAt } from "../../values/day.ts";
import { CohortComparison, SelectionComparison } from "./comparison.tsx";
import { Controls } from "./controls.tsx";
import { COMPARISON_ID, Questions } from "./questions.tsx";

const RULES = ["cohort", "cell", "views", "average", "unfinished", "interval", "traits", "margin", "excluded", "opens"] as const;

export const handle: PageHandle = { titleKey: "cohorts.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const parsed = parseCohortQuery(new URL(request.url).searchParams);
  if (!parsed.ok) throw new Response(null, { status: 404 });
  const { query } = parsed;
  const today = dayAt(now(), shop.timeZone);
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const read = (selection: Selection) => readCohorts(shop, { grain: query.grain, selection, today });
  const traits = [...query.selection, ...(query.against ?? [])];
  const isAgainstOthers = query.against?.length === 0;
  const [isReady, table, beside, titles] = await Promise.all([isCounted(shop.id), read(query.selection), query.against === null || (isAgainstOthers && query.selection.length === 0) ? null : read(query.against), nameTraits(shop.id, traits)]);
  return { isReady, query, table, against: beside !== null && isAgainstOthers ? othersOf(beside, table) : beside, titles, stamp };
}

export default function Cohorts() {
  const { isReady, query, table, against, titles, stamp } = useLoaderData<typeof loader>();
  const { t, i18n } = useTranslation();
  const address = useAddress();
  const navigate = useNavigate();
  const { state } = useNavigation();
  useCountedFigures(stamp, isReady);
  const voice: TraitVoice = { t, locale: toLocale(i18n.language) ?? "en", titles };
  const change = (next: CohortQuery): void => navigate(address("/app/cohorts", toCohortParameters(next)), { preventScrollReset: true });
  if (!isReady || (table.rows.length === 0 && query.selection.length === 0)) return <UncountedPage title={t("cohorts.title")} tab="cohorts" icon={CalendarIcon} isReady={isReady} empty={{ heading: t("cohorts.empty.heading"), body: t("cohorts.empty.body") }} />;
  const names = [writeSelection(query.selection, voice), query.against?.length === 0 ? t("cohorts.others") : writeSelection(query.against ?? [], voice)] as const;
  return (
    <Page fullWidth title={t("cohorts.title")} primaryAction={<DownloadButton address={reportOf(query)}>{t("frame.downloadCsv")}</DownloadButton>}>
      <BlockStack gap="400">
        <RetentionTabs current="cohorts" />
        <Questions />
        <Card>
          <BlockStack gap="400">
            <InlineStack align="space-between" blockAlign="center" gap="300">
              <Text as="p">{t(`cohorts.intro.${query.grain}`)}</Text>
              <HowPopover title={t("cohorts.title")} rules={RULES.map((rule) => t(`cohorts.how.${rule}`))} />
            </InlineStack>
            <Controls query={query} voice={voice} onChange={change} />
          </BlockStack>
        </Card>
        <div aria-busy={state === "loading"} className={state === "loading" ? "regulars-stale" : ""}>
          <BlockStack gap="400">
            {against !== null && <SelectionComparison tables={[table, against]} names={names} view={query.view} />}
            <InlineGrid columns={{ xs: 1, md: against === null ? 1 : 2 }} gap="400">
              <Shown table={table} query={query} selection={query.selection} of={names[0]} />
              {against !== null && <Shown table={against} query={query} selection={query.against ?? []} isOthers={query.against?.length === 0} of={names[1]} />}
            </InlineGrid>
            {against === null && <div id={COMPARISON_ID}><CohortComparison key={`${query.grain} ${keyOf(query.selection)}`} table={table} view={query.view} /></div>}
          </BlockStack>
        </div>
      </BlockStack>
    </Page>
  );
}

/** The same cohorts as rows. */
function reportOf({ grain, selection }: CohortQuery): string {
  const parameters = [...(grain === USUAL_COHORTS.grain ? [] : [["grain", grain]]), ...named("filter", selection)];
  return ["/app/reports/cohorts.csv", ...(parameters.length === 0 ? [] : [new URLSearchParams(parameters).toString()])].join("?");
}

/** `isOthers`: all who are not in the selection beside it. */
function Shown({ table, query, selection, isOthers = false, of }: { table: CohortTable; query: CohortQuery; selection: Selection; isOthers?: boolean; of: string }) {
  const { t } = useTranslation();
  const look = { measure: query.measure, view: query.view, smallTo: query.smallTo };
  const open: OpenPeople = (days) => {
    const rule = ruleOfOrdering(days, isOthers ? query.selection : selection, isOthers);
    return rule && peopleAt(rule);
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("cohorts.shown", { measure: t(`cohorts.measures.${query.measure}`), of })}</Text>
        {table.rows.length === 0
          ? <Text as="p" tone="subdued">{t("cohorts.nobody")}</Text>
          : <><RetentionGrid table={table} look={look} of={of} open={open} /><RetentionLegend table={table} look={look} /></>}
      </BlockStack>
    </Card>
  );
}
