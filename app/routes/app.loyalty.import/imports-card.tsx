// Files taken over so far, how far each is, and the way back.
import { useFetcher } from "@remix-run/react";
import { Badge, Banner, BlockStack, Button, Card, InlineStack, Modal, ProgressBar, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { writePoints } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { IMPORT_PATH, nameSource, type ImportAnswer, type ImportRow } from "./import-view.ts";

export function ImportsCard({ imports }: { imports: ImportRow[] }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<ImportAnswer>();
  const [undoing, setUndoing] = useState<ImportRow | null>(null);
  const formats = useFormats();
  useAnswer(fetcher.data, () => showToast(t("loyalty.import.undone")));
  const undo = (): void => {
    if (undoing !== null) fetcher.submit({ intent: "undo", id: undoing.id }, { method: "post", action: IMPORT_PATH, encType: "multipart/form-data" });
    setUndoing(null);
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("loyalty.import.list.title")}</Text>
        {fetcher.state === "idle" && fetcher.data?.ok === false && <Banner tone="critical"><p>{t(`loyalty.import.faults.${fetcher.data.fault}`)}</p></Banner>}
        {imports.map((row) => <Import key={row.id} row={row} isSending={fetcher.state !== "idle"} onUndo={() => setUndoing(row)} />)}
      </BlockStack>
      {undoing !== null && (
        <Modal
          open title={t("loyalty.import.undo.title")} onClose={() => setUndoing(null)} primaryAction={{ content: t("loyalty.import.undo.confirm"), destructive: true, onAction: undo }}
          secondaryActions={[{ content: t("followups.modal.cancel"), onAction: () => setUndoing(null) }]}
        >
          <Modal.Section><Text as="p">{t("loyalty.import.undo.body", { count: undoing.memberCount, file: undoing.fileName, points: writePoints(undoing.points, { t, formats }) })}</Text></Modal.Section>
        </Modal>
      )}
    </Card>
  );
}

function Import({ row, isSending, onUndo }: { row: ImportRow; isSending: boolean; onUndo: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { id, fileName, source, importedAt, memberCount, points, isUndone, waitingCount } = row;
  const doneCount = Math.max(0, memberCount - waitingCount);
  return (
    <BlockStack gap="150">
      <InlineStack align="space-between" blockAlign="start" gap="200">
        <BlockStack gap="050">
          <Text as="h3" variant="headingSm"><span className="regulars-reason">{fileName}</span></Text>
          <Text as="p" tone="subdued" variant="bodySm">{t("loyalty.import.list.what", { count: memberCount, source: nameSource(source) ?? t("loyalty.import.plain"), points: writePoints(points, { t, formats }), time: formats.instant(importedAt) })}</Text>
        </BlockStack>
        <InlineStack gap="200" blockAlign="center">
          <Badge {...(isUndone ? {} : { tone: waitingCount > 0 ? "attention" as const : "success" as const })}>{t(isUndone ? "loyalty.import.list.undone" : waitingCount > 0 ? "loyalty.import.list.running" : "loyalty.import.list.done")}</Badge>
          {!isUndone && <Button size="slim" disabled={isSending} accessibilityLabel={t("loyalty.import.undo.of", { file: fileName })} onClick={onUndo}>{t("loyalty.import.undo.button")}</Button>}
        </InlineStack>
      </InlineStack>
      {waitingCount > 0 && (
        <>
          <ProgressBar progress={(100 * doneCount) / memberCount} size="small" ariaLabelledBy={`import-${id}`} />
          <Text as="p" variant="bodySm" id={`import-${id}`}>{t("loyalty.import.list.progress", { done: formats.count(doneCount), all: formats.count(memberCount) })}</Text>
        </>
      )}
    </BlockStack>
  );
}
