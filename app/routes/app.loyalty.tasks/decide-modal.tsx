// Accepting or refusing a friend, with the reason in the staff's own words.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Modal, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import type { FriendRow } from "./route.tsx";
import { NOTE_MAX, type DecisionKind, type TasksAnswer } from "./tasks-wish.ts";

export function DecideModal({ friend, kind, onClose }: { friend: FriendRow; kind: DecisionKind; onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const fetcher = useFetcher<TasksAnswer>();
  const [note, setNote] = useState("");
  const [isMissing, setMissing] = useState(false);
  useAnswer(fetcher.data, () => {
    showToast(t(`loyalty.tasks.decide.${kind}.done`));
    onClose();
  });
  const save = (): void => {
    setMissing(note.trim() === "");
    if (note.trim() !== "") fetcher.submit({ intent: kind, orderId: friend.orderId, note }, { method: "post" });
  };
  const refused = fetcher.state === "idle" && fetcher.data?.ok === false ? fetcher.data.field : null;
  return (
    <Modal
      open title={t(`loyalty.tasks.decide.${kind}.title`)} onClose={onClose}
      primaryAction={{ content: t(`loyalty.tasks.decide.${kind}.action`), destructive: kind === "refuse", onAction: save, loading: fetcher.state !== "idle" }}
      secondaryActions={[{ content: t("followups.modal.cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <form noValidate onSubmit={(event) => { event.preventDefault(); save(); }}>
          <BlockStack gap="400">
            {refused === "gone" && <Banner tone="critical"><p>{t("loyalty.tasks.decide.gone")}</p></Banner>}
            <Text as="p">{t(`loyalty.tasks.decide.${kind}.body`)}</Text>
            <TextField
              label={t("loyalty.tasks.decide.note")} helpText={t("loyalty.tasks.decide.noteHelp")} value={note} maxLength={NOTE_MAX} multiline={2} autoComplete="off" requiredIndicator
              onChange={(value) => { setNote(value); setMissing(false); }} error={(isMissing || refused === "note") && t("loyalty.tasks.decide.noteMissing", { max: formats.count(NOTE_MAX) })}
            />
          </BlockStack>
        </form>
      </Modal.Section>
    </Modal>
  );
}
