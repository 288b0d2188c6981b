// The secret: made, shown this once, and replaced on request.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Box, Button, Card, InlineStack, Modal, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { KeyAnswer } from "./key-wish.ts";

export function SecretCard({ madeAt }: { madeAt: string | null }) {
  const { t } = useTranslation();
  const { instant } = useFormats();
  const fetcher = useFetcher<KeyAnswer>();
  const [isAsking, setAsking] = useState(false);
  const isSending = fetcher.state !== "idle";
  const make = (): void => {
    setAsking(false);
    fetcher.submit({ seenAt: madeAt ?? "" }, { method: "post" });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">{t("loyalty.api.secret.title")}</Text>
        <div role="status">
          {!isSending && fetcher.data?.ok === true && <NewSecret secret={fetcher.data.secret} />}
          {!isSending && fetcher.data?.ok === false && <Banner tone="warning"><p>{t("loyalty.api.secret.changed")}</p></Banner>}
        </div>
        <Text as="p" tone="subdued">{madeAt === null ? t("loyalty.api.secret.none") : t("loyalty.api.secret.made", { time: instant(madeAt) })}</Text>
        <div>
          {madeAt === null
            ? <Button variant="primary" loading={isSending} onClick={make}>{t("loyalty.api.secret.make")}</Button>
            : <Button loading={isSending} onClick={() => setAsking(true)}>{t("loyalty.api.secret.replace")}</Button>}
        </div>
      </BlockStack>
      <Modal
        open={isAsking} title={t("loyalty.api.secret.modal.title")} onClose={() => setAsking(false)} primaryAction={{ content: t("loyalty.api.secret.modal.confirm"), destructive: true, onAction: make }}
        secondaryActions={[{ content: t("followups.modal.cancel"), onAction: () => setAsking(false) }]}
      >
        <Modal.Section><Text as="p">{t("loyalty.api.secret.modal.body")}</Text></Modal.Section>
      </Modal>
    </Card>
  );
}

function NewSecret({ secret }: { secret: string }) {
  const { t } = useTranslation();
  return (
    <Box background="bg-surface-success" borderRadius="200" padding="300">
      <BlockStack gap="200">
        <TextField label={t("loyalty.api.secret.label")} value={secret} readOnly monospaced selectTextOnFocus multiline={3} autoComplete="off" helpText={t("loyalty.api.secret.once")} />
        <InlineStack><CopyButton text={secret} label={t("loyalty.api.secret.copy")} /></InlineStack>
      </BlockStack>
    </Box>
  );
}
