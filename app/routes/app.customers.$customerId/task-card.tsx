// What the customer said that somebody should answer, above everything else that is known of them.
import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { TaskReason } from "../../capabilities/followups/model.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { writeTask } from "../../ui/task-words.ts";

type TaskView = { id: string; openedAt: string; reason: TaskReason };

export function TaskCard({ tasks }: { tasks: readonly TaskView[] }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">{t("followups.task.title")}</Text>
        {tasks.map(({ id, openedAt, reason }) => (
          <BlockStack key={id} gap="100">
            <Text as="p" fontWeight="medium">{writeTask(t, reason, i18n.language)}</Text>
            {reason.text !== "" && <span className="regulars-note">{reason.text}</span>}
            <Text as="p" tone="subdued" variant="bodySm">{formats.instant(openedAt)}</Text>
          </BlockStack>
        ))}
        <Text as="p" tone="subdued">{t("followups.task.hint")}</Text>
      </BlockStack>
    </Card>
  );
}
