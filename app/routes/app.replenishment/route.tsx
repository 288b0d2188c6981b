// How long products last: days from buying one to the same customer's next, by product and by variant.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigate, useNavigation } from "@remix-run/react";
import { BlockStack, Card, Page, Text } from "@shopify/polaris";
import { ClockIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { findMeasuredAt, listReplenishment } from "../../capabilities/cohorts/cohorts.server.ts";
import { GAPS_MIN, TENTH_GAPS_MIN } from "../../capabilities/cohorts/rules/replenishment.ts";
import { useAddress } from "../../ui/address.ts";
import "../../ui/customers.css";
import { DownloadButton } from "../../ui/download-button.tsx";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { useSteadyReload } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { parsePage } from "../../ui/page-number.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { LastingTable } from "./lasting-table.tsx";
import { SearchField } from "./search-field.tsx";
import { VariantsCard } from "./variants-card.tsx";

const PATH = "/app/replenishment";

export const handle: PageHandle = { titleKey: "cohorts.replenishment.title" };

const PAGE_SIZE = 25;
const TEXT_MAX = 200;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const { searchParams } = new URL(request.url);
  const like = searchParams.get("q")?.replaceAll("\0", "").trim().slice(0, TEXT_MAX) ?? "";
  const wanted = searchParams.get("product") ?? "";
  const page = parsePage(searchParams);
  const [found, measuredAt] = await Promise.all([listReplenishment(shop.id, { of: "products", like, limit: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE }), findMeasuredAt(shop.id)]);
  const chosen = /^[1-9]\d{0,17}$/.test(wanted) ? wanted : (found[0]?.productId ?? null);
  return { like, page, rows: found.slice(0, PAGE_SIZE), hasNext: found.length > PAGE_SIZE, variants: chosen === null ? [] : await listReplenishment(shop.id, { of: "product", productId: chosen }), measuredAt: measuredAt?.toISOString() ?? null };
}

const MEASURING_RELOAD_MS = 5_000;
const RULES = ["gap", "quantity", "pack", "whole", "waiting", "few", "excluded", "people"] as const;

export default function Lasting() {
  const { like, page, rows, hasNext, variants, measuredAt } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const address = useAddress();
  const { state } = useNavigation();
  useSteadyReload(MEASURING_RELOAD_MS, measuredAt === null);
  const title = t("cohorts.replenishment.title");
  const show = (change: { like?: string; page?: number; product?: string }): string => {
    const next = { like, page, ...change };
    return address(PATH, { ...(next.like !== "" && { q: next.like }), ...(next.page > 1 && { page: String(next.page) }), ...(next.product !== undefined && { product: next.product }) });
  };
  const back = { content: t("cohorts.products.title"), url: address("/app/first-products") };
  if (rows.length === 0 && like === "" && page === 1) {
    const why = measuredAt === null ? "counting" : "empty";
    return <Page title={title} backAction={back}><EmptyCard icon={ClockIcon} heading={t(`cohorts.replenishment.${why}.heading`)} body={t(`cohorts.replenishment.${why}.body`)} action={back} /></Page>;
  }
  return (
    <Page fullWidth title={title} subtitle={t("cohorts.replenishment.subtitle")} backAction={back} primaryAction={<DownloadButton address="/app/reports/replenishment.csv">{t("frame.downloadCsv")}</DownloadButton>}>
      <div aria-busy={state === "loading"} className={state === "loading" ? "regulars-stale" : ""}>
        <BlockStack gap="400">
          <Card>
            <BlockStack gap="400">
              <SearchField like={like} onSearch={(text) => navigate(show({ like: text, page: 1 }), { replace: true, preventScrollReset: true })}>
                <HowPopover title={title} rules={RULES.map((rule) => t(`cohorts.replenishment.how.${rule}`, { least: formats.count(GAPS_MIN), tenth: formats.count(TENTH_GAPS_MIN) }))} />
              </SearchField>
              <LastingTable rows={rows} page={page} hasNext={hasNext} addressOf={(product) => `${show({ product })}#variants`} onPage={(next) => navigate(show({ page: next }))} />
              {measuredAt !== null && <Text as="p" tone="subdued">{t("cohorts.products.measured", { at: formats.instant(measuredAt) })}</Text>}
            </BlockStack>
          </Card>
          {variants.length > 0 && <VariantsCard rows={variants} />}
        </BlockStack>
      </div>
    </Page>
  );
}
