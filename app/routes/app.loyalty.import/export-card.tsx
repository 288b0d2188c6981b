// Everything of the programme as files, so that a shop can leave any day.
import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { DownloadButton } from "../../ui/download-button.tsx";
import "./import.css";

const FILES = ["members", "ledger", "redemptions", "referrals", "liability"] as const;

export function ExportCard() {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("loyalty.import.export.title")}</Text>
          <Text as="p" tone="subdued">{t("loyalty.import.export.body")}</Text>
        </BlockStack>
        <ul className="import-exports">
          {FILES.map((file) => (
            <li key={file}>
              <div>
                <Text as="h3" variant="headingSm">{t(`loyalty.import.export.files.${file}.name`)}</Text>
                <Text as="p" tone="subdued">{t(`loyalty.import.export.files.${file}.body`)}</Text>
              </div>
              <DownloadButton address={`/app/reports/${file}.csv`} accessibilityLabel={t("loyalty.import.export.of", { name: t(`loyalty.import.export.files.${file}.name`) })}>{t("loyalty.import.export.csv")}</DownloadButton>
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
