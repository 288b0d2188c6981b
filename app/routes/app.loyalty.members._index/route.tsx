// Members of the loyalty programme: who has how many points, in which tier, and whose end soon; what is shown is in the address.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { Banner, BlockStack, Card, Page } from "@shopify/polaris";
import { PersonFilledIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { findProgramme, listMembers } from "../../capabilities/loyalty/loyalty.server.ts";
import { useAddress } from "../../ui/address.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { useFreshFigures } from "../../ui/live.ts";
import { LoyaltyTabs } from "../../ui/loyalty-tabs.tsx";
import { EVERY_MEMBER, parseMemberList, toMemberParameters } from "../../ui/member-query.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import "../../ui/customers.css";
import { MemberFilters } from "./member-filters.tsx";
import { MemberTable } from "./member-table.tsx";
import { toMemberRow } from "./members-view.ts";

export const handle: PageHandle = { titleKey: "loyalty.members.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const answer = parseMemberList(new URL(request.url).searchParams);
  const list = answer.ok ? answer.list : EVERY_MEMBER;
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const [programme, { members, count }] = await Promise.all([findProgramme(shop.id), listMembers(shop, list, list.page - 1)]);
  const version = programme?.versions.at(-1);
  return {
    list, refusedField: answer.ok ? null : answer.field, isLaunched: version !== undefined, rows: members.map(toMemberRow), count, stamp,
    tiers: (version?.programme.tiers?.levels ?? []).map(({ id, title }) => ({ id, title })),
  };
}

export default function Members() {
  const { list, refusedField, isLaunched, rows, count, tiers, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  const { state } = useNavigation();
  useFreshFigures(stamp);
  const filters = toMemberParameters(list);
  const isNobodyYet = count === 0 && Object.keys(filters).length === 0;
  const missing = isLaunched ? "nobody" : "programme";
  return (
    <Page fullWidth title={t("loyalty.members.title")} {...(!isNobodyYet && { primaryAction: <DownloadButton address={`/app/reports/members.csv?${new URLSearchParams(filters).toString()}`}>{t("frame.downloadCsv")}</DownloadButton> })}>
      <BlockStack gap="400">
        <LoyaltyTabs current="members" />
        {refusedField !== null && (
          <Banner tone="critical" title={t("loyalty.members.refused.title")} action={{ content: t("loyalty.members.refused.action"), url: address("/app/loyalty/members") }}>
            <p>{t("loyalty.members.refused.body", { field: refusedField })}</p>
          </Banner>
        )}
        {isNobodyYet
          ? <EmptyCard icon={PersonFilledIcon} heading={t(`loyalty.members.empty.${missing}.heading`)} body={t(`loyalty.members.empty.${missing}.body`)} action={{ content: t(`loyalty.members.empty.${missing}.action`), url: address(isLaunched ? "/app/loyalty/import" : "/app/loyalty") }} />
          : (
            <Card padding="0">
              <MemberFilters list={list} tiers={tiers} isLoading={state === "loading"} />
              <MemberTable list={list} rows={rows} count={count} tiers={tiers} isLoading={state === "loading"} />
            </Card>
          )}
      </BlockStack>
    </Page>
  );
}
