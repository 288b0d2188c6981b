// The orders a figure counts, the newest first, each leading to its customer here and to itself in Shopify.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigate, useNavigation } from "@remix-run/react";
import { BlockStack, Card, Link, Page, Pagination, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { listOrders } from "../../capabilities/analytics/analytics.server.ts";
import { ORDERS_PAGE, type ListedOrder } from "../../capabilities/analytics/model.ts";
import { useAddress } from "../../ui/address.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { useFreshFigures } from "../../ui/live.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { parseOrderChoice, toOrderParameters } from "../../ui/order-query.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { parsePage } from "../../ui/page-number.ts";
import { useFormats } from "../../ui/shop-formats.tsx";

export const handle: PageHandle = { titleKey: "analytics.orders.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const { searchParams } = new URL(request.url);
  const answer = parseOrderChoice(searchParams);
  if (!answer.ok) throw new Response(null, { status: 404 });
  const page = parsePage(searchParams);
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const { orders, count, revenueMinor } = await listOrders(shop.id, answer.choice, page - 1);
  return { choice: answer.choice, page, rows: orders.map(toRow), count, revenueMinor, stamp };
}

const toRow = ({ orderId, customerId, ...order }: ListedOrder) => ({ ...order, id: String(orderId), customerId: customerId === null ? null : String(customerId) });

export default function Orders() {
  const { choice, page, rows, count, revenueMinor, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const formats = useFormats();
  const { state } = useNavigation();
  useFreshFigures(stamp);
  const facts = [[t("analytics.home.orders"), formats.count(count)], [t("analytics.home.revenue"), formats.money(revenueMinor)], [t("analytics.kpi.period"), formats.range(choice.range)]] as const;
  return (
    <Page title={t(`analytics.orders.kinds.${choice.kind}`)} primaryAction={<DownloadButton address={`/app/reports/orders.csv?${new URLSearchParams(toOrderParameters(choice)).toString()}`}>{t("frame.downloadCsv")}</DownloadButton>}>
      <Card>
        <div aria-busy={state === "loading"} className={state === "loading" ? "regulars-stale" : ""}>
          <BlockStack gap="400">
            <HowPopover title={t(`analytics.orders.kinds.${choice.kind}`)} rules={(["counted", "revenue", "place"] as const).map((rule) => t(`analytics.orders.how.${rule}`))} />
            <Facts look="totals" facts={facts} />
            {rows.length === 0 ? <Text as="p" tone="subdued">{t("analytics.orders.none")}</Text> : <Rows rows={rows} />}
            {(page > 1 || page * ORDERS_PAGE < count) && <Pages page={page} hasNext={page * ORDERS_PAGE < count} parameters={toOrderParameters(choice)} />}
          </BlockStack>
        </div>
      </Card>
    </Page>
  );
}

function Rows({ rows }: { rows: readonly ReturnType<typeof toRow>[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const columns = [t("analytics.orders.order"), t("analytics.orders.day"), t("analytics.orders.customer"), t("analytics.orders.place"), t("analytics.home.revenue")];
  return (
    <NamedTable name={t("analytics.orders.title")} columns={columns} className="regulars-figures regulars-stacked">
      {rows.map(({ id, name, day, customerId, customerName, email, place, revenueMinor }) => (
        <tr key={id}>
          <th scope="row"><Link url={`shopify://admin/orders/${id}`} target="_top" monochrome accessibilityLabel={t("analytics.orders.inShopify", { order: name })}>{name}</Link></th>
          <td data-label={columns[1]}>{formats.day(day)}</td>
          <td data-label={columns[2]}>{customerId === null ? t("analytics.orders.guest") : <Link url={address(`/app/customers/${customerId}`)} monochrome>{customerName ?? email ?? t("segments.list.nameless")}</Link>}</td>
          <td data-label={columns[3]}>{customerId === null ? "–" : formats.count(place)}</td>
          <td data-label={columns[4]}>{formats.money(revenueMinor)}</td>
        </tr>
      ))}
    </NamedTable>
  );
}

function Pages({ page, hasNext, parameters }: { page: number; hasNext: boolean; parameters: Record<string, string> }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const turnTo = (wanted: number): void => navigate(address("/app/orders", { ...parameters, page: String(wanted) }));
  return <Pagination accessibilityLabel={t("analytics.orders.pages")} hasPrevious={page > 1} hasNext={hasNext} onPrevious={() => turnTo(page - 1)} onNext={() => turnTo(page + 1)} label={t("segments.list.page", { page })} />;
}
