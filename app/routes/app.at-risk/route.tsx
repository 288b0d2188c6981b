// The at-risk board: customers who were let down or are on their way out and may still be kept, what to do next, and what came of it.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { Banner, BlockStack, Box, Card, Page, Text } from "@shopify/polaris";
import { CheckCircleIcon, ClockIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { PAGE_SIZE, readBoard, readOutcomes } from "../../capabilities/followups/followups.server.ts";
import { findMeasures } from "../../capabilities/profiles/profiles.server.ts";
import { now } from "../../platform/clock.server.ts";
import { useAddress } from "../../ui/address.ts";
import { parseBoardChoice, toBoardParameters, toBoardReport, WHOLE_BOARD, type BoardChoice } from "../../ui/board-query.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { useFreshFigures, useSteadyReload } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import "../../ui/customers.css";
import { dayAt } from "../../values/day.ts";
import { BoardControls } from "./board-controls.tsx";
import { BoardRows } from "./board-rows.tsx";
import { toRowView } from "./board-view.ts";
import { OutcomesCard } from "./outcomes-card.tsx";

export const handle: PageHandle = { titleKey: "followups.board.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const answer = parseBoardChoice(new URL(request.url).searchParams);
  const choice = answer.ok ? answer.choice : WHOLE_BOARD;
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const [{ rows, customers, stakeMinor }, outcomes, measures] = await Promise.all([readBoard(shop, choice, choice.page - 1), readOutcomes(shop), findMeasures(shop.id)]);
  return {
    choice, refusedField: answer.ok ? null : answer.field, rows: rows.map(toRowView), customers, stakeMinor, hasNext: choice.page * PAGE_SIZE < customers, outcomes,
    today: dayAt(now(), shop.timeZone), isMeasuring: measures?.isWhole !== true, stamp,
  };
}

const MEASURING_RELOAD_MS = 2_000;

export default function AtRisk() {
  const { choice, refusedField, rows, customers, stakeMinor, hasNext, outcomes, today, isMeasuring, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const { state } = useNavigation();
  useFreshFigures(stamp);
  useSteadyReload(MEASURING_RELOAD_MS, isMeasuring);
  return (
    <Page fullWidth title={t("followups.board.title")} {...(rows.length > 0 && { primaryAction: <DownloadButton address={toBoardReport(choice)}>{t("frame.downloadCsv")}</DownloadButton> })}>
      <BlockStack gap="400">
        <Box paddingInline={{ xs: "400", sm: "0" }}><Text as="p">{t("followups.board.intro")}</Text></Box>
        {refusedField !== null && <Banner tone="critical" title={t("followups.board.refused.title")}><p>{t("followups.board.refused.body", { field: refusedField })}</p></Banner>}
        <Card padding="0">
          <Box padding="400">
            <BlockStack gap="400">
              {customers > 0 && (
                <BlockStack gap="100">
                  <Text as="h2" variant="headingLg">{t("followups.board.total", { count: customers, money: formats.money(stakeMinor) })}</Text>
                  <Text as="p" tone="subdued">{t("followups.board.stakeHow")}</Text>
                </BlockStack>
              )}
              <BoardControls choice={choice} />
            </BlockStack>
          </Box>
          {rows.length > 0 && <BoardRows key={JSON.stringify(toBoardParameters(choice))} choice={choice} rows={rows} hasNext={hasNext} today={today} isLoading={state === "loading"} />}
        </Card>
        {rows.length === 0 && <NobodyHere choice={choice} isMeasuring={isMeasuring} syncAddress={address("/app/sync")} boardAddress={address("/app/at-risk")} />}
        {outcomes && <OutcomesCard outcomes={outcomes} />}
      </BlockStack>
    </Page>
  );
}

function NobodyHere({ choice, isMeasuring, syncAddress, boardAddress }: { choice: BoardChoice; isMeasuring: boolean; syncAddress: string; boardAddress: string }) {
  const { t } = useTranslation();
  const why = choice.hasTask && choice.standing === "open" ? "answered" : isMeasuring ? "measuring" : choice.standing;
  const isWhole = Object.keys(toBoardParameters(choice)).length === 0;
  return (
    <EmptyCard
      icon={isMeasuring ? ClockIcon : CheckCircleIcon}
      heading={t(`followups.board.empty.${why}.heading`)}
      body={t(`followups.board.empty.${why}.body`)}
      {...(isMeasuring ? { action: { content: t("followups.board.empty.action"), url: syncAddress } } : !isWhole && { action: { content: t("followups.board.empty.clear"), url: boardAddress } })}
    />
  );
}
