// The shop's retention at a glance: one period, six figures, and how each moves month by month.
import { useNavigation } from "@remix-run/react";
import { Banner, BlockStack, Box, Card, InlineGrid, InlineStack, Page, Text } from "@shopify/polaris";
import { OrderIcon } from "@shopify/polaris-icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Overview } from "../../capabilities/analytics/model.ts";
import type { Alert, Track, UsualBand } from "../../capabilities/targets/model.ts";
import { isSameLength } from "../../capabilities/analytics/rules.ts";
import { countDays, type Day } from "../../values/day.ts";
import { useAddress } from "../../ui/address.ts";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { Facts } from "../../ui/facts.tsx";
import { useFreshFigures } from "../../ui/live.ts";
import { OpenFigure } from "../../ui/open-figure.tsx";
import { newCustomersAt, ordersAt, type Rows } from "../../ui/open-rows.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { choiceOf, toParameters } from "../../ui/range-choice.ts";
import { ComparisonControl, RangeControl } from "../../ui/range-control.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { AlertBanner } from "./alert-banner.tsx";
import { GoalsCard } from "./goals-card.tsx";
import { KpiCard } from "./kpi-card.tsx";
import { LeavingCard, type Leaving } from "./leaving-card.tsx";
import { TrendCard, type MonthNotes } from "./trend-card.tsx";

type DashboardProps = { overview: Overview; leaving: Leaving; tracks: Track[]; bands: UsualBand[]; alert: Omit<Alert, "dismissedAt"> | null; notes: MonthNotes[]; today: Day; stamp: string | null; isHistoryBroken: boolean; isLimitedTo60Days: boolean };

export function Dashboard({ overview, leaving, tracks, bands, alert, notes, today, stamp, isHistoryBroken, isLimitedTo60Days }: DashboardProps) {
  const { t } = useTranslation();
  const address = useAddress();
  const { state } = useNavigation();
  useFreshFigures(stamp);
  const notice = <Notice overview={overview} alert={alert} isHistoryBroken={isHistoryBroken} isLimitedTo60Days={isLimitedTo60Days} />;
  if (overview.firstOrderOn === null) return <NoOrders notice={notice} />;
  return (
    <Page
      title={t("analytics.home.title")}
      primaryAction={<DownloadButton address={`/app/reports/overview.csv?${new URLSearchParams(toParameters(choiceOf(overview))).toString()}`}>{t("frame.downloadCsv")}</DownloadButton>}
      secondaryActions={[{ content: t("targets.title"), url: address("/app/targets") }]}
    >
      <BlockStack gap="400">
        {notice}
        <LeavingCard leaving={leaving} />
        <Days overview={overview} today={today} />
        <div aria-busy={state === "loading"} className={state === "loading" ? "regulars-stale" : ""}>
          <BlockStack gap="400">
            <InlineGrid columns={{ xs: 1, sm: 2, lg: 3 }} gap="400">
              {overview.kpis.map((kpi) => <KpiCard key={kpi.name} kpi={kpi} overview={overview} />)}
            </InlineGrid>
            <GoalsCard tracks={tracks} />
            <TotalsCard overview={overview} />
            <TrendCard kpis={overview.kpis} bands={bands} tracks={tracks} notes={notes} today={today} until={overview.range.to} />
          </BlockStack>
        </div>
      </BlockStack>
    </Page>
  );
}

/** Which days, and beside which others. */
function Days({ overview, today }: Pick<DashboardProps, "overview" | "today">) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { range, comparedWith, comparison, firstOrderOn } = overview;
  const isUneven = comparedWith !== null && typeof comparison !== "string" && !isSameLength(range, comparedWith);
  const isPartly = comparedWith !== null && firstOrderOn !== null && comparedWith.from < firstOrderOn && firstOrderOn <= comparedWith.to;
  return (
    <Box paddingInline={{ xs: "400", sm: "0" }}>
      <BlockStack gap="200">
        <InlineStack gap="200">
          <RangeControl key={`${range.from} ${range.to}`} overview={overview} today={today} path="/app" />
          <ComparisonControl key={`${range.from} ${range.to} with ${comparedWith?.from ?? ""} ${comparedWith?.to ?? ""}`} overview={overview} today={today} path="/app" />
        </InlineStack>
        {isUneven && <Text as="p" tone="subdued">{t("analytics.comparisons.uneven", { days: formats.count(countDays(range)), others: formats.count(countDays(comparedWith)) })}</Text>}
        {isPartly && <Text as="p" tone="subdued">{t("analytics.comparisons.partly", { day: formats.day(firstOrderOn) })}</Text>}
      </BlockStack>
    </Box>
  );
}

/** At most one banner: what keeps the figures from being whole comes before what keeps them from being interesting. */
function Notice({ overview, alert, isHistoryBroken, isLimitedTo60Days }: Pick<DashboardProps, "overview" | "alert" | "isHistoryBroken" | "isLimitedTo60Days">) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  if (isHistoryBroken) {
    return (
      <Banner tone="critical" title={t("sync.failedBanner.title")} action={{ content: t("sync.failedBanner.action"), url: address("/app/sync") }}>
        <p>{t("sync.failedBanner.body")}</p>
      </Banner>
    );
  }
  if (isLimitedTo60Days) return <Banner tone="warning" title={t("analytics.limited.title")}><p>{t("analytics.limited.body")}</p></Banner>;
  if (alert !== null) return <AlertBanner alert={alert} />;
  if (overview.lastOrderOn === null || overview.totals.orders > 0) return null;
  return (
    <Banner tone="info" title={t("analytics.quiet.title")} action={{ content: t("analytics.quiet.action"), url: address("/app", { range: "all_time" }) }}>
      <p>{t("analytics.quiet.body", { day: formats.day(overview.lastOrderOn) })}</p>
    </Banner>
  );
}

function NoOrders({ notice }: { notice: ReactNode }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <Page title={t("analytics.home.title")}>
      <BlockStack gap="400">
        {notice}
        <EmptyCard icon={OrderIcon} heading={t("analytics.empty.heading")} body={t("analytics.empty.body")} action={{ content: t("analytics.empty.action"), url: address("/app/sync") }} />
      </BlockStack>
    </Page>
  );
}

/** What the six figures are made of. */
function TotalsCard({ overview: { totals, range } }: { overview: Overview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const opening = (of: string, rows: Rows, figure: string): [string, ReactNode] => [of, <OpenFigure key={of} rows={rows} of={of}>{figure}</OpenFigure>];
  const figures = [
    opening(t("analytics.home.orders"), ordersAt(range), formats.count(totals.orders)),
    opening(t("analytics.home.revenue"), ordersAt(range), formats.money(totals.revenueMinor)),
    opening(t("analytics.home.newCustomers"), newCustomersAt(range), formats.count(totals.newCustomers)),
    opening(t("analytics.home.guestOrders"), ordersAt(range, "guests"), formats.count(totals.guestOrders)),
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">{t("analytics.home.totals")}</Text>
        <Facts look="totals" facts={figures} />
      </BlockStack>
    </Card>
  );
}
