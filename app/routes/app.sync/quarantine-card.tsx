// Messages that could not be read, each with its reason and another try.
import { useFetcher, useNavigate } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Pagination, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { ScrollRegion } from "../../ui/scroll-region.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { MisreadingText } from "./misreading-text.tsx";
import { SYNC_PATH, type SyncAnswer } from "./sync-wish.ts";
import type { QuarantinePage, QuarantineRow } from "./sync-view.ts";
import { useTopicWords } from "./use-topic-words.ts";

export function QuarantineCard({ quarantine }: { quarantine: QuarantinePage }) {
  const { t } = useTranslation();
  const isEmpty = quarantine.rows.length === 0 && quarantine.page === 1;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("sync.quarantine.title")}</Text>
        {isEmpty ? <Text as="p" tone="subdued">{t("sync.quarantine.empty")}</Text> : <SetAside quarantine={quarantine} />}
      </BlockStack>
    </Card>
  );
}

function SetAside({ quarantine: { rows, page, hasNext } }: { quarantine: QuarantinePage }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const turnTo = (wanted: number) => navigate(address("/app/sync", { page: String(wanted) }), { preventScrollReset: true });
  return (
    <>
      <Text as="p" tone="subdued">{t("sync.quarantine.body")}</Text>
      <TryAll />
      <ScrollRegion label={t("sync.quarantine.caption")}>
        <table className="regulars-table">
          <caption className="regulars-hidden">{t("sync.quarantine.caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("sync.quarantine.topic")}</th>
              <th scope="col">{t("sync.quarantine.receivedAt")}</th>
              <th scope="col">{t("sync.quarantine.reason")}</th>
              <th scope="col">{t("sync.quarantine.action")}</th>
            </tr>
          </thead>
          <tbody>{rows.map((row) => <Message key={row.id} row={row} />)}</tbody>
        </table>
      </ScrollRegion>
      {(page > 1 || hasNext) && (
        <InlineStack align="center">
          <Pagination accessibilityLabel={t("sync.quarantine.pages")} hasPrevious={page > 1} hasNext={hasNext} onPrevious={() => turnTo(page - 1)} onNext={() => turnTo(page + 1)} />
        </InlineStack>
      )}
    </>
  );
}

function TryAll() {
  const { t } = useTranslation();
  const fetcher = useFetcher<SyncAnswer>();
  useAnswer(fetcher.data, () => showToast(t("sync.quarantine.replayed")));
  return (
    <fetcher.Form method="post" action={SYNC_PATH}>
      <input type="hidden" name="intent" value="replayAll" />
      <Button submit loading={fetcher.state !== "idle"}>{t("sync.quarantine.replayAll")}</Button>
    </fetcher.Form>
  );
}

function Message({ row }: { row: QuarantineRow }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const fetcher = useFetcher<SyncAnswer>();
  const receivedAt = formats.instant(row.receivedAt);
  const about = useTopicWords()(row.topic);
  useAnswer(fetcher.data, () => showToast(t("sync.quarantine.replayed")));
  return (
    <tr>
      <th scope="row">{about}</th>
      <td>{receivedAt}</td>
      <td><MisreadingText reason={row.reason} /></td>
      <td>
        <fetcher.Form method="post" action={SYNC_PATH}>
          <input type="hidden" name="intent" value="replay" />
          <input type="hidden" name="deliveryId" value={row.id} />
          <Button submit size="slim" loading={fetcher.state !== "idle"} accessibilityLabel={t("sync.quarantine.replayOf", { topic: about, time: receivedAt })}>{t("sync.quarantine.replay")}</Button>
        </fetcher.Form>
      </td>
    </tr>
  );
}
