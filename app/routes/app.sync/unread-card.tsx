// Orders, customers and products Shopify showed us and we could not read: what they are, why, and another try.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { ScrollRegion } from "../../ui/scroll-region.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { MisreadingText } from "./misreading-text.tsx";
import { SYNC_PATH, type SyncAnswer } from "./sync-wish.ts";
import type { UnreadRows } from "./sync-view.ts";

export function UnreadCard({ unread: { rows, count } }: { unread: UnreadRows }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<SyncAnswer>();
  useAnswer(fetcher.data, () => showToast(t("sync.unread.asked")));
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("sync.unread.title")}</Text>
        <Text as="p" tone="subdued">{t("sync.unread.body", { count })}</Text>
        <fetcher.Form method="post" action={SYNC_PATH}>
          <input type="hidden" name="intent" value="rereadUnread" />
          <Button submit loading={fetcher.state !== "idle"}>{t("sync.unread.retry")}</Button>
        </fetcher.Form>
        <ScrollRegion label={t("sync.unread.title")}>
          <table className="regulars-table">
            <caption className="regulars-hidden">{t("sync.unread.title")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("sync.unread.what")}</th>
                <th scope="col">{t("sync.unread.number")}</th>
                <th scope="col">{t("sync.quarantine.reason")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, noun, id, reason }) => (
                <tr key={key}>
                  <th scope="row">{t(`sync.nouns.${noun}`)}</th>
                  <td>{id ?? "–"}</td>
                  <td><MisreadingText reason={reason} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </BlockStack>
    </Card>
  );
}
