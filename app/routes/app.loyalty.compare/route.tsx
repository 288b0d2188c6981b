// Members against customers like them: how many order again, and for how much; with the warning that this is not what the programme did.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Card, InlineStack, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { compareMembers } from "../../capabilities/loyalty/loyalty.server.ts";
import { COMPARED_MONTHS, OUTCOME_DAYS, type Comparison } from "../../capabilities/loyalty/model/comparison.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { LoyaltyTabs } from "../../ui/loyalty-tabs.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import type { PageHandle } from "../../ui/page-handle.ts";
import { useFormats } from "../../ui/shop-formats.tsx";

export const handle: PageHandle = { titleKey: "loyalty.compare.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  return { comparison: await compareMembers(shop) };
}

export default function ComparePage() {
  const { comparison } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const rules = [t("loyalty.compare.rules.members", { count: COMPARED_MONTHS, days: OUTCOME_DAYS }), t("loyalty.compare.rules.alike"), t("loyalty.compare.rules.weighed"), t("loyalty.compare.rules.range")];
  return (
    <Page title={t("loyalty.compare.title")} subtitle={t("loyalty.compare.subtitle")}>
      <BlockStack gap="400">
        <LoyaltyTabs current="compare" />
        <Banner tone="warning" title={t("loyalty.compare.warning.title")}><p>{t("loyalty.compare.warning.body")}</p></Banner>
        <Card>
          <BlockStack gap="400">
            <InlineStack align="space-between" blockAlign="center" gap="200">
              <Text as="h2" variant="headingMd">{t("loyalty.compare.within", { count: OUTCOME_DAYS })}</Text>
              <HowPopover title={t("loyalty.compare.title")} rules={rules} />
            </InlineStack>
            {comparison.isKnown ? <Compared comparison={comparison} /> : <Text as="p">{t("loyalty.compare.notYet", { count: comparison.needed, days: OUTCOME_DAYS })}</Text>}
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}

function Compared({ comparison: { members, others, share, revenue, leftOut } }: { comparison: Comparison & { isKnown: true } }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const columns = [t("loyalty.compare.figure"), t("loyalty.compare.members"), t("loyalty.compare.others"), t("loyalty.compare.difference")];
  const [, ours = "", theirs = "", difference = ""] = columns;
  const sign = (value: number, text: string): string => (value < 0 ? `−${text}` : `+${text}`);
  const points = (value: number): string => sign(value, t("loyalty.compare.percentPoints", { points: formats.points(Math.abs(value)) }));
  const money = (value: number): string => sign(value, formats.money(Math.abs(Math.round(value))));
  const rows = [
    { name: t("loyalty.compare.share"), ours: formats.share(members.share), theirs: formats.share(others.share), value: points(share.value), range: { low: points(share.low), high: points(share.high) } },
    { name: t("loyalty.compare.revenue"), ours: formats.money(Math.round(members.revenueMinor)), theirs: formats.money(Math.round(others.revenueMinor)), value: money(revenue.value), range: { low: money(revenue.low), high: money(revenue.high) } },
  ];
  return (
    <>
      <NamedTable name={t("loyalty.compare.title")} className="regulars-figures regulars-stacked" columns={columns}>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td data-label={ours}>{row.ours}</td>
            <td data-label={theirs}>{row.theirs}</td>
            <td data-label={difference}><span>{row.value}<br /><Text as="span" tone="subdued" variant="bodySm">{t("loyalty.compare.range", row.range)}</Text></span></td>
          </tr>
        ))}
      </NamedTable>
      <Text as="p" tone="subdued">{t("loyalty.compare.basis", { members: formats.count(members.people), others: formats.count(others.people) })}</Text>
      {leftOut > 0 && <Text as="p" tone="subdued">{t("loyalty.compare.leftOut", { count: leftOut })}</Text>}
      {share.low <= 0 && share.high >= 0 && <Text as="p">{t("loyalty.compare.unclear")}</Text>}
    </>
  );
}
