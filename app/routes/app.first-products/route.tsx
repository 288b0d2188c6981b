// Products that make regulars: which first product customers come again after, what they buy next, what loyal customers buy that others do not.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigate, useNavigation } from "@remix-run/react";
import { BlockStack, Card, InlineStack, Link, Page, Text } from "@shopify/polaris";
import { ProductIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { findMeasuredAt, isCounted, readBrightSpots, readFirstProducts, readFlows } from "../../capabilities/cohorts/cohorts.server.ts";
import { extremesOf, JUDGED_MIN, lastMonthOver } from "../../capabilities/cohorts/rules/first-products.ts";
import { now } from "../../platform/clock.server.ts";
import { useAddress } from "../../ui/address.ts";
import "../../ui/customers.css";
import { DownloadButton } from "../../ui/download-button.tsx";
import { useCountedFigures } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { RetentionTabs } from "../../ui/retention-tabs.tsx";
import { UncountedPage } from "../../ui/uncounted-page.tsx";
import { dayAt } from "../../values/day.ts";
import { AnswerCard } from "./answer-card.tsx";
import { FlowCard } from "./flow-card.tsx";
import { ProductTable } from "./product-table.tsx";
import { SpotsCard } from "./spots-card.tsx";
import { parseProductsView, sortProducts, toProductsParameters, type ProductsView } from "./view.ts";

export const handle: PageHandle = { titleKey: "cohorts.products.title" };

const PAGE_SIZE = 10; // what is below is to be found
const SPOTS_PAGE_SIZE = 10;
const CHOICES_MAX = 100; // of first products to look behind; the others are chosen in the table

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const view = parseProductsView(new URL(request.url).searchParams);
  const today = dayAt(now(), shop.timeZone);
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const [isReady, products, bright, measuredAt] = await Promise.all([isCounted(shop.id), readFirstProducts(shop, today), readBrightSpots(shop.id), findMeasuredAt(shop.id)]);
  const { best, worst } = extremesOf(products);
  const chosen = products.find(({ productId }) => productId === view.product) ?? best ?? products[0] ?? null;
  const flow = chosen === null ? null : ((await readFlows(shop.id, [chosen.productId])).get(chosen.productId) ?? null);
  const [from, spotsFrom] = [(view.page - 1) * PAGE_SIZE, (view.spots - 1) * SPOTS_PAGE_SIZE];
  return {
    isReady, view, stamp, best, worst, chosen, flow, count: products.length, judged: products.filter(({ customers }) => customers >= JUDGED_MIN).length, yearTo: lastMonthOver(today),
    rows: sortProducts(products, view).slice(from, from + PAGE_SIZE), hasNext: from + PAGE_SIZE < products.length,
    choices: products.toSorted((a, b) => b.customers - a.customers).slice(0, CHOICES_MAX).map(({ productId, title }) => ({ productId, title })),
    bright: { totals: bright.totals, spots: bright.spots.slice(spotsFrom, spotsFrom + SPOTS_PAGE_SIZE), hasNext: spotsFrom + SPOTS_PAGE_SIZE < bright.spots.length, measuredAt: measuredAt?.toISOString() ?? null },
  };
}

export default function FirstProducts() {
  const { isReady, view, stamp, best, worst, chosen, flow, count, judged, yearTo, rows, hasNext, choices, bright } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const { state } = useNavigation();
  useCountedFigures(stamp, isReady);
  if (chosen === null) return <UncountedPage title={t("cohorts.products.title")} tab="products" icon={ProductIcon} isReady={isReady} empty={{ heading: t("cohorts.products.empty.heading"), body: t("cohorts.products.empty.body") }} />;
  const addressOf = (change: Partial<ProductsView>): string => address("/app/first-products", toProductsParameters({ ...view, ...change }));
  const show = (change: Partial<ProductsView>): void => navigate(addressOf(change), { preventScrollReset: true });
  return (
    <Page fullWidth title={t("cohorts.products.title")} primaryAction={<DownloadButton address="/app/reports/first_products.csv">{t("frame.downloadCsv")}</DownloadButton>}>
      <BlockStack gap="400">
        <RetentionTabs current="products" />
        <AnswerCard best={best} worst={worst} judged={judged} />
        <div aria-busy={state === "loading"} className={state === "loading" ? "regulars-stale" : ""}>
          <BlockStack gap="400">
            <Card padding="0"><ProductTable view={view} rows={rows} count={count} hasNext={hasNext} yearTo={yearTo} isLoading={false} onShow={show} nextOf={(product) => `${addressOf({ product })}#next`} /></Card>
            <FlowCard product={chosen} flow={flow} choices={choices} onChoose={(product) => show({ product })} />
            <SpotsCard {...bright} page={view.spots} onShow={(spots) => show({ spots })} />
          </BlockStack>
        </div>
        <Card>
          <InlineStack align="space-between" blockAlign="center" gap="300">
            <Text as="p">{t("cohorts.products.lasting")}</Text>
            <Link url={address("/app/replenishment")}>{t("cohorts.products.toLasting")}</Link>
          </InlineStack>
        </Card>
      </BlockStack>
    </Page>
  );
}
