// What winning and keeping customers cost, month by month: typed in, or brought as a file.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { importCosts, listCosts, listSalesChannels, previewCosts, readCohorts, saveTypedCosts } from "../../capabilities/cohorts/cohorts.server.ts";
import { now } from "../../platform/clock.server.ts";
import { useAddress } from "../../ui/address.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { RetentionTabs } from "../../ui/retention-tabs.tsx";
import { dayAt, monthOf } from "../../values/day.ts";
import type { FileAnswer, TypedAnswer } from "./cost-view.ts";
import { readCostsWish } from "./cost-wish.server.ts";
import { EnteredCard } from "./entered-card.tsx";
import { FileCard } from "./file-card.tsx";
import { TypedCard } from "./typed-card.tsx";

export const handle: PageHandle = { titleKey: "cohorts.costs.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const today = dayAt(now(), shop.timeZone);
  const [costs, salesChannels, { rows }] = await Promise.all([listCosts(shop), listSalesChannels(shop.id), readCohorts(shop, { grain: "month", selection: [], today })]);
  return { costs, salesChannels, newCustomers: rows.map(({ cohort, size }) => ({ month: monthOf(cohort), size })), thisMonth: monthOf(today), currency: shop.currency };
}

export async function action({ request }: ActionFunctionArgs): Promise<TypedAnswer | FileAnswer> {
  const { shop } = await merchantFrom(request);
  const read = await readCostsWish(request);
  if (!read.ok) return read.answer;
  const { wish } = read;
  if (wish.intent === "save") return saveTypedCosts(shop, wish.typed);
  return wish.intent === "preview" ? previewCosts(shop, wish.text) : importCosts(shop, wish.text);
}

export default function Costs() {
  const data = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <Page title={t("cohorts.costs.title")} subtitle={t("cohorts.costs.subtitle")} backAction={{ content: t("cohorts.value.title"), url: address("/app/value") }}>
      <BlockStack gap="400">
        <RetentionTabs current="value" />
        <TypedCard {...data} />
        <FileCard salesChannels={data.salesChannels} />
        {data.costs.length > 0 && <EnteredCard {...data} />}
      </BlockStack>
    </Page>
  );
}
