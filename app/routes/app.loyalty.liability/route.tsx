// The liability book: what outstanding points are worth, when they end, how many will likely never be spent, and each month's sums.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { CashDollarIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readLiability } from "../../capabilities/loyalty/loyalty.server.ts";
import { useAddress } from "../../ui/address.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { LoyaltyTabs } from "../../ui/loyalty-tabs.tsx";
import type { PageHandle } from "../../ui/page-handle.ts";
import { BreakageCard } from "./breakage-card.tsx";
import { CheckCard } from "./check-card.tsx";
import { ExpiryCard } from "./expiry-card.tsx";
import { toLiabilityView } from "./liability-view.ts";
import { MonthsCard } from "./months-card.tsx";
import { OutstandingCard } from "./outstanding-card.tsx";

export const handle: PageHandle = { titleKey: "loyalty.liability.title" };

/** A book is read, not watched: it does not ask again by itself. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  return { view: toLiabilityView(await readLiability(shop)) };
}

export default function LiabilityPage() {
  const { view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <Page title={t("loyalty.liability.title")} subtitle={t("loyalty.liability.subtitle")} {...(view.isLaunched && { primaryAction: <DownloadButton address="/app/reports/liability.csv">{t("frame.downloadCsv")}</DownloadButton> })}>
      <BlockStack gap="400">
        <LoyaltyTabs current="liability" />
        {view.isLaunched ? (
          <>
            <OutstandingCard view={view} />
            <ExpiryCard view={view} />
            <BreakageCard view={view} />
            <MonthsCard months={view.months} />
            <CheckCard check={view.check} />
          </>
        ) : <EmptyCard icon={CashDollarIcon} heading={t("loyalty.members.empty.programme.heading")} body={t("loyalty.liability.empty")} action={{ content: t("loyalty.members.empty.programme.action"), url: address("/app/loyalty") }} />}
      </BlockStack>
    </Page>
  );
}
