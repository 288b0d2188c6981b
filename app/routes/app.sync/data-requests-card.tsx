// Customers who asked the merchant what is known about them, and the answer to hand over.
import { useRevalidator } from "@remix-run/react";
import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { DownloadButton } from "../../ui/download-button.tsx";
import { ScrollRegion } from "../../ui/scroll-region.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { DataRequestRow } from "./sync-view.ts";

export function DataRequestsCard({ requests }: { requests: DataRequestRow[] }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("privacy.title")}</Text>
        <Text as="p" tone="subdued">{t("privacy.body")}</Text>
        {requests.length === 0 ? <Text as="p">{t("privacy.empty")}</Text> : <Requests requests={requests} />}
      </BlockStack>
    </Card>
  );
}

function Requests({ requests }: { requests: DataRequestRow[] }) {
  const { t } = useTranslation();
  return (
    <ScrollRegion label={t("privacy.caption")}>
      <table className="regulars-table">
        <caption className="regulars-hidden">{t("privacy.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("privacy.customer")}</th>
            <th scope="col">{t("privacy.requestedAt")}</th>
            <th scope="col">{t("privacy.handedOverAt")}</th>
            <th scope="col">{t("privacy.action")}</th>
          </tr>
        </thead>
        <tbody>{requests.map((request) => <Request key={request.id} request={request} />)}</tbody>
      </table>
    </ScrollRegion>
  );
}

function Request({ request }: { request: DataRequestRow }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { revalidate } = useRevalidator();
  return (
    <tr>
      <th scope="row">{request.customerId}</th>
      <td>{formats.instant(request.requestedAt)}</td>
      <td>{request.handedOverAt === null ? t("privacy.notYet") : formats.instant(request.handedOverAt)}</td>
      <td>
        <DownloadButton method="POST" address={`/app/privacy/${request.id}`} accessibilityLabel={t("privacy.downloadOf", { id: request.id })} onDone={revalidate}>
          {t("privacy.download")}
        </DownloadButton>
      </td>
    </tr>
  );
}
