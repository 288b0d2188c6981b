// Asks once more before a survey ends or goes, and says what goes with it.
import { Banner, BlockStack, Modal, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SurveysAnswer } from "./survey-wish.ts";
import { useSurveyWish } from "./use-survey-wish.ts";

type ConfirmModalProps = { act: "end" | "delete"; survey: { id: string; name: string }; onClose: () => void; onDone?: (answer: SurveysAnswer & { ok: true }) => void };

export function ConfirmModal({ act, survey: { id, name }, onClose, onDone }: ConfirmModalProps) {
  const { t } = useTranslation();
  const { send, isSending, refusal } = useSurveyWish((answer) => {
    onClose();
    onDone?.(answer);
  });
  return (
    <Modal
      open title={t(`surveys.confirm.${act}.title`, { name })} onClose={onClose}
      primaryAction={{ content: t(`surveys.confirm.${act}.action`), destructive: true, loading: isSending, onAction: () => send(act === "end" ? { intent: "change", id, to: "ended" } : { intent: "delete", id }) }}
      secondaryActions={[{ content: t("surveys.confirm.cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          {refusal !== null && <Banner tone="critical"><p>{t(`surveys.refused.${refusal}`)}</p></Banner>}
          <Text as="p">{t(`surveys.confirm.${act}.body`)}</Text>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
