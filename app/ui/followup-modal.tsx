// The form a contact, a snooze or a note is written into, for one customer or for many.
import { useFetcher } from "@remix-run/react";
import { BlockStack, InlineError, Modal, Select, Text, TextField } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntryKind } from "../capabilities/followups/model.ts";
import { CONTACT_DAYS } from "../capabilities/followups/rules.ts";
import { CHANNELS } from "../capabilities/profiles/model.ts";
import { addDays, type Day } from "../values/day.ts";
import { FOLLOWUP_LIMITS, FOLLOWUPS_PATH, toFollowupFields, type FollowupAnswer, type FollowupField, type FollowupTyping } from "./followup-wish.ts";
import { useFocusBack } from "./focus-back.ts";
import { useFormats } from "./shop-formats.tsx";
import { showToast } from "./toast.ts";
import { useAnswer } from "./use-answer.ts";

const SNOOZE_DAYS = 14;

type FollowupModalProps = {
  /** null: closed */
  kind: EntryKind | null;
  customerIds: readonly string[];
  today: Day;
  onClose: () => void;
  /** it is written down */
  onDone?: () => void;
};

/** Each opening is a new form, and a new wish. */
export function FollowupModal({ kind, ...rest }: FollowupModalProps) {
  return kind === null ? null : <OpenModal key={kind} kind={kind} {...rest} />;
}

function OpenModal({ kind, customerIds, today, onClose, onDone }: FollowupModalProps & { kind: EntryKind }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<FollowupAnswer>();
  const [wishId] = useState(() => crypto.randomUUID());
  useFocusBack();
  const [typed, setTyped] = useState<FollowupTyping>({ kind, channel: "email", until: addDays(today, SNOOZE_DAYS), note: "" });
  useAnswer(fetcher.data, () => {
    showToast(t(`followups.done.${kind}`));
    onDone?.();
    onClose();
  });
  const save = (): void => fetcher.submit(toFollowupFields(typed, { wishId, customerIds }), { method: "post", action: FOLLOWUPS_PATH });
  const refusedField = fetcher.state === "idle" && fetcher.data?.ok === false ? fetcher.data.field : null;
  return (
    <Modal
      open
      title={t(`followups.modal.${kind}.title`)}
      onClose={onClose}
      primaryAction={{ content: t(`followups.modal.${kind}.save`), onAction: save, loading: fetcher.state !== "idle" }}
      secondaryActions={[{ content: t("followups.modal.cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <form onSubmit={(event) => { event.preventDefault(); save(); }}>
          <BlockStack gap="400">
            <Text as="p">{t(`followups.modal.${kind}.body`, { count: customerIds.length, days: CONTACT_DAYS })}</Text>
            <Fields typed={typed} today={today} refusedField={refusedField} onType={(more) => setTyped({ ...typed, ...more })} />
          </BlockStack>
        </form>
      </Modal.Section>
    </Modal>
  );
}

type FieldsProps = { typed: FollowupTyping; today: Day; refusedField: FollowupField | null; onType: (more: Partial<FollowupTyping>) => void };

function Fields({ typed: { kind, channel, until, note }, today, refusedField, onType }: FieldsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorId = useId();
  const errorOf = (field: FollowupField) => refusedField === field && t(`followups.refused.${field}`, { count: FOLLOWUP_LIMITS[field === "note" ? "max" : "customers"], day: formats.day(today) });
  const peopleError = errorOf("customerIds");
  return (
    <>
      {kind === "contacted" && (
        <Select label={t("followups.modal.channel")} options={CHANNELS.filter((name) => name !== "none").map((value) => ({ value, label: t(`profiles.channels.${value}`) }))} value={channel} error={errorOf("channel")} onChange={(value) => onType({ channel: value })} />
      )}
      {kind === "snoozed" && <TextField type="date" label={t("followups.modal.until")} value={until} min={addDays(today, 1)} error={errorOf("until")} onChange={(value) => onType({ until: value })} autoComplete="off" />}
      <TextField
        label={t(kind === "note" ? "followups.modal.noteText" : "followups.modal.noteIfAny")}
        helpText={kind === "contacted" ? t("followups.modal.noteHelp") : undefined}
        value={note} multiline={3} maxLength={FOLLOWUP_LIMITS.max} error={errorOf("note")} onChange={(value) => onType({ note: value })} autoComplete="off"
      />
      {peopleError !== false && <InlineError message={peopleError} fieldID={errorId} />}
    </>
  );
}
