// The shop's retention at a glance: one period, six figures, and how each moves month by month.
import { useNavigation } from "@remix-run/react";
import { Banner, BlockStack, Box, Card, InlineGrid, Page, Text } from "@shopify/polaris";
import { OrderIcon } from "@shopify/polaris-icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Overview } from "../../capabilities/analytics/model.ts";
import type { Day } from "../../values/day.ts";
import { useAddress } from "../../ui/address.ts";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { Facts } from "../../ui/facts.tsx";
import { useFreshFigures } from "../../ui/live.ts";
import { OpenFigure } from "../../ui/open-figure.tsx";
import { newCustomersAt, ordersAt, type Rows } from "../../ui/open-rows.ts";
import { RangeControl } from "../../ui/range-control.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { KpiCard } from "./kpi-card.tsx";
import { LeavingCard, type Leaving } from "./leaving-card.tsx";
import { TrendCard } from "./trend-card.tsx";

type DashboardProps = { overview: Overview; leaving: Leaving; today: Day; stamp: string | null; isHistoryBroken: boolean; isLimitedTo60Days: boolean };

export function Dashboard({ overview, leaving, today, stamp, isHistoryBroken, isLimitedTo60Days }: DashboardProps) {
  const { t } = useTranslation();
  const { state } = useNavigation();
  useFreshFigures(stamp);
  const notice = <Notice overview={overview} isHistoryBroken={isHistoryBroken} isLimitedTo60Days={isLimitedTo60Days} />;
  if (overview.firstOrderOn === null) return <NoOrders notice={notice} />;
  return (
    <Page title={t("analytics.home.title")}>
      <BlockStack gap="400">
        {notice}
        <LeavingCard leaving={leaving} />
        <Box paddingInline={{ xs: "400", sm: "0" }}>
          <RangeControl key={`${overview.range.from} ${overview.range.to}`} overview={overview} today={today} path="/app" />
        </Box>
        <div aria-busy={state === "loading"} className={state === "loading" ? "regulars-stale" : ""}>
          <BlockStack gap="400">
            <InlineGrid columns={{ xs: 1, sm: 2, lg: 3 }} gap="400">
              {overview.kpis.map((kpi) => <KpiCard key={kpi.name} kpi={kpi} overview={overview} />)}
            </InlineGrid>
            <TotalsCard overview={overview} />
            <TrendCard kpis={overview.kpis} />
          </BlockStack>
        </div>
      </BlockStack>
    </Page>
  );
}

/** At most one banner: what keeps the figures from being whole comes before what keeps them from being interesting. */
function Notice({ overview, isHistoryBroken, isLimitedTo60Days }: Pick<DashboardProps, "overview" | "isHistoryBroken" | "isLimitedTo60Days">) {
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
