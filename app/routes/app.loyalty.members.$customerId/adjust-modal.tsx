// Points given or taken by hand: with a reason always, and with the number said twice where it is large.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Modal, Select, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ADJUST_MAX, ADJUST_REPEATED_FROM, NOTE_MAX } from "../../capabilities/loyalty/model/books.ts";
import { writeBalance, writePoints } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { balanceAfter, faultOf, needsRepeating, readPoints, type AdjustField, type AdjustTyping, type MemberAnswer } from "./member-wish.ts";

type AdjustModalProps = { memberId: string; name: string; balance: number; onClose: () => void };

/** Each opening is a new form, and a new wish. */
export function AdjustModal({ memberId, name, balance, onClose }: AdjustModalProps) {
  const { t } = useTranslation();
  const fetcher = useFetcher<MemberAnswer>();
  const [id] = useState(() => crypto.randomUUID());
  const [typed, setTyped] = useState<AdjustTyping>({ direction: "give", points: "", note: "", repeated: "" });
  const [isSecond, setSecond] = useState(false);
  const [fault, setFault] = useState<AdjustField | null>(null);
  useFocusBack();
  useAnswer(fetcher.data, () => {
    showToast(t("loyalty.members.adjust.done"));
    onClose();
  });
  const type = (more: Partial<AdjustTyping>): void => {
    setTyped({ ...typed, ...more });
    setFault(null);
  };
  const save = (): void => {
    const wrong = faultOf(typed);
    if (wrong === "repeated" && !isSecond) return setSecond(true);
    setFault(wrong);
    if (wrong === null) fetcher.submit({ intent: "adjust", id, ...typed }, { method: "post", action: `/app/loyalty/members/${memberId}` });
  };
  const refused = fetcher.state === "idle" && fetcher.data?.ok === false ? fetcher.data.field : null;
  return (
    <Modal
      open
      title={t(isSecond ? "loyalty.members.adjust.confirmTitle" : "loyalty.members.adjust.title")}
      onClose={onClose}
      primaryAction={{ content: t(isSecond ? `loyalty.members.adjust.confirm.${typed.direction}` : needsRepeating(typed.points) ? "loyalty.members.adjust.next" : `loyalty.members.adjust.${typed.direction}`), destructive: isSecond && typed.direction === "take", onAction: save, loading: fetcher.state !== "idle" }}
      secondaryActions={[isSecond ? { content: t("loyalty.members.adjust.back"), onAction: () => setSecond(false) } : { content: t("followups.modal.cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <form noValidate onSubmit={(event) => { event.preventDefault(); save(); }}>
          <BlockStack gap="400">
            {refused === "programme" && <Banner tone="critical"><p>{t("loyalty.members.adjust.refused.programme")}</p></Banner>}
            {isSecond ? <Repeat typed={typed} name={name} fault={fault} onType={type} /> : <Fields typed={typed} fault={fault} onType={type} />}
            <After typed={typed} balance={balance} />
          </BlockStack>
        </form>
      </Modal.Section>
    </Modal>
  );
}

type FieldsProps = { typed: AdjustTyping; fault: AdjustField | null; onType: (more: Partial<AdjustTyping>) => void };

function Fields({ typed: { direction, points, note }, fault, onType }: FieldsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <>
      <Select label={t("loyalty.members.adjust.direction")} options={(["give", "take"] as const).map((value) => ({ value, label: t(`loyalty.members.adjust.${value}`) }))} value={direction} onChange={(value) => onType({ direction: value === "take" ? "take" : "give" })} />
      <TextField
        label={t("loyalty.members.columns.balance")} inputMode="numeric" value={points} onChange={(value) => onType({ points: value })} autoComplete="off" helpText={t("loyalty.members.adjust.pointsHelp", { points: formats.count(ADJUST_REPEATED_FROM) })}
        error={fault === "points" && t("loyalty.members.adjust.refused.points", { max: formats.count(ADJUST_MAX) })}
      />
      <TextField label={t("loyalty.members.adjust.note")} helpText={t("loyalty.members.adjust.noteHelp")} value={note} multiline={2} maxLength={NOTE_MAX} onChange={(value) => onType({ note: value })} autoComplete="off" error={fault === "note" && t("loyalty.members.adjust.refused.note")} />
    </>
  );
}

function Repeat({ typed: { direction, points, note, repeated }, name, fault, onType }: FieldsProps & { name: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const count = readPoints(points) ?? 0;
  return (
    <>
      <Text as="p">{t(`loyalty.members.adjust.summary.${direction}`, { points: writePoints(count, { t, formats }), name })}</Text>
      <span className="regulars-note">{note}</span>
      <TextField
        label={t("loyalty.members.adjust.repeat", { points: formats.count(count) })} inputMode="numeric" value={repeated} onChange={(value) => onType({ repeated: value })} autoComplete="off"
        error={fault === "repeated" && t("loyalty.members.adjust.refused.repeated")}
      />
    </>
  );
}

/** What the account will say; a debt is no slip of the finger only where it was seen. */
function After({ typed, balance }: { typed: AdjustTyping; balance: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const after = balanceAfter(balance, typed);
  if (after === null) return null;
  return (
    <div role="status">
      <Text as="p">{t("loyalty.members.adjust.after", { before: writeBalance(balance, { t, formats }), after: writeBalance(after, { t, formats }) })}</Text>
      {after < 0 && typed.direction === "take" && <Text as="p" fontWeight="semibold">{t("loyalty.members.adjust.owed", { points: writePoints(-after, { t, formats }) })}</Text>}
    </div>
  );
}

/** Who came by keyboard goes on where they were, if that is still there. */
function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(() => () => {
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  }, [opener]);
}
