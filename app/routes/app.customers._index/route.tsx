// Customers: everybody the shop knows, searched, filtered and sorted; what is shown is in the address, so that a view is an address.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { Banner, BlockStack, Card, Page } from "@shopify/polaris";
import { PersonIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { findMeasures } from "../../capabilities/profiles/profiles.server.ts";
import { VIEWS_MAX, type Rule } from "../../capabilities/segments/model.ts";
import { deleteView, listCustomers, listSegments, listViews, nameRule, saveView } from "../../capabilities/segments/segments.server.ts";
import { listSurveys } from "../../capabilities/surveys/surveys.server.ts";
import { readSyncStatus } from "../../capabilities/sync/sync.server.ts";
import { useAddress } from "../../ui/address.ts";
import { EVERYBODY, parseCustomerList, toCustomerQuery, toFilterParameters } from "../../ui/customer-query.ts";
import { CustomerTabs } from "../../ui/customer-tabs.tsx";
import { DownloadButton } from "../../ui/download-button.tsx";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { useFreshFigures, useSteadyReload } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import "../../ui/customers.css";
import { CountedCard, type Counted } from "./counted-card.tsx";
import { CustomerTable } from "./customer-table.tsx";
import { toCustomerRow, toSegmentChoices } from "./customers-view.ts";
import { ListFilters } from "./list-filters.tsx";
import { parseViewWish, type ViewAnswer } from "./view-wish.ts";

export const handle: PageHandle = { titleKey: "segments.list.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const answer = parseCustomerList(new URL(request.url).searchParams);
  const list = answer.ok ? answer.list : EVERYBODY;
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const [{ customers, count }, views, segments, measures, counted] = await Promise.all([
    listCustomers(shop, toCustomerQuery(list), list.page - 1), listViews(shop.id), listSegments(shop.id), findMeasures(shop.id), list.counted === null ? null : readCounted(shop.id, list.counted),
  ]);
  return {
    list, counted, refusedField: answer.ok ? null : answer.field, rows: customers.map(toCustomerRow), count, views, segments: toSegmentChoices(segments),
    missing: customers.length > 0 ? null : await whyNobody(shop.id, measures), isMeasuring: measures?.isWhole !== true, stamp,
  };
}

async function readCounted(shopId: Parameters<typeof findMeasures>[0], rule: Rule): Promise<Counted> {
  const [names, surveys] = await Promise.all([nameRule(shopId, rule), listSurveys(shopId)]);
  return { rule, names, surveys: surveys.map(({ id, definition: { name, question } }) => ({ id, name, question })) };
}

/** reading: the history comes first · measuring: it is in, and people are being looked at · matching: the filters leave nobody */
async function whyNobody(shopId: Parameters<typeof findMeasures>[0], measures: Awaited<ReturnType<typeof findMeasures>>): Promise<"reading" | "measuring" | "matching"> {
  const { backfill } = await readSyncStatus(shopId);
  if (backfill.state === "running" || backfill.state === "none") return "reading";
  return measures?.isWhole === true ? "matching" : "measuring";
}

export async function action({ request }: ActionFunctionArgs): Promise<ViewAnswer> {
  const { shop } = await merchantFrom(request);
  const answer = parseViewWish(await request.formData());
  if (!answer.ok) return answer;
  const { wish } = answer;
  if (wish.intent === "deleteView") await deleteView(shop.id, wish.id);
  else {
    const views = await listViews(shop.id);
    if (views.length >= VIEWS_MAX && !views.some(({ id }) => id === wish.id)) return { ok: false, field: "id" };
    await saveView(shop.id, { id: wish.id, name: wish.name, query: wish.query });
  }
  return { ok: true };
}

const MEASURING_RELOAD_MS = 2_000;

export default function Customers() {
  const { list, counted, refusedField, rows, count, views, segments, missing, isMeasuring, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  const { state } = useNavigation();
  useFreshFigures(stamp);
  useSteadyReload(MEASURING_RELOAD_MS, isMeasuring);
  const isFiltered = Object.keys(toFilterParameters(list)).length > 0;
  const isNobodyHere = missing === "reading" || missing === "measuring" || (missing === "matching" && !isFiltered && list.page === 1);
  const report = `/app/reports/customers.csv?${new URLSearchParams(toFilterParameters(list)).toString()}`;
  return (
    <Page fullWidth title={t("segments.list.title")} {...(!isNobodyHere && { primaryAction: <DownloadButton address={report}>{t("frame.downloadCsv")}</DownloadButton> })}>
      <BlockStack gap="400">
        <CustomerTabs current="all" />
        {refusedField !== null && (
          <Banner tone="critical" title={t("segments.list.refused.title")} action={{ content: t("segments.list.refused.action"), url: address("/app/customers") }}>
            <p>{t("segments.list.refused.body", { field: refusedField })}</p>
          </Banner>
        )}
        {counted !== null && <CountedCard counted={counted} />}
        {isNobodyHere
          ? <EmptyCard icon={PersonIcon} heading={t(`segments.list.empty.${missing}.heading`)} body={t(`segments.list.empty.${missing}.body`)} action={{ content: t("segments.list.empty.action"), url: address("/app/sync") }} />
          : (
            <Card padding="0">
              <ListFilters key={list.viewId} list={list} views={views} segments={segments} isLoading={state === "loading"} />
              <CustomerTable list={list} rows={rows} count={count} isLoading={state === "loading"} />
            </Card>
          )}
      </BlockStack>
    </Page>
  );
}
