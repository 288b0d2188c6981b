// Lifetime value: what a customer has brought by an age, cohort by cohort and together, against what winning and keeping them cost.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigate, useNavigation } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { CashDollarIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { isCounted, nameTraits, readValue } from "../../capabilities/cohorts/cohorts.server.ts";
import type { Basis, CohortCost } from "../../capabilities/cohorts/model.ts";
import { knownMarginShare } from "../../capabilities/cohorts/rules/value.ts";
import { lastDayOfPeriod } from "../../capabilities/cohorts/rules/periods.ts";
import { toLocale } from "../../i18n/locales.ts";
import { now } from "../../platform/clock.server.ts";
import { useAddress } from "../../ui/address.ts";
import { ruleOfOrdering } from "../../ui/beginning-rule.ts";
import { named } from "../../ui/cohort-query.ts";
import { writeSelection, type TraitVoice } from "../../ui/cohort-words.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { useCountedFigures } from "../../ui/live.ts";
import { peopleAt } from "../../ui/open-rows.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { RetentionTabs } from "../../ui/retention-tabs.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { parseValueQuery, toValueParameters, type ValueQuery } from "../../ui/value-query.ts";
import { UncountedPage } from "../../ui/uncounted-page.tsx";
import { dayAt, type Day } from "../../values/day.ts";
import { CohortCard } from "./cohort-card.tsx";
import { CurveCard } from "./curve-card.tsx";
import { HeadlineCard } from "./headline-card.tsx";
import { ProfitCard } from "./profit-card.tsx";
import type { ShownValue } from "./shown-value.ts";

export const handle: PageHandle = { titleKey: "cohorts.value.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const parsed = parseValueQuery(new URL(request.url).searchParams);
  if (!parsed.ok) throw new Response(null, { status: 404 });
  const { query } = parsed;
  const today = dayAt(now(), shop.timeZone);
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const [isReady, value, titles] = await Promise.all([isCounted(shop.id), readValue(shop, { trait: query.trait, today }), nameTraits(shop.id, query.trait === null ? [] : [query.trait])]);
  return { isReady, query, value, titles, stamp };
}

export default function LifetimeValue() {
  const { isReady, query, value: { table, costs, hasCosts }, titles, stamp } = useLoaderData<typeof loader>();
  const { t, i18n } = useTranslation();
  const address = useAddress();
  const navigate = useNavigate();
  const { state } = useNavigation();
  useCountedFigures(stamp, isReady);
  const voice: TraitVoice = { t, locale: toLocale(i18n.language) ?? "en", titles };
  const change = (next: ValueQuery): void => navigate(address("/app/value", toValueParameters(next)), { preventScrollReset: true });
  if (table.rows.length === 0 && query.trait === null) return <UncountedPage title={t("cohorts.value.title")} tab="value" icon={CashDollarIcon} isReady={isReady} empty={{ heading: t("cohorts.value.empty.heading"), body: t("cohorts.value.empty.body") }} />;
  const known = knownMarginShare(table);
  const basis: Basis = query.basis ?? (known === 1 ? "margin" : "revenue");
  const selection = query.trait === null ? [] : [query.trait];
  const shown: ShownValue = {
    table, basis, blend: query.blend, costs: costs === null ? null : new Map(costs.map((cost) => [cost.cohort, cost] satisfies [Day, CohortCost])), hasCosts,
    peopleOf: (first, last) => {
      const rule = ruleOfOrdering([{ first: { from: first, to: lastDayOfPeriod("month", last) }, then: null }], selection);
      return rule && peopleAt(rule);
    },
  };
  return (
    <Page
      fullWidth title={t("cohorts.value.title")} secondaryActions={[{ content: t("cohorts.value.toCosts"), url: address("/app/value/costs") }]}
      primaryAction={<DownloadButton address={reportOf("ltv", query)}>{t("frame.downloadCsv")}</DownloadButton>}
    >
      <BlockStack gap="400">
        <RetentionTabs current="value" />
        <HeadlineCard shown={shown} query={query} voice={voice} onChange={change} />
        {basis === "margin" && known !== null && known < 1 && <KnownMargin known={known} />}
        {table.rows.length > 0 && (
          <div aria-busy={state === "loading"} className={state === "loading" ? "regulars-stale" : ""}>
            <BlockStack gap="400">
              <CurveCard shown={shown} query={query} of={writeSelection(selection, voice)} onChange={change} />
              <CohortCard shown={shown} />
              <ProfitCard shown={shown} report={reportOf("payback", query)} />
            </BlockStack>
          </div>
        )}
      </BlockStack>
    </Page>
  );
}

/** The same as rows. */
function reportOf(name: "ltv" | "payback", { trait, blend }: ValueQuery): string {
  const parameters = [...named("filter", trait === null ? [] : [trait]), ...(name === "ltv" ? [["blend", blend]] : [])];
  return `/app/reports/${name}.csv?${new URLSearchParams(parameters).toString()}`;
}

function KnownMargin({ known }: { known: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = { share: formats.share(known) };
  return <Banner tone="info"><p>{known === 0 ? t("cohorts.value.margin.none") : t("cohorts.value.margin.some", words)}</p></Banner>;
}
