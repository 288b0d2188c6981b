// What happened on these days: a note on the time axis, written, changed or taken off.
import { BlockStack, FormLayout, Modal, Select, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ANNOTATION_KINDS, ANNOTATION_TEXT_MAX, ANNOTATIONS_MAX, type Annotation } from "../../capabilities/targets/model.ts";
import type { Day } from "../../values/day.ts";
import { useFocusBack } from "../focus-back.ts";
import { useFormats } from "../shop-formats.tsx";
import type { TargetField } from "./target-wish.ts";
import { useTargetWish } from "./use-target-wish.ts";

export function NoteModal({ note, today, onClose }: { /** null: a new one */ note: Annotation | null; today: Day; onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [id] = useState(() => note?.id ?? crypto.randomUUID());
  const [typed, setTyped] = useState<Record<"kind" | "from" | "to" | "text", string>>({ kind: note?.kind ?? "campaign", from: note?.from ?? today, to: note === null || note.to === note.from ? "" : note.to, text: note?.text ?? "" });
  useFocusBack();
  const { send, isSending, refusal } = useTargetWish(onClose);
  const save = (): void => send({ intent: "note", id, ...typed });
  const type = (field: keyof typeof typed) => (value: string): void => setTyped({ ...typed, [field]: value });
  const errorOf = (field: TargetField) => refusal?.field === field && t(`targets.refused.${refusal.reason}`, { limit: formats.count(refusal.reason === "full" ? ANNOTATIONS_MAX : ANNOTATION_TEXT_MAX) });
  return (
    <Modal
      open title={t(note === null ? "targets.note.add" : "targets.note.change")} onClose={onClose}
      primaryAction={{ content: t("targets.note.save"), onAction: save, loading: isSending }}
      secondaryActions={[...(note === null ? [] : [{ content: t("targets.note.delete"), destructive: true, onAction: () => send({ intent: "delete_note", id }) }]), { content: t("targets.cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <form onSubmit={(event) => { event.preventDefault(); save(); }}>
          <BlockStack gap="400">
            <TextField label={t("targets.note.text")} value={typed.text} maxLength={ANNOTATION_TEXT_MAX} showCharacterCount autoComplete="off" error={errorOf("text")} onChange={type("text")} />
            <Select label={t("targets.note.kind")} options={ANNOTATION_KINDS.map((value) => ({ value, label: t(`targets.kinds.${value}`) }))} value={typed.kind} onChange={type("kind")} />
            <FormLayout>
              <FormLayout.Group condensed>
                <TextField type="date" label={t("targets.note.from")} value={typed.from} autoComplete="off" error={errorOf("from")} onChange={type("from")} />
                <TextField type="date" label={t("targets.note.to")} value={typed.to} autoComplete="off" error={errorOf("to")} onChange={type("to")} />
              </FormLayout.Group>
            </FormLayout>
            <button type="submit" hidden />
          </BlockStack>
        </form>
      </Modal.Section>
    </Modal>
  );
}
